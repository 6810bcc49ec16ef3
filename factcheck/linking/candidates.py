"""Blocking: which pairs of mentions are compared at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from factcheck.extraction.attribution import two_voices
from factcheck.extraction.entities import fold
from factcheck.linking.answering import NAMED
from factcheck.linking.questions import Question
from factcheck.model import Value
from factcheck.values import compare
from factcheck.values.name import is_slip

# How many mentions of each other article a mention is tried against, by kind. Measured: see docs/accuracy.md.
NEAREST = 5
NEAREST_OF = {"outcome": 4, "cause": 4, "quotation": 4}
# How many it is tried against altogether: pairs grow with the number of articles, not with its square. No event of up
# to a dozen articles comes near it.
MOST = 60
# Kinds whose values may lie on different scales, or be of different sorts.
_SCALED = ("money", "measure", "outcome", "role", "organization", "place")
# Sentences with two different names are compared where they share at least so many stems.
_ALIKE = 1
# A claim and its denial stand within so many letters of each other.
_NEARBY = 400


def candidates(
    questions: Sequence[Question], vectors: NDArray[np.float32], read: NDArray[np.float32] | None = None
) -> list[tuple[int, int]]:
    """The pairs to judge, as indexes with the first the smaller: of one kind and one scale, and of each mention's
    nearest in every article by the cosine of the words around them (`vectors`, one unit row a question) and of the
    pair model's question vectors (`read`); and what two parties say near each other in one article."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i, question in enumerate(questions):
        groups[question.mention.value.kind].append(i)
    pairs: set[tuple[int, int]] = set()
    fit = cache(lambda i, j, told: comparable(questions[i], questions[j], told))
    for members in groups.values():
        for rows, told in ((vectors, False), (read, True)):
            near = np.zeros((0, 0)) if rows is None else rows[members] @ rows[members].T
            for i, row in zip(members, near, strict=False):
                found = _nearest(questions, members, row, i, partial(fit, told=told))
                pairs.update((min(i, j), max(i, j)) for j in found)
        pairs.update((i, j) for i, j in combinations(members, 2)
                     if counterclaims(questions[i], questions[j]) and comparable(questions[i], questions[j]))
    return sorted(pairs)


def _nearest(
    questions: Sequence[Question],
    members: Sequence[int],
    near: NDArray[np.float32],
    i: int,
    fit: Callable[[int, int], bool],
) -> list[int]:
    """The nearest mentions to mention `i` in each article, of those that fit it."""
    most = NEAREST_OF.get(questions[i].mention.value.kind, NEAREST)
    found: dict[str, list[int]] = defaultdict(list)
    wanted = min(MOST, most * len({questions[j].article.id for j in members}))
    for column in np.argsort(-near, kind="stable"):
        j = members[column]
        kept = found[questions[j].article.id]
        if j != i and len(kept) < most and fit(min(i, j), max(i, j)):
            kept.append(j)
            wanted -= 1
        if not wanted:
            break
    return [j for kept in found.values() for j in kept]


def counterclaims(a: Question, b: Question) -> bool:
    """Whether two mentions are what two parties say within some sentences of one article, as a claim and its denial
    stand."""
    return (a.article.id == b.article.id and two_voices(a.mention, b.mention)
            and abs(a.mention.value.start - b.mention.value.start) < _NEARBY)


def comparable(a: Question, b: Question, read: bool = False) -> bool:
    """Whether two mentions can answer one question at all: not of one sentence (but for what two parties say in it),
    and with values on one scale. Where the pair model has `read` them, it tells whether the offices of one holder, of
    which the data know nothing, differ, and whether sentences without a word in common ask the same."""
    first, second = a.mention.value, b.mention.value
    one_sentence = a.article.id == b.article.id and a.mention.claim.sentence.start == b.mention.claim.sentence.start
    if one_sentence and not two_voices(a.mention, b.mention):
        return False
    if first.kind in _SCALED and compare(first, second).relation == "incomparable":
        return read and first.kind == "role" and one_holder(first, second)
    return _odd_names(a, b, 0 if read else _ALIKE) if is_name(a) and is_name(b) else is_name(a) == is_name(b)


def is_name(question: Question) -> bool:
    """Whether a mention is a name (or a common noun in a name's place) that holds no office."""
    value = question.mention.value
    return value.kind in NAMED and not (value.kind == "person" and value.unit)


def one_holder(a: Value, b: Value) -> bool:
    """Whether two offices are told of one person, by the names of the holders: alike but for a slip, or by the surname
    alone."""
    one, other = a.unit.split(), b.unit.split()
    if not one or not other:
        return False
    return a.unit == b.unit or is_slip(a.unit, b.unit) or (one[-1] == other[-1] and 1 in (len(one), len(other)))


def _odd_names(a: Question, b: Question, alike: int) -> bool:
    """Whether two names can be two answers: in two articles' sentences that are alike in other words, where neither
    sentence has the other's name as well."""
    if a.article.id == b.article.id or len(a.sentence & b.sentence) < alike:
        return False
    if compare(a.mention.value, b.mention.value).relation != "disjoint":
        return True
    if is_slip(fold(a.mention.value.text), fold(b.mention.value.text)):
        return False  # one name: linking/names.py sees to it
    return not any(_holds(x, y) for x, y in ((a, b), (b, a)))


def _holds(question: Question, other: Question) -> bool:
    """Whether a sentence has a word of the other mention's name."""
    words = set(fold(question.mention.claim.sentence.text).split())
    return any(len(w) > 3 and w in words for w in fold(other.mention.value.text).split())
