"""Small questions to a sentence's dependency tree."""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from factcheck.model import Sentence, Token

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass", "csubj", "expl:subj"})
OBJECTS = frozenset({"obj", "dobj", "iobj", "dative", "obl:arg", "attr", "oprd"})


@lru_cache(maxsize=512)
def _children(heads: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    found: list[list[int]] = [[] for _ in heads]
    for i, head in enumerate(heads):
        if head != i:
            found[head].append(i)
    return tuple(tuple(c) for c in found)


def children(sentence: Sentence, index: int) -> tuple[int, ...]:
    """The indexes of a token's dependents, in order."""
    return _children(tuple(t.head for t in sentence.tokens))[index]


def subtree(sentence: Sentence, index: int) -> list[int]:
    """The indexes of a token and all below it, in order."""
    found, rest = [], [index]
    while rest:
        current = rest.pop()
        found.append(current)
        rest.extend(children(sentence, current))
    return sorted(found)


def ancestors(sentence: Sentence, index: int) -> Iterator[int]:
    """The governors of a token, nearest first, up to the root."""
    seen = {index}
    while (head := sentence.tokens[index].head) not in seen:
        seen.add(head)
        yield head
        index = head


def tokens_between(sentence: Sentence, start: int, end: int) -> list[int]:
    """The indexes of the tokens that touch a span of the article's text."""
    return [i for i, t in enumerate(sentence.tokens) if t.start < end and t.end > start]


def span_head(sentence: Sentence, start: int, end: int) -> int | None:
    """The token of a span that governs the others: the one whose own governor lies outside it."""
    inside = tokens_between(sentence, start, end)
    if not inside:
        return None
    outside = [i for i in inside if sentence.tokens[i].head not in inside or sentence.tokens[i].head == i]
    return next((i for i in outside if sentence.tokens[i].pos != "PUNCT"), inside[-1])


def has_auxiliary(tokens: Sequence[Token], below: Iterable[int]) -> bool:
    """Whether an auxiliary is among the tokens below a verb, which makes it a clause's (`a été prévenue`)."""
    return any(tokens[i].dep.startswith("aux") for i in below)


def is_content(token: Token) -> bool:
    """Whether a token carries meaning of its own: a noun, name, verb, adjective or figure."""
    return token.pos in ("NOUN", "PROPN", "VERB", "ADJ", "NUM") and any(c.isalnum() for c in token.text)
