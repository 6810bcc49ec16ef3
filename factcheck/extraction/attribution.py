"""Who says it: the party an article quotes for a stretch of text, or none where it speaks for itself."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from factcheck.extraction.trees import OBJECTS, SUBJECTS, ancestors, children, subtree
from factcheck.languages import load
from factcheck.model import Attribution, Mention, Sentence

_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")


_PHRASE_ENDS = frozenset(",;.:()«»\"“”–—")


@dataclass(frozen=True)
class Scope:
    """A party, and the span of the article's text it answers for."""

    attribution: Attribution
    start: int
    end: int


def attributions(sentences: Sequence[Sentence], language: str) -> list[Scope]:
    """The stretches of an article that are put in somebody's mouth, in order.

    `selon X` and `according to X` answer for their sentence; a verb of speech for the clause it governs and the quotes
    of its sentence; a sentence all in quotation marks goes on with the speaker of the one before or after it.
    """
    data = load(language, "attribution")
    own = [[*_according_to(s, data), *_speech(s, data)] for s in sentences]
    found = [scope for scopes in own for scope in scopes]
    for i, sentence in enumerate(sentences):
        if not own[i] and _all_quoted(sentence.text):
            near = next((own[j][-1] for j in (i - 1, i + 1) if 0 <= j < len(sentences) and own[j]
                         and sentences[j].paragraph == sentence.paragraph), None)
            if near:
                found.append(Scope(near.attribution, sentence.start, sentence.end))
    return sorted(found, key=lambda s: (s.start, s.end))


def scope_at(scopes: Sequence[Scope], start: int, end: int) -> Scope | None:
    """The smallest scope around a span which does not hold the party's name, if somebody answers for it."""
    around = [s for s in scopes if s.start <= start and end <= s.end
              and not (s.attribution.start < end and start < s.attribution.end)]
    return min(around, key=lambda s: s.end - s.start, default=None)


def _all_quoted(text: str) -> bool:
    text = text.strip()
    return bool(text) and text[0] in "«“\"" and len(_QUOTED.sub("", text).strip(" .,;!?»”\"")) < 3


def _according_to(sentence: Sentence, data: dict[str, list[str]]) -> list[Scope]:
    scopes = []
    openers, breaks = _patterns((*data["according_to_them"], *data["according_to"]), tuple(data["list_breaks"]))
    for match in openers.finditer(sentence.text):
        start = sentence.start + match.end()
        first = next((i for i, t in enumerate(sentence.tokens) if t.start >= start), None)
        if first is not None:
            begin, end = _list_item(sentence, sentence.start + match.start(), openers, breaks)
            whole = match[0].casefold() in data["according_to_them"]
            at = (sentence.start + match.start(), start)
            scopes.append(Scope(Attribution(match[0], "", *at) if whole else _phrase(sentence, first),
                                begin, end))
    return scopes


@cache
def _patterns(openers: tuple[str, ...], breaks: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return (re.compile(r"\b(?:" + "|".join(map(re.escape, openers)) + r")(?=[\s’',])", re.IGNORECASE),
            re.compile(r"[,;]|\b(?:" + "|".join(map(re.escape, breaks)) + r")\b", re.IGNORECASE))


def _list_item(sentence: Sentence, at: int, openers: re.Pattern[str], breaks: re.Pattern[str]) -> tuple[int, int]:
    """The part of the sentence that `selon X` answers for: `900 selon A, 2 000 selon B` has one for each."""
    text, here = sentence.text, at - sentence.start
    if len(openers.findall(text)) < 2:
        return sentence.start, sentence.end
    edges = [m.start() for m in breaks.finditer(text)]
    left = max((e for e in edges if e < here - 1 and text[e:here].strip(" ,;")), default=0)
    right = min((e for e in edges if e > here), default=len(text))
    return sentence.start + left, sentence.start + right


def _phrase(sentence: Sentence, first: int) -> Attribution:
    """The noun phrase that starts at a token: up to the next comma, verb or closing mark."""
    last = first
    for i in range(first, len(sentence.tokens)):
        token = sentence.tokens[i]
        if token.pos in ("VERB", "AUX", "SCONJ", "NUM", "SYM") or token.text in _PHRASE_ENDS:
            break
        last = i
    while last > first and sentence.tokens[last].pos in ("CCONJ", "ADP", "DET"):
        last -= 1
    return _party(sentence, sentence.tokens[first].start, sentence.tokens[last].end, range(first, last + 1))


def _party(sentence: Sentence, start: int, end: int, indexes: Sequence[int]) -> Attribution:
    """The party a phrase names: its names where it has any, else the lemmas of its nouns; unknown (empty) where it is a
    pronoun."""
    tokens = [sentence.tokens[i] for i in indexes]
    names = [t.text for t in tokens if t.pos == "PROPN" or (t.text[:1].isupper() and t.pos in ("NOUN", "X", "ADJ"))]
    party = " ".join(names) or " ".join(t.lemma for t in tokens if t.pos == "NOUN")
    return Attribution(sentence.text[start - sentence.start:end - sentence.start], party.casefold(), start, end)


def _speech(sentence: Sentence, data: dict[str, list[str]]) -> list[Scope]:
    scopes: list[Scope] = []
    verbs = set(data["speech_verbs"])
    for i, token in enumerate(sentence.tokens):
        speaks = token.lemma in verbs and token.pos in ("VERB", "AUX")
        subject = _subject(sentence, i) if speaks or token.lemma in data["speech_adjectives"] else None
        if subject is None:
            continue
        indexes = [j for j in subtree(sentence, subject) if sentence.tokens[j].dep not in ("acl:relcl", "relcl")]
        party = _party(sentence, sentence.tokens[indexes[0]].start, sentence.tokens[indexes[-1]].end, indexes)
        said = _said(sentence, i, subject) or (_estimated(sentence, i, indexes) if speaks else [])
        scopes.extend(Scope(party, a, b) for a, b in said)
    return scopes


def _estimated(sentence: Sentence, verb: int, subject: Sequence[int]) -> list[tuple[int, int]]:
    """What follows a verb of speech with neither clause nor quote: `la police compte 900 manifestants`, `the union puts
    the crowd at 2,500`."""
    below = [j for j in subtree(sentence, verb) if j > verb and j not in subject]
    tail = next((n for n, (a, b) in enumerate(pairwise(below), 1) if b != a + 1), len(below))
    return [(sentence.tokens[below[0]].start, sentence.tokens[below[tail - 1]].end)] if below else []


def _subject(sentence: Sentence, verb: int) -> int | None:
    """The subject of a verb (or of an adjective's verb), or that of the verb it is joined to."""
    joined = sentence.tokens[verb].dep in ("conj", "xcomp", "acomp")
    for index in (verb, *(a for a in ancestors(sentence, verb) if joined)):
        for child in children(sentence, index):
            if sentence.tokens[child].dep in SUBJECTS:
                return child
    if verb and sentence.tokens[verb - 1].text in _PHRASE_ENDS:  # `…, assure le maire`: parsers take him for an object
        return next((c for c in children(sentence, verb) if c > verb and sentence.tokens[c].dep in OBJECTS), None)
    return None


def _said(sentence: Sentence, verb: int, subject: int) -> list[tuple[int, int]]:
    """The spans a verb of speech reports: its clausal complements, the quotes of the sentence, and what stands before
    `…, a indiqué X`."""
    spans = []
    adjective = sentence.tokens[verb].dep == "acomp"
    for child in (*children(sentence, verb), *(children(sentence, sentence.tokens[verb].head) if adjective else ())):
        if sentence.tokens[child].dep in ("ccomp", "xcomp", "parataxis", "advcl"):
            below = subtree(sentence, child)
            spans.append((sentence.tokens[below[0]].start, sentence.tokens[below[-1]].end))
    spans.extend((sentence.start + m.start(), sentence.start + m.end()) for m in _QUOTED.finditer(sentence.text))
    token = sentence.tokens[verb]
    before = sentence.text[:token.start - sentence.start]
    comma = sentence.start + before.rfind(",")
    whole = token.dep == "parataxis" or subject > verb or (token.head == verb and not spans)
    if whole and "," in before and sentence.tokens[subject].start > comma:
        spans.append((sentence.start, comma))
    return spans


def two_voices(a: Mention, b: Mention) -> bool:
    """Whether two mentions are the word of two different parties, both known."""
    one, other = a.claim.attribution, b.claim.attribution
    return one is not None and other is not None and two_parties(one.party, other.party)


def two_parties(a: str, b: str) -> bool:
    """Whether two parties are known and different: without a word in common (`direction`, `la direction du groupe`)."""
    first, second = ({w[:5] for w in party.split() if len(w) > 2} for party in (a, b))
    return bool(first) and bool(second) and not first & second
