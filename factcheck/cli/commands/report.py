"""`factcheck report`: a saved JSON report in any other format."""
from __future__ import annotations

from pathlib import Path

import click
import cloup

from factcheck.cli import console, options, policy_options
from factcheck.cli.formats import FORMATS, format_of, render, shown
from factcheck.errors import FactcheckError, InputError
from factcheck.model import FLAGGED, KINDS, RELATIONS, Report

_ALL = "all"


@cloup.command("report", short_help="Show a saved report in another format.")
@cloup.argument("saved", metavar="SAVED", type=click.Path(path_type=Path),
                help="A report that `factcheck check --format json` has written.")
@cloup.option_group(
    "Findings",
    cloup.option("--relation", "relations", type=click.Choice([*RELATIONS, _ALL]), multiple=True, metavar="NAME",
                 help=f"Show only findings of this relation ({', '.join(RELATIONS)}, or {_ALL}); may be given more "
                      "than once."),
    cloup.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True, metavar="NAME",
                 help=f"Only findings of this kind ({', '.join(KINDS)}); may be given more than once."),
    policy_options.min_confidence())
@cloup.option_group(
    "Decisions", policy_options.decisions(),
    cloup.option("--show-dismissed", is_flag=True, help="Show what was dismissed or waived since, too."))
@cloup.option_group(
    "Output",
    cloup.option("-f", "--format", "form", type=click.Choice(list(FORMATS)), default="table", show_default=True,
                 help="How to show the findings on the terminal, and in a file whose ending tells no format."),
    options.output(), options.quiet())
@click.pass_context
def command(ctx: click.Context, saved: Path, relations: tuple[str, ...], kinds: tuple[str, ...],
            min_confidence: float, decisions: Path | None, show_dismissed: bool, form: str, output: Path | None,
            quiet: bool) -> None:
    """Show a report saved as JSON in another format. The articles are not read again: a saved report has the
    sentence of every value, and no more of their text."""
    from factcheck.cli.run import judged
    from factcheck.reporting.counts import closing_line, select

    console.check_output(output)
    policy = policy_options.policy_of(ctx, FLAGGED, min_confidence)
    report, standings = judged(select(_read(saved), (), kinds), policy,
                               policy_options.decisions_file(ctx, decisions), show_dismissed, quiet)
    name = format_of(output, form) if output else form
    seen = shown(report, name, RELATIONS if _ALL in relations else relations, standings)
    console.emit(render(report, seen, name, standings, output), output)
    if output:
        console.note(f"{output}: {closing_line(report, seen.findings)}", quiet)


def _read(saved: Path) -> Report:
    """The saved report. Raises `InputError` for a file that holds none."""
    from factcheck.reporting.json_report import report_from_json

    try:
        return report_from_json(saved.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(str(saved), f"can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(str(saved), "not a report of factcheck: it is no text in UTF-8") from error
    except FactcheckError as error:
        raise InputError(str(saved), str(error)) from error
