"""`factcheck check`: the discrepancy table of a set of articles."""
from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import cloup
from click.core import ParameterSource

from factcheck.cli import console, options, policy_options
from factcheck.cli.formats import FORMATS, format_of, render, shown
from factcheck.model import KINDS, RELATIONS

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
    policy_options.min_confidence())
@cloup.option_group(
    "Decisions", policy_options.fail_on(), policy_options.decisions(), policy_options.no_waivers(),
    cloup.option("--show-dismissed", is_flag=True, help="Show what was dismissed or waived, too."))
@options.reading_group()
@cloup.option_group(
    "Output",
    cloup.option("-f", "--format", "form", type=click.Choice(list(FORMATS)), default="table", show_default=True,
                 help="How to show the findings on the terminal, and in files whose ending tells no format."),
    options.outputs(), options.quiet())
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], relations: tuple[str, ...], kinds: tuple[str, ...],
            min_confidence: float, fail_on: tuple[str, ...], decisions: Path | None, show_dismissed: bool,
            no_waivers: bool, form: str, outputs: tuple[Path, ...], quiet: bool, **reading: Any) -> None:
    """Compare articles on one event, and show where they differ.

    Exit status: 0 when nothing shown fails, 1 when a contradiction or a variant is shown (or what --fail-on names)
    that nobody dismissed, 2 when something could not be done (a file that can't be read, say; the others are checked
    all the same).
    """
    from factcheck.cli.run import judged, run_check
    from factcheck.reporting.counts import closing_line, select

    for output in outputs:
        console.check_output(output)
    policy = policy_options.policy_of(ctx, fail_on, min_confidence)
    report, errors = run_check(paths, quiet=quiet, **reading)
    report, standings = judged(select(report, (), kinds), policy, policy_options.decisions_file(ctx, decisions),
                               show_dismissed, quiet)
    wanted = RELATIONS if _ALL in relations else relations
    for target, name in _targets(outputs, form, ctx.get_parameter_source("form") == ParameterSource.COMMANDLINE):
        seen = shown(report, name, wanted, standings)
        console.emit(render(report, seen, name, standings, target), target)
        if target:
            console.note(f"{target}: {closing_line(report, seen.findings)}", quiet)
    failing = select(report, wanted).findings
    ctx.exit(2 if errors else int(any(standings[f.id].fails for f in failing)))


def _targets(outputs: tuple[Path, ...], form: str, asked: bool) -> list[tuple[Path | None, str]]:
    """Where to write, and in which format; the terminal gets its format where no file takes it."""
    files: list[tuple[Path | None, str]] = [(output, format_of(output, form)) for output in outputs]
    if not files or (asked and form not in [name for _, name in files]):
        return [(None, form), *files]
    return files
