"""A plain text into blocks: paragraphs and single lines, each with its span.

Blank lines part blocks. Within a run of lines, a line break is either layout (text wrapped at a fixed width, a link
copied with breaks around it) or the end of a paragraph; what stands on both sides of it tells which.
"""
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

# Line ends, and the tags that stand for them in text copied from the web.
_BREAK = re.compile(r"\r\n|[\n\r\f\v\x85\u2028\u2029]|</?(?:br|p|div|h[1-6]|li|ul|ol)\b[^<>\n]{0,200}>", re.I)
_NEWLINE = re.compile(r"\r\n|[\n\r\f\v\x85\u2028\u2029]")
_LAYOUT = re.compile(r"\s*[\n\r\f\v\x85\u2028\u2029]\s*")
_MARK = re.compile(r"\s*(?:[-*•·–—►▸›>+○●■▪→]+\s+|[>►▸›•●■▪→]+|\d{1,2}[.)]\s+|#{1,6}\s+)")
_ENDED = re.compile(r"[.!?…:;][\s»”\"’')\]*_]*$")
_GOES_ON = re.compile(r"\s*[»”),.;:!?…%]|\s*[\[('\"«“‘]*[a-zà-öø-ÿœ]")
_MIN_WIDTH, _MAX_WIDTH = 45, 120


@dataclass(frozen=True)
class Block:
    """A paragraph or a line: its span, its text without line breaks, and whether a blank line stands before it.

    `markup` is what is known of it beforehand: `title`, `heading`, `item`, `quote`, `row` (of a table), `masthead`, or
    nothing.
    """

    start: int
    end: int
    text: str
    apart: bool = True
    markup: str = ""

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def ended(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(_ENDED.search(self.text))


def make_block(text: str, start: int, end: int, apart: bool = True, markup: str = "") -> Block | None:
    """The block of a span without the white space at its ends; nothing where nothing is left."""
    piece = text[start:end]
    stripped = piece.strip(" \t\r\n\f\v\x85\xa0\u2028\u2029\u200b\ufeff")
    if not stripped:
        return None
    start += piece.index(stripped)
    return Block(start, start + len(stripped), _LAYOUT.sub(" ", stripped), apart, markup)


def lines(text: str, start: int = 0) -> list[Block]:
    """The lines of a text from an offset on, without the blank ones."""
    found: list[Block] = []
    apart, place, newlines = True, start, 0
    ends = [(m.start(), m.end(), bool(_NEWLINE.fullmatch(m.group()))) for m in _BREAK.finditer(text, start)]
    for stop, after, _newline in [*ends, (len(text), len(text), True)]:
        line = make_block(text, place, stop, apart)
        newlines = 0 if line else newlines + 1
        if line:
            found.append(line)
            apart = False
        elif newlines:
            apart = True
        place = after
    return found


def split(text: str, start: int = 0, own_line: Callable[[str], bool] = lambda line: False) -> list[Block]:
    """The blocks of a text from an offset on, in order; `own_line` tells lines that are never part of a paragraph."""
    every = lines(text, start)
    width = _wrap_width(every, own_line)
    groups: list[list[Block]] = []
    for line in every:
        if groups and not line.apart and _joined(groups[-1][-1], line, width, own_line):
            groups[-1].append(line)
        else:
            groups.append([line])
    blocks = (make_block(text, g[0].start, g[-1].end, g[0].apart) for g in groups)
    return [b for b in blocks if b]


def _wrap_width(every: list[Block], own_line: Callable[[str], bool]) -> int:
    """The width the text is wrapped at, or 0: at most breaks the next word would not have fitted on the line."""
    short = [b for b in every if len(b.text) <= _MAX_WIDTH]
    if len(short) < 0.9 * len(every):
        return 0
    width = max((len(b.text) for b in short), default=0)
    inner = [(a, b) for a, b in zip(every, every[1:], strict=False)
             if not b.apart and not _MARK.match(b.text) and not own_line(a.text) and not own_line(b.text)]
    filled = [_full(a, b, width) for a, b in inner]
    running = [1 for a, b in inner if not _ENDED.search(a.text)]
    if width < _MIN_WIDTH or len(inner) < 3 or sum(filled) < 0.7 * len(inner) or len(running) < 0.5 * len(inner):
        return 0
    return width


def _full(line: Block, following: Block, width: int) -> bool:
    """Whether the first word of the following line had no room on the line (with some slack for ragged wrapping)."""
    return len(line.text) + 1 + len(following.text.split()[0]) > width - 4


def _joined(line: Block, following: Block, width: int, own_line: Callable[[str], bool]) -> bool:
    """Whether the break between two lines is layout only."""
    if _MARK.match(following.text) and not _GOES_ON.match(following.text):
        return False
    filled = width > 0 and _full(line, following, width)
    if filled and not _ENDED.search(line.text) and len(line.text) >= _MIN_WIDTH:
        return True
    if own_line(line.text) or own_line(following.text):
        return False
    if filled:
        return True
    return not _ENDED.search(line.text) and bool(_GOES_ON.match(following.text))
