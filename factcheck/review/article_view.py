"""A whole article with every claim that has a finding marked, as pieces for a template."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from factcheck.model import Article, Finding, Paragraph
from factcheck.reporting.interface import Interface
from factcheck.reporting.reading_view import asked
from factcheck.reporting.text import masked


@dataclass(frozen=True)
class Pin:
    """A mark in the margin: the finding a claim belongs to."""

    finding: str
    relation: str
    question: str
    start: int


@dataclass(frozen=True)
class Piece:
    """Words of a paragraph: `findings` are those whose values they are part of, `pins` those that start here."""

    text: str
    findings: tuple[str, ...] = ()
    pins: tuple[Pin, ...] = ()


@dataclass(frozen=True)
class Block:
    """A paragraph, heading or title of the article in pieces."""

    role: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    pin: Pin


def blocks(article: Article, findings: Sequence[Finding], words: Interface) -> tuple[Block, ...]:
    """The article's own words, each value of a finding marked."""
    spans = sorted(_spans(article, findings, words), key=lambda s: (s.start, s.end))
    return tuple(_block(article, p, [s for s in spans if s.start < p.end and s.end > p.start])
                 for p in article.paragraphs)


def _spans(article: Article, findings: Sequence[Finding], words: Interface) -> list[_Span]:
    """The values of all findings that stand in the article, each once."""
    found: Mapping[tuple[str, int, int], _Span] = {
        (f.id, v.start, v.end): _Span(v.start, v.end, Pin(f.id, f.relation, asked(f, words), v.start))
        for f in findings for v in f.values if v.article == article.id and v.start < v.end}
    return list(found.values())


def _block(article: Article, paragraph: Paragraph, spans: Sequence[_Span]) -> Block:
    """A paragraph cut wherever a value starts or ends: values of several findings may overlap."""
    cuts = {paragraph.start, paragraph.end}
    for span in spans:
        cuts |= {max(span.start, paragraph.start), min(span.end, paragraph.end)}
    edges = sorted(cuts)
    return Block(paragraph.role, tuple(_piece(article, first, last, spans)
                                       for first, last in zip(edges, edges[1:], strict=False)))


def _piece(article: Article, first: int, last: int, spans: Sequence[_Span]) -> Piece:
    inside = [s for s in spans if s.start <= first and last <= s.end]
    return Piece(masked(article.text[first:last]), tuple(dict.fromkeys(s.pin.finding for s in inside)),
                 tuple(s.pin for s in inside if s.start == first))
