"""What the date patterns that count from another day mean: from the publication, or from what was spoken of before."""
from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from factcheck.model import Interval, Intervals
from factcheck.values import periods, sets
from factcheck.values.date_rules import RULES, Scene, rule
from factcheck.values.lengths import Length, read_length
from factcheck.values.narrative import Found
from factcheck.values.patterns import Hit, fold
from factcheck.values.periods import span_set, spans_set

__all__ = ["RULES", "Scene"]

#: How many days a count of a unit is off by, when it places a day: `two weeks ago` isn't said to the day.
_LOOSE = {"week": 3, "fortnight": 3, "weekend": 3, "month": 15, "quarter": 45, "half": 60, "year": 183, "decade": 1096,
          "century": 9131}


def moved(anchor: Interval, length: Length, direction: int, exact: bool = False) -> Intervals:
    """The days at a distance from a day or span of days, as loosely as the distance is said."""
    high_count = length.high if length.high != float("inf") else 2 * length.low + 1
    counts = sorted((direction * length.low, direction * high_count))
    exact = exact or length.modifier == "exactly"
    loose = 0 if exact else _LOOSE.get(length.unit, 0)
    if length.fine:
        scale = length.seconds.parts[0]
        far = scale.high / 86400 if scale.high != float("inf") else 2 * scale.low / 86400
        offsets = sorted((direction * scale.low / 86400, direction * far))
        return sets.between(periods.clamp(anchor.low + offsets[0] // 1),
                            periods.clamp(anchor.high - (-offsets[1] // 1)))
    ends = []
    for base, count in zip((anchor.low, anchor.high), counts, strict=True):
        whole = int(count // 1)
        step = periods.shift_units(int(base), length.unit, whole)
        following = periods.shift_units(int(base), length.unit, whole + 1)
        ends.append(step + (count - whole) * (following - step))
    low, high = ends[0] - loose, ends[1] + loose
    if length.unit in ("year", "decade") and not exact:  # a count of years may go by the calendar
        low = min(low, periods.unit_span(periods.clamp(ends[0]), "year")[0])
        high = max(high, periods.unit_span(periods.clamp(ends[1]), "year")[1])
    return sets.between(periods.clamp(low), periods.clamp(-(-high // 1)))


def _length(hit: Hit, scene: Scene) -> Length | None:
    return read_length(hit.group("length") or "", scene.grammar.language)


@rule("ago")
def _ago(hit: Hit, scene: Scene) -> Found | None:
    length, now = _length(hit, scene), scene.narrative.now
    direction = hit.rule.settings["direction"]
    if length is None or now is None or length.fine and length.seconds.parts[0].low < 6 * 3600:
        return None
    days = moved(Interval(*now), length, direction)
    side = "before" if direction < 0 else "after"
    limit = "by" if (hit.words.lower().startswith(("d’ici", "within"))) else ""
    return Found(days, _grain(length), f"counted to the day {side} the publication, since {scene.narrative.dated()}"
                 if length.unit == "day" else f"that long {side} the publication, since {scene.narrative.dated()}",
                 length.unit != "day", limit)


def _grain(length: Length) -> str:
    return "day" if length.unit in ("day", "hour", "week") else "month" if length.unit == "month" else "year"


def _anchors(scene: Scene, event: str | None, unit: str = "day") -> tuple[list[Interval], str]:
    """The days that a relative date can count from, and why.

    For an event: its day where that is known, else the day just spoken of. Otherwise the day spoken of last (for a
    distance in years, any date), or the publication's.
    """
    narrative = scene.narrative
    if event:
        known = narrative.events.get(event.lower())
        if known is not None:
            return list(known.parts), f"counted from {event}"
        narrative.unplaced = True
        if narrative.days and narrative.days[-1][1] >= narrative.sentence - 1:
            spoken = narrative.days[-1][0]
            return [spoken], f"taking {periods.iso(spoken.low)}, just spoken of, for {event}"
        return [], ""  # the day of the event isn't told: nothing to count from
    last = narrative.latest if unit in ("year", "decade", "month") else narrative.last
    if last is not None and not event:
        anchor = sets.hull(last.days)
        return [anchor], f"counted from {periods.iso(anchor.low)}, spoken of before"
    if narrative.now is not None:
        return [Interval(*narrative.now)], f"counted from the publication, since {narrative.dated()}"
    return [], ""


def _from_each(bases: list[Interval], move: Callable[[Interval], Intervals]) -> Intervals:
    """Where a distance leads from each of the days it can count from."""
    return spans_set([(int(p.low), int(p.high)) for base in bases for p in move(base).parts])


@rule("anchored")
def _anchored(hit: Hit, scene: Scene) -> Found | None:
    text = fold(hit.group("anchored") or "")
    words = scene.grammar.words
    offset = words["anchored"].get(text)
    if offset is None:
        offset = next((v for k, v in words["anchored_words"].items() if text.endswith(k)), 0)
    bases, why = _anchors(scene, hit.group("event"))
    if not bases:
        return None
    return Found(_from_each(bases, lambda b: sets.shift(Intervals((b,)), offset)), how=why, approximate=len(bases) > 1)


@rule("after")
def _after(hit: Hit, scene: Scene) -> Found | None:
    length = _length(hit, scene)
    if length is None or length.fine and length.seconds.parts[0].low < 6 * 3600:
        return None
    direction, narrative = hit.rule.settings["direction"], scene.narrative
    if scene.opening and narrative.now is not None and narrative.latest is None:
        # "A week later: what the rails tell": the event is that long before the article.
        return Found(moved(Interval(*narrative.now), length, -direction), _grain(length),
                     f"so long before the article, since {narrative.dated()}", True)
    bases, why = _anchors(scene, None, length.unit)
    if not bases:
        return None
    return Found(_from_each(bases, lambda b: moved(b, length, direction)), _grain(length), why, length.unit != "day")


@rule("event")
def _event(hit: Hit, scene: Scene) -> Found | None:
    """So long before or after an event.

    Right after a date (`on 19 March, twelve days after the match`) it gives the event's day; so it does where the
    article opens with it (`a month after the flood, the town ...`). Elsewhere it counts from the event.
    """
    length, event = _length(hit, scene), hit.group("event") or ""
    if length is None or length.fine:
        return None
    direction, narrative = hit.rule.settings["direction"], scene.narrative
    if scene.beside is not None:
        base = sets.hull(scene.beside.days)
        return Found(moved(base, length, -direction), _grain(length),
                     f"the day of {event}, counted back from {periods.iso(base.low)}")
    if scene.opening and narrative.now is not None and event.lower() not in narrative.events:
        return Found(moved(Interval(*narrative.now), length, -direction), _grain(length),
                     f"the day of {event}, so long before the article, since {narrative.dated()}", True)
    bases, why = _anchors(scene, event)
    if not bases:
        return None
    return Found(_from_each(bases, lambda b: moved(b, length, direction)), _grain(length), why, True)


@rule("anchored unit")
def _anchored_unit(hit: Hit, scene: Scene) -> Found | None:
    narrative = scene.narrative
    anchor = narrative.last
    same = hit.group("same")
    if same:
        unit = str(scene.grammar.words["same_units"].get(" ".join(same.lower().split()), "year"))
        offset = 0
    else:
        unit = str(scene.word(hit, "unit", "units"))
        offset = int(str(scene.word(hit, "which", "unit_which")))
    if unit == "year" and narrative.year is not None:
        base: float = dt.date(narrative.year, 1, 1).toordinal()
    elif unit == "month" and narrative.months:
        base = periods.month_span(*narrative.months[-1])[0]
    elif anchor is not None:
        base = sets.hull(anchor.days).low
    else:
        return None
    span = periods.unit_span(periods.shift_units(int(base), unit, offset), unit)
    return Found(span_set(span), unit, f"counted from {periods.iso(base)}, spoken of before")


@rule("relative day")
def _relative_day(hit: Hit, scene: Scene) -> Found | None:
    offset, now = scene.word(hit, "days"), scene.narrative.now
    if now is None or not isinstance(offset, int):
        return None
    night = 1 if hit.group("night") else 0
    return Found(span_set((now[0] + offset, now[1] + offset + night)), how=f"since {scene.narrative.dated()}")


@rule("relative night")
def _relative_night(hit: Hit, scene: Scene) -> Found | None:
    now = scene.narrative.now
    if now is None:
        return None
    if scene.tense == "future":
        return Found(span_set((now[0], now[1] + 1)), how=f"the night ahead, since {scene.narrative.dated()}")
    return Found(span_set((now[0] - 1, now[1])), how=f"the night before, since {scene.narrative.dated()}")
