"""How good a label a phrase makes."""
from __future__ import annotations

import re
from collections import Counter

from factcheck.extraction.entities import fold
from factcheck.extraction.trees import children, has_auxiliary
from factcheck.judging.label.place import CONTENT, VERBAL, Phrase, answers, data, stem
from factcheck.judging.label.text import OPEN, text_of
from factcheck.languages import load
from factcheck.model import Token


def merit_of(phrase: Phrase, shared: Counter[str], first: bool) -> float:
    """How good a label a phrase makes: the sum of what speaks for and against it."""
    weights, words = data()["merit"], data()["words"]
    own = {stem(t) for t in others(phrase) if t.pos in CONTENT} | {fold(n) for n in phrase.renamed.values()}
    said = {"word of its own": min(len(own), words["own"]),
            "word that others share": min(sum(shared[w] > 0 for w in own), words["shared"]),
            "best supported side": float(first)}
    return float(sum(weights[name] * number for name, number in {**said, **_flaws(phrase)}.items()))


def _flaws(phrase: Phrase) -> dict[str, float]:
    place, text = phrase.place, text_of(phrase)
    length, pronouns = data()["length"], data()["pronouns"]
    rest = [t for t in others(phrase) if t.start not in {place.tokens[i].start for i in phrase.renamed}]
    subject = place.tokens[phrase.subject] if phrase.subject is not None else None
    named = phrase.subject in phrase.renamed
    plain = subject is not None and (named or subject.pos != "PRON")
    verb = place.tokens[phrase.anchor]
    speaks = phrase.anchor not in place.value and verb.lemma in load(place.language, "attribution")["speech_verbs"]
    return {
        "subject": float(plain and not named), "subject by its name": float(named),
        "subject is a pronoun": float(subject is not None and not plain),
        "no subject": float(subject is None and verb.pos in VERBAL),
        "speaker or reader": float(any(t.text.lower() in pronouns["speaker"] for t in rest)),
        "too short": float(len(text) - len(OPEN) < length["least"]), "too long": float(len(text) > length["most"]),
        "verb of speech": float(speaks), "answer speaks": float(speaks and phrase.subject in place.value),
        "pronoun": float(sum(t.pos == "PRON" and t is not subject for t in rest)),
        "possessive": float(any("Poss=Yes" in t.morph for t in rest)),
        "capitals": float(sum(t.text.isupper() and len(t.text) > 4 for t in rest) > 1),
        "another answer": float(any(answers(place, t) for t in rest)),
        "broken": float(_broken(phrase)), "at an end": float(text.startswith(OPEN)),
    }


def _broken(phrase: Phrase) -> bool:
    """Whether a phrase can't stand: it starts in the middle, or the parser has mistaken its verb or its subject."""
    tokens, kept = phrase.place.tokens, sorted(phrase.kept)
    if phrase.subject is not None and _disagrees(phrase):
        return True
    inverted = phrase.subject is not None and phrase.subject > phrase.anchor
    if inverted and (phrase.anchor == kept[0] or phrase.place.mention.value.kind == "person"):
        return True  # a speech frame
    bare = not has_auxiliary(tokens, children(phrase.place.sentence, phrase.anchor))
    if phrase.subject is not None and "VerbForm=Inf" in tokens[phrase.anchor].morph and bare:
        return True
    return tokens[kept[0]].text.lower() in data()["pronouns"]["relative"]


def _disagrees(phrase: Phrase) -> bool:
    """Whether a verb and its subject are not of one number: then the parser has mistaken one of them."""
    tokens, subject = phrase.place.tokens, phrase.subject
    assert subject is not None
    verbs = [phrase.anchor, *(c for c in children(phrase.place.sentence, phrase.anchor) if tokens[c].pos == "AUX")]
    numbers = {n for i in verbs if "VerbForm=Fin" in tokens[i].morph for n in _number(tokens[i])}
    # `une dizaine d'entre eux ont` agrees with what is counted.
    several = any(tokens[c].dep in ("conj", "nmod", "prep") for c in children(phrase.place.sentence, subject))
    own = set(_number(tokens[subject])) or numbers
    return bool(numbers) and not several and subject not in phrase.place.value and not numbers & own


def _number(token: Token) -> list[str]:
    return re.findall(r"Number=(\w+)", token.morph)


def others(phrase: Phrase) -> list[Token]:
    """The tokens of a phrase beside the answer."""
    return [phrase.place.tokens[i] for i in sorted(phrase.kept - phrase.place.value)]
