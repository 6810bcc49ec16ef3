"""Every piece of evidence that two mentions answer one question. Evidence is added here and nowhere else.

Each piece is a number near 0 to 1 (or a logit, for the pair model); its weight stands in `link.toml`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from factcheck.extraction.attribution import two_voices
from factcheck.extraction.entities import fold
from factcheck.linking.answering import NAMED
from factcheck.linking.candidates import counterclaims, one_holder
from factcheck.linking.opposition import unsettled
from factcheck.linking.questions import Question
from factcheck.model import Article, Intervals, Names, Value
from factcheck.values import Comparison, compare
from factcheck.values.counted import counted_class
from factcheck.values.measure import base_value
from factcheck.values.money import in_dollars, two_currencies
from factcheck.values.offices import offices
from factcheck.values.outcome import succession
from factcheck.values.sets import hull

# Kinds whose answers are words.
IN_WORDS = frozenset({"outcome", "cause", "quotation", "role", "person"})

# Two answers to one question are seldom this many times apart (natural logarithm of the ratio).
_FAR = math.log(20)
# What stands in the first quarter of an article is told by every article.
_TOP = 0.25
# A day stands next to a time within so many letters.
_BESIDE = 16
# A word of a name that tells it from others has more letters.
_LONG = 3
# An answer rivals another where it agrees at least this closely.
_CLOSE = 0.4


@dataclass(frozen=True)
class Pair:
    """Two questions by index, with how their values compare and the evidence for a common question."""

    first: int
    second: int
    comparison: Comparison
    evidence: Mapping[str, float]
    differs: float = 0.5


def gather(
    questions: Sequence[Question],
    pairs: Sequence[tuple[int, int]],
    rarity: Mapping[str, float],
    vectors: NDArray[np.float32],
    judged: NDArray[np.float32] | None = None,
) -> list[Pair]:
    """The evidence for every candidate pair; `vectors` has one unit row a question, `judged` the pair model's two
    logits a pair (pairs x 2: same question, differs) where it was asked."""
    answers = Counter((q.article.id, q.mention.value.kind) for q in questions)
    alike = Counter((q.article.id, q.mention.value.kind, sort) for q in questions for sort in _sorts(q))
    words = {article.id: _words(article) for article in {q.article.id: q.article for q in questions}.values()}
    found = []
    for n, (i, j) in enumerate(pairs):
        a, b = questions[i], questions[j]
        comparison = compare(a.mention.value, b.mention.value)
        evidence = own_evidence(a, b, comparison, rarity)
        fewest = min(answers[q.article.id, q.mention.value.kind] for q in (a, b))
        evidence["answers of the kind"] = math.log1p(fewest) / 3
        evidence["answers like it"] = _answers_like(a, b, alike)
        evidence["named there too"] = _named_there(a, b, comparison, words)
        evidence["vectors"] = float(vectors[i] @ vectors[j])
        pair = Pair(i, j, comparison, evidence)
        if judged is not None:
            evidence["pair model"] = max(-8.0, min(8.0, float(judged[n, 0])))
            pair = replace(pair, differs=1 / (1 + math.exp(-float(judged[n, 1]))))
            if unsettled(a.mention.value.kind, comparison):
                evidence["answers differ"] = 2 * pair.differs - 1
                evidence["told by the pair model"] = 1.0
        found.append(pair)
    return with_rivals(questions, found)


def own_evidence(a: Question, b: Question, comparison: Comparison, rarity: Mapping[str, float]) -> dict[str, float]:
    """What the two mentions tell by themselves."""
    first, second = a.mention.value, b.mention.value
    alone = a.article.id == b.article.id
    return {
        "words near": _shared(a.near, b.near, rarity),
        "words of the clause": _shared(a.clause, b.clause, rarity),
        "words of the sentence": _shared(a.sentence, b.sentence, rarity),
        "words of the sentence before": _shared_before(a, b, rarity),
        "words of the answers": _shared(a.answer, b.answer, rarity),
        "words in common": math.log1p(len(a.sentence & b.sentence)) / 2,
        "words in common in the answers": math.log1p(len(a.answer & b.answer)) / 2,
        "rarest word in common": max((rarity.get(s, 1.0) for s in a.sentence & b.sentence), default=0.0) / 5,
        "both at the top": float(max(a.place, b.place) < _TOP),
        "far apart in the articles": abs(a.place - b.place),
        "names": _jaccard(a.entities, b.entities),
        "predicate": float(bool(a.predicate) and a.predicate == b.predicate),
        "unit": _unit(a, b),
        "same event": _same_event(a, b),
        "same day": _same_day(a, b),
        "same holder": float(first.kind == "role" and one_holder(first, second)),
        "same office": float(first.kind == "person" and _same_office(first, second)),
        "opposed in words": float(comparison.relation == "disjoint" and a.mention.value.kind in IN_WORDS),
        "qualifiers differ": float(
            bool(first.qualifiers) and bool(second.qualifiers) and not set(first.qualifiers) & set(second.qualifiers)
        ),
        "values agree": float(comparison.relation in ("equal", "within", "around", "overlap")),
        "values equal": float(comparison.relation == "equal"),
        "values agree closely": _closeness(first, second, comparison),
        "values far apart": _far(a, b, comparison),
        "tense differs": float((a.tense == "future") != (b.tense == "future")),
        "polarity differs": float(a.mention.claim.polarity != b.mention.claim.polarity),
        "days between": _days_between(a, b),
        "follows in time": _follows(a, b),
        "one article": float(alone),
        "two voices": float(counterclaims(a, b)),
        "two voices elsewhere": float(not alone and two_voices(a.mention, b.mention)),
        "languages differ": float(a.article.language != b.article.language),
    }


def with_rivals(questions: Sequence[Question], pairs: Sequence[Pair]) -> list[Pair]:
    """Add what the other candidates tell: whether a mention has a better match, or one that agrees, in the other's
    article. A mention that agrees with one answer there seldom contradicts another."""

    def key(pair: Pair) -> float:
        return pair.evidence.get("pair model", 12 * pair.evidence["vectors"])

    best: dict[tuple[int, str], float] = {}
    agreeing: dict[tuple[int, str], float] = {}
    for pair in pairs:
        for own, other in ((pair.first, pair.second), (pair.second, pair.first)):
            place = (own, questions[other].article.id)
            best[place] = max(best.get(place, -math.inf), key(pair))
            if pair.evidence["values agree closely"] > _CLOSE:
                agreeing[place] = max(agreeing.get(place, -math.inf), key(pair))
    found = []
    for pair in pairs:
        places = ((pair.first, questions[pair.second].article.id), (pair.second, questions[pair.first].article.id))
        behind = [best[p] - key(pair) for p in places]
        rival = max((agreeing.get(p, -math.inf) - key(pair) for p in places), default=-math.inf)
        more = {
            "best match of both": float(max(behind) <= 0),
            "better match elsewhere": min(4.0, max(behind)) / 4,
            "agrees elsewhere": 0.0 if pair.evidence["values agree"] else max(0.0, min(1.0, (rival + 3) / 6)),
        }
        found.append(replace(pair, evidence={**pair.evidence, **more}))
    return found


def _sorts(question: Question) -> frozenset[str]:
    """What sorts of answer of its kind a value is one of: what became of what (a ruling, an alarm), what is counted, in
    what currency or dimension, whose office."""
    value = question.mention.value
    if value.kind == "outcome" and isinstance(value.possible, Names):
        return frozenset(form.split(":")[0] for form in value.possible.forms)
    if value.kind == "count":
        return frozenset([counted_class(value, question.article.language) or question.theme])
    if value.kind == "measure":
        return frozenset([base_value(value)[1].dimension])
    return frozenset([question.theme if value.kind == "percent" else value.unit])


def _answers_like(a: Question, b: Question, alike: Mapping[tuple[str, str, str], int]) -> float:
    """How many answers of the sort of two the articles of both have: where each has one alone (the alarm rang, no alarm
    was heard), they are likely to be of one thing."""
    one, other = _sorts(a), _sorts(b)
    sorts = one & other or one | other
    numbers = [max(1, *(alike.get((q.article.id, q.mention.value.kind, sort), 0) for sort in sorts)) for q in (a, b)]
    return math.log(numbers[0] * numbers[1]) / 3


def _words(article: Article) -> frozenset[str]:
    """The folded words of an article's own text."""
    return frozenset(word for p in article.paragraphs for word in fold(article.text[p.start : p.end]).split())


def _named_there(a: Question, b: Question, comparison: Comparison, words: Mapping[str, frozenset[str]]) -> float:
    """Of two different names, the share that the other's article has as well: who tells of both tells them apart."""
    if a.mention.value.kind not in NAMED or comparison.relation != "disjoint":
        return 0.0
    there = 0
    for own, other in ((a, b), (b, a)):
        name = [w for w in fold(own.mention.value.text).split() if len(w) > _LONG]
        there += bool(name) and name[-1] in words[other.article.id]
    return there / 2


def _shared(a: frozenset[str], b: frozenset[str], rarity: Mapping[str, float]) -> float:
    """The share of two sets of stems, weighted by rarity, that they have in common (0 to 1)."""
    together = sum(rarity.get(s, 1.0) for s in a & b)
    alone = min(sum(rarity.get(s, 1.0) for s in a), sum(rarity.get(s, 1.0) for s in b))
    return together / (alone + 2.0)


def _shared_before(a: Question, b: Question, rarity: Mapping[str, float]) -> float:
    """What the sentence before one of the two adds to the words they share: it often names what the value is of."""
    wider = max(_shared(a.sentence | a.before, b.sentence, rarity), _shared(a.sentence, b.sentence | b.before, rarity))
    return wider - _shared(a.sentence, b.sentence, rarity)


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0


def _unit(a: Question, b: Question) -> float:
    """1 for the same unit, thing counted, theme or holder, 0 where it can't be told, -1 for two different ones."""
    first, second = a.mention.value, b.mention.value
    if first.kind == "count":
        classes = counted_class(first, a.article.language), counted_class(second, b.article.language)
        if all(classes):
            return 1.0 if classes[0] == classes[1] else -1.0
    one, two = a.theme, b.theme
    if not one or not two:
        return 0.0
    if one == two:
        return 1.0
    return -1.0 if a.article.language == b.article.language or first.kind in ("role", "person") else -0.5


def _days_between(a: Question, b: Question) -> float:
    """How far apart two articles came out, 0 (one day, or unknown) to 1 (a year)."""
    one, other = a.article.published, b.article.published
    if one is None or other is None:
        return 0.0
    return min(1.0, math.log1p(abs((one.first - other.first).days)) / math.log(365))


def _follows(a: Question, b: Question) -> float:
    """Whether the outcome of the later article is a state that follows on that of the earlier (closed, then open
    again)."""
    one, other = a.article.published, b.article.published
    if one is None or other is None or a.mention.value.kind != "outcome" or one.first == other.first:
        return 0.0
    earlier, later = (a, b) if one.first < other.first else (b, a)
    return float(succession(earlier.mention.value, later.mention.value))


def _same_office(a: Value, b: Value) -> bool:
    """Whether two holders are given one office of one body or place (`the mayor of Saint-Aubert`). Where it isn't told
    of what, they are only where there is no such office on each side (`his lawyer`)."""
    if not a.unit or a.unit != b.unit:
        return False
    of, of_other = ({w for q in v.qualifiers for w in q.split() if len(w) > 3} for v in (a, b))
    return bool(of & of_other) or not (of and of_other) and a.unit not in offices().each_side


def _same_event(a: Question, b: Question) -> float:
    """1 where the outcomes told along with two values are alike, -1 where there are some and none are."""
    if not a.events or not b.events:
        return 0.0
    alike = any(compare(x, y).relation in ("equal", "overlap") for x in a.events for y in b.events)
    return 1.0 if alike else -1.0


def _same_day(a: Question, b: Question) -> float:
    """Of two times, 1 where the days they are told with can be one (`on Friday at 6 p.m.`), -1 where they can't."""
    if a.mention.value.kind != "time":
        return 0.0
    first, second = _days_told(a), _days_told(b)
    if not first or not second:
        return 0.0
    return -1.0 if all(compare(x, y).relation == "disjoint" for x, y in product(first, second)) else 1.0


def _days_told(question: Question) -> list[Value]:
    """The dates of the clause that stand next to a value."""
    value = question.mention.value
    return [v for v in question.mention.claim.values if v.kind == "date"
            and v.start - _BESIDE <= value.end and value.start <= v.end + _BESIDE]


def _closeness(a: Value, b: Value, comparison: Comparison) -> float:
    """How much it tells that two values agree, 0 to 1: two exact ones that agree seldom do so by chance, a vague one
    agrees with almost anything."""
    if comparison.relation not in ("equal", "within", "around", "overlap"):
        return 0.0
    if not isinstance(a.possible, Intervals) or not isinstance(b.possible, Intervals):
        return 1.0 if comparison.relation == "equal" else 0.5
    return 1 / (1 + math.log1p(max(width(a.kind, v.possible) for v in (a, b) if isinstance(v.possible, Intervals))))


def width(kind: str, possible: Intervals) -> float:
    """How wide a set is, in steps that newspapers tell apart: a day, a quarter of an hour, a twentieth of a figure."""
    if not possible.parts:
        return math.inf
    length = sum(p.high - p.low for p in possible.parts)
    if kind == "date":
        return length + len(possible.parts) - 1
    if kind == "time":
        return length / 15 + len(possible.parts) - 1
    around = hull(possible)
    middle = abs(around.low + around.high) / 2 if math.isfinite(length) else 0.0
    return length / (0.05 * middle) if middle else 40.0 * (length > 0)


def _far(a: Question, b: Question, comparison: Comparison) -> float:
    """How far apart two numbers or dates are, 0 (near or no numbers) to 1."""
    first, second = _numbers(a.mention.value, b.mention.value)
    if comparison.relation != "disjoint" or first is None or second is None:
        return 0.0
    one, two = (hull(first), hull(second))
    low, high = (one, two) if one.high <= two.low else (two, one)
    kind = a.mention.value.kind
    if kind == "date":
        return min(1.0, math.log1p(max(0.0, high.low - low.high)) / math.log(3650))
    if kind == "time":
        return min(1.0, max(0.0, high.low - low.high) / 720)
    if low.high <= 0 or not math.isfinite(low.high) or high.low <= 0:
        return 1.0
    return min(1.0, max(0.0, math.log(high.low / low.high)) / _FAR)


def _numbers(a: Value, b: Value) -> tuple[Intervals | None, Intervals | None]:
    """The sets of two values of a kind on one line, if they are on one."""
    if a.kind == "measure":
        return base_value(a)[0], base_value(b)[0]
    if two_currencies(a, b):
        return in_dollars(a), in_dollars(b)
    first, second = (v.possible if isinstance(v.possible, Intervals) else None for v in (a, b))
    return first, second
