"""The phrases of every language's `reading.toml`, merged: a French page has English buttons, and the reverse."""
from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from factcheck.languages import available, load

_EDGES = " \t\r\n*_#>|·•–—-+:;,.…!?()[]{}«»\"'“”►▸›→★☆✉♥↗🔖"


@cache
def _plain(char: str) -> str:
    """One character without case, accent or typographic form; always one character, so that offsets hold."""
    if char.isspace():
        return char if char == "\n" else " "
    if char in "’‘ʼ´`":
        return "'"
    lowered = unicodedata.normalize("NFD", char)[0].lower()
    return lowered if len(lowered) == 1 else char


def fold(text: str) -> str:
    """The text without case, accents, typographic apostrophes or no-break spaces; as long as the text itself."""
    return "".join(map(_plain, text))


def bare(text: str) -> str:
    """The folded text without the symbols and marks around it, inner spaces single."""
    return " ".join(fold(text).split()).strip(_EDGES)


@cache
def topic(name: str) -> tuple[Any, ...]:
    """A list of the reading data, over all languages, in order."""
    return tuple(entry for language in available() for entry in load(language, "reading")[name])


@cache
def phrases(name: str) -> frozenset[str]:
    """The phrases of a topic, bare of their marks."""
    return frozenset(bare(entry) for entry in topic(name))


@cache
def front_matter_keys(field: str) -> tuple[str, ...]:
    """The names a field has in front matter, over all languages, the most telling first."""
    keys = [bare(k) for language in available() for k in load(language, "reading")["front_matter"].get(field, ())]
    return tuple(dict.fromkeys(keys))


def alternatives(words: tuple[str, ...] | frozenset[str]) -> str:
    """A regular expression for any of the words, the longest first, whole words only; `…` is a few words."""
    return "|".join(_pattern(w) for w in sorted(words, key=len, reverse=True))


def _pattern(phrase: str) -> str:
    colon = phrase.rstrip().endswith(":")
    text = re.escape(fold(phrase).rstrip(" :+")).replace("\\ ", r"\s+").replace("…", r"[^.:]{2,60}?")
    return text + (r"\s*:" if colon else r"(?!\w)")


@cache
def opening(name: str) -> re.Pattern[str]:
    """A pattern that finds a phrase of the topic at the start of a folded text; symbols may come before, quotes not."""
    return re.compile(rf"[^\w\n©«“\"]*(?:{alternatives(frozenset(topic(name)))})")


@cache
def anywhere(name: str) -> re.Pattern[str]:
    """A pattern that finds a phrase of the topic anywhere in a folded text."""
    return re.compile(rf"(?<!\w)(?:{alternatives(frozenset(topic(name)))})")
