"""A review at work: a report, the decisions file beside it, and who decides."""
from __future__ import annotations

import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from factcheck.errors import FactcheckError
from factcheck.model import Finding, Report
from factcheck.reporting.reading_view import Answer, answers
from factcheck.reporting.text import clean
from factcheck.review import decisions
from factcheck.review.decisions import Decision, Decisions
from factcheck.review.places import holding_each, places

_LONGEST_NOTE = 4000
_SHOWN = ("decision", "value", "reason", "reviewer", "time")


@dataclass(frozen=True)
class Stamp:
    """What tells whether a file has changed: its time of change in nanoseconds and its size."""

    changed: int
    size: int

    def __str__(self) -> str:
        return f"{self.changed:x}-{self.size:x}"


@dataclass
class Session:
    """A report under review; `reviewer` is "" for whoever the system says is at work."""

    report: Report
    path: Path
    reviewer: str = ""
    _read: tuple[Stamp, Decisions] | None = field(default=None, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def finding(self, finding_id: str) -> Finding:
        """The finding of that id. Raises `FactcheckError`."""
        for found in self.report.findings:
            if found.id == finding_id:
                return found
        raise FactcheckError("no such finding")

    def stamp(self) -> Stamp:
        """The state the decisions file is in."""
        try:
            status = self.path.stat()
        except OSError:
            return Stamp(0, 0)
        return Stamp(status.st_mtime_ns, status.st_size)

    def decisions(self) -> Decisions:
        """All that was decided, by others too; the file is read again only when it has changed."""
        with self._lock:
            stamp = self.stamp()
            if self._read is None or self._read[0] != stamp:
                self._read = (stamp, decisions.load(self.path))
            return self._read[1]

    def decide(self, finding_id: str, decision: str, value: str | None = None, reason: str = "") -> Decision:
        """Add a decision to the file. Raises `FactcheckError` for one that makes no sense on that finding."""
        finding = self.finding(finding_id)
        if decision == "resolved" and value not in {a.value for a in offered(finding)}:
            raise FactcheckError("none of the finding's answers has that value")
        return decisions.append(self.path, Decision(
            finding.id, decision, value if decision == "resolved" else None, reason.strip()[:_LONGEST_NOTE],
            self.reviewer, question=f"{finding.kind}: {clean(finding.question)}", places=places(finding)))

    def holding(self) -> dict[str, dict[str, Any]]:
        """The decision that holds for each finding of the report that has one, as plain dictionaries."""
        found = holding_each(self.decisions(), self.report.findings)
        return {i: {key: getattr(d, key) for key in _SHOWN} for i, d in found.items()}


def offered(finding: Finding) -> tuple[Answer, ...]:
    """The answers a finding can be resolved with, counted from 1."""
    return tuple(a for side in answers(finding) for a in side)


def queue(findings: Iterable[Finding], relations: Collection[str]) -> list[Finding]:
    """The findings of some relations, the most certain first."""
    return sorted((f for f in findings if f.relation in relations), key=lambda f: -f.confidence)
