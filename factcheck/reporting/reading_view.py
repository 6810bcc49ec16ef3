"""A finding as people read it on the review page and in the HTML report: answers as columns, quotes in paragraphs.

Nothing here is HTML: the templates escape every text.
"""
from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

from factcheck.model import Article, Evidence, Finding, FindingValue, Report
from factcheck.reporting.interface import Interface
from factcheck.reporting.meaning import IN_WORDS, meaning
from factcheck.reporting.sides import Side, sides
from factcheck.reporting.text import clean, masked

_CONTEXT = 420  # characters of a long paragraph shown on either side of the sentence
_BARS = 7  # pieces of evidence with a bar of their own
_FEATHER = 0.005  # evidence that weighs less than this is none


@dataclass(frozen=True)
class Passage:
    """A value in its paragraph: the words before its sentence, the sentence around the value, and what follows."""

    before: str
    opening: str
    value: str
    closing: str
    after: str


@dataclass(frozen=True)
class Place:
    """Where an article gives a value."""

    article: str
    number: int
    source: str
    title: str
    published: str | None
    line: int
    start: int
    said_by: str
    how: str
    meaning: str
    passage: Passage
    language: str


@dataclass(frozen=True)
class Answer:
    """What a finding can be resolved with: `value` goes into the decision, `text` is shown; counted from 1."""

    number: int
    text: str
    value: str
    meaning: str


@dataclass(frozen=True)
class Column:
    """One side of a finding: the wordings it has (text, meaning), its places, and the answers it offers."""

    number: int
    wordings: tuple[tuple[str, str], ...]
    places: tuple[Place, ...]
    sources: int
    mark: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Bar:
    """A piece of evidence: its weight, and its bar from `left` over `width` on a scale of 100 units."""

    name: str
    detail: str
    weight: float
    left: float
    width: float


@dataclass(frozen=True)
class FindingView:
    """Everything the templates show of a finding."""

    id: str
    relation: str
    kind: str
    question: str
    reason: str
    confidence: float
    columns: tuple[Column, ...]
    bars: tuple[Bar, ...]
    smaller: tuple[int, float]
    zero: float
    total: float
    probability: float

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the articles it rests on, each once."""
        return tuple(dict.fromkeys(p.article for c in self.columns for p in c.places))


def view(finding: Finding, report: Report, words: Interface) -> FindingView:
    """A finding of a report, ready for a template."""
    articles = {a.id: (n, a) for n, a in enumerate(report.articles)}
    found = sides(finding)
    offered = answers(finding)
    columns = tuple(_column(finding, side, number, articles, offered[number - 1], words, split=_split(found))
                    for number, side in enumerate(found, 1))
    bars, smaller, zero = _bars(finding.evidence)
    total = sum(e.weight for e in finding.evidence)
    return FindingView(
        id=finding.id, relation=finding.relation, kind=finding.kind,
        question=asked(finding, words), reason=_reason(finding, articles, words),
        confidence=finding.confidence, columns=columns, bars=bars, smaller=smaller, zero=zero, total=total,
        probability=1 / (1 + exp(-max(-40.0, min(40.0, total)))))


def _reason(finding: Finding, articles: Mapping[str, tuple[int, Article]], words: Interface) -> str:
    """Why a finding has its relation, its articles called as their sources are elsewhere on the page."""
    names = {clean(v.article): source(articles[v.article][1]) for v in finding.values if v.article in articles}
    reason = words.reason(clean(finding.reason))
    if not names:
        return reason
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{known})(?!\w)", lambda found: names[found.group()], reason)


def asked(finding: Finding, words: Interface) -> str:
    """The question of a finding, fit to tell it from others."""
    return words.question(clean(finding.question), clean(finding.values[0].text))


def answers(finding: Finding) -> tuple[tuple[Answer, ...], ...]:
    """The different values a finding could be resolved with, by side in the order of `sides`, counted through.

    A vague value (a choice of days) is offered only where its side has no finer one. Values in words are offered as
    written, all others in canonical form.
    """
    offered: list[tuple[Answer, ...]] = []
    number = 0
    for side in sides(finding):
        own: dict[str, tuple[str, str]] = {}
        for wording in side.wordings:
            canonical = wording.places[0].value
            own.setdefault(wording.text if finding.kind in IN_WORDS else canonical, (wording.text, wording.meaning))
        fine = {value: shown for value, shown in own.items() if "|" not in value} or own
        offered.append(tuple(Answer(number + n, text, value, meant) for n, (value, (text, meant))
                             in enumerate(fine.items(), 1)))
        number += len(fine)
    return tuple(offered)


def _split(found: Sequence[Side]) -> bool:
    return len(found) > 1 and not any(side.mark for side in found)


def _column(finding: Finding, side: Side, number: int, articles: Mapping[str, tuple[int, Article]],
            offered: tuple[Answer, ...], words: Interface, split: bool) -> Column:
    places = tuple(_place(finding.kind, value, articles, words) for w in side.wordings for value in w.places)
    wordings = tuple((w.text, words.meaning(w.meaning)) for w in side.wordings)
    told = tuple(Answer(a.number, a.text, a.value, words.meaning(a.meaning)) for a in offered)
    return Column(number, wordings, places, len({p.article for p in places}), "split" if split else side.mark, told)


def _place(kind: str, value: FindingValue, articles: Mapping[str, tuple[int, Article]], words: Interface) -> Place:
    number, article = articles.get(value.article, (-1, None))
    return Place(
        article=value.article, number=number, source=source(article) if article else clean(value.article),
        title=clean(article.title or "") if article else "", published=_published(article), line=value.line,
        start=value.start, said_by=clean(value.attributed_to or ""), how=clean(value.how),
        meaning=words.meaning(meaning(kind, value.text, value.value)), passage=passage(value, article),
        language=article.language if article else "")


def source(article: Article) -> str:
    """What an article's source is called: its outlet, else its file."""
    return clean(article.outlet or "") or clean(article.id)


def _published(article: Article | None) -> str | None:
    return article.published.iso if article and article.published else None


def passage(value: FindingValue, article: Article | None) -> Passage:
    """The value in its paragraph; in its sentence alone where the article's text is not at hand."""
    text = article.text if article else ""
    if text[value.start:value.end] != value.text:  # a saved report, or a file changed since
        at = max(value.quote.find(value.text), 0)
        end = at + len(value.text)
        return Passage("", masked(value.quote[:at]), masked(value.quote[at:end]), masked(value.quote[end:]), "")
    assert article is not None
    first, last = next(((p.start, p.end) for p in article.paragraphs if p.start <= value.start and value.end <= p.end),
                       (value.start, value.end))
    begin = max(first, min(value.quote_start, value.start))
    end = min(last, max(value.quote_start + len(value.quote), value.end))
    before, after = text[first:begin], text[end:last]
    return Passage(_tail(masked(before)), masked(text[begin:value.start]), masked(text[value.start:value.end]),
                   masked(text[value.end:end]), _head(masked(after)))


def _tail(text: str) -> str:
    """The end of a long text, from a word's start."""
    return text if len(text) <= _CONTEXT else "… " + text[-_CONTEXT:].partition(" ")[2]


def _head(text: str) -> str:
    """The start of a long text, to a word's end."""
    return text if len(text) <= _CONTEXT else text[:_CONTEXT].rpartition(" ")[0] + " …"


def _bars(evidence: Sequence[Evidence]) -> tuple[tuple[Bar, ...], tuple[int, float], float]:
    """The weightiest evidence as bars around a zero line, the number and sum of the rest, and where zero is."""
    ordered = sorted((e for e in evidence if abs(e.weight) >= _FEATHER), key=lambda e: -abs(e.weight))
    shown, rest = ordered[:_BARS], ordered[_BARS:]
    if len(rest) == 1:
        shown, rest = ordered, []
    low = min([0.0, *(e.weight for e in shown)])
    high = max([0.0, *(e.weight for e in shown)])
    scale = 100 / ((high - low) or 1)
    bars = tuple(Bar(clean(e.name), clean(e.detail), e.weight, round((min(e.weight, 0) - low) * scale, 2),
                     round(abs(e.weight) * scale, 2)) for e in shown)
    return bars, (len(rest), sum(e.weight for e in rest)), round(-low * scale, 2)
