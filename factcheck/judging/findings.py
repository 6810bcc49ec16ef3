"""Facts into findings: the relation, the values ready to be shown, a confidence, and an id that lasts."""
from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from factcheck.extraction.entities import fold
from factcheck.judging.confidence import ConfidenceWeights, confidence
from factcheck.judging.label import question_label
from factcheck.judging.relation import Judgement, judge
from factcheck.linking.weights import Weights
from factcheck.model import FLAGGED, LEAST, Article, Evidence, Fact, Finding, FindingValue, Mention
from factcheck.values import canonical

# Less certain than this, it is four to one that an answer to another question has joined those that agree.
_HARDLY = 0.2
_NAMED = ("person", "organization", "place")


def findings(facts: Sequence[Fact], articles: Sequence[Article], weights: ConfidenceWeights | None = None,
             changes: Weights | None = None) -> list[Finding]:
    """The findings of all facts, the most certain first, flagged relations before the others; what differs is told
    once. `weights` are those of the confidence and `changes` those of updates, where they aren't the shipped ones."""
    by_id = {a.id: a for a in articles}
    told = [f for fact in facts for f in _told(fact, by_id, weights, changes)]
    kept: list[Finding] = []
    for found in ordered(told):
        if found.relation == "agreement" or not any(_tells(other, found) for other in kept):
            kept.append(found)
    return kept


def _told(fact: Fact, articles: Mapping[str, Article], weights: ConfidenceWeights | None,
          changes: Weights | None) -> list[Finding]:
    """The finding on a fact. Where articles agree, and what differs is not sure enough to be shown, their agreement is
    told too; and alone, where what differs hardly belongs with them."""
    judgement = judge(fact, articles, changes)
    found = _finding(fact, judgement, articles, weights)
    if found.relation not in FLAGGED or found.confidence >= LEAST:
        return [found]
    agreed = _part(fact, judgement.sides[0])
    if not agreed.links or len({m.claim.article for m in agreed.mentions}) < 2:
        return [found]
    agreement = finding(agreed, articles, weights, changes)
    return [agreement] if found.confidence < _HARDLY else [found, agreement]


def _tells(other: Finding, found: Finding) -> bool:
    """Whether a finding sets two answers against each other that another one does too: a person stands in an article
    as a name and as the holder of an office, and each has a fact."""
    meet = {(v.side, w.side) for v in found.values for w in other.values
            if v.article == w.article and v.start < w.end and w.start < v.end}
    return any(a != c and b != d for (a, b), (c, d) in combinations(meet, 2))


def ordered(found: Sequence[Finding]) -> list[Finding]:
    """Findings in the order of `findings`, each with an id of its own."""
    rank = {"contradiction": 0, "variant": 0, "dispute": 1, "update": 1, "agreement": 2}
    return sorted(_told_apart(found), key=lambda f: (rank[f.relation], -f.confidence, f.id))


def finding(fact: Fact, articles: Mapping[str, Article], weights: ConfidenceWeights | None = None,
            changes: Weights | None = None) -> Finding:
    """One fact judged."""
    return _finding(fact, judge(fact, articles, changes), articles, weights)


def _finding(fact: Fact, judgement: Judgement, articles: Mapping[str, Article],
             weights: ConfidenceWeights | None) -> Finding:
    supports = [len({fact.mentions[i].claim.article for i in side}) for side in judgement.sides]
    values = []
    for number, side in enumerate(judgement.sides):
        minority = len(supports) > 1 and supports[number] < max(supports)
        values += [_value(fact.mentions[i], articles, minority, number) for i in side]
    return Finding(
        id=_id(fact), relation=judgement.relation, kind=fact.kind, question=question_label(fact, judgement, articles),
        confidence=confidence(fact, judgement, weights), reason=judgement.reason,
        values=tuple(values),
        evidence=_evidence(fact, judgement))


def _part(fact: Fact, side: Sequence[int]) -> Fact:
    """A fact with the mentions of one side alone."""
    number = {i: n for n, i in enumerate(side)}
    links = tuple(replace(k, first=number[k.first], second=number[k.second]) for k in fact.links
                  if k.first in number and k.second in number)
    return replace(fact, mentions=tuple(fact.mentions[i] for i in side), links=links)


def _evidence(fact: Fact, judgement: Judgement) -> tuple[Evidence, ...]:
    """The evidence of the strongest link across the sides."""
    side_of = {i: n for n, side in enumerate(judgement.sides) for i in side}
    across = [k for k in fact.links if side_of[k.first] != side_of[k.second]] or list(fact.links)
    return max(across, key=lambda k: k.probability).evidence if across else ()


def _value(mention: Mention, articles: Mapping[str, Article], minority: bool, side: int) -> FindingValue:
    value, sentence, source = mention.value, mention.claim.sentence, mention.claim.attribution
    return FindingValue(
        article=mention.claim.article, text=value.text, quote=sentence.text, start=value.start, end=value.end,
        line=articles[mention.claim.article].line(value.start), value=canonical(value),
        attributed_to=source.text if source and source.party else None,  # a pronoun alone tells a reader nothing
        minority=minority, side=side, how=value.how, quote_start=sentence.start)


def _id(fact: Fact) -> str:
    """A fingerprint that lasts while the articles give the same answers to the same questions.

    Made of each mention's file name, answer and clause without the answer; case, accents, layout and order are left
    out, and what stands elsewhere has no part in it. A name's fact asks no question: there the spellings alone count.
    """
    named = not fact.links and fact.kind in _NAMED
    keys = sorted({(m.claim.article.rpartition("/")[2], canonical(m.value), "" if named else fold(_opened(m)))
                   for m in fact.mentions})
    kind = "name" if named else fact.kind
    return hashlib.sha256(repr((kind, keys)).encode()).hexdigest()[:12]


def _opened(mention: Mention) -> str:
    """A mention's clause with the value left out."""
    text, at = mention.claim.text, mention.claim.start
    return f"{text[:max(0, mention.value.start - at)]} {text[max(0, mention.value.end - at):]}"


def _told_apart(found: Sequence[Finding]) -> list[Finding]:
    """The findings with ids of their own: of those that share one, all but the first by place get another."""
    seen: Counter[str] = Counter()
    unique = {}
    for f in sorted(found, key=lambda f: [(v.article, v.start) for v in f.values]):
        seen[f.id] += 1
        again = hashlib.sha256(f"{f.id} {seen[f.id]}".encode()).hexdigest()[:12]
        unique[id(f)] = f if seen[f.id] == 1 else replace(f, id=again)
    return [unique[id(f)] for f in found]
