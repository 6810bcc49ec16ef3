"""What is known and found of a page while its article is told from the rest."""
from __future__ import annotations

import re
from dataclasses import dataclass, field

from factcheck.reading.blocks import Block
from factcheck.reading.dates import Stamp, find_dates
from factcheck.reading.furniture import name_like, parts
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


@dataclass
class Page:
    """The work in progress: each block's kind, and what has been learnt so far."""

    blocks: list[Block]
    kinds: list[str]
    known: Known
    roles: dict[int, str] = field(default_factory=dict)
    stamps: list[Stamp] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    title: str | None = None
    outlet: str | None = None


def names_in(text: str) -> list[str]:
    """The names a byline gives."""
    rests = []
    for part in parts(text):
        match = opening("byline").match(fold(part))
        rests.append(part[match.end():] if match else part)
    pieces = [p for rest in rests for p in re.split(r",|:|\bet\b|\band\b|\bwith\b|\bpour\b|\bfor\b", rest)]
    return [n for p in pieces for n in [p.strip(" .*_")] if len(n.split()) >= 2 and name_like(n)
            and not find_dates(n) and not anywhere("jobs").search(fold(n))]


def slug(text: str) -> str:
    """A name as a file might be called after it; `and` and its like count no more than `&` does."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    return "-".join(w for w in words if w not in ("and", "et"))


def same(a: str, b: str) -> bool:
    return slug(a) == slug(b)


def bulleted(block: Block) -> bool:
    return block.markup == "item" or bool(re.match(r"[*•·■▪●►▸▶-]\ufe0f?\s", block.text))
