"""Values of date: find them in an article, what days each can mean, and how two of them compare."""
from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from math import inf, isfinite

from factcheck.languages import load
from factcheck.model import Interval, Intervals, Sentence, Value
from factcheck.values import periods, sets
from factcheck.values.context import Comparison, Context
from factcheck.values.date_relations import RULES, Scene
from factcheck.values.lengths import masked
from factcheck.values.narrative import YEAR_FROM_ARTICLE, Found, Narrative
from factcheck.values.patterns import Grammar, Hit, compile_pattern, fill, grammar, hits, longest, plain, spaced
from factcheck.values.tense import tense_at

_CLAUSE_END = re.compile(r"[.;:!?]")
#: How far to either side of an expression the words that change it are looked for.
_REACH = 60
#: What the words before an expression tell of, by the kinds of rules they tell it of.
_OTHER_BEFORE = (("habit_before", ("weekday", "weekday night", "weekday range")), ("not_month_before", ("month",)),
                 ("not_decade_before", ("decade",)), ("not_event_before", ("event",)),
                 ("not_anchored_before", ("anchored",)))
#: The rules whose matches can start with an article or a preposition that is no part of the value.
_PERIODS = ("month", "season", "quarter", "decade", "century", "week of", "nth weekday")
#: The sentences at an article's start, which tell of the news and not yet of what came before it.
_OPENING = 3


def find_dates(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """The dates of an article, in order, each with the set of days (ordinals) it can mean and how it was worked out.

    Takes all the sentences of one article: `le lendemain` needs what came before. Expressions that can't be placed
    (no publication date, nothing before them) are left out. `Value.qualifiers` holds `by`, `before`, `from` or `after`
    where the value is the end of a period, and the set then is the period.
    """
    patterns = date_grammar(context.language)
    narrative = Narrative(context.published, dict(context.anchors))
    values = _walk(sentences, patterns, narrative)
    if narrative.unplaced and len(narrative.events) > len(context.anchors):  # told later: walk again, knowing it
        values = _walk(sentences, patterns, Narrative(context.published, narrative.events))
    return values


def _walk(sentences: Sequence[Sentence], patterns: Grammar, narrative: Narrative) -> list[Value]:
    values = []
    for index, sentence in enumerate(sentences):
        narrative.new_sentence()
        values += _in_sentence(sentence, patterns, narrative, index < _OPENING)
    return values


def date_grammar(language: str) -> Grammar:
    """The patterns of dates in a language."""
    return grammar(language, "durations", "dates")


def _in_sentence(sentence: Sentence, patterns: Grammar, narrative: Narrative, opening: bool) -> list[Value]:
    text = plain(sentence.text)
    found = []
    beside: tuple[int, Found] | None = None
    for hit in longest(list(hits(patterns.rules, text, masked(text, patterns.language)))):
        if _is_other(hit, text, sentence, patterns):
            continue
        start, end, limit = _limits(hit, text, patterns)
        tense = _tense(hit, text, sentence, patterns.language, limit)
        before = beside[1] if beside and _CLAUSE_END.search(text, beside[0], hit.start) is None else None
        resolved = RULES[hit.rule.use](hit, Scene(narrative, patterns, tense, opening and hit.start < 3, before))
        if resolved is None:
            continue
        if limit:
            resolved = _limited(resolved, limit, _negated(text, hit, patterns.language), narrative)
        narrative.note(resolved)
        _note_event(text[:hit.start], resolved, narrative, patterns.language)
        beside = (hit.end, resolved) if resolved.grain == "day" else None
        found.append(_value(sentence, start, end, resolved))
    return found


def _note_event(left: str, found: Found, narrative: Narrative, language: str) -> None:
    """Keep the day of an event whose noun stands right before its date (`the flood of 19 October`)."""
    match = _contexts(language)["event_before"].search(left)
    if match and found.grain == "day" and not found.limit and len(found.days.parts) == 1:
        narrative.events.setdefault(match["event"].lower(), found.days)


def _value(sentence: Sentence, start: int, end: int, found: Found) -> Value:
    text = sentence.text[start:end]
    return Value("date", text, sentence.start + start, sentence.start + end, found.days,
                 qualifiers=(found.limit,) if found.limit else (), approximate=found.approximate, how=found.how)


@cache
def _contexts(language: str) -> dict[str, re.Pattern[str]]:
    data, parts = load(language, "dates")["contexts"], date_grammar(language).parts
    return {name: re.compile(spaced(fill(pattern, parts)), re.I)
            for name, pattern in data.items() if isinstance(pattern, str)}


@cache
def _limit_rules(language: str) -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    data, parts = load(language, "dates"), date_grammar(language).parts
    return tuple((re.compile(rf"(?<!\w)(?:{spaced(fill(r['match'], parts))})\s*$", re.I),
                  r["use"], r.get("part", False)) for r in data["limits"])


@cache
def _limit_rules_after(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((compile_pattern(r["match"].strip(), {}), r["use"]) for r in load(language, "dates")["limits_after"])


def _limits(hit: Hit, text: str, patterns: Grammar) -> tuple[int, int, str]:
    """The span with the words that limit it, and the limit."""
    start = hit.start
    if hit.rule.use in _PERIODS:
        lead = _contexts(patterns.language)["lead"].match(text, start, hit.end)
        start = lead.end() if lead else start
    left = text[max(0, start - _REACH):start]
    for regex, use, part in _limit_rules(patterns.language):
        match = regex.search(left)
        if match:
            return (start - len(left) + match.start() if part else start), hit.end, use
    for regex, use in _limit_rules_after(patterns.language):
        match = regex.match(text, hit.end + 1) if text[hit.end:hit.end + 1].isspace() else None
        if match:
            return start, hit.end, use
    return start, hit.end, ""


def _negated(text: str, hit: Hit, language: str) -> bool:
    return bool(_contexts(language)["negation"].search(text, max(0, hit.start - 2 * _REACH), hit.start))


def _limited(found: Found, limit: str, negated: bool, narrative: Narrative) -> Found:
    """The days up to, or from, what the words name.

    `not before Thursday` says from Thursday on; `until` and `from` name the day on which things change, and stay a day.
    """
    span = sets.hull(found.days)
    now = narrative.now
    earliest = float(now[0]) if now and span.high >= now[0] else -inf
    if limit in ("until", "start"):
        return found
    if limit == "before" and negated:
        return replace(found, days=sets.at_least(span.low), limit="from", how=_also(found.how, "not before it"))
    if limit == "from":
        return replace(found, days=sets.at_least(span.low), limit="from")
    if limit == "after":
        return replace(found, days=sets.at_least(span.high + (found.grain == "day")), limit="after")
    # "before June" is over when June begins, "before the end of June" when June ends
    high = span.high if limit == "by" or (found.approximate and found.grain != "day") else span.low - 1
    low = earliest if earliest <= high else -inf
    return replace(found, days=Intervals((Interval(low, high, low == -inf, False),)), limit=limit)


def _also(how: str, more: str) -> str:
    return f"{how}; {more}" if how else more


def _tense(hit: Hit, text: str, sentence: Sentence, language: str, limit: str) -> str:
    contexts = _contexts(language)
    left = text[max(0, hit.start - _REACH):hit.start]
    if contexts["behind"].search(left):
        return "past"
    if contexts["ahead"].search(left):
        return "future"
    words = frozenset(load(language, "dates")["contexts"]["future_aux"])
    tense = tense_at(sentence, sentence.start + hit.start, sentence.start + hit.end, words)
    if tense in ("open", "") and (limit in ("by", "until", "start", "from") or contexts["ahead_if_open"].search(left)):
        return "future"
    return tense


def _is_other(hit: Hit, text: str, sentence: Sentence, patterns: Grammar) -> bool:
    """Whether the words around show that a month, weekday or year is something else, or stands for every such day."""
    contexts = _contexts(patterns.language)
    left = text[max(0, hit.start - _REACH):hit.start]
    for name, uses in _OTHER_BEFORE:
        if hit.rule.use in uses and contexts[name].search(left) and (uses[0] != "month" or text[hit.start].isupper()):
            return True
    if contexts["not_after"].match(text, hit.end):
        return True
    if hit.rule.use == "month" and _is_verb(hit, sentence):
        return True
    if hit.rule.use == "year" and hit.rule.settings.get("loose"):
        return _counts_something(hit, sentence)
    # "ouvert le mardi": every Tuesday
    return hit.rule.use == "weekday" and not hit.group("which") and bool(contexts["habit_article"].search(left))


def _is_verb(hit: Hit, sentence: Sentence) -> bool:
    """Whether a lone month's name is a verb there (`May I ...`)."""
    token = next((t for t in sentence.tokens if t.start == sentence.start + hit.start), None)
    return token is not None and token.end == sentence.start + hit.end and token.pos in ("AUX", "VERB")


def _counts_something(hit: Hit, sentence: Sentence) -> bool:
    """Whether a bare four-digit number counts the noun after it."""
    end = sentence.start + hit.end
    following = next((t for t in sentence.tokens if t.start >= end), None)
    if following is None:
        return False
    before = next((t for t in reversed(sentence.tokens) if t.end <= sentence.start + hit.start), None)
    if before is not None and (before.pos == "SYM" or before.text[:1].isupper() and before.pos in ("NOUN", "PROPN")):
        return True  # "Flight 2019"
    plural = "Number=Plur" in following.morph
    if following.pos == "NOUN" and not plural and before is not None and before.pos == "DET":
        return False  # "the 2017 election"
    return following.pos in ("NOUN", "ADJ")


def canonical_date(value: Value) -> str:
    """ISO 8601: a day, `first/last` for a run of days (`..` for an open end), `|` between the parts of a choice."""
    return "|".join(_part(p) for p in value.possible.parts)  # type: ignore[union-attr]


def _part(part: Interval) -> str:
    if part.low == part.high:
        return periods.iso(part.low)
    low = ".." if part.low == -inf else periods.iso(part.low)
    return f"{low}/.." if part.high == inf else f"{low}/{periods.iso(part.high)}"


def compare_dates(a: Value, b: Value) -> Comparison:
    """How two dates lie to each other; the distance is in days.

    Two limits of one kind (`by mid-May`, `by 8 July`) compare by the days they name: a later deadline is another one.
    """
    first, second, note = _set(a), _set(b), ""
    if a.qualifiers and a.qualifiers == b.qualifiers:
        first, second = _end(first, a.qualifiers[0]), _end(second, b.qualifiers[0])
        note = "both are limits: their days are compared"
    relation = sets.compare(first, second)
    distance = 0.0
    if relation == "disjoint" and _but_for_the_year(a, b, first, second):
        return Comparison("overlap", 0.0, "neither tells the year")
    if relation == "disjoint":
        distance = min(max(p.low - q.high, q.low - p.high) for p in first.parts for q in second.parts)
    return Comparison(relation, distance, note)


def _but_for_the_year(a: Value, b: Value, first: Intervals, second: Intervals) -> bool:
    """Whether two days or months are the same but for the year, which neither tells: one article looks back where the
    other looks ahead (`due to report in March`)."""
    if not all(v.how.startswith(YEAR_FROM_ARTICLE) for v in (a, b)):
        return False
    (low, high), (other_low, other_high) = ((p.low, p.high) for p in map(sets.hull, (first, second)))
    if not all(map(isfinite, (low, high, other_low, other_high))):
        return False
    day, other = (dt.date.fromordinal(int(ordinal)) for ordinal in (low, other_low))
    return abs(day.year - other.year) == 1 and (day.month, day.day) == (other.month, other.day) and \
        abs((high - low) - (other_high - other_low)) <= 1  # a leap year's February


def _set(value: Value) -> Intervals:
    if not isinstance(value.possible, Intervals):
        raise TypeError("a date's possibilities are days")
    return value.possible


def _end(days: Intervals, limit: str) -> Intervals:
    span = sets.hull(days)
    return sets.point(span.high if limit in ("by", "before") else span.low)
