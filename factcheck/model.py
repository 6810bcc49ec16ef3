"""The nouns every stage shares: plain frozen dataclasses, no behaviour beyond what follows from their fields.

Offsets count Unicode code points into `Article.text`: the file's own text for plain text and Markdown, the
extracted body for HTML.
"""
from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

KINDS = ("date", "time", "duration", "count", "money", "percent", "measure", "person", "role",
         "organization", "place", "outcome", "cause", "quotation")
RELATIONS = ("contradiction", "variant", "update", "dispute", "agreement")
FLAGGED = ("contradiction", "variant")
# How certain a contradiction or a variant must be to be shown, unless told otherwise (chosen in docs/accuracy.md).
LEAST = 0.5
# How certain a change over time must be to stand in a table, unless updates are asked for: of those below, one in ten
# is one (cross-validated).
LEAST_UPDATE = 0.2


@dataclass(frozen=True)
class PartialDate:
    """A date known to a precision: a year, a month of a year, or a day; `time` is minutes after midnight."""

    year: int
    month: int | None = None
    day: int | None = None
    time: int | None = None

    @property
    def iso(self) -> str:
        """The date in ISO 8601, as precise as it is known: `2021`, `2021-01` or `2021-01-15`."""
        parts = [f"{self.year:04d}", self.month and f"{self.month:02d}", self.day and f"{self.day:02d}"]
        return "-".join(p for p in parts if p)

    @property
    def first(self) -> dt.date:
        """The first day it can stand for."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """The last day it can stand for."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@dataclass(frozen=True)
class Paragraph:
    """A stretch of the article's own words: `role` is `title`, `heading`, `lead` or `body`."""

    start: int
    end: int
    role: str = "body"


@dataclass(frozen=True)
class Article:
    """One source's text on the event, with what is known about it."""

    id: str
    path: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    title: str | None = None
    outlet: str | None = None
    published: PartialDate | None = None
    language: str = "en"

    def line(self, offset: int) -> int:
        """The line, counted from 1, on which a code point of `text` stands."""
        return self.text.count("\n", 0, offset) + 1


@dataclass(frozen=True)
class Token:
    """A word of a sentence: `head` is the index in the sentence of the word it depends on (its own for a root)."""

    text: str
    lemma: str
    pos: str
    dep: str
    head: int
    start: int
    end: int
    morph: str = ""
    entity: str = ""


@dataclass(frozen=True)
class Sentence:
    """A sentence of an article, parsed; `start` and `end` count into the article's text."""

    text: str
    start: int
    end: int
    paragraph: int
    tokens: tuple[Token, ...]
    role: str = "body"


@dataclass(frozen=True, order=True)
class Interval:
    """A range of a number line, either end open or closed; infinite ends are open."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False


@dataclass(frozen=True)
class Intervals:
    """A set of possibilities on a number line: the value lies in one of the parts (sorted, disjoint)."""

    parts: tuple[Interval, ...]


@dataclass(frozen=True)
class Names:
    """A set of possibilities in words: normalized surface forms that stand for the same thing."""

    forms: frozenset[str]


@dataclass(frozen=True)
class Value:
    """An answer that stands in a text, and the set of possibilities it denotes.

    The number line of `possible` is, by kind: date, days (proleptic ordinals, `datetime.date.toordinal`); time,
    minutes after midnight; duration, seconds; count, money and percent, the number itself; measure, the number in
    `unit`. `unit` is an ISO 4217 code for money (or "" when it can't be told), a unit for a measure, the lemma of
    what is counted for a count; `qualifiers` are the lemmas that narrow what is counted (`grave` in `six blessés
    graves`). `how` says in words how the set was worked out, where that isn't plain.
    """

    kind: str
    text: str
    start: int
    end: int
    possible: Intervals | Names
    unit: str = ""
    qualifiers: tuple[str, ...] = ()
    approximate: bool = False
    how: str = ""


@dataclass(frozen=True)
class Attribution:
    """Who says it: the words that name the party, and its canonical name."""

    text: str
    party: str
    start: int
    end: int


@dataclass(frozen=True)
class Entity:
    """Something the articles speak of: `kind` is `person`, `organization`, `place` or `thing`."""

    name: str
    kind: str


@dataclass(frozen=True)
class EntityMention:
    """Words that stand for an entity; `how` is `name`, `alias`, `acronym`, `description` or `pronoun`."""

    entity: Entity
    text: str
    start: int
    end: int
    how: str = "name"


@dataclass(frozen=True)
class Claim:
    """A clause an article asserts or reports: its span, who says it, how surely, of whom, and its values."""

    id: str
    article: str
    text: str
    start: int
    end: int
    sentence: Sentence
    attribution: Attribution | None = None
    polarity: str = "positive"
    modality: str = "asserted"
    predicate: str = ""
    entities: tuple[EntityMention, ...] = ()
    values: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Mention:
    """A value as it answers a question: the value, and the claim whose masked clause is the question."""

    value: Value
    claim: Claim


@dataclass(frozen=True)
class Evidence:
    """One reason for or against a link: `weight` is its share of the sum, in log-odds."""

    name: str
    weight: float
    detail: str = ""


@dataclass(frozen=True)
class Link:
    """Two mentions and the probability that they answer the same question, as a sum of evidence; `measured` has the
    evidence as measured, before it was weighed."""

    first: int
    second: int
    probability: float
    evidence: tuple[Evidence, ...] = ()
    differs: float | None = None
    measured: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Fact:
    """Mentions that answer one question, and the links that hold them together."""

    kind: str
    question: str
    mentions: tuple[Mention, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class FindingValue:
    """One mention in a finding, ready to be shown."""

    article: str
    text: str
    quote: str
    start: int
    end: int
    line: int
    value: str
    attributed_to: str | None = None
    minority: bool = False
    side: int = 0
    how: str = ""
    quote_start: int = 0


@dataclass(frozen=True)
class Finding:
    """A fact with the relation between its values."""

    id: str
    relation: str
    kind: str
    question: str
    confidence: float
    reason: str
    values: tuple[FindingValue, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Report:
    """What a run found: the articles read, and the findings, the most certain first."""

    articles: tuple[Article, ...]
    findings: tuple[Finding, ...]
    claims: Sequence[Claim] = field(default=(), repr=False)
    version: int = 1
