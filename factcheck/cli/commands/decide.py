"""`factcheck decide`: a decision on one finding, from the command line."""
from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import cloup
from cloup.constraints import RequireExactly

from factcheck.cli import console, options, policy_options
from factcheck.cli.commands.explain import pick
from factcheck.errors import FactcheckError


@cloup.command("decide", short_help="Dismiss, accept or resolve a finding.")
@cloup.argument("finding_id", metavar="ID", help="The finding's id, or as much of it as tells it from the others.")
@options.paths()
@cloup.option_group(
    "Decision",
    cloup.option("--dismiss", is_flag=True, help="No discrepancy, or none that matters: don't show it again."),
    cloup.option("--accept", is_flag=True, help="A real discrepancy: go on showing it until the articles are mended."),
    cloup.option("--resolve", metavar="VALUE", help="A real discrepancy, and this is the right value."),
    cloup.option("--reopen", is_flag=True, help="Take back what was decided."),
    constraint=RequireExactly(1))
@cloup.option_group(
    "Record",
    cloup.option("--reason", default="", metavar="TEXT", help="Why, for the people who read it later."),
    cloup.option("--reviewer", default="", metavar="NAME", help="Who decides; the current user by default."),
    policy_options.decisions())
@options.reading_group()
@cloup.option_group("Output", options.quiet())
@click.pass_context
def command(ctx: click.Context, finding_id: str, paths: tuple[str, ...], dismiss: bool, accept: bool,
            resolve: str | None, reopen: bool, reason: str, reviewer: str, decisions: Path | None,
            quiet: bool, **reading: Any) -> None:
    """Write what you decide on a finding of these articles to the decisions file; the last decision holds.

    ID stands under a finding's relation in the table, and in the reports.
    """
    from factcheck.cli.run import run_check
    from factcheck.review.decisions import Decision, append
    from factcheck.review.places import places
    from factcheck.review.session import offered

    report, _ = run_check(paths, quiet=quiet, **reading)
    finding = pick(report.findings, finding_id)
    answers = [answer.value for answer in offered(finding)]
    if resolve is not None and resolve not in answers:
        raise FactcheckError(f"{resolve} is no answer of {finding.id}: it has {', '.join(answers)}")
    word = "dismissed" if dismiss else "accepted" if accept else "reopened" if reopen else "resolved"
    file = policy_options.decisions_file(ctx, decisions)
    made = append(file, Decision(finding.id, word, resolve, reason, reviewer,
                                 question=f"{finding.kind}: {finding.question}", places=places(finding)))
    console.note(f"{file}: {finding.id} {made.decision}", quiet)
