"""Waivers: comments in an article that keep findings about a line, or about the whole file, from being told."""
from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from factcheck.model import KINDS, RELATIONS, Article, Finding
from factcheck.reporting.source import is_html, region, source_text

_WAIVER = re.compile(r"<!--\s*factcheck\s*:\s*(ignore(?:-file)?)\b([^>]*?)-->")


@dataclass(frozen=True)
class Waivers:
    """What an article waives: for the whole file, and line by line; an empty set means everything."""

    file: tuple[frozenset[str], ...]
    lines: Mapping[int, frozenset[str]]


def read_waivers(article: Article) -> Waivers:
    """The comments `<!-- factcheck: ignore [names] -->` and `ignore-file` of an article's file.

    A comment with a name that is no kind and no relation waives nothing.
    """
    text = source_text(article.path) if is_html(article) else article.text
    whole, lines = [], {}
    for match in _WAIVER.finditer(text):
        names = frozenset(re.findall(r"[a-z]+", match[2].lower()))
        if not names <= {*KINDS, *RELATIONS}:
            continue
        if match[1] == "ignore-file":
            whole.append(names)
        else:
            lines[text.count("\n", 0, match.end()) + 1] = names
    return Waivers(tuple(whole), lines)


def is_waived(finding: Finding, articles: Mapping[str, Article], waivers: Mapping[str, Waivers]) -> bool:
    """Whether all of one side is waived: with it gone, nothing disagrees."""
    if not any(w.file or w.lines for w in waivers.values()):
        return False

    def named(names: frozenset[str]) -> bool:
        return not names or finding.kind in names or finding.relation in names

    def holds(article: str, number: int) -> bool:
        own = waivers.get(article)
        if own is None or not (own.file or own.lines):
            return False
        if any(named(names) for names in own.file):
            return True
        place = region(finding.values[number], articles[article]) if own.lines else None
        return place is not None and any(line in own.lines and named(own.lines[line])
                                         for line in (place.line, place.line - 1))

    return finding.relation != "agreement" and one_side(finding, holds)


def one_side(finding: Finding, holds: Callable[[str, int], bool]) -> bool:
    """Whether something holds for all places of a side (article, number of the value)."""
    sides: dict[int, bool] = {}
    for number, value in enumerate(finding.values):
        sides[value.side] = sides.get(value.side, True) and holds(value.article, number)
    return any(sides.values())
