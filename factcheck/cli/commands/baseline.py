"""`factcheck baseline`: take what fails today as known, so that only what is new fails."""
from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import cloup

from factcheck.cli import console, options, policy_options


@cloup.command("baseline", short_help="Take today's findings as known.")
@options.paths()
@cloup.option_group("Decisions", policy_options.fail_on(), policy_options.min_confidence(), policy_options.decisions(),
                    policy_options.no_waivers())
@options.reading_group()
@cloup.option_group("Output", options.quiet())
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], fail_on: tuple[str, ...], min_confidence: float,
            decisions: Path | None, no_waivers: bool, quiet: bool, **reading: Any) -> None:
    """Write every finding that fails today to the decisions file as known: later runs still show it, and fail only on
    what is new.

    Exit status: 0, or 2 when something could not be read; what could be is taken all the same.
    """
    from factcheck.cli.run import judged, number_of, run_check
    from factcheck.review.decisions import OPEN, Decision, append_all
    from factcheck.review.places import places

    file = policy_options.decisions_file(ctx, decisions)
    report, errors = run_check(paths, quiet=quiet, **reading)
    policy = policy_options.policy_of(ctx, fail_on, min_confidence)
    report, standings = judged(report, policy, file, show_dismissed=True, quiet=quiet)
    added = append_all(file, [Decision(f.id, "baseline", question=f"{f.kind}: {f.question}", places=places(f))
                              for f in report.findings
                              if standings[f.id].fails and standings[f.id].state == OPEN])
    console.note(f"{file}: {number_of(len(added))} added to the baseline", quiet)
    ctx.exit(2 if errors else 0)
