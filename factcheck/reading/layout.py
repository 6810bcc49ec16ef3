"""The blocks of a page into the article's own paragraphs, its title and what its header says of it.

A page is a header (masthead, menus, title, byline, date), the article, and what follows it (author box, other
articles, comments). The header ends with the first running text; the end is found from the kinds of the blocks.
"""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.model import Paragraph
from factcheck.reading.blocks import Block
from factcheck.reading.dates import Stamp, find_dates
from factcheck.reading.ending import cut_sections, cut_tail
from factcheck.reading.furniture import is_code, is_prose, kind, name_like
from factcheck.reading.header import date_at_the_top, plain_title, read_header, take_dateline
from factcheck.reading.page import Known, Page, bulleted, same
from factcheck.reading.phrases import fold, opening

# Among so many blocks from the start of a page its date is looked for, where no line of it is plainly one.
_TOP = 6


@dataclass(frozen=True)
class Layout:
    """The article found in a page: its paragraphs, and what its header tells."""

    paragraphs: tuple[Paragraph, ...]
    title: str | None = None
    outlet: str | None = None
    stamps: tuple[Stamp, ...] = ()


def lay_out(blocks: Sequence[Block], known: Known) -> Layout:
    """The article in a sequence of blocks."""
    page = Page(list(blocks), [], known, authors=list(known.authors), title=known.title, outlet=known.outlet)
    page.kinds = [_kind(b) for b in page.blocks]
    first = _first_text(page)
    read_header(page, first)
    take_dateline(page, first)
    _keep_text(page, first)
    cut_sections(page, first)
    cut_tail(page)
    stamps = page.stamps or ([] if known.stamps else date_at_the_top(page, blocks[:_TOP], first))
    return Layout(_paragraphs(page), page.title, page.outlet, tuple(stamps))


def _kind(block: Block) -> str:
    if block.markup in ("masthead", "row"):
        return "masthead" if block.markup == "masthead" else ""
    if is_code(block.text) and find_dates(block.text):
        return "date"
    if block.markup in ("title", "heading") and kind(block.text) not in ("comments", "teasers", "about", "teaser"):
        return ""
    return kind(block.text)


def _first_text(page: Page) -> int:
    """The index of the first running text: the first of the article's own sentences after what heads it."""
    prose = [i for i, b in enumerate(page.blocks) if not page.kinds[i] and b.markup != "title" and is_prose(b)]
    if not prose:
        lines = [i for i, b in enumerate(page.blocks) if not page.kinds[i] and not b.markup]
        ended = [i for i in lines if page.blocks[i].ended]
        return (ended or lines[-1:] or [len(page.blocks)])[0]
    return prose[0]


def _keep_text(page: Page, first: int) -> None:
    """Give every unclaimed block from the first text on its role."""
    for i in range(first, len(page.blocks)):
        block = page.blocks[i]
        if page.kinds[i] == "date" and _bare_day(block.text) and i > first + 2:
            page.kinds[i] = ""
        if page.kinds[i]:
            continue
        if block.markup in ("title", "heading") and same(block.text, page.title or ""):
            if "title" not in page.roles.values():
                page.roles[i] = "title"
        elif block.markup == "title":
            page.roles.setdefault(i, "heading" if "title" in page.roles.values() else "title")
            page.title = page.title or plain_title(block.text)
        elif not block.ended and not block.markup and _is_media(block.text):
            page.kinds[i] = "teaser"
        elif block.markup == "heading" or not (block.ended or block.words > 18 or block.markup in ("item", "row")
                                               or bulleted(block) and block.words >= 4):
            page.roles.setdefault(i, "heading")
        else:
            page.roles.setdefault(i, "body")
    _headers_again(page, first)


# `[Vidéo] The film of the night`: a link to something to watch, where it isn't the title.
_MEDIA = re.compile(r"\W*[\[(]\s*[^\W\d_]{3,12}\s*[\])]\W*")


def _is_media(text: str) -> bool:
    match = opening("media").match(fold(text))
    return bool(_MEDIA.match(text) or match and re.match(r"\s*[:|–—-]", text[match.end():]))


def _bare_day(text: str) -> bool:
    """Whether a date line is only a day, as the headings of a chronology are."""
    stamps = find_dates(text)
    return len(stamps) == 1 and stamps[0].end - stamps[0].start >= len(text.strip("*_: ")) - 3


def _headers_again(page: Page, first: int) -> None:
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


_BULLET = re.compile(r"(?:[*•·■▪●►▸▶→➡✅👉🔴\ufe0f]|[-–—](?=\s))+\s+(?=\S)")


def _paragraphs(page: Page) -> tuple[Paragraph, ...]:
    found = []
    for i in sorted(page.roles):
        block = page.blocks[i]
        mark = _BULLET.match(block.text)
        start = block.start + (mark.end() if mark else 0)
        if block.end > start:
            found.append(Paragraph(start, block.end, page.roles[i]))
    return tuple(found)
