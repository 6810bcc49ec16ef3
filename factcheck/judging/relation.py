"""The relation between the answers of one fact, by set algebra, and the reason in a line."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from factcheck.judging.changes import is_update
from factcheck.judging.sides import sides
from factcheck.model import Article, Fact, Mention
from factcheck.values import canonical

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
        return Judgement("agreement", parts, _agreement(fact))
    groups = [[fact.mentions[i] for i in part] for part in parts]
    if fact.kind in NAME_KINDS and not fact.mentions[0].value.unit:
        return Judgement("variant", parts, "spelt in two ways: " + _against(groups))
    parties = [_parties(g) for g in groups[:2]]
    if all(parties) and not parties[0] & parties[1]:
        said = " against ".join(" and ".join(sorted(p)) for p in parties)
        return Judgement("dispute", parts, f"each side is somebody's word: {said}")
    for earlier, later in ((groups[0], groups[1]), (groups[1], groups[0])):
        if len(groups) == 2 and is_update(earlier, later, articles):
            reason = f"the later article has the later state: {_answer(earlier)}, then {_answer(later)}"
            return Judgement("update", parts, reason)
    return Judgement("contradiction", parts, "they can't both be: " + _against(groups))


def _parties(mentions: Sequence[Mention]) -> set[str]:
    """Who answers for a side, or nobody where an article says it itself."""
    found = [m.claim.attribution for m in mentions]
    return {a.party for a in found if a} if all(found) else set()


def _answer(mentions: Sequence[Mention]) -> str:
    return canonical(mentions[0].value)


def _against(groups: Sequence[Sequence[Mention]]) -> str:
    def told(group: Sequence[Mention]) -> str:
        count = len({m.claim.article for m in group})
        return f"{_answer(group)} ({count} source{'s' * (count > 1)})"

    return " against ".join(told(g) for g in groups)


def _agreement(fact: Fact) -> str:
    answers = list(dict.fromkeys(canonical(m.value) for m in fact.mentions))
    return f"all say {answers[0]}" if len(answers) == 1 else "can all be the same: " + ", ".join(answers)
