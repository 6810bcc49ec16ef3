"""How output looks where it goes: how wide, whether in colour, and with which signs."""
from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import IO

DEFAULT_WIDTH = 80
_SIGNS = {"contradiction": "≠", "variant": "≈", "update": "↻", "dispute": "⇄", "agreement": "="}
_PLAIN_SIGNS = {"contradiction": "!", "variant": "~", "update": ">", "dispute": "/", "agreement": "="}
_COLOURS = {"contradiction": "1;31", "variant": "1;33", "update": "1;36", "dispute": "1;35", "agreement": "1;32"}
# For streams that know nothing beyond ASCII: the report's own signs, each of the same width.
_PLAIN = str.maketrans("“”…◂─━│█▏→—–−•≠≈↻⇄·", "\"\".<-=|#|>---*!~>/-")


@dataclass(frozen=True)
class Style:
    """The columns there are, whether colour is wanted, and whether only plain ASCII signs can be shown."""

    width: int = DEFAULT_WIDTH
    colour: bool = False
    ascii: bool = False

    def paint(self, text: str, codes: str) -> str:
        """The text in a colour or weight (codes of ANSI SGR), or as it is where colour isn't wanted."""
        return f"\x1b[{codes}m{text}\x1b[0m" if self.colour and text else text

    def dim(self, text: str) -> str:
        """The text in the background."""
        return self.paint(text, "2")

    def bold(self, text: str) -> str:
        """The text in the foreground."""
        return self.paint(text, "1")

    def relation(self, relation: str) -> str:
        """A relation with its sign, in its colour."""
        sign = (_PLAIN_SIGNS if self.ascii else _SIGNS).get(relation, "?")
        return self.paint(f"{sign} {relation}", _COLOURS.get(relation, "1"))

    def plain(self, text: str) -> str:
        """The text with signs the stream can show."""
        return text.translate(_PLAIN) if self.ascii else text


def style_for(stream: IO[str]) -> Style:
    """The style of a stream: its terminal's width (or `COLUMNS`), and colour on a terminal without `NO_COLOR`."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return Style(width=_width(stream), colour=stream.isatty() and not os.environ.get("NO_COLOR")
                 and os.environ.get("TERM") != "dumb", ascii=not _can_show(encoding))


def _width(stream: IO[str]) -> int:
    asked = os.environ.get("COLUMNS", "")
    if asked.isdigit() and int(asked) > 0:
        return int(asked)
    for candidate in (stream, sys.__stderr__):  # output through a pager still meets a terminal
        try:
            return os.get_terminal_size(candidate.fileno()).columns or DEFAULT_WIDTH  # type: ignore[union-attr]
        except (OSError, ValueError, AttributeError):
            continue
    return DEFAULT_WIDTH


def _can_show(encoding: str) -> bool:
    try:
        "".join(map(chr, _PLAIN)).encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
