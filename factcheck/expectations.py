"""What must hold: facts a team writes down, which every article that answers the same question is held against.

A fact is a sentence with its value in brackets. The file becomes one more article whose only values are those in the
brackets: reading, linking and judging treat it like any other, and what disagrees with it is a finding.
"""
from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from factcheck.errors import ConfigError
from factcheck.languages import available
from factcheck.model import KINDS, Article, Claim, Finding, FindingValue, Paragraph
from factcheck.paths import fits
from factcheck.reading.detect import detect

_MARKED = re.compile(r"([^\[\]]*)\[([^\[\]]+)\]([^\[\]]*)")
_NAMES = {"person", "organization", "place"}
_ALONE = re.compile(r"; [^;]+ stands alone against \d+$")  # how `factcheck.judging.reason` tells it
_STANDS = "far apart in the articles"  # evidence of `factcheck.linking`
_KEYS = ("says", "kind", "paths", "language")


@dataclass(frozen=True)
class Expectation:
    """One fact: the span of its value in its article's text, its kind where given, and the paths it holds for (all,
    where there are none)."""

    start: int
    end: int
    says: str
    kind: str | None = None
    paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Expectations:
    """The facts of one file: an article for each language they are in, and each article's facts by its id."""

    path: str
    articles: tuple[Article, ...]
    facts: Mapping[str, tuple[Expectation, ...]]


NONE = Expectations("", (), {})


def load(path: Path) -> Expectations:
    """Read a file of facts; its lines are those of the articles made of it. Raises `ConfigError`, with the line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(f"{path}: can't be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    if unknown := set(data) - {"fact", "language"}:
        raise ConfigError(f"{path}: unknown key {', '.join(sorted(unknown))}: write each fact under [[fact]]")
    given = data.get("fact", [])
    if not isinstance(given, list) or not given:
        raise ConfigError(f"{path}: no fact in it: write each under [[fact]], with says = \"…[value]…\"")
    by_language: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    lines = _lines(text, len(given))
    for line, fact in zip(lines, given, strict=True):
        language = _checked(fact, data.get("language"), f"{path}:{line}")
        by_language.setdefault(language, []).append((line, fact))
    made = [_article(path, language, own, path.name if len(by_language) == 1 else f"{path.name} ({language})")
            for language, own in by_language.items()]
    return Expectations(str(path), tuple(a for a, _ in made), {a.id: facts for a, facts in made})


def _lines(text: str, count: int) -> list[int]:
    """The line on which each fact's sentence stands."""
    found = [text.count("\n", 0, m.start(1)) + 1 for m in re.finditer(r"^[ \t]*((?:says|\"says\")\s*=)", text, re.M)]
    return found if len(found) == count else [1] * count


def _checked(fact: Any, language: Any, where: str) -> str:
    """The language of a fact that makes sense."""
    if not isinstance(fact, dict) or not isinstance(fact.get("says"), str):
        raise ConfigError(f"{where}: a fact needs says = \"…[value]…\"")
    if unknown := set(fact) - set(_KEYS):
        raise ConfigError(f"{where}: unknown key {', '.join(sorted(unknown))}; known: {', '.join(_KEYS)}")
    if not _MARKED.fullmatch(fact["says"]):
        raise ConfigError(f"{where}: one value must stand in brackets, as in \"The bridge opened in [May 2031].\"")
    if fact.get("kind", KINDS[0]) not in KINDS:
        raise ConfigError(f"{where}: there is no kind {fact['kind']!r}; known: {', '.join(KINDS)}")
    paths = fact.get("paths", [])
    if not isinstance(paths, list) or not all(isinstance(p, str) for p in paths):
        raise ConfigError(f"{where}: paths must be a list of patterns")
    own = fact.get("language", language) or detect(fact["says"])
    if own is None:
        raise ConfigError(f"{where}: its language can't be told: add language = \"{available()[0]}\" or the like")
    if own not in available():
        raise ConfigError(f"{where}: unknown language {own!r}: known are {', '.join(available())}")
    return str(own)


def _article(path: Path, language: str, facts: Sequence[tuple[int, dict[str, Any]]],
             name: str) -> tuple[Article, tuple[Expectation, ...]]:
    """The facts in one language as an article, each sentence on its line of the file."""
    text, paragraphs, found = "", [], []
    for line, fact in sorted(facts, key=lambda f: f[0]):
        text += "\n" * (line - 1 - text.count("\n"))
        text += " " * bool(text and not text.endswith("\n"))
        says = re.sub(r"\s", " ", fact["says"])
        start, end = len(text) + says.index("["), len(text) + says.index("]") - 1
        paragraphs.append(Paragraph(len(text), len(text) + len(says) - 2))
        text += says.replace("[", "").replace("]", "")
        found.append(Expectation(start, end, says, fact.get("kind"), tuple(fact.get("paths", []))))
    return Article(name, str(path), text, tuple(paragraphs), language=language), tuple(found)


def claims(expectations: Expectations, extract: Callable[[Article], Iterable[Claim]]) -> dict[str, tuple[Claim, ...]]:
    """The claims of each article of facts, with the values in brackets alone. Raises `ConfigError` where there is none
    in them, or none of the kind given."""
    found = {}
    for article in expectations.articles:
        wanted = dict.fromkeys(expectations.facts[article.id], 0)
        kept = []
        for claim in extract(article):
            values = []
            for value in claim.values:
                for fact in wanted:
                    if value.start < fact.end and fact.start < value.end and _of_kind(value.kind, fact.kind):
                        values.append(value)
                        wanted[fact] += 1
            kept.append(replace(claim, values=tuple(dict.fromkeys(values))))
        for fact, number in wanted.items():
            if not number:
                kind = f"no {fact.kind}" if fact.kind else "no value"
                line = article.line(fact.start)
                raise ConfigError(f"{expectations.path}:{line}: {kind} can be read in the brackets of {fact.says!r}")
        found[article.id] = tuple(kept)
    return found


def _of_kind(kind: str, wanted: str | None) -> bool:
    """Whether a value can be of the kind a fact gives: what names what is a guess, so that any name is one."""
    return wanted is None or kind == wanted or {kind, wanted} <= _NAMES


def held_against(findings: Sequence[Finding], expectations: Expectations,
                 articles: Sequence[Article]) -> list[Finding]:
    """The findings with what is expected named in the reason, and every other answer marked as the odd one out.

    Where a fact's paths leave out all that it disagrees with, it has no part in the finding.
    """
    paths = {a.id: a.path for a in articles}
    found = []
    for finding in findings:
        expected = [v for v in finding.values if v.article in expectations.facts]
        others = [v for v in finding.values if v.article not in expectations.facts]
        if expected and not _concerned(expected, others, expectations, paths):
            finding, expected = replace(finding, values=tuple(others)), []
            if len({v.side for v in others}) < 2:
                continue
        found.append(_with_expected(finding, expected, expectations.path) if expected else finding)
    return found


def _concerned(expected: Sequence[FindingValue], others: Sequence[FindingValue], expectations: Expectations,
               paths: Mapping[str, str]) -> bool:
    """Whether a fact holds for any article that gives another answer than it."""
    right = {v.side for v in expected}
    patterns = [f.paths for v in expected for f in expectations.facts[v.article] if f.start < v.end and v.start < f.end]
    wrong, root = [v for v in others if v.side not in right] or others, Path(expectations.path).parent
    return any(not own or any(fits(paths.get(v.article, ""), p, root) for p in own) for own in patterns for v in wrong)


def _with_expected(finding: Finding, expected: Sequence[FindingValue], path: str) -> Finding:
    if finding.relation == "agreement":
        return finding
    right = {v.side for v in expected}
    values = tuple(replace(v, minority=v.side not in right) for v in finding.values)
    told = f"expected “{expected[0].text}” ({path}:{expected[0].line})"
    finding = _wherever_it_stands(finding)
    return replace(finding, values=values, reason=f"{told}: {_ALONE.sub('', finding.reason)}")


def _wherever_it_stands(finding: Finding) -> Finding:
    """The finding without what it counts for that values stand far apart: a list of facts is in no order of telling."""
    told = sum(e.weight for e in finding.evidence if e.name == _STANDS)
    if not told or not 0 < finding.confidence < 1:
        return finding
    odds = math.log(finding.confidence / (1 - finding.confidence)) - told
    return replace(finding, confidence=round(1 / (1 + math.exp(-odds)), 4),
                   evidence=tuple(e for e in finding.evidence if e.name != _STANDS))
