"""Calendar arithmetic on spans of days: a span is (first, last), both as `datetime.date.toordinal` counts them."""
from __future__ import annotations

import calendar
import datetime as dt

from dateutil.easter import easter

from factcheck.model import Interval, Intervals
from factcheck.values import sets

Span = tuple[int, int]
#: Months of a season: first and last day as (month, day). Where meteorologists and the sky differ, both count.
SEASONS = {"spring": ((3, 1), (6, 21)), "summer": ((6, 1), (9, 23)), "autumn": ((9, 1), (12, 21)),
           "winter": ((12, 1), (3, 21))}


def day(year: int, month: int, number: int) -> Span | None:
    """The span of one day, or None for a day that isn't in the calendar (30 February)."""
    if not (1 <= month <= 12 and 1 <= year <= 9999 and 1 <= number <= calendar.monthrange(year, month)[1]):
        return None
    ordinal = dt.date(year, month, number).toordinal()
    return ordinal, ordinal


def month_span(year: int, month: int) -> Span:
    """The days of a month."""
    return dt.date(year, month, 1).toordinal(), dt.date(year, month, calendar.monthrange(year, month)[1]).toordinal()


def months_span(year: int, first: int, count: int) -> Span:
    """The days of `count` months from a month on."""
    index = year * 12 + first - 1 + count - 1
    return month_span(year, first)[0], month_span(index // 12, index % 12 + 1)[1]


def year_span(year: int, count: int = 1) -> Span:
    """The days of `count` years from a year on."""
    return dt.date(year, 1, 1).toordinal(), dt.date(year + count - 1, 12, 31).toordinal()


def season_span(season: str, year: int) -> Span:
    """The days of a season that starts in the year."""
    (first_month, first_day), (last_month, last_day) = SEASONS[season]
    last_year = year + 1 if season == "winter" else year
    return (dt.date(year, first_month, first_day).toordinal(), dt.date(last_year, last_month, last_day).toordinal())


def week_span(ordinal: int) -> Span:
    """The week, Monday to Sunday, in which a day lies."""
    monday = ordinal - dt.date.fromordinal(ordinal).weekday()
    return monday, monday + 6


def unit_span(ordinal: int, unit: str) -> Span:
    """The calendar unit of a day: `day`, `weekend`, `week`, `month`, `quarter`, `half`, `year`, `decade`, `century`."""
    date = dt.date.fromordinal(ordinal)
    if unit == "week":
        return week_span(ordinal)
    if unit == "weekend":
        monday = week_span(ordinal)[0]
        return monday + 4, monday + 6
    if unit == "month":
        return month_span(date.year, date.month)
    if unit in ("quarter", "half"):
        size = 3 if unit == "quarter" else 6
        return months_span(date.year, (date.month - 1) // size * size + 1, size)
    if unit == "year":
        return year_span(date.year)
    if unit == "decade":
        return year_span(date.year // 10 * 10, 10)
    if unit == "century":
        return year_span((date.year - 1) // 100 * 100 + 1, 100)
    return ordinal, ordinal


def shift_units(ordinal: int, unit: str, count: int) -> int:
    """A day moved by whole calendar units; days a month lacks become its last."""
    days = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
    if unit in days:
        return clamp(ordinal + days[unit] * count)
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}[unit] * count
    date = dt.date.fromordinal(ordinal)
    index = date.year * 12 + date.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not 1 <= year <= 9999:
        return clamp(ordinal + months * 30)
    return dt.date(year, month, min(date.day, calendar.monthrange(year, month)[1])).toordinal()


def clamp(ordinal: float) -> int:
    """The nearest day that the calendar has."""
    return int(min(max(ordinal, 1), dt.date.max.toordinal()))


def part_of(span: Span, part: str) -> Span:
    """A part of a span: its `early`, `mid` or `late` third, its `first half` or `second half`."""
    low, high = span
    days = high - low + 1
    if 28 <= days <= 31:  # a month: its first ten days, its middle, its last ten
        bounds = {"early": (low, low + 9), "mid": (low + 9, low + 19), "late": (low + 19, high),
                  "first half": (low, low + 14), "second half": (low + 14, high), "end": (low + 24, high),
                  "start": (low, low + 6)}
        return bounds[part]
    third = days // 3
    bounds = {"early": (low, low + third), "mid": (low + third - days // 20, high - third + days // 20),
              "late": (high - third, high), "first half": (low, low + (days - 1) // 2),
              "second half": (low + (days - 1) // 2, high), "end": (high - third // 2, high),
              "start": (low, low + third // 2)}
    return bounds[part]


def nth_weekday(span: Span, weekday: int, nth: int) -> Span | None:
    """The nth (from 1, or -1 for the last) given weekday (Monday 0) of a span, or None where it has none."""
    days = weekdays_in(span, weekday)
    index = nth - 1 if nth > 0 else nth
    return (days[index], days[index]) if -len(days) <= index < len(days) else None


def weekdays_in(span: Span, weekday: int) -> list[int]:
    """Every day of a span that is the given weekday (Monday 0)."""
    first = span[0] + (weekday - dt.date.fromordinal(span[0]).weekday()) % 7
    return list(range(first, span[1] + 1, 7))


def easter_day(year: int, offset: int) -> Span:
    """The day so many days after Easter Sunday (western churches)."""
    ordinal = easter(year).toordinal() + offset
    return ordinal, ordinal


def span_set(span: Span) -> Intervals:
    """The span as a set of days."""
    return sets.between(*span)


def spans_set(spans: list[Span]) -> Intervals:
    """Several spans as one set of days; neighbouring days stay one run."""
    merged: list[Span] = []
    for low, high in sorted(set(spans)):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return Intervals(tuple(Interval(low, high) for low, high in merged))


def iso(ordinal: float) -> str:
    """A day in ISO 8601."""
    return dt.date.fromordinal(clamp(ordinal)).isoformat()
