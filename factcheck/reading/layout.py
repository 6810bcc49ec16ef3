"""The blocks of a page into the article's own paragraphs, its title and what its header says of it.

A page is a header (masthead, menus, title, byline, date), the article, and what follows it (author box, other
articles, comments). The header ends with the first running text; the end is found from the kinds of the blocks.
"""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from factcheck.model import Paragraph
from factcheck.reading.blocks import Block
from factcheck.reading.dateline import peel_dateline
from factcheck.reading.dates import Stamp, find_dates, published_in
from factcheck.reading.furniture import comment_count, is_code, is_prose, is_tool, kind, name_like, parts
from factcheck.reading.phrases import anywhere, fold, opening


@dataclass(frozen=True)
class Known:
    """What the format itself says of an article, before its text is looked at; `stem` is the file's name."""

    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    language: str | None = None
    stem: str = ""
    month_first: bool = False


@dataclass(frozen=True)
class Layout:
    """The article found in a page: its paragraphs, and what its header tells."""

    paragraphs: tuple[Paragraph, ...]
    title: str | None = None
    outlet: str | None = None
    stamps: tuple[Stamp, ...] = ()


@dataclass
class _Page:
    """The work in progress: each block's kind, and what has been learnt so far."""

    blocks: list[Block]
    kinds: list[str]
    known: Known
    roles: dict[int, str] = field(default_factory=dict)
    stamps: list[Stamp] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    title: str | None = None
    outlet: str | None = None


def lay_out(blocks: Sequence[Block], known: Known) -> Layout:
    """The article in a sequence of blocks."""
    page = _Page(list(blocks), [], known, authors=list(known.authors), title=known.title, outlet=known.outlet)
    page.kinds = [_kind(b) for b in page.blocks]
    first = _first_text(page)
    _read_header(page, first)
    _dateline(page, first)
    _keep_text(page, first)
    _cut_sections(page, first)
    _cut_tail(page)
    return Layout(_paragraphs(page), page.title, page.outlet, tuple(page.stamps))


def _kind(block: Block) -> str:
    if block.markup in ("masthead", "row"):
        return "masthead" if block.markup == "masthead" else ""
    if is_code(block.text) and find_dates(block.text):
        return "date"
    if block.markup in ("title", "heading") and kind(block.text) not in ("comments", "teasers", "about", "teaser"):
        return ""
    return kind(block.text)


def _first_text(page: _Page) -> int:
    """The index of the first running text: the first of the article's own sentences after what heads it."""
    prose = [i for i, b in enumerate(page.blocks) if not page.kinds[i] and b.markup != "title" and is_prose(b)]
    if not prose:
        lines = [i for i, b in enumerate(page.blocks) if not page.kinds[i] and not b.markup]
        ended = [i for i in lines if page.blocks[i].ended]
        return (ended or lines[-1:] or [len(page.blocks)])[0]
    return prose[0]


# Header

def _read_header(page: _Page, first: int) -> None:
    """Learn from the header: the date, the byline, the outlet; and tell the title and the standfirst."""
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
            page.title = page.title or _plain_title(block.text)
        elif title is None and _bulleted(block) and block.words >= 3:
            page.roles[i] = "lead"
        elif title is None or i < title or _same(block.text, page.title or ""):
            continue
        elif block.markup == "heading":
            page.roles[i] = "heading"
        elif _is_standfirst(block):
            page.roles[i] = "lead"


def _read_meta(page: _Page, first: int) -> None:
    """The dates and bylines around the article: those of the header, and of the two blocks after its first text."""
    for i, block in enumerate(page.blocks):
        near = i <= first + 2
        if page.kinds[i] == "date" and near:
            stamp = published_in(block.text, page.known.month_first)
            if stamp:
                page.stamps.append(stamp)
        if page.kinds[i] in ("date", "byline"):
            page.authors += _names(block.text)


def _names(text: str) -> list[str]:
    """The names a byline gives."""
    rests = []
    for part in parts(text):
        match = opening("byline").match(fold(part))
        rests.append(part[match.end():] if match else part)
    pieces = [p for rest in rests for p in re.split(r",|:|\bet\b|\band\b|\bwith\b|\bpour\b|\bfor\b", rest)]
    return [n for p in pieces for n in [p.strip(" .*_")] if len(n.split()) >= 2 and name_like(n)
            and not find_dates(n) and not anywhere("jobs").search(fold(n))]


def _title_index(page: _Page, lines: list[int]) -> int | None:
    """Which of the header's unclaimed lines is the title."""
    marked = [i for i in lines if page.blocks[i].markup == "title"]
    if marked:
        return marked[0]
    if page.known.title:
        same = [i for i in lines if _same(page.blocks[i].text, page.known.title)]
        if same:
            return same[0]
    candidates = [i for i in lines if not is_code(page.blocks[i].text) and not _bulleted(page.blocks[i])]
    for i in candidates:
        text, words = page.blocks[i].text, page.blocks[i].words
        others = [j for j in candidates if j > i and page.blocks[j].words >= 3]
        named = name_like(text) and words < 5 and not _shouted(page, i)
        if others and (words < 2 or named or _masthead_like(page, i)):
            continue
        if others and _in_masthead(page, i):
            continue
        return i
    return None


def _masthead_like(page: _Page, index: int) -> bool:
    """Whether a line is the name of the paper: the file is named after it, or it opens the page in few capitals."""
    block = page.blocks[index]
    if _stem_name(page, index):
        return True
    if any(s in block.text for s in ("|", " › ", " > ", " · ")) and block.words <= 14:
        return True
    return index == 0 and name_like(block.text) and block.words <= 6


def _in_masthead(page: _Page, index: int) -> bool:
    """Whether a line stands right under the paper's name, in one run of lines with it."""
    if page.blocks[index].apart or index == 0:
        return False
    if page.kinds[index - 1] in ("", "masthead") and _masthead_like(page, index - 1):
        return True
    return _in_masthead(page, index - 1)


def _shouted(page: _Page, index: int) -> bool:
    """Whether a short line in capitals stands right above another line of the story, as a tabloid's title does."""
    block = page.blocks[index]
    below = index + 1 < len(page.blocks) and not page.blocks[index + 1].apart and not page.kinds[index + 1]
    return block.words >= 2 and block.text.isupper() and below and page.blocks[index + 1].words >= 5


def _masthead(page: _Page, index: int) -> str | None:
    """The outlet a line of the header names: the one the file is named after, or names that open the page."""
    if _stem_name(page, index):
        return _stem_name(page, index)
    first = next(iter(parts(page.blocks[index].text)), "").split(",")[0].strip(" .")
    opens = index == 0 and page.kinds[0] in ("", "masthead", "tools") and "/" not in page.blocks[0].text
    if (opens or page.kinds[index] == "masthead") and name_like(first) and len(first.split()) <= 6:
        return first if page.kinds[index] == "masthead" or not is_tool(first) else None
    return None


def _after_title(page: _Page, index: int) -> str | None:
    """The outlet of a line that gives the title with it (`A headline | The Paper`), as a browser's window does."""
    pieces = re.split(r"\s+[|–—·-]\s+", page.blocks[index].text)
    said = [b for b in page.blocks[index + 1:index + 12] if len(pieces) > 1 and _same(b.text, pieces[0])]
    return pieces[-1] if said else None


def _stem_name(page: _Page, index: int) -> str | None:
    """The part of a line that the file is named after, as in `le-courrier.txt`."""
    pieces = [p for part in parts(page.blocks[index].text) for p in (part, part.split(",")[0])]
    return next((p.strip(" .") for p in pieces if _slug(p) and _slug(p) == _slug(page.known.stem)), None)


def _slug(text: str) -> str:
    """A name as a file might be called after it; `and` and its like count no more than `&` does."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    return "-".join(w for w in words if w not in ("and", "et"))


def _same(a: str, b: str) -> bool:
    return _slug(a) == _slug(b)


def _plain_title(text: str) -> str:
    return " ".join(text.strip("*_# ").split())


def _bulleted(block: Block) -> bool:
    return block.markup == "item" or bool(re.match(r"[*•·■▪►-]\s", block.text))


def _is_standfirst(block: Block) -> bool:
    """Whether a line between title and text is the story's own: a bullet, or words enough for one."""
    if is_code(block.text) or name_like(block.text) and block.words <= 5:
        return False
    return _bulleted(block) or block.words >= 5 or (block.ended and block.words >= 3)


def _dateline(page: _Page, first: int) -> None:
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


# Body and end

def _keep_text(page: _Page, first: int) -> None:
    """Give every unclaimed block from the first text on its role."""
    for i in range(first, len(page.blocks)):
        block = page.blocks[i]
        if page.kinds[i] == "date" and _bare_day(block.text) and i > first + 2:
            page.kinds[i] = ""
        if page.kinds[i]:
            continue
        if block.markup in ("title", "heading") and _same(block.text, page.title or ""):
            if "title" not in page.roles.values():
                page.roles[i] = "title"
        elif block.markup == "title":
            page.roles.setdefault(i, "heading" if "title" in page.roles.values() else "title")
            page.title = page.title or _plain_title(block.text)
        elif _MEDIA.match(block.text) and not block.ended:
            page.kinds[i] = "teaser"
        elif block.markup == "heading" or not (block.ended or block.words > 18 or block.markup in ("item", "row")):
            page.roles.setdefault(i, "heading")
        else:
            page.roles.setdefault(i, "body")
    _headers_again(page, first)


# `[Vidéo] The film of the night`: a link to something to watch, where it isn't the title.
_MEDIA = re.compile(r"\W*[\[(]\s*[^\W\d_]{3,12}\s*[\])]\W*")


def _bare_day(text: str) -> bool:
    """Whether a date line is only a day, as the headings of a chronology are."""
    stamps = find_dates(text)
    return len(stamps) == 1 and stamps[0].end - stamps[0].start >= len(text.strip("*_: ")) - 3


def _headers_again(page: _Page, first: int) -> None:
    """A standfirst may come before byline and date: then short lines between them are header still, not headings."""
    last = max((i for i in range(first, min(first + 5, len(page.blocks)))
                if page.kinds[i] in ("date", "byline", "tools")), default=first)
    between = range(first + 1, last + 1)
    if last == first or sum(1 for i in between if is_prose(page.blocks[i]) and not page.kinds[i]) > 0:
        return
    for i in between:
        if page.roles.get(i) == "heading" and name_like(page.blocks[i].text):
            del page.roles[i]
    if page.roles.get(first) == "body" and not page.blocks[first].markup:
        page.roles[first] = "lead"


def _cut_sections(page: _Page, first: int) -> None:
    """Drop what stands under the headings of comments, teasers and author boxes."""
    i = first + 1
    while i < len(page.blocks):
        name = page.kinds[i]
        if name == "comments" and _starts_comments(page, first, i):
            _drop(page, i, len(page.blocks))
            return
        if name == "comments" and page.blocks[i].words <= 3 and not comment_count(page.blocks[i].text):
            page.roles[i] = "heading"
        if name in ("teasers", "about"):
            end = _resumes(page, i, name)
            _drop(page, i, end)
            i = max(end, i + 1)
            continue
        i += 1


def _drop(page: _Page, start: int, end: int) -> None:
    for i in range(start, end):
        page.roles.pop(i, None)


def _starts_comments(page: _Page, first: int, index: int) -> bool:
    """Whether readers' comments start at a heading that could also be one of the story's (`Réactions`)."""
    before = sum(b.words for i, b in enumerate(page.blocks[:index]) if i in page.roles)
    if before < 40:
        return False
    if comment_count(page.blocks[index].text):
        return True
    following = page.blocks[index + 1:index + 3]
    story = following and is_prose(following[0]) and following[0].words >= 25
    return not (story and not _HANDLE.match(following[0].text))


_HANDLE = re.compile(r"@?[\w.' -]{2,25}\s?(?::|—|–|\||\()\s?")


def _resumes(page: _Page, index: int, name: str) -> int:
    """Where the story goes on after a box that starts at a block: at the next paragraph that is clearly text."""
    skip = index + 1
    if name == "about" and not re.search(r":\s*\S", page.blocks[index].text):
        skip += 1
    for i in range(skip, len(page.blocks)):
        if page.kinds[i] in ("comments", "teasers", "about"):
            return i
        block = page.blocks[i]
        story = not page.kinds[i] and block.apart and is_prose(block) and block.words >= 20 and block.ended
        if story and not _bulleted(block) and not (name == "about" and _is_box(page, block)):
            rest = sum(b.words for j, b in enumerate(page.blocks) if j >= i and page.roles.get(j) == "body")
            return _after_list(page, index, i) if rest >= 40 else len(page.blocks)
    return len(page.blocks)


def _after_list(page: _Page, index: int, story: int) -> int:
    """Where a box whose lines stand together ends: a subheading may come between it and the story's next text."""
    end = index + 1
    if end + 1 < story and not page.blocks[end + 1].apart:
        end += 1
    while end < story and not page.blocks[end].apart:
        end += 1
    between = page.blocks[end:story]
    return end if end > index + 1 and len(between) == 1 and not page.kinds[end] else story


def _cut_tail(page: _Page) -> None:
    """Drop what trails after the last sentence of the story: names, stray lines, a line on the author."""
    for i in sorted(page.roles)[-4:]:
        if page.roles[i] == "heading" and not page.blocks[i].markup and page.blocks[i].words >= 2:
            page.authors += _names(page.blocks[i].text)
    while page.roles:
        last = max(page.roles)
        block = page.blocks[last]
        short = not block.ended and block.words <= 8 and not _bulleted(block) and block.markup != "row"
        stray = short or page.roles[last] in ("heading", "lead")
        boxed = _is_box(page, block) and sum(1 for r in page.roles.values() if r == "body") > 1
        if not (stray or boxed) or len(page.roles) == 1 or page.roles[last] == "title":
            return
        del page.roles[last]


def _is_box(page: _Page, block: Block) -> bool:
    """Whether a paragraph speaks of the article's author rather than of the story."""
    text = block.text.strip("*_ ")
    folded = fold(text)
    named = any(folded.startswith(fold(a)) for a in page.authors)
    emphasised = block.text.startswith(("*", "_")) and block.text.rstrip(" .").endswith(("*", "_"))
    biography = anywhere("biography").search(folded, 0, 160)
    pronoun = bool(re.match(r"[\W]*(?:journaliste|reporter|correspondante?|staff|editor)\b", folded))
    return named or bool(biography) and (emphasised or pronoun or bool(opening("about").match(folded)))


def _paragraphs(page: _Page) -> tuple[Paragraph, ...]:
    found = []
    for i in sorted(page.roles):
        block = page.blocks[i]
        if block.end > block.start:
            found.append(Paragraph(block.start, block.end, page.roles[i]))
    return tuple(found)
