"""Whether the clause around some words looks back or ahead, by the tense of its verb (Universal Dependencies tags)."""
from __future__ import annotations

from factcheck.model import Sentence, Token

_VERBS = ("VERB", "AUX")


def tense_at(sentence: Sentence, start: int, end: int, future_words: frozenset[str]) -> str:
    """`past`, `future`, `open` where the verb over the words from `start` to `end` leaves it open, "" without a verb.

    `start` and `end` count into the article; `future_words` are lemmas of auxiliaries that look ahead (`will`, `aller`).
    """
    tokens = sentence.tokens
    index = next((i for i, t in enumerate(tokens) if t.start < end and t.end > start), None)
    verb = None if index is None else _governing_verb(tokens, index)
    if verb is None:
        return ""
    group = [verb, *_auxiliaries(tokens, verb)]
    return _tense(tokens, group, future_words)


def _governing_verb(tokens: tuple[Token, ...], index: int) -> int | None:
    """The nearest verb above a token, or the sentence's first finite one."""
    seen = set()
    while index not in seen:
        seen.add(index)
        token = tokens[index]
        if token.pos in _VERBS and ("VerbForm=Fin" in token.morph or _auxiliaries(tokens, index)
                                    or "VerbForm=Part" not in token.morph and "VerbForm=Inf" not in token.morph):
            return index
        index = token.head
    return next((i for i, t in enumerate(tokens) if t.pos in _VERBS and "VerbForm=Fin" in t.morph), None)


def _auxiliaries(tokens: tuple[Token, ...], verb: int) -> list[int]:
    return [i for i, t in enumerate(tokens) if t.head == verb and i != verb and t.pos in ("AUX", "PART")
            and t.dep.startswith(("aux", "cop"))]


def _tense(tokens: tuple[Token, ...], group: list[int], future_words: frozenset[str]) -> str:
    main = tokens[group[0]]
    helpers = [tokens[i] for i in group[1:]]
    if any(t.lemma in future_words or "Tense=Fut" in t.morph for t in (main, *helpers)):
        # "will have been", "aura été" tell of the future too
        return "future"
    finite = [t for t in (main, *helpers) if "VerbForm=Fin" in t.morph]
    if "VerbForm=Part" in main.morph and "Tense=Past" in main.morph and helpers:
        return "past"
    if "Mood=Cnd" in " ".join(t.morph for t in finite):
        return "future" if "VerbForm=Inf" in main.morph else "open"
    if any("Tense=Past" in t.morph or "Tense=Imp" in t.morph for t in finite) or "Tense=Past" in main.morph:
        return "past"
    if any("Tense=Pres" in t.morph for t in finite):
        return "open"
    return "past"
