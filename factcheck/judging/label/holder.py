"""Labels for what somebody is or has, told by the name: `role of Jane Doe`, `[…], the owner of the mill`."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from factcheck.extraction.entities import fold
from factcheck.judging.label.place import VERBAL, Phrase, Place, data, fused
from factcheck.judging.label.text import OPEN, text_of
from factcheck.model import Names, Sentence

_VOWELS = tuple("aeiouyhàâéèêëîïôûAEIOUYHÀÂÉÈÊËÎÏÔÛ")
_APPOSED = re.compile(r"\s?[,(]\s")


def belonging(place: Place) -> str | None:
    """A phrase for what somebody has, where the answer is put beside a name: `role of Jane Doe`."""
    mention = place.mention
    topic = "role" if mention.value.kind == "role" else "age" if mention.value.unit == "year" else None
    if topic is None or mention.value.kind not in ("role", "measure"):
        return None
    holder = _holder(place, topic)
    if holder is None or place.language not in data()["phrases"]:
        return None
    elided = data()["elided"].get(place.language, {})
    words = elided if elided and holder.startswith(_VOWELS) else data()["phrases"][place.language]
    return str(words[topic]).format(holder)


def _holder(place: Place, topic: str) -> str | None:
    """Whose role or age it is, as the article writes the name."""
    mention, sentence = place.mention, place.sentence
    if topic == "role":
        return _written(sentence, mention.value.unit) if mention.value.unit else None
    for e in mention.claim.entities:
        between = sentence.text[e.end - sentence.start:mention.value.start - sentence.start]
        if e.entity.kind == "person" and e.how != "pronoun" and _APPOSED.fullmatch(between):
            return e.text
    before = [i for i, t in enumerate(place.tokens) if t.end <= mention.value.start]
    if len(before) < 3 or place.tokens[before[-1]].text not in (",", "("):
        return None
    name = before[:-1]
    while name and place.tokens[name[-1]].pos == "PROPN":
        name.pop()
    words = [place.tokens[i].text for i in before[len(name):-1]]
    return " ".join(words) if len(words) > 1 else None


def _written(sentence: Sentence, name: str) -> str | None:
    """A folded name as a sentence writes it."""
    words = len(name.split())
    for first in range(len(sentence.tokens)):
        for last in range(first, min(first + 2 * words, len(sentence.tokens))):
            start, end = sentence.tokens[first].start, sentence.tokens[last].end
            text = sentence.text[start - sentence.start:end - sentence.start]
            if fold(text) == name and text[0].isalnum() and text[-1].isalnum():
                return " ".join(text.split())
    return None


def office_of(place: Place) -> str | None:
    """What a person is, as it is put beside the name: `[…], the owner of the mill`, `owner […]`."""
    return _office_held(place) or _office_after(place) or _office_before(place)


def _office_held(place: Place) -> str | None:
    """The office that was found with a name."""
    own = place.mention.value
    assert isinstance(own.possible, Names)
    for v in place.mention.claim.values:
        if v.kind == "role" and v.unit and v.unit in own.possible.forms:
            text = " ".join(v.text.split())
            between = place.sentence.text[v.end - place.sentence.start:own.start - place.sentence.start]
            if own.end <= v.start:
                return f"{OPEN}, {text}"
            return f"{text}, {OPEN}" if between.strip() == "," else f"{text} {OPEN}"
    return None


def _office_after(place: Place) -> str | None:
    found: list[int] = []
    after = max(place.value) + 1
    if after >= len(place.tokens) or place.tokens[after].text != ",":
        return None
    for i in range(after + 1, len(place.tokens)):
        token = place.tokens[i]
        if token.pos == "PUNCT" or token.text.lower() in data()["pronouns"]["relative"]:
            break
        if token.pos in (*VERBAL, "NUM"):
            return None
        found.append(i)
    return f"{OPEN}, {_plain(place, found)}" if found and _names_part(place, found) else None


def _office_before(place: Place) -> str | None:
    end = min(place.value)
    comma = end > 0 and place.tokens[end - 1].text == ","
    found: list[int] = []
    for i in range(end - 1 - comma, -1, -1):
        token = place.tokens[i]
        if token.pos not in ("NOUN", "PROPN", "ADJ", "ADP", "DET", "PART") or token.text.endswith("."):
            break
        if not comma and found and token.pos == "ADP":
            break
        found.insert(0, i)
    while found and place.tokens[found[0]].pos == "ADP" and place.tokens[found[0]].text.lower() not in fused(place):
        found.pop(0)
    if not found or not _names_part(place, found):
        return None
    return _plain(place, found) + (", " if comma else " ") + OPEN


def _names_part(place: Place, found: Sequence[int]) -> bool:
    """Whether words beside a name can say what the person is: they have a noun, and are not too many."""
    nouns = ("NOUN", "PROPN") if place.mention.value.unit else ("NOUN",)
    named = any(place.tokens[i].pos in nouns and len(place.tokens[i].text) > 2 for i in found)
    return named and len(_plain(place, found)) < data()["length"]["full"] - len(OPEN)


def _plain(place: Place, found: Sequence[int]) -> str:
    return text_of(Phrase(replace(place, value=frozenset()), frozenset(found), found[-1]))
