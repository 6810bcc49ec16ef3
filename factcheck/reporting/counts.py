"""Which findings to show, and how many there are of each relation."""
from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from factcheck.model import FLAGGED, RELATIONS, Finding, Report

PLURALS = {"contradiction": "contradictions", "variant": "variants", "update": "updates", "dispute": "disputes",
           "agreement": "agreements"}


def select(report: Report, relations: Collection[str] = (), kinds: Collection[str] = (),
           min_confidence: float = 0.0) -> Report:
    """The report with only the findings that are asked for, the most certain first, and agreements after all that
    differs; nothing named means all."""
    kept = [f for f in report.findings
            if (not relations or f.relation in relations) and (not kinds or f.kind in kinds)
            and f.confidence >= min_confidence]
    return replace(report, findings=tuple(sorted(kept, key=lambda f: (f.relation == "agreement", -f.confidence))))


def flagged(findings: Iterable[Finding]) -> bool:
    """Whether anything among the findings needs an editor's eye: a contradiction or a variant."""
    return any(f.relation in FLAGGED for f in findings)


def number(count: int, one: str, many: str) -> str:
    """A count with its noun: `1 article`, `3 articles`."""
    return f"{count} {one if count == 1 else many}"


def percent(share: float) -> str:
    """A probability in whole per cent, rounded down: nothing short of certain shows as 100%."""
    return f"{int(share * 100 + 1e-9)}%"


def closing_line(report: Report, shown: Sequence[Finding]) -> str:
    """One line that counts the articles and every relation among the report's findings, shown or not."""
    counts = Counter(f.relation for f in report.findings)
    parts = [number(counts[relation], relation, PLURALS[relation]) for relation in RELATIONS]
    left = {r: counts[r] - sum(f.relation == r for f in shown) for r in RELATIONS}
    hidden = [PLURALS[r] if left[r] == counts[r] else number(left[r], f"less certain {r}", f"less certain {PLURALS[r]}")
              for r in RELATIONS if left[r]]
    line = f"{number(len(report.articles), 'article', 'articles')}: {', '.join(parts)}."
    return f"{line} Not shown: {', '.join(hidden)}." if hidden else line


def short_ids(findings: Sequence[Finding], least: int = 6) -> dict[str, str]:
    """Each finding's id cut to the shortest beginning (of `least` characters or more) that no other one has."""
    ids = [f.id for f in findings]
    size = least
    while len({i[:size] for i in ids}) < len(set(ids)):
        size += 1
    return {i: i[:size] for i in ids}
