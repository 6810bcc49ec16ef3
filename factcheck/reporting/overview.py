"""A report at a glance: how its sources stand to each fact, when what they tell took place, and how much there is."""
from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.model import FLAGGED, RELATIONS, Article, Finding, FindingValue, Report
from factcheck.reporting.interface import Interface
from factcheck.reporting.reading_view import asked, source
from factcheck.reporting.text import clean

_DAY = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_DATE = re.compile(rf"({_DAY})(?:/({_DAY}))?")
STANDS = ("with", "split", "minority", "alone", "both", "silent")


@dataclass(frozen=True)
class Source:
    """An article and how it stands: facts it tells, and how often it is in the minority, or alone in it."""

    article: str
    name: str
    title: str
    published: str | None
    told: int
    minority: int
    alone: int


@dataclass(frozen=True)
class Row:
    """A fact against the sources: for each, one of `STANDS`, and what it says."""

    finding: str
    relation: str
    question: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Dated:
    """A day (or range of days) that sources give for a fact; `rivals` are the other sides' days."""

    first: str
    last: str | None
    finding: str
    relation: str
    question: str
    sources: tuple[str, ...]
    rivals: tuple[tuple[str, str | None], ...]

    @property
    def when(self) -> tuple[str, str]:
        """Its first and its last day, the same for a single day; what stands under one heading shares it."""
        return self.first, self.last or self.first


@dataclass(frozen=True)
class Overview:
    """The whole of it, sources in the order of the report's articles, rows in that of its findings; `loner` is the one
    source that stands alone most often."""

    counts: tuple[tuple[str, int], ...]
    flagged: int
    sources: tuple[Source, ...]
    rows: tuple[Row, ...]
    timeline: tuple[Dated, ...]
    published: tuple[str, str] | None
    loner: Source | None


def overview(report: Report, words: Interface) -> Overview:
    """What stands above the findings of a report."""
    articles = report.articles
    counts = Counter(f.relation for f in report.findings)
    rows = tuple(_row(f, articles, words) for f in report.findings)
    sources = tuple(_source(a, n, rows) for n, a in enumerate(articles))
    most = max((s.alone for s in sources), default=0)
    loners = [s for s in sources if most and s.alone == most]
    return Overview(tuple((r, counts[r]) for r in RELATIONS), sum(counts[r] for r in FLAGGED), sources, rows,
                    _timeline(report, words), _published(articles), loners[0] if len(loners) == 1 else None)


def _row(finding: Finding, articles: Sequence[Article], words: Interface) -> Row:
    cells = tuple((_stand(finding, a.id), " / ".join(dict.fromkeys(clean(v.text) for v in finding.values
                                                                  if v.article == a.id))) for a in articles)
    return Row(finding.id, finding.relation, asked(finding, words), cells)


def _stand(finding: Finding, article: str) -> str:
    """How an article stands to the others on a fact."""
    own = [v for v in finding.values if v.article == article]
    if not own:
        return "silent"
    if len({v.side for v in own}) > 1:
        return "both"
    if own[0].minority and finding.relation in FLAGGED:  # an earlier state, or a party's word, is no outlier
        return "alone" if {v.article for v in finding.values if v.side == own[0].side} == {article} else "minority"
    apart = len({v.side for v in finding.values}) > 1
    leading = {v.side for v in finding.values if not v.minority}  # two, where two against two leave a third alone
    majority = finding.relation in FLAGGED and len(leading) == 1
    return "split" if apart and not majority else "with"


def _source(article: Article, number: int, rows: Sequence[Row]) -> Source:
    stands = Counter(row.cells[number][0] for row in rows)
    return Source(article.id, source(article), clean(article.title or ""),
                  article.published.iso if article.published else None, len(rows) - stands["silent"],
                  stands["minority"] + stands["alone"], stands["alone"])


def _published(articles: Sequence[Article]) -> tuple[str, str] | None:
    """The first and the last date of publication, where any is known."""
    dates = sorted((a.published for a in articles if a.published), key=lambda d: d.first)
    return (dates[0].iso, max(dates, key=lambda d: d.last).iso) if dates else None


def _timeline(report: Report, words: Interface) -> tuple[Dated, ...]:
    """The days that findings on dates name, the earliest first; a side is dated by its finest value."""
    names = {a.id: source(a) for a in report.articles}
    found = []
    for finding in report.findings:
        if finding.kind != "date":
            continue
        sides: dict[int, list[FindingValue]] = {}
        for value in finding.values:
            sides.setdefault(value.side, []).append(value)
        days = {side: _finest(values) for side, values in sides.items()}
        for side, values in sides.items():
            if day := days[side]:
                rivals = tuple(d for other, d in days.items() if other != side and d)
                sources = tuple(dict.fromkeys(names.get(v.article, v.article) for v in values))
                found.append(Dated(*day, finding.id, finding.relation, asked(finding, words), sources, rivals))
    return tuple(sorted(found, key=lambda d: (d.first, d.last or d.first, d.question)))


def _finest(values: Sequence[FindingValue]) -> tuple[str, str | None] | None:
    """The first and the last day of the most precise value: a day before a stretch of days before a choice of days."""
    spans: list[tuple[str, str | None]] = []
    for value in values:
        choices = [(match[1], match[2]) for choice in value.value.split("|") if (match := _DATE.fullmatch(choice))]
        if len(choices) == 1:
            spans.append(choices[0])
        elif choices:
            spans.append((choices[0][0], choices[-1][1] or choices[-1][0]))
    return _whole(*min(spans, key=lambda s: (s[1] is not None, -len(s[0])))) if spans else None


def _whole(first: str, last: str | None) -> tuple[str, str | None]:
    """A span of days, told as the year or the month where it is just that."""
    if not last or first[:4] != last[:4]:
        return first, last
    if (first[4:], last[4:]) == ("-01-01", "-12-31"):
        return first[:4], None
    year, month = int(first[:4]), int(first[5:7] or 0)
    if first[:7] == last[:7] and first[7:] == "-01" and last[7:] == f"-{monthrange(year, month)[1]}":
        return first[:7], None
    return first, last
