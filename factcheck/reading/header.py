"""The header of a page: its title, outlet, authors and dates, and what of it is the story's own."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from factcheck.reading.blocks import Block
from factcheck.reading.dateline import peel_dateline
from factcheck.reading.dates import Stamp, find_dates, published_in
from factcheck.reading.furniture import is_code, is_prose, is_tool, name_like, parts
from factcheck.reading.page import Page, bulleted, names_in, same, slug
from factcheck.reading.phrases import fold, phrases

# The line of a paper's name and day has no more words.
_LONGEST_MASTHEAD = 14
# Nor has a line that tells of paper, day and author; and a date that opens a text stands within so many letters.
_SHORT_LINE, _DATELINE = 25, 60
# Words that can be part of anything (`le`, `the`, `date`) tell of an issue where they stand alone after a mark.
_SMALL = 4


def read_header(page: Page, first: int) -> None:
    """Learn from the header: the date, the byline, the outlet; and tell the title and the standfirst."""
    for i in range(first):
        if _dated_masthead(page, i, first):
            page.kinds[i] = "date"
    _read_meta(page, first)
    lines = [i for i in range(first) if not page.kinds[i]]
    page.kinds = ["masthead" if i in lines and _stem_name(page, i) else k for i, k in enumerate(page.kinds)]
    lines = [i for i in lines if not page.kinds[i]]
    title = _title_index(page, lines)
    if page.outlet is None:
        names = [_after_title(page, i) or _masthead(page, i) for i in range(first) if i != title]
        page.outlet = next((name for name in names if name), None)
    for i in lines:
        block = page.blocks[i]
        if i == title:
            page.roles[i] = "title"
            page.title = page.title or plain_title(block.text)
        elif title is None and bulleted(block) and block.words >= 3:
            page.roles[i] = "lead"
        elif title is None or i < title or same(block.text, page.title or ""):
            continue
        elif block.markup == "heading":
            page.roles[i] = "heading"
        elif _is_standfirst(block):
            page.roles[i] = "lead"


def _dated_masthead(page: Page, index: int, first: int) -> bool:
    """Whether a line tells the paper and the day in one (`The Commuter, weekly. Issue dated 18 September 2031`): it
    ends with a whole date, and a title still stands beside it."""
    block = page.blocks[index]
    if page.kinds[index] or block.markup in ("title", "heading") or block.words > _LONGEST_MASTHEAD:
        return False
    stamp = next(reversed(find_dates(block.text, page.known.month_first)), None)
    if stamp is None or stamp.precision < 3 or block.text[stamp.end:].strip(" .*_"):
        return False
    return _of_an_issue(block.text, stamp) and any(not page.kinds[i] and i != index for i in range(first))


def _of_an_issue(text: str, stamp: Stamp) -> bool:
    """Whether a date in a line is the day of an issue, by what stands before it: a mark (`The Commuter, 3 May 2031`) or
    such words as `issue of`; not where something else is of that day (`back to the attacks of 3 May 2031`)."""
    known = phrases("published") | phrases("issues")
    before = fold(text[: stamp.start]).rstrip(" *_")
    said = re.search(r"(?:^|[^\w\s])\s*(\w[\w ]*)$", before)
    if said is None or said[1] in known:
        return True
    return any(said[1].endswith(" " + words) for words in known if " " in words or len(words) > _SMALL)


def _read_meta(page: Page, first: int) -> None:
    """The dates and bylines around the article: those of the header, and of the two blocks after its first text."""
    following = (i for i in range(first + 1, len(page.blocks)) if not page.kinds[i] and is_prose(page.blocks[i]))
    last = min(next(following, first + 2), first + 6)
    for i, block in enumerate(page.blocks):
        near = i <= max(last, first + 2)
        if page.kinds[i] == "date" and near:
            stamp = published_in(block.text, page.known.month_first)
            if stamp:
                page.stamps.append(stamp)
        if page.kinds[i] in ("date", "byline"):
            page.authors += names_in(block.text)


def _title_index(page: Page, lines: list[int]) -> int | None:
    """Which of the header's unclaimed lines is the title."""
    marked = [i for i in lines if page.blocks[i].markup == "title"]
    if marked:
        return marked[0]
    if page.known.title:
        same = [i for i in lines if same(page.blocks[i].text, page.known.title)]
        if same:
            return same[0]
    candidates = [i for i in lines if not is_code(page.blocks[i].text) and not bulleted(page.blocks[i])]
    for i in candidates:
        text, words = page.blocks[i].text, page.blocks[i].words
        others = [j for j in candidates if j > i and page.blocks[j].words >= 3]
        rubric = len(parts(text)) > 1 and all(len(p.split()) <= 2 for p in parts(text))
        named = rubric or name_like(text) and words < 5 and not _shouted(page, i)
        if others and (words < 2 or named or _masthead_like(page, i)):
            continue
        if others and _in_masthead(page, i):
            continue
        return i
    return None


def _masthead_like(page: Page, index: int) -> bool:
    """Whether a line is the name of the paper: the file is named after it, or it opens the page in few capitals."""
    block = page.blocks[index]
    if _stem_name(page, index):
        return True
    if any(s in block.text for s in ("|", " › ", " > ", " · ")) and block.words <= 14:
        return True
    return index == 0 and name_like(block.text) and block.words <= 6


def _in_masthead(page: Page, index: int) -> bool:
    """Whether a line stands right under the paper's name, in one run of lines with it."""
    if page.blocks[index].apart or index == 0:
        return False
    if page.kinds[index - 1] in ("", "masthead") and _masthead_like(page, index - 1):
        return True
    return _in_masthead(page, index - 1)


def _shouted(page: Page, index: int) -> bool:
    """Whether a short line in capitals stands right above another line of the story, as a tabloid's title does."""
    block = page.blocks[index]
    below = index + 1 < len(page.blocks) and not page.blocks[index + 1].apart and not page.kinds[index + 1]
    return block.words >= 2 and block.text.isupper() and below and page.blocks[index + 1].words >= 5


def _masthead(page: Page, index: int) -> str | None:
    """The outlet a line of the header names: the one the file is named after, or names that open the page."""
    if _stem_name(page, index):
        return _stem_name(page, index)
    first = next(iter(parts(page.blocks[index].text)), "").split(",")[0].strip(" .")
    opens = index == 0 and page.kinds[0] in ("", "masthead", "tools") and "/" not in page.blocks[0].text
    if (opens or page.kinds[index] == "masthead") and name_like(first) and len(first.split()) <= 6:
        return first if page.kinds[index] == "masthead" or not is_tool(first) else None
    return None


def _after_title(page: Page, index: int) -> str | None:
    """The outlet of a line that gives the title with it (`A headline | The Paper`), as a browser's window does."""
    pieces = re.split(r"\s+[|–—·-]\s+", page.blocks[index].text)
    said = [b for b in page.blocks[index + 1:index + 12] if len(pieces) > 1 and same(b.text, pieces[0])]
    return pieces[-1] if said else None


def _stem_name(page: Page, index: int) -> str | None:
    """The part of a line that the file is named after, as in `le-courrier.txt`."""
    pieces = [p for part in parts(page.blocks[index].text) for p in (part, part.split(",")[0])]
    return next((p.strip(" .") for p in pieces if slug(p) and slug(p) == slug(page.known.stem)), None)


def plain_title(text: str) -> str:
    return " ".join(text.strip("*_# ").split())


def _is_standfirst(block: Block) -> bool:
    """Whether a line between title and text is the story's own: a bullet, or words enough for one."""
    if is_code(block.text) or name_like(block.text) and block.words <= 5:
        return False
    return bulleted(block) or block.words >= 5 or (block.ended and block.words >= 3)


def date_at_the_top(page: Page, blocks: Sequence[Block], first: int) -> list[Stamp]:
    """The whole date that the first short line with one gives, of those above the running text but the title, or that
    opens a text after nothing but a place in capitals: what dates an article where nothing does so plainly."""
    for i, block in enumerate(blocks):
        if page.roles.get(i) == "title" or block.markup in ("title", "heading"):
            continue
        stamp = next((s for s in find_dates(block.text, page.known.month_first) if s.precision == 3), None)
        if stamp is None:
            continue
        before = block.text[: stamp.start].split(",")[0].strip(" *_")
        alone = not before and block.text[stamp.end :][:1] == "."
        opens = stamp.start <= _DATELINE and (before.isupper() or alone)
        above = i < first and block.words <= _SHORT_LINE
        if opens or above and _of_an_issue(block.text, stamp):
            return [stamp]
    return []


def take_dateline(page: Page, first: int) -> None:
    """Take the dateline off the first text, or off the standfirst before it, and learn from it."""
    for i in range(max(0, first - 2), min(first + 2, len(page.blocks))):
        if page.kinds[i] or page.roles.get(i) == "title" or page.blocks[i].markup in ("title", "heading"):
            continue
        peeled = peel_dateline(page.blocks[i].text, page.known.month_first)
        if peeled is None:
            continue
        length, stamp, agency = peeled
        block = page.blocks[i]
        page.blocks[i] = replace(block, start=block.start + length, text=block.text[length:])
        if stamp:
            page.stamps.append(stamp)
        page.outlet = page.outlet or agency
        page.roles[i] = "body"
        return
