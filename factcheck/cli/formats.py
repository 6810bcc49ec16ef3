"""The formats a report can be written in: their names, the endings that choose them, and what each shows by default."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from factcheck.cli import console
from factcheck.model import LEAST_UPDATE, RELATIONS, Report
from factcheck.policy import Standing


@dataclass(frozen=True)
class Format:
    """A format's name, the endings of files written in it, and whether it shows agreement unless told otherwise."""

    name: str
    endings: tuple[str, ...] = ()
    agreement: bool = True


FORMATS = {f.name: f for f in (
    Format("table", agreement=False), Format("json", (".json",)), Format("jsonl", (".jsonl",)),
    Format("csv", (".csv",)), Format("html", (".html", ".htm")),
    Format("markdown", (".md", ".markdown"), agreement=False),
    Format("sarif", (".sarif", ".sarif.json"), agreement=False), Format("junit", (".xml",)),
    Format("github", agreement=False))}


def format_of(output: Path, otherwise: str) -> str:
    """The format a file's ending asks for, the longest ending first."""
    endings = {ending: f.name for f in FORMATS.values() for ending in f.endings}
    fitting = [e for e in endings if output.name.lower().endswith(e)]
    return endings[max(fitting, key=len)] if fitting else otherwise


def shown(report: Report, form: str, relations: tuple[str, ...], standings: Mapping[str, Standing]) -> Report:
    """The findings a format shows: of the relations asked for, else of those it shows by default; those who read it
    want no agreement there, and no doubtful update that nobody asked to fail."""
    from factcheck.reporting.counts import select

    if relations or FORMATS[form].agreement:
        return select(report, relations)
    told = select(report, tuple(r for r in RELATIONS if r != "agreement"))
    sure = tuple(f for f in told.findings if f.relation != "update" or f.confidence >= LEAST_UPDATE
                 or (f.id in standings and standings[f.id].fails))
    return replace(told, findings=sure)


def render(report: Report, shown: Report, form: str, standings: Mapping[str, Standing], output: Path | None) -> str:
    """The shown findings of a report in a format."""
    if form in ("sarif", "junit"):
        from factcheck.reporting import junit, sarif

        return {"sarif": sarif, "junit": junit}[form].render(shown, standings)
    if form == "github":
        from factcheck.reporting import github

        return github.render(report, shown, standings)
    if form in ("json", "jsonl"):
        from factcheck.reporting import json_report, jsonl

        return {"json": json_report, "jsonl": jsonl}[form].render(shown)
    shown = _noted(shown, standings)
    if form == "table":
        from factcheck.reporting import table

        return table.render(report, shown, console.style(output))
    if form == "html":
        from factcheck.reporting import html

        return html.render(report, shown)
    from factcheck.reporting import csv_report, markdown

    return markdown.render(report, shown) if form == "markdown" else csv_report.render(shown)


def _noted(shown: Report, standings: Mapping[str, Standing]) -> Report:
    """The findings with what was decided on them after the reason."""
    notes = {f.id: standings[f.id].note for f in shown.findings if f.id in standings and standings[f.id].note}
    return replace(shown, findings=tuple(
        replace(f, reason=f"{f.reason.rstrip('.')} — {notes[f.id]}") if f.id in notes else f for f in shown.findings))
