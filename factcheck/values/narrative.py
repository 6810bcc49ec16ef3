"""Where an article's story stands in time: its publication date, and the days it spoke of last.

Relative dates (`le lendemain`, `three days later`) are resolved against what came before them, so an article is walked
in order and the walk keeps its place here.
"""
from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from factcheck.model import Interval, Intervals, PartialDate
from factcheck.values import periods, sets
from factcheck.values.periods import Span

#: What says that the year is not told but worked out from the article's date.
YEAR_FROM_ARTICLE = ("the last one, since", "the next one, since", "the nearest one, since")
#: A future day counts as this many times as far away: news is mostly about what has been.
FUTURE_BIAS = 1.3


@dataclass(frozen=True)
class Found:
    """What a date expression denotes: a set of days, how fine it is, and how it was worked out.

    `grain` is the calendar unit it names (`day`, `week`, `month`, `season`, `year` ...). `limit` is `by`, `before`,
    `from` or `after` where it is one end of a period; `names_month` that `the 13th` after it is of its month.
    """

    days: Intervals
    grain: str = "day"
    how: str = ""
    approximate: bool = False
    limit: str = ""
    explicit_year: bool = False
    names_month: bool = False


@dataclass
class Narrative:
    """The walk through one article.

    `events` are the days of events by their nouns; `latest` is the date spoken of last, `last` the last to the day,
    `days` all of those with the number of their sentence, `months` the months, `sentence_year` a year named in the
    sentence, `unplaced` whether an expression counted from an event of which no day was known.
    """

    published: PartialDate | None
    events: dict[str, Intervals] = field(default_factory=dict)
    last: Found | None = None
    latest: Found | None = None
    days: list[tuple[Interval, int]] = field(default_factory=list)
    months: list[tuple[int, int]] = field(default_factory=list)
    sentence: int = 0
    unplaced: bool = False
    year: int | None = None
    sentence_year: int | None = None

    @property
    def now(self) -> Span | None:
        """The days on which the article can have been published; None where that isn't known or can't be."""
        if self.published is None or not 1000 <= self.published.year <= 9000:
            return None
        return self.published.first.toordinal(), self.published.last.toordinal()

    def new_sentence(self) -> None:
        """Forget what counts within a sentence only."""
        self.sentence_year = None
        self.sentence += 1

    def note(self, found: Found) -> None:
        """Keep what later expressions can refer to."""
        first = dt.date.fromordinal(periods.clamp(sets.hull(found.days).low))
        if found.explicit_year:
            self.sentence_year = self.year = first.year
        if found.names_month:
            self.months.append((first.year, first.month))
        if found.limit:
            return
        self.latest = found
        if found.grain == "day":
            self.last = found
            self.days.append((sets.hull(found.days), self.sentence))

    def month_for(self, fits: Callable[[tuple[int, int]], bool]) -> tuple[int, int] | None:
        """The month spoken of last that fits, or the last at all."""
        for month in reversed(self.months):
            if fits(month):
                return month
        return self.months[-1] if self.months else None

    def dated(self) -> str:
        """The publication date in words, for explanations."""
        return f"the article is dated {self.published.iso}" if self.published else "the article has no date"

    def place(self, make: Callable[[int], Span | None], tense: str,
              in_named_year: bool = False) -> tuple[Span, str] | None:
        """The year's instance of a recurring span (a month, a day of a month) that is meant, and why.

        `tense` is `past`, `future`, `open` or "", or `last` or `next` where the words say so. `make` gives the span in
        a year, or None; `in_named_year` lets a year named in the same sentence decide. Past: the last that had begun
        by the publication date; future: the next; otherwise the nearest, the past preferred. None where neither the
        article nor its text gives a year.
        """
        now = self.now
        if in_named_year and tense != "future" and self._other_year(now):
            span = make(self.sentence_year or 0)
            return (span, f"in {self.sentence_year}, the year named before it") if span else None
        if now is None:
            span = make(self.year) if self.year else None
            return (span, f"in {self.year}, the year the text names") if span else None
        year = dt.date.fromordinal(now[0]).year
        spans = [s for y in range(year - 4, year + 5) if (s := make(y))]
        strict = tense in ("last", "next")
        past = [s for s in spans if (s[1] < now[0] if strict else s[0] <= now[1])]
        coming = [s for s in spans if (s[0] > now[1] if strict else s[1] >= now[0])]
        if tense in ("past", "last") and past:
            return past[-1], f"{YEAR_FROM_ARTICLE[0]} {self.dated()}"
        if tense in ("future", "next") and coming:
            return coming[0], f"{YEAR_FROM_ARTICLE[1]} {self.dated()} and the clause looks ahead"
        if not spans:
            return None
        return min(spans, key=lambda s: self._distance(s, now)), f"{YEAR_FROM_ARTICLE[2]} {self.dated()}"

    def _other_year(self, now: Span | None) -> bool:
        """Whether the sentence names a year that isn't the publication's."""
        year = self.sentence_year
        return year is not None and (now is None or dt.date.fromordinal(now[0]).year != year)

    @staticmethod
    def _distance(span: Span, now: Span) -> float:
        if span[0] > now[1]:
            return FUTURE_BIAS * (span[0] - now[1])
        return max(0, now[0] - span[1])
