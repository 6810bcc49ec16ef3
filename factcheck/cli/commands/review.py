"""`factcheck review`: a person decides on the findings, on a page in the browser or in the terminal."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import cloup

from factcheck.cli import console, options, policy_options
from factcheck.model import FLAGGED, Report
from factcheck.policy import Standing

if TYPE_CHECKING:
    from factcheck.review.session import Session


@cloup.command("review", short_help="Decide on the findings one by one.")
@options.paths()
@cloup.option_group("Findings", policy_options.min_confidence())
@cloup.option_group(
    "Decisions",
    cloup.option("--reviewer", default="", metavar="NAME", help="Who decides; the current user by default."),
    policy_options.decisions())
@cloup.option_group(
    "Page",
    cloup.option("--terminal", is_flag=True, help="Review here in the terminal; no page is served."),
    cloup.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
                 help="Serve the page at this address. Any other than a loopback address lets other machines reach "
                      "it, over plain HTTP, if they know the token."),
    cloup.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N",
                 help="Serve the page at this port; by default at one that is free."),
    cloup.option("--no-browser", is_flag=True, help="Print the page's address, and don't open a browser."))
@options.reading_group()
@cloup.option_group("Output", options.quiet())
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], min_confidence: float, reviewer: str,
            decisions: Path | None, terminal: bool, host: str, port: int, no_browser: bool, quiet: bool,
            **reading: Any) -> None:
    """Decide on the findings one by one: a real discrepancy, dismissed, or resolved with one of the answers.

    Decisions go to the decisions file at once, where `factcheck check` honours them; Ctrl-C ends the review.
    """
    from factcheck.cli.run import judged, run_check
    from factcheck.review.session import Session

    file = policy_options.decisions_file(ctx, decisions)
    report, errors = run_check(paths, quiet=quiet, **reading)
    report, standings = judged(report, policy_options.policy_of(ctx, FLAGGED, min_confidence), file, True, quiet)
    session = Session(_without_waived(report, standings), file, reviewer)
    if terminal:
        _in_terminal(session, quiet)
    else:
        from factcheck.review.serve import serve

        serve(session, host=host, port=port, browser=not no_browser, tell=_tell(quiet))
    ctx.exit(2 if errors else 0)


def _without_waived(report: Report, standings: dict[str, Standing]) -> Report:
    """The report without the findings that a comment in an article waives."""
    return replace(report, findings=tuple(f for f in report.findings if standings[f.id].state != "waived"))


def _tell(quiet: bool) -> Callable[[str], None]:
    def tell(address: str) -> None:
        """The address is the command's result; how to end it, a note."""
        console.note("the review page is served at this address, until Ctrl-C:", quiet)
        click.echo(address)

    return tell


def _in_terminal(session: Session, quiet: bool) -> None:
    from factcheck.reporting.counts import number
    from factcheck.review.terminal import review

    def ask(prompt: str) -> str:
        try:
            return str(click.prompt(prompt, default="", show_default=False))
        except click.Abort as error:
            raise EOFError from error

    decided, left = review(session, FLAGGED, console.style(None), ask, lambda text: console.emit(text, None))
    console.note(f"{session.path}: {number(decided, 'decision', 'decisions')}, {left} left open", quiet)
