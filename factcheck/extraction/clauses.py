"""Sentences into clauses: each finite or participial verb with what belongs to it, and the verbless rest."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.extraction.trees import ancestors, children
from factcheck.languages import load
from factcheck.model import Sentence

# Dependency labels (Universal Dependencies for French, ClearNLP for English) under which a clause of its own hangs.
_CLAUSAL = frozenset({"ROOT", "ccomp", "xcomp", "advcl", "acl", "acl:relcl", "relcl", "parataxis", "csubj", "appos",
                      "conj"})
_VERBAL = frozenset({"VERB", "AUX"})


@dataclass(frozen=True)
class Clause:
    """The tokens of one clause (indexes into the sentence), the index of its head, polarity and modality."""

    tokens: tuple[int, ...]
    head: int
    polarity: str
    modality: str


def clauses(sentence: Sentence, language: str, names: Sequence[tuple[int, int]] = ()) -> list[Clause]:
    """The clauses of a sentence, in order of their first word; every token belongs to exactly one.

    No word inside one of the spans of `names` heads a clause: parsers take a name such as `Parler` for a verb.
    """
    heads = {i for i, t in enumerate(sentence.tokens) if _heads_clause(sentence, i)
             and (t.head == i or not any(a <= t.start < b for a, b in names))}
    groups: dict[int, list[int]] = defaultdict(list)
    for i in range(len(sentence.tokens)):
        owner = i if i in heads else next((a for a in ancestors(sentence, i) if a in heads), None)
        groups[owner if owner is not None else _root(sentence)].append(i)
    return [Clause(tuple(tokens), head, _polarity(sentence, tokens, language), _modality(sentence, tokens, language))
            for head, tokens in sorted(groups.items(), key=lambda g: g[1][0])]


def _root(sentence: Sentence) -> int:
    return next((i for i, t in enumerate(sentence.tokens) if t.head == i), 0)


def _heads_clause(sentence: Sentence, index: int) -> bool:
    token = sentence.tokens[index]
    if token.head == index:
        return True
    if token.dep not in _CLAUSAL:
        return False
    auxiliaries = ("cop", "aux", "auxpass", "aux:tense", "aux:pass")
    verbal = token.pos in _VERBAL or any(sentence.tokens[c].dep in auxiliaries for c in children(sentence, index))
    return verbal or token.dep == "appos"


def _polarity(sentence: Sentence, tokens: list[int], language: str) -> str:
    data = load(language, "attribution")
    negations, particles, restrictive = (set(data[k]) for k in ("negations", "negative_particles", "restrictive"))
    words = {sentence.tokens[i].text.lower() for i in tokens}
    if words & negations and words & restrictive and not words & (negations - particles):
        return "positive"  # `ne … que` restricts, it does not deny
    return "negative" if words & negations else "positive"


def _modality(sentence: Sentence, tokens: list[int], language: str) -> str:
    """`hearsay` for a reporter's conditional or adverb, `possible`, `future`, or `asserted`."""
    data = load(language, "attribution")
    words = " ".join(sentence.tokens[i].text.lower() for i in tokens)
    if any(f" {adverb} " in f" {words} " for adverb in data["hearsay_adverbs"]):
        return "hearsay"
    verbs = [sentence.tokens[i] for i in tokens if sentence.tokens[i].pos in _VERBAL]
    if any("Mood=Cnd" in v.morph for v in verbs):
        return "hearsay"
    if any(v.lemma in data["possible_verbs"] for v in verbs):
        return "possible"
    if any("Tense=Fut" in v.morph or v.text.lower() in data["future_words"] for v in verbs):
        return "future"
    return "asserted"
