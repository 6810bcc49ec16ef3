"""Values of time: when in the day something was, in minutes after midnight."""
from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from factcheck.languages import load
from factcheck.model import Interval, Intervals, Sentence, Value
from factcheck.values import sets
from factcheck.values.context import Comparison, Context
from factcheck.values.lengths import masked, number, read_length
from factcheck.values.patterns import Grammar, Hit, fold, grammar, hits, longest, plain, spaced

DAY = 1440
#: Minutes by which `just before` and the like stretch a time.
_JUST, _SHORTLY = 15, 25


@dataclass(frozen=True)
class _Clock:
    """A time as found: what it can be, its zone (`UTC+02:00` or a zone's name; "" for local time), and why."""

    minutes: Intervals
    zone: str = ""
    approximate: bool = False
    how: str = ""
    limit: str = ""


@dataclass
class _Walk:
    """The last clock time the article gave, which `half an hour later` counts from."""

    language: str
    last: Intervals | None = None


def find_times(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """The times of day of an article, in order, each as a set of minutes after midnight.

    `Value.unit` is the time zone where the text gives one, "" for local time. A twelve-hour time without `am` or `pm`
    is a choice of two, unless the words around tell morning from evening. Takes all the sentences of one article.
    """
    patterns, walk = time_grammar(context.language), _Walk(context.language)
    return [value for sentence in sentences for value in _in_sentence(sentence, patterns, walk)]


def time_grammar(language: str) -> Grammar:
    """The patterns of times in a language."""
    return grammar(language, "durations", "times")


def clock_spans(text: str, language: str) -> list[tuple[int, int]]:
    """The spans of a text (as `plain` leaves it) that are clock times, so that they aren't taken for lengths."""
    return [(h.start, h.end) for h in _hits(text, time_grammar(language)) if h.rule.use in ("clock", "range")]


def _hits(text: str, patterns: Grammar) -> list[Hit]:
    found = longest(list(hits(patterns.rules, text, masked(text, patterns.language))))
    return [h for h in found if not _is_other(h, text, patterns.language)]


def _in_sentence(sentence: Sentence, patterns: Grammar, walk: _Walk) -> list[Value]:
    text = plain(sentence.text)
    values = []
    for hit in _hits(text, patterns):
        found = _RULES[hit.rule.use](hit, patterns, walk)
        if found is None or not found.minutes.parts:
            continue
        found = _by_context(found, hit, text, patterns.language)
        if hit.rule.use in ("clock", "named", "to the hour", "after"):
            walk.last = found.minutes
        start = _start(hit, patterns, text)
        end = hit.end - (text[start:hit.end].endswith(")") and "(" not in text[start:hit.end])
        values.append(Value("time", sentence.text[start:end], sentence.start + start, sentence.start + end,
                            found.minutes, found.zone, (found.limit,) if found.limit else (), found.approximate,
                            found.how))
    return values


def _start(hit: Hit, patterns: Grammar, text: str) -> int:
    """Where the value starts: without a preposition that leaves the time as it is."""
    preposition = hit.group("near")
    if preposition is None or patterns.meaning("near", preposition) not in ("", "by"):
        lead = _contexts(patterns.language)["lead"].match(text, hit.start) if preposition else None
        return lead.end() if lead and lead.end() < hit.match.end("near") else hit.start
    end = hit.match.end("near")
    return end + len(text[end:]) - len(text[end:].lstrip())


@cache
def _contexts(language: str) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(spaced(pattern), re.I) for name, pattern in load(language, "times")["contexts"].items()
            if isinstance(pattern, str)}


def _is_other(hit: Hit, text: str, language: str) -> bool:
    """Whether the words around make it a length of time, a price, a name or a habit (`le lundi matin`)."""
    if hit.rule.use in ("named", "part of day"):
        if _contexts(language)["habit_before"].search(text, max(0, hit.start - 16), hit.start):
            return True
        return hit.start > 0 and hit.words.split()[-1][0].isupper() and not hit.words.isupper()  # "le Midi"
    marked = hit.group("half") or fold(hit.group("near_after") or "") in load(language, "times")["contexts"]["decisive"]
    if hit.rule.use != "clock" or marked:
        return False
    contexts = _contexts(language)
    if contexts["length_after"].match(text, hit.end):
        return True
    if "." in hit.words and not hit.group("ampm") and contexts["price_before"].search(text, 0, hit.start):
        return True
    near = hit.group("near")
    return not near and bool(contexts["length_before"].search(text, max(0, hit.start - 30), hit.start))


def _by_context(found: _Clock, hit: Hit, text: str, language: str) -> _Clock:
    """Of a choice of two half days, the one that the words around speak of."""
    contexts = _contexts(language)
    if found.limit == "before" and contexts["negation"].search(text, max(0, hit.start - 80), hit.start):
        edge = found.minutes.parts[-1].high
        found = replace(found, minutes=sets.between(edge, DAY - 1), limit="from", how="not before it")
    if len(found.minutes.parts) < 2 or not found.how.startswith("either"):
        return found
    around = text[max(0, hit.start - 45):hit.end + 45]
    morning, evening = contexts["morning"].search(around), contexts["evening"].search(around)
    if bool(morning) == bool(evening):
        return found
    half = sets.between(0, 719) if morning else sets.between(720, DAY - 1)
    left = sets.intersection(found.minutes, half)
    word = (morning or evening)
    return replace(found, minutes=left, how=f"by “{word[0]}” beside it" if word else "") if left.parts else found


def wrapped(low: float, high: float, low_open: bool = False, high_open: bool = False) -> Intervals:
    """The minutes from `low` to `high`, which may go past midnight on either side."""
    if low < 0:
        return sets.normal([Interval(low + DAY, DAY - 1, low_open), Interval(0, high, False, high_open)]
                           if high > 0 or (high == 0 and not high_open) else
                           [Interval(low + DAY, min(high + DAY, DAY - 1), low_open, high_open and high < 0)])
    if high >= DAY:
        return sets.normal([Interval(low, DAY - 1, low_open), Interval(0, high - DAY, False, high_open)]
                           if low < DAY else [Interval(low - DAY, high - DAY, low_open, high_open)])
    return sets.normal([Interval(low, high, low_open, high_open)])


def near(minute: float, relation: str) -> Intervals:
    """The minutes that a word of nearness leaves around a time: `vers`, `just before`, `after`."""
    if relation == "about":
        slack = 30 if minute % 60 == 0 else 15 if minute % 15 == 0 else 10
        return wrapped(minute - slack, minute + slack)
    if relation in ("just before", "shortly before"):
        return wrapped(minute - (_JUST if relation.startswith("just") else _SHORTLY), minute, False, True)
    if relation in ("just after", "shortly after"):
        return wrapped(minute, minute + (_JUST if relation.startswith("just") else _SHORTLY), True, False)
    if relation in ("before", "by"):
        return wrapped(0, minute or DAY - 1, False, relation == "before" and minute > 0)
    if relation in ("after", "from"):
        return wrapped(minute, DAY - 1, relation == "after")
    return wrapped(minute, minute)


def _in_half(found: Intervals, minute: float, minutes: list[float]) -> Intervals:
    """Of two half days that are both possible, the one a time lies in: `before three` is after midnight or noon."""
    if len(minutes) < 2 or sets.hull(found).high - sets.hull(found).low < 120:
        return found
    half = 720 * (minute // 720)
    return sets.intersection(found, sets.between(half, half + 720 if minute else DAY - 1))


def _pair(pairs: Sequence[float]) -> Intervals:
    return sets.normal(Interval(a, b) for a, b in zip(pairs[::2], pairs[1::2], strict=True))


def _zone(hit: Hit, patterns: Grammar) -> str:
    text = hit.group("zone")
    if text is None:
        return ""
    zone = patterns.words["zones"].get(fold(text), "")
    if not isinstance(zone, int):
        return str(zone)
    if zone == 0:
        return "UTC"
    return f"UTC{'+' if zone > 0 else '-'}{abs(zone) // 60:02d}:{abs(zone) % 60:02d}"


def _finished(hit: Hit, patterns: Grammar, minutes: list[float], how: str = "") -> _Clock | None:
    """The times with what stands before and after them taken into account."""
    relation = ""
    for table in ("near", "near_said", "near_after"):
        if hit.group(table):
            relation = patterns.meaning(table, hit.group(table) or "") or relation
    half = patterns.meaning("halves_of_day", hit.group("half") or "") if hit.group("half") else None
    if half is not None:
        minutes = [m for m in ({*minutes, *((m + 720) % DAY for m in minutes)}) if half[0] <= m <= half[1]] or minutes
    if len(minutes) > 1 and not how:
        how = "either half of the day"
    found = sets.normal(part for m in sorted(minutes) for part in _in_half(near(m, relation), m, minutes).parts)
    limit = {"before": "before", "by": "by", "after": "after", "from": "from"}.get(relation, "")
    return _Clock(found, _zone(hit, patterns), relation not in ("", "by", "before", "after", "from"), how, limit)


def _hour(hit: Hit, patterns: Grammar, suffix: str = "") -> tuple[float, bool] | None:
    """The hour of a match and whether it can be of either half of the day."""
    text = hit.group("hour" + suffix)
    if text is not None:
        return float(text), False
    word = hit.group("hour_word" + suffix)
    if word is None:
        return None
    value = number(word, patterns.language)[0]
    return (value, value <= 12) if 0 <= value <= 24 else None


def _clock(hit: Hit, patterns: Grammar, walk: _Walk) -> _Clock | None:
    hour = _hour(hit, patterns)
    if hour is None:
        return None
    value, either = hour
    minute = float(hit.group("minute") or 0)
    if hit.group("minutes"):
        minute = patterns.words["minutes"][fold(hit.group("minutes") or "")]
    elif hit.group("minute_word"):
        spoken = number(hit.group("minute_word") or "", patterns.language)[0]
        if not 0 < spoken < 60:
            return None
        minute = -spoken if hit.group("minute_sign") else spoken
    total = (value * 60 + minute) % DAY
    if hit.group("ampm"):
        half = patterns.meaning("ampm", hit.group("ampm") or "")
        return _finished(hit, patterns, [(value % 12) * 60 + minute + half])
    if not either and patterns.language == "en" and value <= 12 and hit.group("minute") is None:
        either = True
    if hit.group("minute") and "." in hit.words and value <= 12 and not hit.group("zone"):
        either = patterns.language == "en"
    return _finished(hit, patterns, [total, (total + 720) % DAY] if either else [total])


def _to_the_hour(hit: Hit, patterns: Grammar, walk: _Walk) -> _Clock | None:
    share = (hit.group("share") or "").lower()
    minutes = 30.0 if share == "half" else 15.0 if "quarter" in share else number(share, patterns.language)[0]
    if not 0 < minutes < 60:
        return None
    sign = 1 if hit.rule.settings.get("british") else patterns.meaning("past_to", hit.group("past_to") or "")
    if hit.group("named"):
        base, either = patterns.words["named"][fold(hit.group("named") or "")][0], False
    else:
        hour = _hour(hit, patterns)
        if hour is None:
            return None
        base, either = hour[0] * 60, True
    total = (base + sign * minutes) % DAY
    if hit.group("ampm"):
        half = patterns.meaning("ampm", hit.group("ampm") or "")
        return _finished(hit, patterns, [total % 720 + half])
    return _finished(hit, patterns, [total, (total + 720) % DAY] if either else [total])


def _range(hit: Hit, patterns: Grammar, walk: _Walk) -> _Clock | None:
    first, second = _hour(hit, patterns), _hour(hit, patterns, "2")
    if first is None or second is None:
        return None
    low = first[0] * 60 + float(hit.group("minute") or 0)
    high = second[0] * 60 + float(hit.group("minute2") or 0)
    if hit.group("ampm2"):
        half2 = patterns.meaning("ampm", hit.group("ampm2") or "")
        half1 = patterns.meaning("ampm", hit.group("ampm") or "") if hit.group("ampm") else half2
        low, high = low % 720 + half1, high % 720 + half2
        if low > high and not hit.group("ampm"):
            low -= 720
    elif hit.group("half"):
        half = patterns.meaning("halves_of_day", hit.group("half") or "")
        low, high = (m + 720 if m + 720 <= half[1] and m < half[0] else m for m in (low, high))
    elif first[1] and low < high:
        minutes = sets.union(wrapped(low, high), wrapped(low + 720, high + 720))
        return _Clock(minutes, _zone(hit, patterns), True, "either half of the day")
    return _Clock(wrapped(low, high if high >= low else high + DAY), _zone(hit, patterns), True)


def _named(hit: Hit, patterns: Grammar, walk: _Walk) -> _Clock | None:
    low, high = patterns.meaning("named", hit.group("named") or "")
    if hit.group("tail_minutes"):
        return None
    if hit.rule.settings.get("not_quite"):
        return _Clock(near(low, "just before"), "", True)
    if low != high:
        return _Clock(wrapped(low, high), "", True)
    return _finished(hit, patterns, [low])


def _not_yet(hit: Hit, patterns: Grammar, walk: _Walk) -> _Clock | None:
    hour = _hour(hit, patterns)
    if hour is None:
        return None
    minutes = [hour[0] * 60 % DAY, (hour[0] * 60 + 720) % DAY] if hour[1] else [hour[0] * 60 % DAY]
    parts = [p for m in minutes for p in wrapped(m - 60, m, False, True).parts]
    return _Clock(sets.normal(parts), "", True, "either half of the day" if len(minutes) > 1 else "")


def _part_of_day(hit: Hit, patterns: Grammar, walk: _Walk) -> _Clock | None:
    table = "parts_of_day" if hit.group("parts_of_day") else "short_parts"
    return _Clock(_pair(patterns.meaning(table, hit.group(table) or "")), "", True, "a part of the day")


def _after(hit: Hit, patterns: Grammar, walk: _Walk) -> _Clock | None:
    length = read_length(hit.group("length") or "", patterns.language)
    if length is None or not length.fine or walk.last is None:
        return None
    span = sets.hull(length.seconds)
    low, high = span.low / 60, (span.high if span.high != float("inf") else span.low * 1.5) / 60
    if high >= DAY:
        return None
    direction = hit.rule.settings["direction"]
    slack = 0 if length.modifier == "exactly" else 5 if high < 60 else 15
    parts: list[Interval] = []
    for part in walk.last.parts:
        ends = sorted((part.low + direction * low, part.low + direction * high,
                       part.high + direction * low, part.high + direction * high))
        parts += wrapped(ends[0] - slack, ends[-1] + slack).parts
    return _Clock(sets.normal(parts), "", True, f"counted from {_minutes(walk.last.parts[0].low)}, spoken of before")


_RULES: dict[str, Callable[[Hit, Grammar, _Walk], _Clock | None]] = {
    "clock": _clock, "to the hour": _to_the_hour, "range": _range, "named": _named, "not yet": _not_yet,
    "part of day": _part_of_day, "after": _after}


def canonical_time(value: Value) -> str:
    """`07:42`, a range `06:00/07:00` (one past midnight `22:00/06:00`), `|` between the parts of a choice; the zone."""
    parts = list(value.possible.parts)  # type: ignore[union-attr]
    if len(parts) > 1 and parts[0].low == 0 and parts[-1].high >= DAY - 1:
        parts = [Interval(parts[-1].low, parts[0].high), *parts[1:-1]]
    text = "|".join(_minutes(p.low) if p.low == p.high else f"{_minutes(p.low)}/{_minutes(p.high)}" for p in parts)
    return f"{text} {value.unit}".strip()


def _minutes(minute: float) -> str:
    whole = int(minute) % DAY
    return f"{whole // 60:02d}:{whole % 60:02d}"


#: The offsets from UTC, in minutes, that a zone whose summer time isn't told can have.
_OFFSETS = {"CET": (60, 120), "WET": (0, 60), "EET": (120, 180), "EST": (-300, -240), "CST": (-360, -300),
            "MST": (-420, -360), "PST": (-480, -420), "UTC": (0,)}
#: Offsets of local time, where the text gives none: whole hours, as nearly everywhere.
_LOCAL = tuple(range(-12 * 60, 14 * 60 + 1, 60))


def compare_times(a: Value, b: Value) -> Comparison:
    """How two times lie to each other; the distance is in minutes.

    Times in different zones are compared in UTC; a local time is tried in every zone of whole hours, and the note tells
    which one makes the two meet.
    """
    if a.unit == b.unit:
        return _compared(a, b, _set(a), _set(b), "")
    best = Comparison("disjoint", float(DAY))
    for x in _offsets(a.unit):
        for y in _offsets(b.unit):
            here = _compared(a, b, _moved(_set(a), -x), _moved(_set(b), -y), "")
            if here.relation != "disjoint":
                known, offset = (b.unit, x) if not a.unit else (a.unit, y)
                return replace(here, note=f"if local time is UTC{offset / 60:+g}, against {known}")
            best = min(best, here, key=lambda c: c.distance if c.distance is not None else DAY)
    return replace(best, note="in no time zone are they the same time")


def _offsets(zone: str) -> tuple[int, ...]:
    if not zone:
        return _LOCAL
    match = re.fullmatch(r"UTC([+-])(\d\d):(\d\d)", zone)
    if match:
        return ((1 if match[1] == "+" else -1) * (int(match[2]) * 60 + int(match[3])),)
    return _OFFSETS[zone]


def _moved(minutes: Intervals, by: float) -> Intervals:
    return sets.normal(part for p in minutes.parts
                       for part in _rewrapped(p.low + by, p.high + by, p.low_open, p.high_open))


def _rewrapped(low: float, high: float, low_open: bool, high_open: bool) -> tuple[Interval, ...]:
    turn = DAY * (low // DAY)
    return wrapped(low - turn, high - turn, low_open, high_open).parts


def _compared(a: Value, b: Value, first: Intervals, second: Intervals, note: str) -> Comparison:
    if a.qualifiers and a.qualifiers == b.qualifiers:
        first, second = (sets.point(sets.hull(s).high if a.qualifiers[0] in ("by", "before") else sets.hull(s).low)
                         for s in (first, second))
        note = "both are limits: their times are compared"
    relation = sets.compare(first, second)
    distance = 0.0
    if relation == "disjoint":
        gaps = [max(p.low - q.high, q.low - p.high) for p in first.parts for q in second.parts]
        distance = min(min(g, DAY - g) for g in gaps)
    return Comparison(relation, distance, note)


def _set(value: Value) -> Intervals:
    if not isinstance(value.possible, Intervals):
        raise TypeError("a time's possibilities are minutes")
    return value.possible
