"""Who says it: the party an article quotes for a stretch of text, or none where it speaks for itself."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from factcheck.extraction.trees import OBJECTS, SUBJECTS, ancestors, children, has_auxiliary, subtree
from factcheck.languages import load
from factcheck.model import Attribution, Mention, Sentence

_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")

_PASSIVE = frozenset({"nsubj:pass", "nsubjpass"})
_PHRASE_ENDS = frozenset(",;.:()«»\"“”–—")


@dataclass(frozen=True)
class Scope:
    """A party, and the span of the article's text it answers for."""

    attribution: Attribution
    start: int
    end: int


@dataclass(frozen=True)
class _Speech:
    """The words of a language that tell of speech: lemmas of verbs, of turns (`faire état`) and of adjectives, verbs as
    they stand in a clause, and what opens a complement."""

    verbs: frozenset[str]
    turns: frozenset[str]
    adjectives: frozenset[str]
    finite: frozenset[str]
    opening: frozenset[str]


@cache
def _speech_words(language: str) -> _Speech:
    data = load(language, "attribution")
    names = ("speech_verbs", "speech_turns", "speech_adjectives", "finite_forms", "opens_complement")
    return _Speech(*(frozenset(data[name]) for name in names))


def attributions(sentences: Sequence[Sentence], language: str) -> list[Scope]:
    """The stretches of an article that are put in somebody's mouth, in order.

    `selon X` and `according to X` answer for their sentence; a verb of speech for the clause it governs and the quotes
    of its sentence; a sentence all in quotation marks goes on with the speaker of the one before or after it.
    """
    data = load(language, "attribution")
    words, tallies = _speech_words(language), frozenset(data["tallies"])
    own = [[_without(tallies, scope) for scope in (*_according_to(s, data), *_speech(s, words))] for s in sentences]
    found = [scope for scopes in own for scope in scopes]
    for i, sentence in enumerate(sentences):
        if not own[i] and _all_quoted(sentence.text):
            near = next((own[j][-1] for j in (i - 1, i + 1) if 0 <= j < len(sentences) and own[j]
                         and sentences[j].paragraph == sentence.paragraph), None)
            if near:
                found.append(Scope(near.attribution, sentence.start, sentence.end))
    return sorted(found, key=lambda s: (s.start, s.end))


def _without(tallies: frozenset[str], scope: Scope) -> Scope:
    """A scope whose party is no count: `selon un bilan` leaves open who counted, `un bilan des pompiers` doesn't."""
    party = " ".join(w for w in scope.attribution.party.split() if w not in tallies)
    return replace(scope, attribution=replace(scope.attribution, party=party))


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
    """The part of the sentence that `selon X` answers for: what lies between its semicolons, and `900 selon A, 2 000
    selon B` has one for each."""
    text, here = sentence.text, at - sentence.start
    if len(openers.findall(text)) < 2:
        end = text.find(";", here)
        return sentence.start + text.rfind(";", 0, here) + 1, sentence.start + (len(text) if end < 0 else end)
    edges = [m.start() for m in breaks.finditer(text)]
    left = max((e for e in edges if e < here - 1 and text[e:here].strip(" ,;")), default=0)
    right = min((e for e in edges if e > here), default=len(text))
    return sentence.start + left, sentence.start + right


def _phrase(sentence: Sentence, first: int) -> Attribution:
    """The noun phrase that starts at a token: up to the next comma, verb or closing mark."""
    last = first
    alone = sentence.tokens[first].pos == "PRON" and "Poss=Yes" not in sentence.tokens[first].morph
    for i in range(first, first + 1 if alone else len(sentence.tokens)):
        token = sentence.tokens[i]
        if token.pos in ("VERB", "AUX", "SCONJ", "NUM", "SYM") or token.text in _PHRASE_ENDS:
            break
        last = i
    while last > first and sentence.tokens[last].pos in ("CCONJ", "ADP", "DET"):
        last -= 1
    return _party(sentence, sentence.tokens[first].start, sentence.tokens[last].end, range(first, last + 1))


def _party(sentence: Sentence, start: int, end: int, indexes: Sequence[int]) -> Attribution:
    """The party a phrase names: its names where it has any, else the lemmas of its nouns; unknown (empty) where it is a
    pronoun, or belongs to somebody not named there (`ses avocats`)."""
    tokens = [sentence.tokens[i] for i in indexes]
    names = [t.text for t in tokens if t.pos == "PROPN" or (t.text[:1].isupper() and t.pos in ("NOUN", "X", "ADJ"))]
    somebodys = bool(tokens) and "Poss=Yes" in tokens[0].morph
    party = " ".join(names) or " ".join(t.lemma for t in tokens if t.pos == "NOUN" and not somebodys)
    return Attribution(sentence.text[start - sentence.start:end - sentence.start], party.casefold(), start, end)


def _speech(sentence: Sentence, words: _Speech) -> list[Scope]:
    scopes: list[Scope] = []
    for i, token in enumerate(sentence.tokens):
        if plain := _inverted(sentence, i, words) or _mistagged(sentence, i, words):
            scopes += plain
            continue
        speaks = _speaks(sentence, i, words)
        subject = _subject(sentence, i) if speaks or token.lemma in words.adjectives else None
        if subject is None:
            continue
        indexes = _phrase_of(sentence, subject)
        party = _party(sentence, sentence.tokens[indexes[0]].start, sentence.tokens[indexes[-1]].end, indexes)
        said = _said(sentence, i, subject) or (_estimated(sentence, i, indexes) if speaks else [])
        scopes.extend(Scope(party, a, b) for a, b in said)
    return scopes


def _speaks(sentence: Sentence, i: int, words: _Speech) -> bool:
    """Whether a token is a verb of speech, or of a turn that is one with its object: `faire état de`."""
    token = sentence.tokens[i]
    if token.pos not in ("VERB", "AUX") or _named(sentence, i):
        return False
    return token.lemma in words.verbs or any(
        f"{token.lemma} {sentence.tokens[c].lemma}" in words.turns for c in children(sentence, i) if c > i)


def _named(sentence: Sentence, i: int) -> bool:
    """Whether a word is a name that looks like an infinitive: its capital opens no sentence and no quote."""
    token = sentence.tokens[i]
    capital = token.text[:1].isupper() and token.text[1:].islower() and "VerbForm=Inf" in token.morph
    return i > 0 and capital and sentence.tokens[i - 1].pos != "PUNCT"


def _inverted(sentence: Sentence, i: int, words: _Speech) -> list[Scope]:
    """`…, corrige la mairie`: what stands before the comma, and after a colon or in quotes, as the word of the one that
    is named after the verb. Told by the words in their order, since parsers take the verb for a noun and its subject
    for an object."""
    tokens, text = sentence.tokens, sentence.text
    if not 1 < i < len(tokens) - 2 or tokens[i - 1].text != "," or tokens[i].text not in words.finite:
        return []
    if tokens[i + 1].pos not in ("DET", "PROPN") or _after_apposition(sentence, i):
        return []
    party = _phrase(sentence, i + 1)
    if not party.party and party.end == tokens[i + 1].end:  # a noun taken for a verb: `soutient l'exploitant`
        last = tokens[i + 2] if tokens[i + 1].pos == "DET" else tokens[i + 1]
        party = Attribution(text[tokens[i + 1].start - sentence.start:last.end - sentence.start], last.text.casefold(),
                            tokens[i + 1].start, last.end)
    before = text[:tokens[i - 1].start - sentence.start]
    spans = [(max(before.rfind(";"), before.rfind(":"), -1) + 1, len(before))]
    rest = text[party.end - sentence.start:]
    if rest.lstrip(" »”").startswith(":"):
        spans.append((len(text) - len(rest) + rest.index(":") + 1, len(text)))
    spans += [m.span() for m in _QUOTED.finditer(text)]
    return [Scope(party, sentence.start + x, sentence.start + y) for x, y in spans]


def _after_apposition(sentence: Sentence, verb: int) -> bool:
    """Whether the comma before a verb closes what is said of its subject: `Jean Duret, le chef, promet un geste`."""
    tokens = sentence.tokens
    opening = next((j for j in range(verb - 2, 0, -1) if tokens[j].text == ","), 0)
    if not opening or tokens[opening - 1].pos not in ("NOUN", "PROPN"):
        return False
    if any(tokens[c].dep in SUBJECTS and c < opening for c in children(sentence, verb)):
        return True
    return not any(t.pos in ("VERB", "AUX", "NUM") for t in tokens[:verb - 1])


def _mistagged(sentence: Sentence, i: int, words: _Speech) -> list[Scope]:
    """`le club dément avoir promis`, `l'union revendique 3 000 manifestants`, where the parser takes the verb for a
    noun or an adjective: told by the form of the word between a noun and what opens a complement."""
    tokens, text = sentence.tokens, sentence.text
    if not 0 < i < len(tokens) - 1 or tokens[i].text not in words.finite:
        return []
    if tokens[i].pos in ("VERB", "AUX") or tokens[i - 1].pos not in ("NOUN", "PROPN"):
        return []
    after = tokens[i + 1]
    if after.pos not in ("NUM", "DET", "SCONJ", "AUX") and after.text.casefold() not in words.opening:
        return []
    first = next((j + 1 for j in range(i - 1, -1, -1) if tokens[j].text in _PHRASE_ENDS), 0)
    party = _party(sentence, tokens[first].start, tokens[i - 1].end, range(first, i))
    rest = re.search(r"[;.!?]", text[tokens[i].end - sentence.start:])
    end = tokens[i].end + rest.start() if rest else sentence.end
    return [Scope(party, after.start, end)]


def _phrase_of(sentence: Sentence, subject: int) -> list[int]:
    """The tokens of a subject: its noun phrase without what is added after a comma; for a relative pronoun, that of the
    noun it stands for."""
    tokens = sentence.tokens
    if tokens[subject].pos == "PRON" and (relative := _relative(sentence, subject)) is not None:
        subject = relative
    below = [j for j in subtree(sentence, subject) if tokens[j].dep not in ("acl:relcl", "relcl")]
    end = next((j for j in range(subject + 1, len(tokens)) if tokens[j].text in _PHRASE_ENDS), len(tokens))
    return [j for j in below if j < end] or [subject]


def _relative(sentence: Sentence, pronoun: int) -> int | None:
    """The noun that a relative pronoun stands for."""
    for index in ancestors(sentence, pronoun):
        token = sentence.tokens[index]
        if token.dep in ("acl:relcl", "relcl"):
            return token.head if token.head < pronoun else None
    return None


def _estimated(sentence: Sentence, verb: int, subject: Sequence[int]) -> list[tuple[int, int]]:
    """What follows a verb of speech with neither clause nor quote: `la police compte 900 manifestants`, `the union puts
    the crowd at 2,500`."""
    below = [j for j in subtree(sentence, verb) if j > verb and j not in subject]
    tail = next((n for n, (a, b) in enumerate(pairwise(below), 1) if b != a + 1 or sentence.tokens[b].text == ";"),
                len(below))
    return [(sentence.tokens[below[0]].start, sentence.tokens[below[tail - 1]].end)] if below else []


def _subject(sentence: Sentence, verb: int) -> int | None:
    """The subject of a verb (or of an adjective's verb), or that of the verb it is joined to."""
    dep = sentence.tokens[verb].dep
    joined = dep in ("conj", "xcomp", "acomp") or dep.startswith("aux")
    for index in (verb, *(a for a in ancestors(sentence, verb) if joined)):
        for child in children(sentence, index):
            if sentence.tokens[child].dep in SUBJECTS:  # a passive's says nothing: `les dégâts sont estimés à`
                return None if sentence.tokens[child].dep in _PASSIVE and index == verb else child
    follows = verb and sentence.tokens[verb - 1].text in _PHRASE_ENDS and not _participle(sentence, verb)
    if follows and not _after_apposition(sentence, verb):  # `…, assure le maire`: parsers take him for an object
        return next((c for c in children(sentence, verb) if c > verb and sentence.tokens[c].dep in OBJECTS
                     and not any(sentence.tokens[k].dep == "case" for k in children(sentence, c))), None)
    return None


def _participle(sentence: Sentence, verb: int) -> bool:
    """Whether a verb is a participle without an auxiliary, which no subject follows: `…, estimé à`, `…, expliquant`."""
    tokens = sentence.tokens
    return "VerbForm=Part" in tokens[verb].morph and not has_auxiliary(tokens, children(sentence, verb))


def _said(sentence: Sentence, verb: int, subject: int) -> list[tuple[int, int]]:
    """The spans a verb of speech reports: its clausal complements, the quotes of the sentence, and what stands before
    `…, a indiqué X`."""
    spans = []
    adjective = sentence.tokens[verb].dep == "acomp"
    for child in (*children(sentence, verb), *(children(sentence, sentence.tokens[verb].head) if adjective else ())):
        if sentence.tokens[child].dep in ("ccomp", "xcomp", "parataxis", "advcl") and not _aside(sentence, child):
            below = subtree(sentence, child)
            spans.append((sentence.tokens[below[0]].start, sentence.tokens[below[-1]].end))
    token = sentence.tokens[verb]
    if token.dep.startswith("aux") and token.head > verb:  # `il affirme n'avoir rien vu`, taken for one verb
        below = [j for j in subtree(sentence, token.head) if j > verb]
        spans.append((sentence.tokens[below[0]].start, sentence.tokens[below[-1]].end))
    spans.extend((sentence.start + m.start(), sentence.start + m.end()) for m in _QUOTED.finditer(sentence.text))
    before = sentence.text[:token.start - sentence.start]
    comma = sentence.start + before.rfind(",")
    whole = token.dep == "parataxis" or subject > verb or (token.head == verb and not spans)
    if whole and "," in before and sentence.tokens[subject].start > comma:
        spans.append((sentence.start, comma))
    return spans


def _aside(sentence: Sentence, clause: int) -> bool:
    """Whether an adverbial clause is set beside what is said, and no part of it: `…, while unions claimed 9,000`."""
    return sentence.tokens[clause].dep == "advcl" and any(
        sentence.tokens[c].dep == "mark" for c in children(sentence, clause)) and any(
        sentence.tokens[c].dep in SUBJECTS for c in children(sentence, clause))


def two_voices(a: Mention, b: Mention) -> bool:
    """Whether two mentions are the word of two different parties, both known."""
    one, other = a.claim.attribution, b.claim.attribution
    return one is not None and other is not None and two_parties(one.party, other.party)


def two_parties(a: str, b: str) -> bool:
    """Whether two parties are known and different: without a word in common (`direction`, `la direction du groupe`)."""
    first, second = ({w[:5] for w in party.split() if len(w) > 2} for party in (a, b))
    return bool(first) and bool(second) and not first & second
