"""Places that everybody knows: what their names are in all languages, and what each lies in."""

from __future__ import annotations

import tomllib
import unicodedata
from collections import defaultdict
from functools import cache
from importlib import resources
from typing import Any


@cache
def named() -> dict[str, frozenset[str]]:
    """The ids of the places that a name in small letters, without accents, may be (`vienne`: `vienna`)."""
    data = _table()
    found: dict[str, set[str]] = defaultdict(set)
    for texts in data["lies_in"].values():
        for text in texts:
            for name in text.split(", "):
                found[plain(name)].add(_id(text))
    for place, text in data["also"].items():
        for name in text.split(", "):
            found[plain(name)].add(place)
    return {name: frozenset(ids) for name, ids in found.items()}


@cache
def written() -> frozenset[str]:
    """The names as written, in small letters, with accents and without."""
    data = _table()
    texts = [text for names in data["lies_in"].values() for text in names] + list(data["also"].values())
    names = {name.lower() for text in texts for name in text.split(", ")}
    return frozenset(names | {_bare(name) for name in names})


@cache
def lies_in() -> dict[str, frozenset[str]]:
    """What each place lies in, by their ids."""
    found: dict[str, set[str]] = defaultdict(set)
    for larger, texts in _table()["lies_in"].items():
        for text in texts:
            found[_id(text)].add(larger)
    return {place: frozenset(larger) for place, larger in found.items()}


def plain(name: str) -> str:
    """A name in small letters, without accents, hyphens and the like."""
    return " ".join("".join(c if c.isalnum() else " " for c in _bare(name)).split())


def _bare(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))


def _id(text: str) -> str:
    return plain(text.split(", ")[0]).replace(" ", "-")


@cache
def _table() -> dict[str, dict[str, Any]]:
    text = resources.files("factcheck.extraction").joinpath("gazetteer.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
