"""What each rule of a language's date patterns means: a function a rule, from the matched words to a set of days."""
from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from factcheck.values import periods, sets
from factcheck.values.lengths import number
from factcheck.values.narrative import Found, Narrative
from factcheck.values.patterns import Grammar, Hit
from factcheck.values.periods import Span, span_set, spans_set


@dataclass(frozen=True)
class Scene:
    """Where a date expression stands: the story so far, the words' meanings, and the tense of its clause.

    `opening` is whether it opens a sentence at the start of the article; `beside` is a date right before it.
    """

    narrative: Narrative
    grammar: Grammar
    tense: str
    opening: bool = False
    beside: Found | None = None

    def word(self, hit: Hit, group: str, table: str = "") -> object:
        """The meaning of a group's word, or None where the group is empty."""
        text = hit.group(group)
        return None if text is None else self.grammar.meaning(table or group, text)


Resolver = Callable[[Hit, Scene], Found | None]
RULES: dict[str, Resolver] = {}


def rule(name: str) -> Callable[[Resolver], Resolver]:
    """Registers the function that resolves the rules of a name."""
    def register(resolver: Resolver) -> Resolver:
        RULES[name] = resolver
        return resolver
    return register


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _day_number(text: str, language: str) -> int:
    digits = "".join(c for c in text if c.isdigit())
    return int(digits) if digits else int(number(text, language)[0]) or 1


def _which_tense(scene: Scene, hit: Hit) -> str:
    """The tense, or what `dernier`, `next` say instead."""
    which = scene.word(hit, "which")
    return {"last": "last", "next": "next", "previous": "last"}.get(str(which), scene.tense)


def _month_name(scene: Scene, hit: Hit, group: str = "month") -> int | None:
    month = scene.word(hit, group, "months")
    return month if isinstance(month, int) else None


def _weekday(scene: Scene, hit: Hit, group: str = "weekday") -> int | None:
    weekday = scene.word(hit, group, "weekdays")
    return weekday if isinstance(weekday, int) else None


def _named(day: float) -> str:
    return dt.date.fromordinal(periods.clamp(day)).strftime("%A")


# A day told with its weekday and no year is of the year around the article.
_HALF_YEAR = 183


@rule("day")
def _day(hit: Hit, scene: Scene) -> Found | None:
    month, number_ = _month_name(scene, hit), _day_number(hit.group("day") or "", scene.grammar.language)
    return _dated(hit, scene, month or 0, number_, _int(hit.group("year")))


def _dated(hit: Hit, scene: Scene, month: int, number_: int, year: int | None) -> Found | None:
    how, weekday = "", _weekday(scene, hit)
    if year is not None:
        span = periods.day(year, month, number_)
    else:
        placed = _on_weekday(scene, month, number_, weekday) or scene.narrative.place(
            lambda y: periods.day(y, month, number_), _which_tense(scene, hit), True)
        if placed is None:
            return None
        span, how = placed
    if span is None:
        return None
    if weekday is not None and dt.date.fromordinal(span[0]).weekday() != weekday:
        how = (how + "; " if how else "") + f"{periods.iso(span[0])} is a {_named(span[0])}, unlike the text says"
    return Found(span_set(span), how=how, explicit_year=year is not None, names_month=True)


def _on_weekday(scene: Scene, month: int, number_: int, weekday: int | None) -> tuple[Span, str] | None:
    """The day of a month that falls on the weekday it is told with, within half a year of the article."""
    now = scene.narrative.now
    if weekday is None or now is None:
        return None
    year = dt.date.fromordinal(now[0]).year
    for span in (periods.day(y, month, number_) for y in (year, year - 1, year + 1)):
        if span and now[0] - _HALF_YEAR <= span[0] <= now[1] + _HALF_YEAR and \
                dt.date.fromordinal(span[0]).weekday() == weekday:
            return span, f"a {_named(span[0])}; {scene.narrative.dated()}"
    return None


@rule("numeric")
def _numeric(hit: Hit, scene: Scene) -> Found | None:
    first, second = int(hit.group("day") or 0), int(hit.group("month") or 0)
    year = _int(hit.group("year")) or 0
    orders = [(second, first)]
    if hit.rule.settings.get("either") and first != second:
        orders.append((first, second))
    spans = [s for month, number_ in orders if (s := periods.day(year, month, number_))]
    return Found(spans_set(spans), explicit_year=True) if spans else None


@rule("days")
def _days(hit: Hit, scene: Scene) -> Found | None:
    language = scene.grammar.language
    month2 = _month_name(scene, hit, "month2") or _month_name(scene, hit)
    if month2 is None:
        spoken = _spoken_month(scene, _day_number(hit.group("day2") or "", language))
        if spoken is None:
            return None
        year2: int | None = spoken[0]
        month2, inferred = spoken[1], True
    else:
        year2, inferred = _int(hit.group("year2")) or _int(hit.group("year")), False
    month = _month_name(scene, hit) or month2
    days = [_day_number(hit.group(g) or "", language) for g in ("day", "day2")]

    def both(year: int) -> Span | None:
        last = periods.day(year, month2, days[1])
        start_year = _int(hit.group("year")) or (year - 1 if month > month2 else year)
        first = periods.day(start_year, month, days[0])
        if inferred and first and last and first[0] > last[0]:  # the night of the 30th to the 1st
            index = year * 12 + month2
            last = periods.day(index // 12, index % 12 + 1, days[1])
        return (first[0], last[1]) if first and last and first[0] <= last[1] else None

    if year2 is not None:
        span, how = both(year2), ""
    else:
        placed = scene.narrative.place(both, scene.tense)
        if placed is None:
            return None
        span, how = placed
    if span is None:
        return None
    link = (hit.group("link") or "").split()[0].lower()
    between = (hit.group("form") or "").lower().startswith(("entre", "between"))
    listed = link in ("et", "ou", "and", "or", "&", "/") and not between
    days_set = spans_set([(span[0], span[0]), (span[1], span[1])]) if listed else span_set(span)
    return Found(days_set, how=how, explicit_year=year2 is not None and not inferred, names_month=True)


def _spoken_month(scene: Scene, number_: int) -> tuple[int, int] | None:
    """The month that a day without one is of: the last spoken of in which it lies on the right side of today."""
    now = scene.narrative.now

    def fits(month: tuple[int, int]) -> bool:
        span = periods.day(*month, number_)
        if span is None or now is None:
            return span is not None
        return span[1] >= now[0] if scene.tense == "future" else span[0] <= now[1]
    return scene.narrative.month_for(fits)


@rule("bare day")
def _bare_day(hit: Hit, scene: Scene) -> Found | None:
    number_ = _day_number(hit.group("day") or "", scene.grammar.language)
    month = _spoken_month(scene, number_)
    now = scene.narrative.now
    if hit.group("which") and now:
        today = dt.date.fromordinal(now[1])
        month = (today.year, today.month)
    if month is None:
        return None
    span = periods.day(*month, number_)
    weekday = _weekday(scene, hit)
    if span is None or (weekday is not None and dt.date.fromordinal(span[0]).weekday() != weekday):
        return None
    return Found(span_set(span), how=f"day {number_} of the month spoken of before, {month[0]}-{month[1]:02d}")


@rule("nth weekday")
def _nth_weekday(hit: Hit, scene: Scene) -> Found | None:
    month, weekday, nth = _month_name(scene, hit), _weekday(scene, hit), scene.word(hit, "nth", "ordinals")
    if month is None or weekday is None or not isinstance(nth, int):
        return None

    def make(year: int) -> Span | None:
        return periods.nth_weekday(periods.month_span(year, month), weekday, nth)

    year = _int(hit.group("year"))
    placed = (make(year), "") if year else scene.narrative.place(make, _which_tense(scene, hit))
    if placed is None or placed[0] is None:
        return None
    return Found(span_set(placed[0]), how=f"counted in the calendar of {dt.date.fromordinal(placed[0][0]):%Y-%m}",
                 explicit_year=year is not None)


def nearest_weekdays(now: Span, weekday: int, tense: str, strict: bool = False) -> list[int]:
    """The days a bare weekday can mean in an article published in `now`.

    Dated to the day: the last such day (today counts unless `strict`), or the next, or both where the tense leaves it
    open. Dated to a longer span: every such day in it.
    """
    if now[1] - now[0] > 6:
        return periods.weekdays_in(now, weekday)
    back = (dt.date.fromordinal(now[0]).weekday() - weekday) % 7
    forth = (weekday - dt.date.fromordinal(now[1]).weekday()) % 7
    if strict:
        back, forth = back or 7, forth or 7
    past, coming = now[0] - back, now[1] + forth
    if tense == "future":
        return [coming]
    return sorted({past, coming}) if tense == "open" else [past]


@rule("weekday")
def _weekday_alone(hit: Hit, scene: Scene) -> Found | None:
    weekday, now = _weekday(scene, hit), scene.narrative.now
    if weekday is None:
        return None
    which = scene.word(hit, "which") or scene.word(hit, "which2", "which")
    if which in ("following", "previous"):
        last = scene.narrative.last
        if last is None:
            return None
        anchor = sets.hull(last.days)
        span = (int(anchor.low), int(anchor.high))
        days = nearest_weekdays(span, weekday, "future" if which == "following" else "past", strict=True)
        return Found(spans_set([(d, d) for d in days]), how=f"counted from {periods.iso(anchor.low)}, spoken of before")
    if now is None:
        return None
    tense = {"last": "past", "next": "future"}.get(str(which), scene.tense)
    if hit.group("this") and tense == "open":
        tense = "past" if dt.date.fromordinal(now[0]).weekday() == weekday else tense
    days = nearest_weekdays(now, weekday, tense, strict=which in ("last", "next"))
    if hit.group("eight"):
        ahead = nearest_weekdays(now, weekday, "future", strict=True)
        days = [d + int(hit.rule.settings["eight"]) for d in ahead]
    if which in ("last", "next") and len(days) == 1 and hit.rule.settings.get("loose_which"):
        days += _next_week_too(days[0], now, str(which))
    said = {"past": "the last one", "future": "the next one"}.get(tense, "the last or the next one")
    said = said if len(days) < 3 else f"each {_named(days[0])} of that month"
    night = hit.group("night") is not None
    return Found(spans_set([(d, d + night) for d in sorted(days)]),
                 how=f"{' or '.join(periods.iso(d) for d in sorted(days))}: {said}, since {scene.narrative.dated()}")


def _next_week_too(day: int, now: Span, which: str) -> list[int]:
    """The same weekday a week on, where `next Friday` or `last Tuesday` falls in the week of publication."""
    if periods.week_span(day) != periods.week_span(now[0]):
        return []
    return [day + 7] if which == "next" else [day - 7]


@rule("weekday of week")
def _weekday_of_week(hit: Hit, scene: Scene) -> Found | None:
    weekday, now = _weekday(scene, hit), scene.narrative.now
    unit = scene.word(hit, "unit_span", "unit_spans")
    if weekday is None or now is None or not isinstance(unit, list):
        return None
    days = sorted({periods.week_span(d)[0] + 7 * unit[1] + weekday for d in (now if now[1] - now[0] < 7 else
                                                                           range(now[0], now[1] + 1, 7))})
    return Found(spans_set([(d, d) for d in days]), how=f"counted by weeks, since {scene.narrative.dated()}")


@rule("weekday night")
def _weekday_night(hit: Hit, scene: Scene) -> Found | None:
    first = _weekday_alone(hit, scene)
    if first is None:
        return None
    second = _weekday(scene, hit, "weekday2")
    weekday = _weekday(scene, hit)
    step = 1 if second is None or weekday is None else (second - weekday) % 7 or 7
    spans = [(int(p.low), int(p.low) + step) for p in first.days.parts]
    now = scene.narrative.now
    if now and scene.tense in ("past", "") and hit.group("weekday2") and now[1] - now[0] < 7:
        spans = [(a, b) if b <= now[1] else (a - 7, b - 7) for a, b in spans]
    return replace(first, days=spans_set(spans))


@rule("weekday range")
def _weekday_range(hit: Hit, scene: Scene) -> Found | None:
    return _weekday_night(hit, scene)


@rule("weekday choice")
def _weekday_choice(hit: Hit, scene: Scene) -> Found | None:
    first, second = _weekday(scene, hit), _weekday(scene, hit, "weekday2")
    now = scene.narrative.now
    if first is None or second is None or now is None:
        return None
    tense = {"last": "past", "next": "future"}.get(str(scene.word(hit, "which")), scene.tense)
    days = nearest_weekdays(now, first, tense) + nearest_weekdays(now, second, tense)
    return Found(spans_set([(d, d) for d in sorted(days)]), how=f"both days, since {scene.narrative.dated()}")


def _with_edge(scene: Scene, hit: Hit, span: Span, table: str = "edges") -> Span:
    edge = hit.group("edge")
    part = scene.grammar.meaning(table, edge) if edge else ""
    return periods.part_of(span, str(part)) if part else span


def _placed(hit: Hit, scene: Scene, make: Callable[[int], Span | None], grain: str) -> Found | None:
    """A span that recurs every year, put into the year it names or the one that is meant."""
    year = _int(hit.group("year"))
    named = grain == "month"
    if hit.rule.settings.get("year_shift") and scene.narrative.now:
        year = dt.date.fromordinal(scene.narrative.now[0]).year + (1 if scene.word(hit, "which") == "next" else -1)
    placed = (make(year), "") if year else scene.narrative.place(make, _which_tense(scene, hit), named)
    if placed is None or placed[0] is None:
        return None
    span = _with_edge(scene, hit, placed[0])
    return Found(span_set(span), grain, placed[1], bool(hit.group("edge")), explicit_year=year is not None,
                 names_month=named)


@rule("month")
def _month(hit: Hit, scene: Scene) -> Found | None:
    month = _month_name(scene, hit)
    return _placed(hit, scene, lambda y: periods.month_span(y, month), "month") if month else None


@rule("month out")
def _month_out(hit: Hit, scene: Scene) -> Found | None:
    found = _month(hit, scene)
    if found is None:
        return None
    span = sets.hull(found.days)
    now = scene.narrative.now
    return replace(found, days=sets.between(now[0] if now and now[0] <= span.high else span.low, span.high), limit="by")


@rule("months")
def _months(hit: Hit, scene: Scene) -> Found | None:
    first, last = _month_name(scene, hit), _month_name(scene, hit, "month2")
    if first is None or last is None:
        return None
    year, year2 = _int(hit.group("year")), _int(hit.group("year2"))

    def make(y: int) -> Span | None:
        start = year or (y - 1 if first > last else y)
        return periods.month_span(start, first)[0], periods.month_span(y, last)[1]

    if year2 or year:
        span = make(year2 or (year or 0) + (first > last))
        return Found(span_set(span), "months", explicit_year=True) if span and span[0] < span[1] else None
    placed = scene.narrative.place(make, scene.tense)
    return Found(span_set(placed[0]), "months", placed[1]) if placed else None


@rule("season")
def _season(hit: Hit, scene: Scene) -> Found | None:
    season = str(scene.word(hit, "season", "seasons"))
    if hit.group("which2") and scene.narrative.now:
        year = dt.date.fromordinal(scene.narrative.now[0]).year - 1
        span = _with_edge(scene, hit, periods.season_span(season, year))
        return Found(span_set(span), "season", f"since {scene.narrative.dated()}")

    def make(year: int) -> Span | None:
        if season == "winter" and hit.group("year") and not hit.group("year2"):  # "winter 2020": either end
            return periods.season_span(season, year - 1)[0], periods.season_span(season, year)[1]
        return periods.season_span(season, year)
    return _placed(hit, scene, make, "season")


@rule("quarter")
def _quarter(hit: Hit, scene: Scene) -> Found | None:
    nth = hit.group("nth") or ""
    index = int(nth) if nth.isdigit() else scene.grammar.meaning("ordinals", nth)
    unit = (hit.group("unit") or "").lower()
    size = 6 if unit in ("semestre", "s", "half", "h") else 3
    index = 12 // size if index == -1 else index
    if not 1 <= index <= 12 // size:
        return None
    return _placed(hit, scene, lambda y: periods.months_span(y, (index - 1) * size + 1, size), "quarter")


@rule("year")
def _year(hit: Hit, scene: Scene) -> Found | None:
    year = int(hit.group("year") or 0)
    return Found(span_set(_with_edge(scene, hit, periods.year_span(year))), "year", explicit_year=True)


@rule("years")
def _years(hit: Hit, scene: Scene) -> Found | None:
    first, last = int(hit.group("year") or 0), hit.group("year2") or ""
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    if not first < end:
        return None
    return Found(span_set((periods.year_span(first)[0], periods.year_span(end)[1])), "years", explicit_year=True)


@rule("decade")
def _decade(hit: Hit, scene: Scene) -> Found | None:
    text = (hit.group("decade") or "").rstrip("s’")
    start = int(text) if text.isdigit() else int(number(text, scene.grammar.language)[0])
    if start < 100:
        now = dt.date.fromordinal(scene.narrative.now[1]).year if scene.narrative.now else 2025
        start += 1900 if start > 20 or now < 2020 else 2000 if start < 20 else 1900
    end = start + 9
    if hit.group("decade2"):
        last = int((hit.group("decade2") or "").strip("-"))
        end = (last if last > 100 else start // 100 * 100 + last) + 9
    span = _with_edge(scene, hit, periods.year_span(start, end - start + 1), "decade_edges")
    return Found(span_set(span), "decade")


@rule("decade word")
def _decade_word(hit: Hit, scene: Scene) -> Found | None:
    start = scene.grammar.words["decade_words"][(hit.group("decade_word") or "").lower()]
    return Found(span_set(_with_edge(scene, hit, periods.year_span(start, 10), "decade_edges")), "decade")


@rule("century")
def _century(hit: Hit, scene: Scene) -> Found | None:
    text = (hit.group("century") or "").upper()
    roman = {"I": 1, "V": 5, "X": 10}
    if text.isdigit():
        century = int(text)
    elif all(c in roman for c in text):
        values = [roman[c] for c in text]
        century = sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
    else:
        century = int(scene.grammar.words["century_words"].get(text.lower(), 0))
    if not 1 <= century <= 25:
        return None
    span = _with_edge(scene, hit, periods.year_span((century - 1) * 100 + 1, 100), "decade_edges")
    return Found(span_set(span), "century")


@rule("holiday")
def _holiday(hit: Hit, scene: Scene) -> Found | None:
    data = scene.word(hit, "holiday", "holidays")
    if not isinstance(data, dict) or data.get("capital") and (hit.group("holiday") or "").islower():
        return None  # `une ascension` is no feast
    step = scene.word(hit, "step", "anchored_words") or 0

    def make(year: int) -> Span | None:
        if "easter" in data:
            span: Span | None = periods.easter_day(year, data["easter"])
        elif "nth" in data:
            span = periods.nth_weekday(periods.month_span(year, data["month"]), data["weekday"], data["nth"])
        else:
            span = periods.day(data.get("year", year), data["month"], data["day"])
        if span is None:
            return None
        extra = data.get("after", 0) + int(step)  # type: ignore[call-overload]
        return span[0] + extra, span[1] + extra + data.get("days", 1) - 1
    return _placed(hit, scene, make, "day")


@rule("holiday weekend")
def _holiday_weekend(hit: Hit, scene: Scene) -> Found | None:
    found = _holiday(hit, scene)
    if found is None:
        return None
    day = int(sets.hull(found.days).low)
    weekday = dt.date.fromordinal(day).weekday()
    saturday = day - weekday - 2 if weekday < 2 else day - weekday + 5  # a Monday's belongs to the days before it
    return replace(found, days=span_set((min(saturday, day), max(saturday + 1, day))), grain="weekend")


@rule("unit span")
def _unit_span(hit: Hit, scene: Scene) -> Found | None:
    meaning, now = scene.word(hit, "unit_span", "unit_spans"), scene.narrative.now
    if now is None or not isinstance(meaning, list):
        return None
    unit, offset = meaning
    low = periods.unit_span(periods.shift_units(now[0], unit, offset), unit)[0]
    high = periods.unit_span(periods.shift_units(now[1], unit, offset), unit)[1]
    if unit == "weekend" and offset == 0 and scene.tense == "past" and now[1] < low + 1:
        low, high = low - 7, high - 7
    elif unit == "weekend" and offset == -1 and now[0] > low + 8:
        low, high = low, high + 7
    span = _with_edge(scene, hit, (low, high), "edges_of_units")
    return Found(span_set(span), unit, f"since {scene.narrative.dated()}", bool(hit.group("edge")))


@rule("week of")
def _week_of(hit: Hit, scene: Scene) -> Found | None:
    found = _bare_day(hit, scene) if hit.group("month") is None else _day(hit, scene)
    if found is None:
        return None
    low = int(sets.hull(found.days).low)
    return replace(found, days=span_set((low, low + 6)), grain="week")
