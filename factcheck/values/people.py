"""The persons an article names, with where each is named: who speaks, who holds an office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.extraction.entities import fold, resolve
from factcheck.extraction.names import find_names
from factcheck.model import EntityMention, Sentence
from factcheck.values.context import Context


@dataclass(frozen=True)
class Person:
    """A place where an article names a person: the words there, and the person's full name as the article gives it.

    `sure` where something tells that it is a person's name.
    """

    start: int
    end: int
    text: str
    name: str
    pronoun: bool = False
    sure: bool = True

    @property
    def surname(self) -> str:
        """The last word of the name, folded."""
        return (fold(self.name).split() or [""])[-1]


def people(sentences: Sequence[Sentence], context: Context) -> list[Person]:
    """The mentions of persons in an article, in order, those by a pronoun included.

    They are the context's entities, or, where it has none, found anew. A name of two words or three that nothing marks
    as a place or an organization counts as a person's.
    """
    mentions = context.entities or resolve(
        sentences, find_names(sentences, context.language), context.language)
    return [Person(m.start, m.end, m.text, m.entity.name, m.how == "pronoun", m.entity.kind == "person")
            for m in mentions if _may_be_person(m)]


def _may_be_person(mention: EntityMention) -> bool:
    if mention.entity.kind == "person":
        return True
    return mention.entity.kind == "thing" and 2 <= len(mention.entity.name.split()) <= 3
