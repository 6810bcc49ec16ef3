"""The dates that say when an article was published, as they are printed around it.

What the story itself says of dates is `values/`' business; here the forms are few, and the year may be missing.
"""
from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from factcheck.model import PartialDate
from factcheck.reading.phrases import anywhere, fold, topic

_YEAR = r"(?:1[89]|20|21)\d\d"
_CLOCK = (r"(?<![\d/.:-])(?:(?P<h1>[01]?\d|2[0-3])\s?h(?:eures)?\s?(?P<m1>[0-5]\d)?(?![\w])"
          r"|(?P<h2>[01]?\d|2[0-3])[:.](?P<m2>[0-5]\d)(?::[0-5]\d)?(?![\d/])\s*(?P<ap2>[ap]\.?m\b\.?)?"
          r"|(?P<h3>1[0-2]|0?[1-9])\s?(?P<ap3>[ap]\.?m\b\.?)"
          r"|(?P<h4>[01]\d|2[0-3])(?P<m4>[0-5]\d)(?=\s?(?:gmt|utc)\b))")
CLOCK = re.compile(_CLOCK)


@dataclass(frozen=True)
class Stamp:
    """A date as printed, with what it leaves open; `start` and `end` are its place in the text it was found in."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    time: int | None = None
    weekday: int | None = None
    start: int = 0
    end: int = 0
    text: str = ""

    @property
    def possible(self) -> bool:
        """Whether the calendar has such a day."""
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        if self.day is None or self.month is None:
            return True
        last = calendar.monthrange(self.year or 2000, self.month)[1]
        return 1 <= self.day <= last

    @property
    def precision(self) -> int:
        """How much of a dated day is known: 0 without a year, else 1 for a year, 2 for a month, 3 for a day."""
        if self.year is None:
            return 0
        return 1 + (self.month is not None) + (self.month is not None and self.day is not None)


@cache
def _names(name: str) -> dict[str, int]:
    """The written forms of months (from 1) or weekdays (from 0) in every language, folded."""
    size, first = (12, 1) if name == "months" else (7, 0)
    return {fold(form): index % size + first for index, forms in enumerate(topic(name)) for form in forms}


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    month = "(?P<month>" + "|".join(sorted(_names("months"), key=len, reverse=True)) + r")\b\.?"
    weekday = "(?:(?P<weekday>" + "|".join(sorted(_names("weekdays"), key=len, reverse=True)) + r")\b\.?,?\s+)?"
    return tuple(re.compile(p) for p in (
        rf"{weekday}(?<!\d)(?P<y>{_YEAR})[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)(?!\d)(?:[t ](?P<iso>\d\d:\d\d))?",
        rf"{weekday}(?:le\s+|the\s+)?(?<![\d.,])(?P<d>\d\d?)(?:\s?er|st|nd|rd|th)?\s+(?:of\s+)?{month}"
        rf"(?:,?\s+(?P<y>{_YEAR})(?![\d.,]\d))?",
        rf"\b{weekday}{month}\s+(?P<d>\d\d?)(?:st|nd|rd|th)?(?![\d:]|\s?[ap]\.?m\b)(?:,?\s+(?P<y>{_YEAR})(?!\d))?",
        rf"{weekday}(?<![\d/.-])(?P<a>\d\d?)(?P<sep>[/.-])(?P<b>\d\d?)(?P=sep)(?P<y>{_YEAR}|\d\d)(?![\d/])",
        rf"\b{month},?\s+(?P<y>{_YEAR})(?!\d)",
        rf"(?<!\d)(?P<y>{_YEAR})-(?P<m>\d\d)(?![\d-])",
    ))


def find_dates(text: str, month_first: bool = False) -> list[Stamp]:
    """The dates printed in a line, in order, each with the time of day that stands by it.

    `month_first` reads 03/04/2025 the American way.
    """
    folded = fold(text)
    found: list[Stamp] = []
    for pattern in _patterns():
        for match in pattern.finditer(folded):
            if all(match.end() <= s.start or match.start() >= s.end for s in found):
                found.append(_stamp(match, text, month_first))
    found.sort(key=lambda s: s.start)
    return [_with_time(s, found, folded) for s in found]


def _stamp(match: re.Match[str], text: str, month_first: bool) -> Stamp:
    got = match.groupdict()
    day: int | None
    if "a" in got:
        a, b = int(got["a"]), int(got["b"])
        day, month = (b, a) if b > 12 or (month_first and a <= 12) else (a, b)
    else:
        day = int(got["d"]) if got.get("d") else None
        month = _names("months")[got["month"]] if got.get("month") else int(got["m"])
    year = int(got["y"]) if got.get("y") else None
    if year is not None and year < 100:
        year += 2000
    iso = got.get("iso")
    return Stamp(year, month, day, int(iso[:2]) * 60 + int(iso[3:]) if iso else None,
                 _names("weekdays").get(got.get("weekday") or ""), match.start(), match.end(),
                 text[match.start():match.end()].strip())


def _with_time(stamp: Stamp, stamps: Sequence[Stamp], folded: str) -> Stamp:
    """The stamp with the clock time right after it, or else right before it."""
    if stamp.time is not None or stamp.day is None:
        return stamp
    after = CLOCK.search(folded, stamp.end, stamp.end + 24)
    if after and not any(stamp.end <= s.start < after.start() for s in stamps) and not _revision(
            folded[stamp.end:after.start()]):
        return replace(stamp, time=minutes(after))
    for before in reversed(list(CLOCK.finditer(folded, max(0, stamp.start - 24), stamp.start))):
        between = folded[before.end():stamp.start]
        crossed = any(before.end() <= s.end < stamp.start for s in stamps)
        if not crossed and len(re.sub(r"[\W_]|gmt|utc|[bcep]s?t", "", between)) <= 3:
            return replace(stamp, time=minutes(before))
        break
    return stamp


def minutes(match: re.Match[str]) -> int:
    """A clock time, as `CLOCK` finds it, in minutes after midnight."""
    hour = int(next(match[g] for g in ("h1", "h2", "h3", "h4") if match[g]))
    minute = int(next((match[g] for g in ("m1", "m2", "m4") if match[g]), 0))
    half = match["ap2"] or match["ap3"] or ""
    if half and hour <= 12:
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    return hour * 60 + minute


def _revision(folded: str) -> bool:
    """Whether words speak of a later revision rather than of publication."""
    return bool(anywhere("updated").search(folded))


def published_in(text: str, month_first: bool = False) -> Stamp | None:
    """The date of publication a line gives; that of a revision only where it gives no other."""
    stamps = find_dates(text, month_first)
    folded, end = fold(text), 0
    first = []
    for stamp in stamps:
        if not _revision(folded[end:stamp.start]):
            first.append(stamp)
        end = stamp.end
    return next(iter(first or stamps), None)


def revised_in(text: str) -> bool:
    """Whether the only date of a line is that of a revision."""
    stamps = find_dates(text)
    return bool(stamps) and all(_revision(fold(text)[max(0, s.start - 40):s.start]) for s in stamps[:1])


def settle(stamps: Iterable[Stamp]) -> Stamp | None:
    """One date out of what several places say, the most trusted first.

    The first that has a year counts; others that agree with it make it finer, and a day replaces a bare month or
    year. Without any year, the first is returned as it is. Impossible dates are passed over.
    """
    usable = [s for s in stamps if s.possible]
    dated = [s for s in usable if s.year is not None]
    if not dated:
        return next(iter(usable), None)
    best = dated[0]
    for other in usable:
        if _agree(best, other):
            best = replace(best, month=best.month or other.month, day=best.day or other.day,
                           time=best.time if best.time is not None else other.time)
        elif other.precision == 3 > best.precision:
            best = other
    return best if best.possible else dated[0]


def _agree(a: Stamp, b: Stamp) -> bool:
    pairs = ((a.year, b.year), (a.month, b.month), (a.day, b.day))
    return all(x is None or y is None or x == y for x, y in pairs)


def partial_date(stamp: Stamp | None) -> PartialDate | None:
    """The stamp as the model has it, or nothing where the year is not known."""
    if stamp is None or stamp.year is None or not stamp.possible:
        return None
    day = stamp.day if stamp.month is not None else None
    return PartialDate(stamp.year, stamp.month, day, stamp.time if day else None)


def with_year(stamp: Stamp, years: Sequence[int], weekdays: Sequence[int]) -> Stamp | None:
    """The stamp in the year, of those given, in which it falls on one of the weekdays named (or the day after one).

    An agency's `LYON, 12 mars` goes with `a annoncé jeudi`: the day is a Thursday, or the day after it. Nothing comes
    back where no year fits; the first that fits is taken.
    """
    for offset in (0, 1):
        for year in years:
            fixed = replace(stamp, year=year)
            if fixed.possible and stamp.month and stamp.day:
                weekday = calendar.weekday(year, stamp.month, stamp.day)
                if any(weekday == (w + offset) % 7 for w in weekdays):
                    return fixed
    return None


def weekdays_in(text: str) -> list[int]:
    """The weekdays a text names, in order, from 0 for Monday; abbreviations don't count."""
    full = {fold(forms[0]): index % 7 for index, forms in enumerate(topic("weekdays"))}
    return [full[m.group()] for m in re.finditer(r"\w+", fold(text)) if m.group() in full]
