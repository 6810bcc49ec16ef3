"""Which values answer a question of their own: of names those that say who did it or where, not every name there is."""

from __future__ import annotations

import re
from functools import cache

from factcheck.extraction.trees import children, span_head
from factcheck.languages import available, load
from factcheck.model import Claim, Sentence, Value

NAMED = ("person", "organization", "place")
# Dependencies of a word that is a part of its clause (Universal Dependencies for French, ClearNLP for English).
_PARTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass", "obj", "dobj", "iobj", "dative", "obl", "obl:arg", "obl:mod",
                    "obl:agent", "pobj", "agent", "attr", "conj", "appos"})
# Those of a person put forward without a verb of theirs: `C'est elle, X, qui …`, `Step forward X`.
_PUT_FORWARD = frozenset({"dep", "npadvmod", "dislocated", "parataxis"})
_HANGING = frozenset({"nmod", "nmod:poss", "compound"})
_ENDS = (".", "!", "…")


def answers(value: Value, claim: Claim) -> bool:
    """Whether a value answers a question of its own: a name only where it is a part of its clause (who did it, where),
    and not the source's, nor what only says whose something is."""
    if value.kind not in NAMED or (value.kind == "person" and value.unit):
        return True
    source = claim.attribution
    if source and source.start <= value.start < source.end:
        return False
    sentence = claim.sentence
    head = span_head(sentence, value.start, value.end)
    if head is None:
        return False
    dep = sentence.tokens[head].dep
    if "common" in value.qualifiers or dep in _PARTS or _predicated(sentence, head):
        return True
    if value.kind == "person":
        return " " in value.text and (dep in _PUT_FORWARD or _alone(value, sentence))
    if value.kind == "place":
        return dep == "nmod" and (_stands_there(value, sentence) or _of_some(sentence, head))
    return dep in _HANGING and (_described(value, sentence) or dep == "nmod" and _of_some(sentence, head, article=True))


def _predicated(sentence: Sentence, head: int) -> bool:
    """Whether a name is what a copula says somebody or something is, or a cleft's (`C'est X qui a appelé`)."""
    below = {sentence.tokens[i].dep for i in children(sentence, head)}
    root = sentence.tokens[head].head == head
    return "cop" in below or root and "acl:relcl" in below


def _alone(value: Value, sentence: Sentence) -> bool:
    """Whether a name is a whole sentence: the answer to the question before it (`His name? John Hall.`)."""
    text = sentence.text.strip()
    return text.endswith(_ENDS) and text.rstrip("".join(_ENDS)).strip() == value.text


def _stands_there(value: Value, sentence: Sentence) -> bool:
    """Whether a preposition of place stands right before a name that hangs from a noun (`la capture de X à Lyon`)."""
    before = re.findall(r"[\w’'-]+", sentence.text[: value.start - sentence.start].lower())
    while before and before[-1] in _words("articles"):
        before.pop()
    return bool(before) and before[-1] in _words("before_places")


def _of_some(sentence: Sentence, head: int, article: bool = False) -> bool:
    """Whether a name tells which of several one is (`un tribunal de Lyon`, not `le maire de Lyon`); with `article` also
    a name that has one (`une étude de l'Institut`)."""
    name = sentence.tokens[head]
    below = [i for i in children(sentence, head) if i < head]
    if "Number=Plur" in name.morph or any(sentence.tokens[i].text.lower() not in _words("of") for i in below[:1]):
        return False
    if not article and len(below) > 1 and sentence.tokens[below[1]].text.lower() in _words("articles"):
        return False
    determiners = [sentence.tokens[i].morph for i in children(sentence, name.head) if i < name.head < head]
    return any("Definite=Ind" in m and "Number=Plur" not in m for m in determiners)


def _described(value: Value, sentence: Sentence) -> bool:
    """Whether an apposition tells what an organization is or does (`un agent de X, l'exploitant de la ligne`)."""
    after = re.match(r"\s*,\s+(\w+[’']|\w+\s)\s*(\w+)", sentence.text[value.end - sentence.start :])
    described = _words("organization_nouns") | _words("descriptions")
    return after is not None and after[1].strip().lower() in _words("articles") and after[2] in described


@cache
def _words(key: str) -> frozenset[str]:
    """Words of the data on names, of all languages together: their small words are not each other's."""
    return frozenset(word for language in available() for word in load(language, "names")[key])
