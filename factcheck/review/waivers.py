"""Waivers: comments in an article that keep findings about a line, or about the whole file, from being told."""
from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from factcheck.model import KINDS, RELATIONS, Article, Finding
from factcheck.reporting.source import is_html, region, source_text

_WAIVER = re.compile(r"<!--\s*factcheck\s*:\s*(ignore(?:-file)?)\b([^>]*?)-->")


@dataclass(frozen=True)
class Waivers:
    """What an article waives: for the whole file, and line by line; an empty set means everything. `unknown` are the
    comments that waive nothing, since they name what there is not: each with its line and the names."""

    file: tuple[frozenset[str], ...]
    lines: Mapping[int, tuple[frozenset[str], ...]]
    unknown: tuple[tuple[int, str], ...] = ()


def read_waivers(article: Article) -> Waivers:
    """The comments `<!-- factcheck: ignore [names] -->` and `ignore-file` of an article's file.

    A comment with a name that is no kind and no relation waives nothing.
    """
    whole, unknown = [], []
    lines: dict[int, tuple[frozenset[str], ...]] = {}
    text = source_text(article.path) if is_html(article) else article.text
    for match in _WAIVER.finditer(text):
        names = frozenset(re.findall(r"[a-z]+", match[2].lower()))
        if strange := names - {*KINDS, *RELATIONS}:
            unknown.append((_line(text, match.start()), ", ".join(sorted(strange))))
        elif match[1] == "ignore-file":
            whole.append(names)
        else:
            for line in _meant(article, text, match.start(), match.end()):
                lines[line] = (*lines.get(line, ()), names)
    return Waivers(tuple(whole), lines, tuple(unknown))


def _meant(article: Article, text: str, start: int, end: int) -> range:
    """The lines a comment is about: its own and the next; the paragraph that follows, where it has a line to itself."""
    own, last = _line(text, end), text.count("\n") + 1
    begin = text.rfind("\n", 0, start) + 1
    rest = text[end:].partition("\n")[0]
    if text[begin:start].strip() or rest.strip():
        return range(own, own + 2)
    if is_html(article):  # its paragraphs count into the extracted body: the next line with something in it
        after = text[end:]
        return range(own, min(last, own + after[:len(after) - len(after.lstrip())].count("\n")) + 1)
    following = next((p for p in article.paragraphs if p.end > end), None)
    return range(own, (_line(text, following.end) if following else own) + 1)


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def misspelt(articles: Iterable[Article]) -> list[str]:
    """A line for each comment of the articles that waives nothing, since it names no kind and no relation."""
    return [f"{a.path}:{line}: {names}: no kind and no relation, so the comment waives nothing"
            for a in articles for line, names in read_waivers(a).unknown]


def is_waived(finding: Finding, articles: Mapping[str, Article], waivers: Mapping[str, Waivers]) -> bool:
    """Whether a side is waived whole, and with it gone nothing disagrees."""
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
        return place is not None and any(named(names) for names in own.lines.get(place.line, ()))

    return finding.relation != "agreement" and settles(finding, holds)


def settles(finding: Finding, holds: Callable[[str, int], bool]) -> bool:
    """Whether something holds for all places of a side (article, number of the value), and no two sides are left
    without those it holds for: two that disagree go on to, whatever a third says."""
    sides: dict[int, bool] = {}
    for number, value in enumerate(finding.values):
        sides[value.side] = sides.get(value.side, True) and holds(value.article, number)
    return any(sides.values()) and sum(not held for held in sides.values()) < 2
