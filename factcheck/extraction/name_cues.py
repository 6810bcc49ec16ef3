"""What tells what a name names: the recognizer's label, the words of the name, and the words around it.

Each is a cue that a mention has or hasn't; `name_kinds.toml` weighs them, and was fitted on annotated names
(`training/names.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from factcheck.extraction import gazetteer
from factcheck.extraction.trees import SUBJECTS, span_head
from factcheck.model import Sentence, Token

Words = Mapping[str, frozenset[str]]

KNOWN_BODY, KNOWN_PLACE = "a known organization", "a known place"
ROAD, FORENAME = "a road's number", "a forename alone"
_QUOTES = ('"', "“", "«", "‘")
_AFTER = {
    "an age after it": re.compile(r",\s+(?:\d\d\b|aged?\b)"),
    "an acronym after it": re.compile(r"\s*\([A-Z][A-Z0-9.&-]{1,7}\)"),
    "described after it": re.compile(r"\s*,\s+(?:l[ae]s?|l[’']|une?|the|an?|its?)\b", re.IGNORECASE),
    "a possessive": re.compile(r"[’']s\b"),
}
# `the Bergen-based firm`
_SEATED = re.compile(r"-(?:based|born|bound|area)\b")
# `A94`, `RD 120`, no aircraft (`A320`).
_ROAD = re.compile(r"(?!A3\d0)(?:[ABDMN]|R[DN]|Highway|Interstate|Route)[ -]?\d{1,4}")
_INITIAL = re.compile(r"\s[A-Z]\.\s")
_BY_PLACE = "by a place's noun"
_WORKPLACE, _IN = "governed as a workplace", "after a preposition of place"
# Lists of words that tell something where one of them stands right before a name.
_BEFORE = {"person_titles": "after a title", "person_nouns": "after a person's noun", "place_prepositions": _IN,
           "organization_nouns": "after an organization's noun", "place_nouns": _BY_PLACE}  # fmt: skip
# A unit of measure has no more letters.
_UNIT = 3
_HANGING = frozenset({"nmod", "nmod:poss", "compound", "poss"})


def cues(sentence: Sentence, tokens: Sequence[Token], start: int, end: int, data: Words) -> tuple[str, ...]:
    """The cues of one mention in a sentence, in order of the alphabet: `tokens` are its tokens, `start` and `end` count
    into the sentence's text, `data` is the language's data on names."""
    found = {*_recognized(tokens), *_of_the_words(sentence, start, end, data), *_before(sentence, start, data),
             *(cue for cue, pattern in _AFTER.items() if pattern.match(sentence.text[end:])),
             *_in_the_tree(sentence, tokens, data)}
    if _SEATED.match(sentence.text[end:]):
        found.add("governed as a place")
    following = re.match(r" (\w+)", sentence.text[end:])
    if following and following[1] in data["place_nouns_after"] and end - start > _UNIT:  # no `55 MW station`
        found.add(_BY_PLACE)
    if _WORKPLACE in found:  # the preposition is told of already
        found -= {_IN, *(f"after “{word}”" for word in data["workplaces"])}
    return tuple(sorted(found))


def _recognized(tokens: Sequence[Token]) -> set[str]:
    """What the recognizer and the tagger take it for."""
    labels = {f"recognized: {t.entity[2:]}" for t in tokens if t.entity} or {"not recognized"}
    if tokens and sum(t.pos == "PROPN" for t in tokens) * 2 > len(tokens):
        labels.add("proper noun")
    return labels


def _of_the_words(sentence: Sentence, start: int, end: int, data: Words) -> set[str]:
    """What the name itself tells."""
    name = sentence.text[start:end]
    words = name.lower().split()
    single = len(words) == 1
    found = {"one word" if single else f"{min(len(words), 4)} words"}
    if words[0] in data["forenames"] or words[0].split("-")[0] in data["forenames"]:
        found.add(FORENAME if single else "begins with a forename")
    for key, cue in (("known_places", KNOWN_PLACE), ("known_organizations", KNOWN_BODY)):
        if name.lower().replace("’", "'") in data[key]:
            found.add(cue)
    if name.lower().replace("’", "'") in gazetteer.written():
        found.add(KNOWN_PLACE)
    on_road = set(sentence.text[:start].lower().split()[-2:]) & data["on_roads"]
    if _ROAD.fullmatch(name) and (on_road or name.split()[0] in data["numbered_roads"]):
        found.add(ROAD)
    if words[0] in data["organization_openings"]:
        found.add("begins as an organization")
    if not single and words[-1] in data["organization_endings"]:
        found.add("ends as an organization")
    if not single and data["organization_words"] & set(words):
        found.add("has an organization's word")
    if sentence.text[start - 1 : start] not in _QUOTES and _names_place(words, data):
        found.add("begins or ends as a place")
    if single and name.isupper():
        found.add("in capitals")
    if _INITIAL.search(name):
        found.add("has an initial")
    if any(w in data["particles"] for w in name.split()[1:]):
        found.add("has a small word")
    if re.search(r"\d|[a-zà-ÿ][A-Z]", name):
        found.add("has a digit or a capital inside")
    if "-" in name:
        found.add("has a hyphen")
    return found


def _before(sentence: Sentence, start: int, data: Words) -> set[str]:
    """What the words before it tell."""
    written = re.findall(r"[\w.’'-]+", sentence.text[:start].lower())[-3:] or [""]
    words = [re.split("[’']", word)[-1] or word for word in written]
    found = {cue for key, cue in _BEFORE.items() if words[-1] in data[key]}
    if words[-1] in data["callings"] and written[-1] in _lower(sentence.text[:start]):
        found.add(_BEFORE["person_nouns"])
    found |= {f"{cue}, not right after" for key, cue in _BEFORE.items()
              if key.endswith("nouns") and set(words[:-1]) & data[key]}  # fmt: skip
    if written[-1] in data["articles"] or written[-1].endswith(("’", "'")):
        found.add("after an article")
    if words[-1] in data["telling_before"]:
        found.add(f"after “{words[-1]}”")
    if sentence.text[start - 1 : start] in _QUOTES:
        found.add("in quotation marks")
    return found


def _lower(text: str) -> set[str]:
    """The last word of a text, where it is written small."""
    return {w for w in re.findall(r"[\w.’'-]+", text)[-1:] if w == w.lower()}


def _in_the_tree(sentence: Sentence, tokens: Sequence[Token], data: Words) -> set[str]:
    """What its place in the sentence's tree tells."""
    found = {f"beside {kind}" for kind in _beside(sentence, tokens, data)}
    if governed := _by_preposition(sentence, tokens, data):
        found.add(f"governed as {governed}")
    head = span_head(sentence, tokens[0].start, tokens[-1].end) if tokens else None
    if head is not None:
        dep = sentence.tokens[head].dep
        part = "subject" if dep in SUBJECTS else "hanging from a noun" if dep in _HANGING else "elsewhere in its clause"
        found.add(part)
    return found


def _names_place(words: Sequence[str], data: Words) -> bool:
    """Whether a name opens or ends with what a place is (`Mont Arvel`, `Pont-Maray`, `Ashby Bridge`)."""
    if len(words) == 1:
        opening = words[0].split("-")[0]
        return opening in data["place_openings"] and opening != words[0]
    return words[0] in data["place_openings"] or words[-1] in data["place_endings"]


def _by_preposition(sentence: Sentence, tokens: Sequence[Token], data: Words) -> str:
    """What the preposition that governs a name tells it to be: a place (`in`, and `to` after a verb of going), or who
    somebody works for (`an agent at Norva`)."""
    inside = {t.start for t in tokens}
    governors = [sentence.tokens[t.head] for t in tokens if t.dep == "pobj"]
    for preposition in (g for g in governors if g.start not in inside):
        word, governor = preposition.text.lower(), sentence.tokens[preposition.head].lemma.lower()
        if word in data["workplaces"] and _is_person(governor, data):
            return "a workplace"
        there = word in data["place_prepositions"] and governor not in data["not_places"]
        if there or word in data["towards"] and governor in data["going"]:
            return "a place"
    return ""


def _beside(sentence: Sentence, tokens: Sequence[Token], data: Words) -> list[str]:
    """What the nouns in apposition to a name tell it to be (`X, a maker of tiles`, `X, the yard's foreman`)."""
    starts = {t.start for t in tokens}
    beside = [t for t in sentence.tokens
              if t.dep == "appos" and t.pos == "NOUN" and "Number=Plur" not in t.morph
              and sentence.tokens[t.head].start in starts and t.start not in starts]
    found = []
    for lemma in (t.lemma.lower() for t in beside):
        body, person = lemma in data["organization_nouns"] | data["descriptions"], _is_person(lemma, data)
        if body != person:  # an owner may be either
            found.append("an organization's noun" if body else "a person's noun")
    return found


def _is_person(lemma: str, data: Words) -> bool:
    """Whether a noun is one for a person: a known one, or by its ending (`scaffolder`)."""
    if lemma in data["person_nouns"] or lemma in data["callings"]:
        return True
    things = data["organization_nouns"] | data["descriptions"] | data["not_persons"]
    return len(lemma) > 4 and lemma not in things and lemma.endswith(tuple(data["person_endings"]))
