"""Claims as JSON Lines: one claim a line, its keys in a fixed order, so that two runs diff well."""
from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from math import isinf
from typing import Any

from factcheck.model import Article, Attribution, Claim, EntityMention, Interval, Names, Value
from factcheck.reporting.json_report import dumps
from factcheck.values import canonical


def render(article: Article, claims: Iterable[Claim]) -> str:
    """The claims of one article, one JSON object a line."""
    return "".join(dumps(claim_to_dict(claim, article)) + "\n" for claim in claims)


def claim_to_dict(claim: Claim, article: Article) -> dict[str, Any]:
    """One claim as plain dictionaries and lists; every `start` and `end` counts into the article's text."""
    return {"id": claim.id, "article": claim.article, "text": claim.text, "start": claim.start, "end": claim.end,
            "line": article.line(claim.start), "attribution": _attribution(claim.attribution),
            "polarity": claim.polarity, "modality": claim.modality, "entities": [_entity(e) for e in claim.entities],
            "values": [_value(v) for v in claim.values]}


def value_to_dict(value: Value) -> dict[str, Any]:
    """What `factcheck values` tells of a value: kind, words, span and canonical form."""
    return {"kind": value.kind, "text": value.text, "start": value.start, "end": value.end, "value": canonical(value)}


def _value(value: Value) -> dict[str, Any]:
    unit = {"unit": value.unit} if value.unit else {}
    return value_to_dict(value) | unit | {"set": set_notation(value)}


def _attribution(attribution: Attribution | None) -> dict[str, str] | None:
    return {"text": attribution.text, "party": attribution.party} if attribution else None


def _entity(mention: EntityMention) -> dict[str, Any]:
    return {"text": mention.text, "name": mention.entity.name, "kind": mention.entity.kind, "how": mention.how,
            "start": mention.start, "end": mention.end}


def set_notation(value: Value) -> str:
    """The possibilities of a value as a set: `{2021-01-07, 2021-01-14}`, `(100, inf)`, `[18, 24]`, `{parler}`.

    Days are ISO 8601, times `HH:MM`, durations in seconds (`{7200} s`), measures in the value's unit.
    """
    if isinstance(value.possible, Names):
        return f"{{{', '.join(sorted(value.possible.forms))}}}"
    points = [_number(value.kind, p.low) for p in value.possible.parts if p.low == p.high]
    ranges = [_range(value.kind, p) for p in value.possible.parts if p.low != p.high]
    unit = {"duration": " s", "measure": f" {value.unit}"}.get(value.kind, "").rstrip()
    return (" ∪ ".join([f"{{{', '.join(points)}}}"] * bool(points) + ranges) or "{}") + unit


def _range(kind: str, part: Interval) -> str:
    low, high = _number(kind, part.low), _number(kind, part.high)
    return f"{'(' if part.low_open else '['}{low}, {high}{')' if part.high_open else ']'}"


def _number(kind: str, number: float) -> str:
    """A place on a kind's number line, as people write it."""
    if isinf(number):
        return "inf" if number > 0 else "-inf"
    if kind == "date" and 1 <= number <= dt.date.max.toordinal():
        return dt.date.fromordinal(int(number)).isoformat()
    if kind == "time":
        return f"{int(number) // 60:02d}:{int(number) % 60:02d}"
    return str(int(number)) if number == int(number) else repr(number)
