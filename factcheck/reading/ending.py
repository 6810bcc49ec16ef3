"""What stands under a story, or in boxes within it: readers' comments, other articles, lines on the author."""
from __future__ import annotations

import re

from factcheck.reading.blocks import Block
from factcheck.reading.furniture import comment_count, is_prose
from factcheck.reading.page import Page, bulleted, names_in
from factcheck.reading.phrases import anywhere, fold, opening


def cut_sections(page: Page, first: int) -> None:
    """Drop what stands under the headings of comments, teasers and author boxes."""
    i = first + 1
    while i < len(page.blocks):
        name = page.kinds[i]
        if name == "comments" and _starts_comments(page, i):
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


def _drop(page: Page, start: int, end: int) -> None:
    for i in range(start, end):
        page.roles.pop(i, None)


def _starts_comments(page: Page, index: int) -> bool:
    """Whether readers' comments start here, not a story's part on reactions or a counter above the text."""
    before = sum(b.words for i, b in enumerate(page.blocks[:index]) if i in page.roles)
    below = page.blocks[index + 1:]
    if before < 15:
        return False
    if not below or any(_is_handle(b) for b in below[:6]):
        return comment_count(page.blocks[index].text) or not (below and is_prose(below[0]) and below[0].words >= 25)
    told = sum(b.words for b in below if is_prose(b))
    return told <= before if comment_count(page.blocks[index].text) else not is_prose(below[0])


_HANDLE = re.compile(r"@?[\w.'’-]{2,25}(?: [\w.'’-]+){0,2}\s?(?::|—|–|\||\()\s?")


def _is_handle(block: Block) -> bool:
    """Whether a block is the name of a commentator, or starts with one."""
    return block.words <= 4 and not block.ended or bool(_HANDLE.match(block.text))


def _resumes(page: Page, index: int, name: str) -> int:
    """Where the story goes on after a box that starts at a block: at the next paragraph that is clearly text."""
    skip = index + 1
    if name == "about" and not re.search(r":\s*\S", page.blocks[index].text):
        skip += 1
    for i in range(skip, len(page.blocks)):
        if page.kinds[i] in ("comments", "teasers", "about"):
            return i
        block = page.blocks[i]
        story = not page.kinds[i] and block.apart and is_prose(block) and block.words >= 20 and block.ended
        if story and not bulleted(block) and not (name == "about" and _is_box(page, block)):
            rest = sum(b.words for j, b in enumerate(page.blocks) if j >= i and page.roles.get(j) == "body")
            return _after_list(page, index, i) if rest >= 40 else len(page.blocks)
    return len(page.blocks)


def _after_list(page: Page, index: int, story: int) -> int:
    """Where a box whose lines stand together ends: a subheading may come between it and the story's next text."""
    end = index + 1
    if end + 1 < story and not page.blocks[end + 1].apart:
        end += 1
    while end < story and not page.blocks[end].apart:
        end += 1
    between = page.blocks[end:story]
    return end if end > index + 1 and len(between) == 1 and not page.kinds[end] else story


def cut_tail(page: Page) -> None:
    """Drop what trails after the last sentence of the story: names, stray lines, a line on the author."""
    for i in sorted(page.roles)[-4:]:
        if page.roles[i] == "heading" and not page.blocks[i].markup and page.blocks[i].words >= 2:
            page.authors += names_in(page.blocks[i].text)
    while page.roles:
        last = max(page.roles)
        block = page.blocks[last]
        short = not block.ended and block.words <= 8 and not bulleted(block) and block.markup != "row"
        stray = short or page.roles[last] in ("heading", "lead")
        boxed = _is_box(page, block) and sum(1 for r in page.roles.values() if r == "body") > 1
        if not (stray or boxed) or len(page.roles) == 1 or page.roles[last] == "title":
            return
        del page.roles[last]


def _is_box(page: Page, block: Block) -> bool:
    """Whether a paragraph speaks of the article's author rather than of the story."""
    text = block.text.strip("*_ ")
    folded = fold(text)
    named = any(folded.startswith(fold(a)) for a in page.authors)
    emphasised = block.text.startswith(("*", "_")) and block.text.rstrip(" .").endswith(("*", "_"))
    biography = anywhere("biography").search(folded, 0, 160)
    pronoun = bool(re.match(r"[\W]*(?:journaliste|reporter|correspondante?|staff|editor)\b", folded))
    return named or bool(biography) and (emphasised or pronoun or bool(opening("about").match(folded)))
