"""The relation between the answers of one fact, by set algebra, and the reason in a line."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

from factcheck.extraction.attribution import two_parties, two_voices
from factcheck.judging import reason
from factcheck.judging.changes import came_about, change_chance
from factcheck.judging.sides import sides
from factcheck.linking.weights import Weights
from factcheck.model import Article, Fact, Mention

NAME_KINDS = ("person", "organization", "place")
# From this chance on, what differs is told as a change over time.
_CHANGED = 0.5
# Nothing has more stages than this; what has as many answers is not told as a change.
_STAGES = 5


@dataclass(frozen=True)
class Judgement:
    """A fact's relation, its sides (indexes of its mentions, the best supported first), the reason in words, and the
    chance (0 to 1) that the difference is a change over time."""

    relation: str
    sides: tuple[tuple[int, ...], ...]
    reason: str
    change: float = 0.0


def judge(fact: Fact, articles: Mapping[str, Article], changes: Weights | None = None) -> Judgement:
    """Compare the answers of one fact. `changes` are the weights of what tells an update, where they aren't the shipped
    ones."""
    parts = tuple(tuple(s) for s in sides(fact))
    if len(parts) == 1 and (stages := came_about(fact.mentions, articles)):
        earlier, later = ([fact.mentions[i] for i in part] for part in stages)
        first, second = sorted(map(tuple, stages), key=lambda p: -len({fact.mentions[i].claim.article for i in p}))
        return Judgement("update", (first, second), reason.update(earlier, later))
    if len(parts) == 1:
        return Judgement("agreement", parts, reason.agreement(fact.mentions))
    groups = [[fact.mentions[i] for i in part] for part in parts]
    if fact.kind in NAME_KINDS and not fact.links:
        return Judgement("variant", parts, reason.variant(groups))
    if parties := _opponents(groups[0], groups[1]):
        return Judgement("dispute", parts, reason.dispute(parties))
    chance = {(a, b): change_chance(groups[a], groups[b], articles, changes)
              for a, b in permutations(range(len(groups)), 2)}
    change, oldest, newest = _stages(chance, len(groups))
    if change >= _CHANGED:
        return Judgement("update", parts, reason.update(groups[oldest], groups[newest]), change)
    return Judgement("contradiction", parts, reason.contradiction(groups), max(chance.values()))


def _stages(chance: Mapping[tuple[int, int], float], count: int) -> tuple[float, int, int]:
    """The chance that the sides are stages of one change (12 dead, then 19, then 31), in the order in which
    that is likeliest, by the least likely step; and the first stage and the last."""
    orders = permutations(range(count)) if count <= _STAGES else ()
    found = [(min(chance[step] for step in pairwise(order)), order[0], order[-1]) for order in orders]
    return max(found, default=(0.0, 0, 0), key=lambda stages: stages[0])


def _opponents(first: Sequence[Mention], second: Sequence[Mention]) -> tuple[str, ...]:
    """The two parties whose word the sides are, or none: where every mention is some party's word and no party stands
    on both sides, or where one article sets the one party against the other."""
    if first[0].value.kind == "quotation":  # a speaker's words, not a source's word
        return ()
    parties = [_parties(g) for g in (first, second)]
    if all(parties) and all(two_parties(a, b) for a in parties[0] for b in parties[1]):
        return _written(first, second)
    return next((_written([a], [b]) for a in first for b in second if a.claim.article == b.claim.article
                 and two_voices(a, b)), ())


def _parties(mentions: Sequence[Mention]) -> set[str]:
    """Who answers for a side, or nobody where an article says it itself."""
    found = [m.claim.attribution for m in mentions]
    return {a.party for a in found if a} if all(found) else set()


def _written(*sides: Sequence[Mention]) -> tuple[str, ...]:
    """The party of each side as an article names it, or "" where it does by a pronoun alone: who that stands for is a
    guess."""
    return tuple(next((m.claim.attribution.text for m in side if m.claim.attribution and not _by_pronoun(m)), "")
                 for side in sides)


def _by_pronoun(mention: Mention) -> bool:
    source = mention.claim.attribution
    return source is not None and any(
        t.start == source.start and t.end == source.end and t.pos == "PRON" for t in mention.claim.sentence.tokens)
