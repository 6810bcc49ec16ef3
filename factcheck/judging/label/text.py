"""A phrase as it is written."""
from __future__ import annotations

import re

from factcheck.judging.label.place import Phrase, data, fused

OPEN = "[…]"
COMMAS = (",", "(", ")")
_SMALL = ("DET", "ADP", "PRON", "ADV", "SCONJ", "CCONJ", "AUX", "NUM")


def text_of(phrase: Phrase) -> str:
    """A phrase as it is written, `[…]` in place of the answer."""
    place, text, before = phrase.place, "", -1
    for index in sorted(phrase.kept):
        if index in place.value and before in place.value:
            before = index
            continue
        word = OPEN if index in place.value else phrase.renamed.get(index) or _word(phrase, index)
        if text or any(c.isalnum() or c == "…" for c in word):
            text += (_between(phrase, before, index, ", " in text) if text else "") + word
            before = index
    return re.sub(r"\s+", " ", text).strip(" ,;:")


def _word(phrase: Phrase, index: int) -> str:
    """A word as it is written, but that which opens the sentence in small letters if it is no name, and without the
    preposition fused with an article that opens the phrase."""
    token, place = phrase.place.tokens[index], phrase.place
    beside = token.head != phrase.anchor and place.tokens[token.head].head == phrase.anchor
    opens = index == min(phrase.kept) and token.dep in data()["dependencies"]["opening"]
    if opens and token.text.lower() in fused(place) and (token.head == phrase.subject or not beside):
        return fused(place)[token.text.lower()]
    small = index == 0 and token.pos in _SMALL and token.text.istitle() and token.text != "I"
    if small and not any(e.how != "pronoun" and e.start <= token.start < e.end for e in place.mention.claim.entities):
        return token.text[0].lower() + token.text[1:]
    return token.text


def _between(phrase: Phrase, before: int, index: int, opened: bool) -> str:
    """What stands between two words of a phrase: what stood there, or a comma where all between them but one is out;
    between a subject and its verb only where another comma has `opened` what this one closes."""
    tokens = phrase.place.tokens
    first, last = tokens[before], tokens[index]
    gap = [t.text for t in tokens[before + 1:index]]
    if not gap:
        return " " if first.end < last.start else ""
    if len(gap) == 1 and not gap[0].isalnum() and last.start - first.end == len(gap[0]):
        return gap[0]
    anchored = index == phrase.anchor or index < phrase.anchor and last.head == phrase.anchor
    after_subject = phrase.subject is not None and phrase.subject <= before and (
        anchored or {index, phrase.anchor} <= phrase.place.value)
    edges = (gap[0] in COMMAS) + (len(gap) > 1 and gap[-1] in COMMAS)
    once = edges == 1 and sum(t in COMMAS for t in gap) == 1
    return ", " if once and (opened or not after_subject) else " "
