"""Whether two answers exclude each other: by the algebra of their values; where that can't tell, by the pair model."""

from __future__ import annotations

from factcheck.values.context import TOGETHER, Comparison

# Kinds whose answers are words: where their forms can't be compared, the pair model tells whether they differ.
_IN_WORDS = frozenset({"outcome", "cause", "quotation", "role"})
# From this chance on, answers in words are held to differ. (Of annotated ones that do, five in six have it; of those
# that agree, one in four.) How sure that is, the confidence of a finding tells.
_DIFFERS = 0.2


def opposed(kind: str, compared: Comparison, differs: float | None) -> bool:
    """Whether two answers of a kind can't both be right, as they compare. `differs` is the pair model's word (0 to 1),
    or None where the two weren't linked."""
    if unsettled(kind, compared):
        return differs is not None and differs >= _DIFFERS
    return compared.relation == "disjoint"


def unsettled(kind: str, compared: Comparison) -> bool:
    """Whether the values alone can't tell whether two answers differ: words that have nothing to do with each other,
    and causes, of which an event has several."""
    if compared.relation == "incomparable":
        return kind in _IN_WORDS and compared.note != TOGETHER
    return kind == "cause" and compared.relation == "disjoint"
