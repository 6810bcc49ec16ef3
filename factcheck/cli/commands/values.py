"""`factcheck values`: what one sentence yields, a window on `factcheck.values`."""
from __future__ import annotations

import sys
from typing import Any

import click
import cloup

from factcheck.cli import console, options
from factcheck.model import Article, Paragraph, PartialDate


@cloup.command("values", short_help="Show the values in a text.")
@cloup.argument("text", metavar="TEXT", help="A sentence or more; - reads them from standard input.")
@cloup.option_group(
    "Reading", options.language(),
    cloup.option("--published", type=options.DateType(), metavar="DATE",
                 help="Take the text to be published then: 2021-01-15, 2021-01 or 2021."))
@cloup.option_group(
    "Output",
    cloup.option("-f", "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
                 help="How to show the values."))
def command(text: str, language: str | None, published: PartialDate | None, form: str) -> None:
    """Show the values in a text: what kind each is of, where it stands, and what it denotes."""
    from factcheck.reporting.json_report import dumps

    found = _values(sys.stdin.read() if text == "-" else text, language, published)
    console.emit(dumps(found, indent=2) + "\n" if form == "json" else _table(found), None)


def _values(text: str, language: str | None, published: PartialDate | None) -> list[dict[str, Any]]:
    """Every value of a text, as it would be found in an article made of it."""
    from factcheck import pipeline
    from factcheck.reading.detect import detect
    from factcheck.reporting.claims_jsonl import value_to_dict

    if not text.strip():
        return []
    found = language or detect(text)
    if found is None:
        console.note("the language of the text can't be told: it is taken for English; --lang names another", False)
    article = Article("text", "-", text, (Paragraph(0, len(text)),), published=published, language=found or "en")
    values = sorted((v for claim in pipeline.extract(article) for v in claim.values),
                    key=lambda v: (v.start, v.end, v.kind))
    told = [value_to_dict(v) for v in values]  # values that differ in nothing that is told here are told once
    return [value for number, value in enumerate(told) if value not in told[:number]]


def _table(found: list[dict[str, Any]]) -> str:
    """The values as a table, or a line that says there are none."""
    from tabulate import tabulate

    from factcheck.reporting.text import clean

    if not found:
        return "No values.\n"
    rows = [[v["kind"], clean(v["text"]), clean(v["value"]), f"{v['start']}–{v['end']}"] for v in found]
    return tabulate(rows, ["Kind", "Text", "Value", "Span"], tablefmt="simple", disable_numparse=True) + "\n"
