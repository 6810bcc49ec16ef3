"""What a kind of value needs to know of the article it is looked for in, and what a comparison of two values tells."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from factcheck.model import EntityMention, Intervals, PartialDate

TOGETHER = "both can be true at once"
"""The note on two answers that can't be compared, and do not exclude each other whatever else they are."""
#: The relations a comparison can give: those of `values.sets.compare`, and one for values that share no scale.
COMPARISONS = ("equal", "within", "around", "overlap", "disjoint", "incomparable")


@dataclass(frozen=True)
class Context:
    """An article's language (`fr`, `en`), its publication date, and the days (ordinals) of events it names.

    `anchors` maps the lemma of an event's noun (`fermeture`, `vote`) to the days it can have been on; `entities` are
    the article's mentions of persons, organizations and places.
    """

    language: str
    published: PartialDate | None = None
    anchors: Mapping[str, Intervals] = field(default_factory=dict)
    entities: tuple[EntityMention, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """How two values of one kind lie to each other.

    `relation` is one of `COMPARISONS` (`within`: the first is the finer). `distance` is the gap between the nearest
    possibilities in the kind's own unit (days, minutes, seconds, numbers): 0 unless disjoint, None where there is no
    common scale. `note` says in words what was assumed to compare them.
    """

    relation: str
    distance: float | None = None
    note: str = ""
