"""What differs from language to language, as data: one folder a language, one TOML file a topic.

A language is added by adding a folder; nothing else in the program names one.
"""
from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def available() -> tuple[str, ...]:
    """The codes of the languages there are data for, in order (`("en", "fr")`)."""
    root = resources.files(__name__)
    return tuple(sorted(p.name for p in root.iterdir() if p.is_dir() and (p / "pipeline.toml").is_file()))


@cache
def load(language: str, topic: str) -> dict[str, Any]:
    """The data of one topic in one language, as a dictionary.

    Raises `KeyError` for a language or a topic there is no file for.
    """
    path = resources.files(__name__) / language / f"{topic}.toml"
    if not path.is_file():
        raise KeyError(f"no data on {topic} for the language {language!r}")
    return tomllib.loads(path.read_text(encoding="utf-8"))
