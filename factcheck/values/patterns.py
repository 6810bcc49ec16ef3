"""Phrase patterns kept as data: regular expressions in TOML, with named parts, found in a sentence longest first.

A topic's file has `[parts]` (regular expressions), tables of words with what they mean (`[months]`), and `[[rules]]`:
`match`, a regular expression in which `{name}` stands for a part, or for any word of a table, `use`, what the rule is
for, and what must stand in the text for the rule to be tried at all: `needs`, a table (or tables) of which it must have
a word, `needs_words`, such words themselves, `needs_digit`.
`{length}` stands for a length of time (see `lengths`), which is looked for once and not by every rule.
In `match` a space stands for any white space, and the apostrophe is the typographic one; letter case doesn't count,
except for the words of the tables named in `proper`, which stand capitalized or in capitals.
"""
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from factcheck.languages import load

_SAME_WIDTH = str.maketrans({"'": "’", "ʼ": "’", "‘": "’", "‐": "-", "‑": "-", "−": "-",
                             **dict.fromkeys("\n\r\t\v\f\u00a0\u2009\u200a\u202f\u2007\u3000", " ")})
#: Stands for each character of a length of time in the text that rules with `{length}` are matched against.
MASK = "\ue000"
_LETTERS = re.compile(r"[^\W\d_]+")
_NAMED_GROUP = re.compile(r"\(\?P<\w+>")
_PLACE = re.compile(r"\{([a-z_]\w*)\}")


@dataclass(frozen=True)
class Rule:
    """A pattern, what it is for, and the settings that stand beside it in the data."""

    use: str
    regex: re.Pattern[str]
    settings: Mapping[str, Any]
    needs: frozenset[str] | None = None
    needs_digit: bool = False


@dataclass(frozen=True)
class Grammar:
    """A topic's rules in one language, its word tables, and its parts as regular expressions."""

    language: str
    rules: tuple[Rule, ...]
    words: Mapping[str, Mapping[str, Any]]
    parts: Mapping[str, str]

    def meaning(self, table: str, word: str) -> Any:
        """What a word as written means by a table; raises `KeyError` for a word it doesn't have."""
        return self.words[table][fold(word)]


@dataclass(frozen=True)
class Hit:
    """A place in a text where a rule matches; the span is that of the group `span` where the rule has one."""

    rule: Rule
    match: re.Match[str]
    text: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """All that the rule matched."""
        return self.text[self.match.start():self.match.end()]

    def group(self, name: str) -> str | None:
        """The text of a named group, or None where the rule lacks it or it matched nothing."""
        if name not in self.rule.regex.groupindex or self.match.start(name) < 0:
            return None
        return self.text[self.match.start(name):self.match.end(name)] or None


def plain(text: str) -> str:
    """The text with white space, apostrophes and hyphens each as one kind of character, every offset kept."""
    return text.translate(_SAME_WIDTH)


def fold(word: str) -> str:
    """A word as the tables have it: lower case, single spaces."""
    return " ".join(plain(word).lower().split())


def anonymous(pattern: str) -> str:
    """A regular expression with its named groups unnamed, to stand in another more than once."""
    return _NAMED_GROUP.sub("(?:", pattern)


def alternatives(words: Mapping[str, Any] | list[str], proper: bool = False) -> str:
    """A regular expression for any of the words, longest first."""
    ordered = sorted(words, key=lambda w: (-len(w), w))
    if not proper:
        return "(?:" + "|".join(re.escape(w).replace(r"\ ", " ").replace(r"\-", "-") for w in ordered) + ")"
    forms = [form for w in ordered for form in (w.title() if len(w) > 2 else w.capitalize(), w.upper())]
    return "(?-i:" + "|".join(re.escape(w).replace(r"\ ", " ").replace(r"\-", "-") for w in forms) + ")"


@cache
def number_pattern(language: str) -> str:
    """A regular expression for a number in digits or words, to be read with `numerals.parse_numerals`."""
    data = load(language, "numbers")
    words = {*data["small"], *data["hundred"]["words"], *data["scales"], *data["collectives"]}
    word = alternatives([w for w in words if len(w) > 1])
    first = alternatives([w for w in words if len(w) > 1 and not (w in data["scales"] and w.endswith("s"))])
    joiner = alternatives(data["joiner"]["words"])
    digits = r"\d{1,3}(?:[ .,’]\d{3})+(?![\d])|\d+(?:[.,]\d+)?"
    return rf"(?:(?<![\w.,])(?:{digits})|\b{first}(?:[ -](?:{joiner}[ -])?{word})*\b)"


@cache
def grammar(language: str, *topics: str) -> Grammar:
    """The grammar of one or more topics in a language: later topics see the parts and words of the earlier ones.

    Lists of rules named in `grouped` are parts too: any of their patterns. Only the rules of the last topic count.
    Raises `KeyError` for a language or a topic there is no data for.
    """
    parts: dict[str, str] = {"n": number_pattern(language), "length": f"{MASK}+"}
    words: dict[str, Mapping[str, Any]] = {}
    proper: set[str] = set()
    rules: list[dict[str, Any]] = []
    for topic in topics:
        data = load(language, topic)
        proper |= set(data.get("proper", ()))
        tables = {name: {fold(word): meaning for word, meaning in table.items()} for name, table in data.items()
                  if isinstance(table, dict) and name not in ("parts", "contexts")}
        words.update(tables)
        parts.update({k: alternatives(v, k in proper) for k, v in tables.items()})
        for name, pattern in data.get("parts", {}).items():
            parts[name] = fill(pattern, parts)
        for name, group in data.items():
            if name in data.get("grouped", ()):
                parts[name] = "(?:" + "|".join(anonymous(fill(r["match"], parts)) for r in group) + ")"
        rules = data.get("rules", [])
    compiled = tuple(Rule(r["use"], compile_pattern(r["match"], parts), r,
                          _needed(r, words), r.get("needs_digit", False)) for r in rules)
    return Grammar(language, compiled, words, parts)


def _needed(rule: Mapping[str, Any], words: Mapping[str, Mapping[str, Any]]) -> frozenset[str] | None:
    """The words of which one must stand in a text for a rule to match, or None where there is no such list."""
    if "needs_words" in rule:
        return frozenset(rule["needs_words"])
    if "needs" not in rule:
        return None
    names = [rule["needs"]] if isinstance(rule["needs"], str) else rule["needs"]
    return frozenset(found[0] for name in names for entry in words[name] if (found := _LETTERS.search(entry)))


def fill(pattern: str, parts: Mapping[str, str]) -> str:
    """The pattern with every `{name}` replaced by the part of that name."""
    return _PLACE.sub(lambda m: parts[m[1]], pattern)


def compile_pattern(pattern: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    """The pattern ready to search with: parts filled in, spaces of any width, bounded by word boundaries."""
    return re.compile(rf"(?<!\w)(?:{spaced(fill(pattern, parts))})(?!\w)", re.I)


def spaced(pattern: str) -> str:
    """The pattern with a space standing for any run of spaces, and an optional one for none as well."""
    return re.sub(r" (\??)", lambda m: " *" if m[1] else " +", pattern)


def hits(rules: tuple[Rule, ...], text: str, masked: str = "") -> Iterator[Hit]:
    """Every place where a rule matches a text that went through `plain`, overlaps included.

    `masked` is the same text with its lengths of time masked, for the rules that speak of them.
    """
    words = set(_LETTERS.findall(text.lower()))
    digits = any(c.isdigit() for c in text)
    lengths = MASK in masked
    for rule in rules:
        if (rule.needs is not None and rule.needs.isdisjoint(words)) or (rule.needs_digit and not digits):
            continue
        of_length = "length" in rule.regex.groupindex and MASK in rule.regex.pattern
        if of_length and not lengths:
            continue
        for match in rule.regex.finditer(masked if of_length else text):
            name: int | str = "span" if "span" in rule.regex.groupindex else 0
            yield Hit(rule, match, text, *match.span(name))


def longest(found: list[Hit]) -> list[Hit]:
    """Of overlapping hits the longest (the earlier rule where two are equal), in the order of the text."""
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda h: (h.start - h.end, h.start)):
        if hit.end > hit.start and all(hit.end <= k.start or hit.start >= k.end for k in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: h.start)
