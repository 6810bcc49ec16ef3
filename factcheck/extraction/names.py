"""The names that stand in an article, and what each is likely to name.

Small named-entity recognizers find the edges of names well enough and mislabel invented or rare ones; so the edges
come from capitals, and the recognizer's label is one cue beside the words around (`Mme`, `la société`, `à`).
"""
from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from factcheck.extraction.name_cues import cues
from factcheck.extraction.trees import tokens_between
from factcheck.languages import available, load
from factcheck.model import Sentence, Token

_WORD = r"(?:[A-ZÀ-ÖØ-Þ][\w]*|[A-ZÀ-ÖØ-Þ]\.)(?:[-’'&][^\W_]+)*"
_ELIDED = re.compile(r"^(?:[dlDLnsjmcNSJMC]|[Qq]u)[’'](?=\w)")
# A century (`XIXe`).
_NUMERAL = re.compile(r"[IVX]+(?:er?|ème|th)\.?")
_POSSESSIVE = re.compile(r"[’']s?$")
# What a hyphen joins to a name without being part of it (`the Bergen-based firm`).
_JOINED = re.compile(
    r"(?<=\w)-(?:based|born|bound|area|led|owned|wide|made|built|listed|registered|backed|style|run|trained)$")
_NUMBER = re.compile(r" \d{1,4}\b")

# `Fonds de secours des danseurs`
_COMPLEMENTS = 2
_COMMON = frozenset({"NOUN", "VERB", "ADJ", "ADV", "AUX", "ADP", "DET"})


@dataclass(frozen=True)
class NameMention:
    """A name as written, and the cues to what it names."""

    text: str
    start: int
    end: int
    sentence: int
    cues: tuple[str, ...]
    initial: bool = False


@cache
def _data(language: str) -> dict[str, frozenset[str]]:
    data = {key: frozenset(words) for key, words in load(language, "names").items()}
    # Names from abroad are as frequent as not.
    everywhere = {key: frozenset(w for code in available() for w in load(code, "names")[key])
                  for key in ("forenames", "organization_words", "known_places", "known_organizations",
                              "place_openings")}
    fields = {word.strip() for texts in load(language, "roles")["portfolios"].values() for word in texts.split(",")}
    return {**data, **everywhere, "callings": _callings(language, data),
            "title_openings": data["title_openings"] | data["person_titles"] | fields}


def _callings(language: str, data: dict[str, frozenset[str]]) -> frozenset[str]:
    """The nouns of one word for what only a person is (`goldsmith`, `skipper`)."""
    roles = load(language, "roles")
    words = {word.strip().lstrip("=").removesuffix("/n") for office, texts in roles["offices"].items()
             if office not in _bodies_too() for word in texts.split(",")}
    others = data["organization_nouns"] | data["descriptions"] | data["not_persons"] | data["place_nouns"]
    return frozenset(w for w in words if w.isalpha() and len(w) > 3) - others - {*roles["grammar"]["only_with_a_name"]}


@cache
def _bodies_too() -> frozenset[str]:
    """The offices that a body may have as well (`a brewer`)."""
    text = resources.files("factcheck.extraction").joinpath("callings.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)["bodies_too"])


@cache
def _pattern(language: str) -> re.Pattern[str]:
    particles = "|".join(sorted((re.escape(p) for p in load(language, "names")["particles"]), key=len, reverse=True))
    word = rf"(?:[dlDL][’'])?{_WORD}"
    return re.compile(rf"(?<![\w’'-]){word}(?:(?:(?<=s)[’'])?\s(?:(?:{particles})\s?|&\s){{0,2}}{word})*")


def find_names(sentences: Sequence[Sentence], language: str) -> list[NameMention]:
    """The names of an article, in order: spans of capitalized words, trimmed of words that are no names.

    A single capitalized word at the start of a sentence counts where the tagger calls it a proper noun, or the same
    word stands with its capital inside a sentence.
    """
    data = _data(language)
    found = [m for i, s in enumerate(sentences) if not _shouted(s.text) for m in _names_in(s, i, language, data)]
    inside = {m.text for m in found if not m.initial}
    known = {word for name in inside for word in name.split()}
    return [m for m in found if not m.initial or m.text in known or len(m.text.split()) > 1
            or "proper noun" in m.cues and "not recognized" not in m.cues]


def _shouted(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.6 * len(letters) > 6


def _names_in(sentence: Sentence, index: int, language: str, data: dict[str, frozenset[str]]) -> list[NameMention]:
    names = []
    spans = [span for match in _pattern(language).finditer(sentence.text)
             for span in _split(sentence.text, _past_common_noun(sentence, *match.span(), data), match.end(), data)]
    for start, end in _institutions(sentence, spans, data):
        if sentence.text[start:end] in data["numbered_roads"] and (number := _NUMBER.match(sentence.text, end)):
            end = number.end()
        tokens = [sentence.tokens[i] for i in tokens_between(sentence, sentence.start + start, sentence.start + end)]
        initial = not any(c.isalnum() for c in sentence.text[:start])
        names.append(NameMention(sentence.text[start:end], sentence.start + start, sentence.start + end, index,
                                 cues(sentence, tokens, start, end, data), initial))
    return names


def _institutions(sentence: Sentence, spans: Sequence[tuple[int, int]],
                  data: dict[str, frozenset[str]]) -> list[tuple[int, int]]:
    """The spans of names, each that opens with what an institution is drawn on over the adjectives after it and what it
    is of (`Institut agronomique de Brannes`, `Cour des comptes`, `Court of Arbitration for Sport`)."""
    found: list[tuple[int, int]] = []
    opening = data["organization_openings"] | data["organization_words"]
    for start, end in spans:
        between = sentence.text[found[-1][1]:start].strip() if found else ""
        if found and (between in data["joints"] and _was_drawn(sentence, found[-1])
                      or _one_body(sentence, found[-1], between, (start, end), opening, data)):
            found[-1] = (found[-1][0], end)
        elif any(c.isalnum() for c in sentence.text[:start]) and sentence.text[start:end].lower() in opening:
            end = _past_adjectives(sentence, start, end)
            for _ in range(_COMPLEMENTS):
                end = _past_complement(sentence, start, end, data)
            found.append((start, end))
        else:
            found.append((start, end))
    return found


def _was_drawn(sentence: Sentence, span: tuple[int, int]) -> bool:
    """Whether a span ends in a small letter's word: adjectives were added to it."""
    return sentence.text[span[0]:span[1]].split()[-1][:1].islower()


def _one_body(sentence: Sentence, first: tuple[int, int], between: str, second: tuple[int, int],
              opening: frozenset[str], data: dict[str, frozenset[str]]) -> bool:
    """Whether two names are one body's: it and what it is for (`Court of Arbitration for Sport`), or two words of what
    it is for (`Maritime and Coastguard Agency`)."""
    words, others = (sentence.text[a:b].lower().split() for a, b in (first, second))
    if between in data["purposes"]:
        return bool(opening & set(words)) and _hangs_on(sentence, second, first)
    return between in data["conjunctions"] and others[-1] in opening and _hangs_on(sentence, first, second)


def _hangs_on(sentence: Sentence, name: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether the tree hangs a name on another, directly or by a preposition."""
    own, of = (set(tokens_between(sentence, sentence.start + a, sentence.start + b)) for a, b in (name, other))
    heads = {sentence.tokens[i].head for i in own}
    heads |= {sentence.tokens[i].head for i in heads if sentence.tokens[i].pos == "ADP"}
    return bool(heads & of)


def _past_complement(sentence: Sentence, start: int, end: int, data: dict[str, frozenset[str]]) -> int:
    """Where an institution's name ends once the common noun that it is of is part of it (`Cour des comptes`)."""
    inside = set(tokens_between(sentence, sentence.start + start, sentence.start + end))
    i = first = max(inside, default=len(sentence.tokens)) + 1
    while i < len(sentence.tokens) and sentence.tokens[i].pos in ("ADP", "DET"):
        i += 1
    between = sentence.text[end:sentence.tokens[i].start - sentence.start].strip() if first < i < len(
        sentence.tokens) else ""
    if between not in data["joints"]:
        return end
    noun = sentence.tokens[i]
    if noun.pos != "NOUN" or not noun.text.islower() or noun.head not in inside:
        return end
    return _past_adjectives(sentence, noun.start - sentence.start, noun.end - sentence.start)


def _past_adjectives(sentence: Sentence, start: int, end: int) -> int:
    """Where a name ends once the adjectives right after it are part of it."""
    inside = set(tokens_between(sentence, sentence.start + start, sentence.start + end))
    i = max(inside, default=len(sentence.tokens)) + 1
    while i < len(sentence.tokens) and sentence.tokens[i].pos == "ADJ" and sentence.tokens[i].text.islower() \
            and sentence.tokens[i].dep == "amod" and sentence.tokens[i].head in inside:
        end = sentence.tokens[i].end - sentence.start
        i += 1
    return end


def _past_common_noun(sentence: Sentence, start: int, end: int, data: dict[str, frozenset[str]]) -> int:
    """Where a run starts once a common noun that only opens the sentence is left out (`Accident de Rive-Haute`)."""
    first = next((t for t in sentence.tokens if t.end > sentence.start + start), None)
    opens = not any(c.isalnum() for c in sentence.text[:start])
    given = first is not None and (first.text.lower() in data["forenames"] or _forename(sentence, first)
                                   or _body_of(sentence.text[start:end], data))
    if first and opens and first.pos in _COMMON and first.end < sentence.start + end and not given:
        return first.end - sentence.start
    return start


def _body_of(run: str, data: dict[str, frozenset[str]]) -> bool:
    """Whether a run opens with a noun for a body and what that is of (`Compagnie des Passes`)."""
    first, second, *_ = *run.split(), ""
    return first.lower() in data["organization_words"] and second in data["particles"]


def _forename(sentence: Sentence, first: Token) -> bool:
    """Whether the parser takes the word after a sentence's first one for the rest of a person's name."""
    at = sentence.tokens.index(first)
    return any(t.dep == "flat:name" and t.head == at for t in sentence.tokens[at + 1:at + 2])


def _split(text: str, start: int, end: int, data: dict[str, frozenset[str]]) -> list[tuple[int, int]]:
    """The spans of names in a run of capitalized words: cut at words that are none, without titles and elisions."""
    words = [(start + m.start(), start + m.end()) for m in re.finditer(r"\S+", text[start:end])]
    runs: list[list[tuple[int, int]]] = [[]]
    titled = 0
    for a, b in words:
        before = [text[c:d] for c, d in runs[-1]]
        if elided := _ELIDED.match(text[a:b]):
            if text[a + elided.end()].isupper() and _goes_on(before, data):
                runs[-1].append((a, b))  # `Conseil d'État`
                continue
            a += elided.end()
            before = []
            runs.append([])
            if not text[a].isupper():
                continue
        if joined := _JOINED.search(text[a:b]):
            runs[-1].append((a, a + joined.start()))
            runs.append([])
            continue
        if _is_title(text[a:b], data) and not runs[-1]:
            titled = b
            continue
        if _ends_title(text[a:b], before, data) and b < end:
            runs[-1], titled = [], b
            continue
        with_title = bool(before) and 0 < titled == runs[-1][0][0] - 1
        if _belongs(text[a:b], before, text[b:end], with_title, data):
            runs.append([])
            continue
        if _opens_surname(text, runs[-1], b, end, data):
            runs[-1].append((a, b))
        elif _NUMERAL.fullmatch(text[a:b]) or _is_no_name(text[a:b], data) and (
                not runs[-1] or text[a:b][:1].isupper()):
            runs.append([])
        elif not runs[-1] and not text[a:b][:1].isupper():
            continue
        else:
            runs[-1].append((a, b))
            if _POSSESSIVE.search(text[a:b]) and not _of_many(text[a:b], text[b:end], data):
                runs.append([])
    spans = (_span(text, run, data) for run in runs)
    return [(a, b) for a, b in spans if b - a > 1 and any(c.isalpha() for c in text[a:b])]


def _span(text: str, run: list[tuple[int, int]], data: dict[str, frozenset[str]]) -> tuple[int, int]:
    """The span of a run of words without the particles and the possessive at its end."""
    while run and text[run[-1][0]:run[-1][1]] in data["particles"] | {"&"}:
        run = run[:-1]
    if not run:
        return 0, 0
    start, end = run[0][0], run[-1][1]
    possessive = _POSSESSIVE.search(text[start:end])
    return start, end - len(possessive.group()) if possessive else end


def _goes_on(before: Sequence[str], data: dict[str, frozenset[str]]) -> bool:
    """Whether a name may go on with an elided `de`: an institution, a place, or who has a given name."""
    opening = data["organization_openings"] | data["organization_words"] | data["place_openings"]
    given = len(before) == 1 and before[0].lower() in data["forenames"]
    return given or bool(before) and before[-1].lower() in opening


def _of_many(word: str, following: str, data: dict[str, frozenset[str]]) -> bool:
    """Whether the possessive of a plural is part of a body's name (`Makers' Guild`)."""
    after = re.match(r"(?:\s[A-Z]\w+)+", following)
    return word[-2] == "s" and after is not None and bool(
        {w.lower() for w in after[0].split()} & data["organization_words"])


def _opens_surname(text: str, run: Sequence[tuple[int, int]], word_end: int, end: int,
                   data: dict[str, frozenset[str]]) -> bool:
    """Whether a word between a given name and another capital belongs to the surname (`Yannick Le Garrec`)."""
    if not run or text[run[-1][0]:run[-1][1]].lower() not in data["forenames"]:
        return False
    follows = text[word_end:min(word_end + 2, end)].strip()
    return text[run[-1][1]:word_end].strip() in data["surname_openings"] and follows.isupper()


def _is_no_name(word: str, data: dict[str, frozenset[str]]) -> bool:
    """Whether a word is written with a capital without being a name (`Monday`, `Thursday's`)."""
    return word.strip(".").lower() in data["not_names"] or _POSSESSIVE.sub("", word).lower() in data["not_names"]


def _ends_title(word: str, before: Sequence[str], data: dict[str, frozenset[str]]) -> bool:
    """Whether a word ends a title of several words (`Education Minister`, `Deputy Prime Minister`)."""
    return bool(before) and word.lower() in data["person_titles"] and all(
        w.lower() in data["title_openings"] for w in before)


def _belongs(word: str, before: Sequence[str], following: str, titled: bool, data: dict[str, frozenset[str]]) -> bool:
    """Whether a word after a person's name tells only where the person belongs (`Mr Holt of Pelham`, no `Bank of
    Holt`)."""
    bodies = data["organization_words"] | data["organization_openings"]
    if word not in data["belonging"] or not before or bodies & {w.lower() for w in before}:
        return False
    return titled or len(before) > 1 and (before[0].lower() in data["forenames"] or "&" in following)


def _is_title(word: str, data: dict[str, frozenset[str]]) -> bool:
    """Whether a capitalized word before a name is a title or an office (`Mayor`, `PDG`), no part of the name."""
    return word.lower() in data["person_titles"] or word.lower() in data["person_nouns"]
