"""Which language a text is in, of those there are data for: by its function words."""
from __future__ import annotations

import re
from collections import Counter
from functools import cache

from factcheck.languages import available, load
from factcheck.reading.phrases import fold

_WORD = re.compile(r"[^\W\d_]+(?:'(?=\w))?")
# Of a text's words, the share that are function words: running French and English have 0.30 to 0.50 by these lists,
# their neighbours (Spanish, Italian, German, Dutch) under 0.15.
_SURE, _LEAST = 0.22, 0.16


@cache
def _stop_words(language: str) -> frozenset[str]:
    return frozenset(_lower(w) for w in load(language, "reading")["stop_words"])


def _lower(text: str) -> str:
    return text.lower().replace("’", "'")


def shares(text: str) -> dict[str, float]:
    """The share of a text's words that are function words of each language, from 0 to 1."""
    words = Counter(_WORD.findall(_lower(text[:20_000])))
    total = sum(words.values())
    return {language: sum(n for w, n in words.items() if w in _stop_words(language)) / total if total else 0.0
            for language in available()}


def detect(text: str, declared: str | None = None) -> str | None:
    """The language of a text; `declared` is what its format says, and decides where the words don't.

    Nothing comes back where the text is in none of the languages there are data for.
    """
    found = shares(text)
    ranked = sorted(found, key=lambda language: -found[language])
    best, rest = ranked[0], max((found[r] for r in ranked[1:]), default=0.0)
    short = len(_WORD.findall(text)) < 30
    if found[best] >= _SURE and found[best] > 1.5 * rest:
        return best
    code = base(declared)
    if code in found and (short or found[code] >= 0.6 * found[best] and found[best] >= _LEAST):
        return code
    if code and code not in found:
        return None
    least = 0.08 if short else _LEAST
    return best if found[best] >= least and found[best] > 1.2 * rest else None


def base(declared: str | None) -> str | None:
    """The language of a tag such as `fr-FR`, or of a name such as `Français`; nothing where it can't be told."""
    if not declared:
        return None
    plain = fold(declared).strip()
    for language in available():
        if plain == fold(load(language, "pipeline")["name"]):
            return language
    match = re.match(r"([a-z]{2,3})(?:[-_].*)?$", plain)
    return match[1] if match else None
