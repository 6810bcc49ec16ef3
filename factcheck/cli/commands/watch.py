"""`factcheck watch`: check again whenever an article changes, and tell what appeared and what went."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import cloup

from factcheck.cli import console, options, policy_options
from factcheck.cli.formats import render, shown
from factcheck.errors import FactcheckError
from factcheck.model import Finding, Report
from factcheck.policy import Standing


@cloup.command("watch", short_help="Check again on every change.")
@options.paths()
@cloup.option_group("Findings", policy_options.min_confidence(), policy_options.decisions())
@options.reading_group()
@cloup.option_group("Output", options.quiet())
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], min_confidence: float, decisions: Path | None, quiet: bool,
            **reading: Any) -> None:
    """Show the table, then check again whenever an article, the facts or a decision changes, and print the findings
    that appeared (+) and those that went (-). Ctrl-C ends it.

    Needs the package watchfiles: pip install 'factcheck[watch]'.
    """
    changes = _changes([*paths, *([str(reading["facts"])] if reading.get("facts") else [])],
                       file := policy_options.decisions_file(ctx, decisions))
    before: dict[str, Finding] | None = None
    for _ in changes:
        try:
            report, standings = _checked(ctx, paths, min_confidence, file, quiet, reading)
        except FactcheckError as error:
            if before is None:
                raise
            # Half a file, or none, while an editor writes it: the next change tells.
            console.complain(str(error))
            continue
        now = {f.id: f for f in report.findings if f.relation != "agreement"}
        if before is None:
            console.emit(render(report, shown(report, "table", (), standings), "table", standings, None), None)
        else:
            _tell(before, now, standings)
        before = now


def _checked(ctx: click.Context, paths: tuple[str, ...], min_confidence: float, decisions: Path, quiet: bool,
             reading: Mapping[str, Any]) -> tuple[Report, dict[str, Standing]]:
    from factcheck.cli.run import judged, run_check

    report, _ = run_check(paths, quiet=True, **reading)
    policy = policy_options.policy_of(ctx, (policy_options.policy.NEVER,), min_confidence)
    return judged(report, policy, decisions, show_dismissed=False, quiet=quiet)


def _tell(before: Mapping[str, Finding], now: Mapping[str, Finding], standings: Mapping[str, Standing]) -> None:
    """A line for each finding that went, then for each that appeared, and how many there are."""
    from factcheck.reporting.counts import number
    from factcheck.reporting.words import summary, title

    for key in [k for k in before if k not in now]:
        click.echo(f"- {title(before[key])}")
    for key in [k for k in now if k not in before]:
        click.echo(f"+ {title(now[key])}\n  {summary(now[key], standings.get(key, Standing()))}")
    click.echo(f"  {number(len(now), 'finding', 'findings')} now")


def _changes(paths: list[str], decisions: Path) -> Iterator[None]:
    """At once, then after every change under the paths or to the decisions."""
    try:
        from watchfiles import watch
    except ImportError as error:
        raise FactcheckError("watch needs the package watchfiles: pip install 'factcheck[watch]'") from error
    yield
    for changed in watch(*[p for p in (*paths, str(decisions.parent)) if Path(p).exists()], raise_interrupt=True):
        if any(_counts(Path(name), paths, decisions) for _, name in changed):
            yield


def _counts(changed: Path, paths: list[str], decisions: Path) -> bool:
    """Whether a changed file is one of those watched, and not a neighbour of the decisions file."""
    real = changed.resolve()
    return real == decisions.resolve() or any(real.is_relative_to(Path(p).resolve()) for p in paths)
