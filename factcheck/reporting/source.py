"""Where a value stands in the file itself: lines and columns for editors, and for build logs that show them."""
from __future__ import annotations

import html
import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from factcheck.model import Article, FindingValue

_HTML = (".html", ".htm", ".xhtml")
_PIECES = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^>]*>|(&#?\w{1,31};)", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class Region:
    """A span of a file: lines and columns from 1, the end column the one after the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


def region(value: FindingValue, article: Article | None) -> Region | None:
    """Where a value stands in its file, or None where that can't be told.

    The text of an HTML article is not the file's: there, the value's sentence is looked for in the mark-up.
    """
    if article is None:
        return None
    if not is_html(article):
        return span(article.text, value.start, value.end) if article.text else _line(value)
    raw = source_text(article.path)
    found = _in_html(raw, value)
    return span(raw, *found) if found else None


def checked_out(path: str) -> str:
    """A file's path from the top of the repository that a GitHub workflow works on, or else as it is."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    place = Path(os.path.abspath(path))  # noqa: PTH100 - links stay what they are
    if workspace and place.is_relative_to(workspace):
        return place.relative_to(workspace).as_posix()
    return path


def is_html(article: Article) -> bool:
    """Whether the article's text is the body of an HTML file."""
    return article.path.lower().endswith(_HTML)


def span(text: str, start: int, end: int) -> Region:
    """The lines and columns of two offsets of a text."""
    line, end_line = text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 1
    return Region(line, start - text.rfind("\n", 0, start), end_line, end - text.rfind("\n", 0, end))


def source_text(path: str) -> str:
    """A file's text for finding lines in it: "" where it can't be read, a mark for every byte that is no UTF-8."""
    try:
        return Path(path).read_bytes().decode("utf-8", errors="replace")
    except OSError:
        return ""


def _line(value: FindingValue) -> Region:
    """All that a report read back from JSON tells: the line."""
    return Region(value.line, 1, value.line, 1 + len(value.text))


def _in_html(raw: str, value: FindingValue) -> tuple[int, int] | None:
    """The span of a value in mark-up: its sentence, then the value in it, by their letters and digits alone."""
    letters, places = _letters(raw)
    before = value.quote[:max(0, value.start - value.quote_start)] if value.quote_start else \
        value.quote.partition(value.text)[0]
    quote, ahead, own = (_bare(t) for t in (value.quote, before, value.text))
    at = letters.find(quote) if quote else -1
    if at < 0 or not own or not quote.startswith(own, len(ahead)):
        at, ahead = letters.find(own) if own else -1, ""
        if at < 0 or letters.count(own) > 1:
            return None
    first = at + len(ahead)
    return places[first], places[first + len(own) - 1] + 1


@lru_cache(maxsize=64)
def _letters(raw: str) -> tuple[str, list[int]]:
    """The letters and digits of a page's text, and where in the file each stands."""
    letters: list[str] = []
    places: list[int] = []

    def add(text: str, start: int, step: int) -> None:
        for i, c in enumerate(text):
            if c.isalnum():
                letters.append(c)
                places.append(start + i * step)

    last = 0
    for piece in _PIECES.finditer(raw):
        add(raw[last:piece.start()], last, 1)
        if piece[2]:
            add(html.unescape(piece[2]), piece.start(), 0)
        last = piece.end()
    add(raw[last:], last, 1)
    return "".join(letters), places


def _bare(text: str) -> str:
    return "".join(c for c in text if c.isalnum())
