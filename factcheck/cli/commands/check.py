"""`factcheck check`: the discrepancy table of a set of articles."""
from __future__ import annotations

from pathlib import Path

import click
import cloup

from factcheck.cli import console, options
from factcheck.model import KINDS, RELATIONS, Report

FORMATS = ("table", "json", "jsonl", "csv", "markdown")
_FOR_PEOPLE = ("table", "markdown")
_ALL = "all"


@cloup.command("check", short_help="Show where the articles differ.")
@options.paths()
@cloup.option_group(
    "Findings",
    cloup.option("--relation", "relations", type=click.Choice([*RELATIONS, _ALL]), multiple=True, metavar="NAME",
                 help=f"Show only findings of this relation ({', '.join(RELATIONS)}, or {_ALL}); may be given more "
                      "than once. By default a table shows all but agreement, and a report for programs has all."),
    cloup.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True, metavar="NAME",
                 help=f"Only findings of this kind ({', '.join(KINDS)}); may be given more than once."),
    cloup.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, metavar="P", show_default=True,
                 help="Only findings at least this certain, from 0 to 1."))
@options.reading_group()
@cloup.option_group(
    "Output",
    cloup.option("-f", "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True,
                 help="How to show the findings."),
    options.output(), options.quiet())
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], relations: tuple[str, ...], kinds: tuple[str, ...],
            min_confidence: float, language: str | None, fast: bool, encoder: str | None, form: str,
            output: Path | None, quiet: bool) -> None:
    """Compare articles on one event, and show where they differ.

    Exit status: 0 when nothing is flagged, 1 when a contradiction or a variant is shown, 2 when something could not
    be done (a file that can't be read, say; the others are checked all the same).
    """
    from factcheck.cli.run import run_check
    from factcheck.reporting.counts import closing_line, flagged, select

    console.check_output(output)
    report, errors = run_check(paths, language=language, fast=fast, encoder=encoder, quiet=quiet)
    report = select(report, (), kinds, min_confidence)
    shown = select(report, _wanted(relations, form))
    console.emit(_render(report, shown, form, output), output)
    if output:
        console.note(f"{output}: {closing_line(report, shown.findings)}", quiet)
    ctx.exit(2 if errors else int(flagged(shown.findings)))


def _wanted(relations: tuple[str, ...], form: str) -> tuple[str, ...]:
    """The relations to show: those asked for, else what suits the format."""
    if _ALL in relations or (not relations and form not in _FOR_PEOPLE):
        return RELATIONS
    return relations or tuple(r for r in RELATIONS if r != "agreement")


def _render(report: Report, shown: Report, form: str, output: Path | None) -> str:
    if form == "table":
        from factcheck.reporting import table

        return table.render(report, shown, console.style(output))
    if form == "markdown":
        from factcheck.reporting import markdown

        return markdown.render(report, shown)
    from factcheck.reporting import csv_report, json_report, jsonl

    return {"json": json_report, "jsonl": jsonl, "csv": csv_report}[form].render(shown)
