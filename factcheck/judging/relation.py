"""The relation between the answers of one fact, by set algebra, and the reason in a line."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from factcheck.judging import reason
from factcheck.judging.changes import is_update
from factcheck.judging.sides import sides
from factcheck.model import Article, Fact, Mention

NAME_KINDS = ("person", "organization", "place")


@dataclass(frozen=True)
class Judgement:
    """A fact's relation, its sides (indexes of its mentions, the best supported first) and the reason in words."""

    relation: str
    sides: tuple[tuple[int, ...], ...]
    reason: str


def judge(fact: Fact, articles: Mapping[str, Article]) -> Judgement:
    """Compare the answers of one fact."""
    parts = tuple(tuple(s) for s in sides(fact))
    if len(parts) == 1:
        return Judgement("agreement", parts, reason.agreement(fact.mentions))
    groups = [[fact.mentions[i] for i in part] for part in parts]
    if fact.kind in NAME_KINDS and not fact.links:
        return Judgement("variant", parts, reason.variant(groups))
    parties = [_parties(g) for g in groups[:2]]
    if all(parties) and not parties[0] & parties[1]:
        return Judgement("dispute", parts, reason.dispute([" and ".join(sorted(p)) for p in parties]))
    for earlier, later in ((groups[0], groups[1]), (groups[1], groups[0])):
        if len(groups) == 2 and is_update(earlier, later, articles):
            return Judgement("update", parts, reason.update(earlier, later))
    return Judgement("contradiction", parts, reason.contradiction(groups))


def _parties(mentions: Sequence[Mention]) -> set[str]:
    """Who answers for a side, or nobody where an article says it itself."""
    found = [m.claim.attribution for m in mentions]
    return {a.party for a in found if a} if all(found) else set()
