"""`factcheck explain`: one finding in full."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click
import cloup

from factcheck.cli import console, options
from factcheck.errors import FactcheckError
from factcheck.model import Finding

_LISTED = 12  # findings named where an id fits none of them


@cloup.command("explain", short_help="Show one finding in full.")
@cloup.argument("finding_id", metavar="ID", help="The finding's id, or as much of it as tells it from the others.")
@options.paths()
@options.reading_group()
@cloup.option_group("Output", options.quiet())
@click.pass_context
def command(ctx: click.Context, finding_id: str, paths: tuple[str, ...], quiet: bool, **reading: Any) -> None:
    """Show one finding in full: every value in its paragraph, how it was worked out, and why they are compared.

    ID stands under a finding's relation in the table, and in the reports.
    """
    from factcheck.cli.run import run_check
    from factcheck.reporting import explain

    report, errors = run_check(paths, quiet=quiet, **reading)
    console.emit(explain.render(report, pick(report.findings, finding_id), console.style(None)), None)
    ctx.exit(2 if errors else 0)


def pick(findings: Sequence[Finding], finding_id: str) -> Finding:
    """The finding whose id starts so. Raises `FactcheckError`, with what there is, for none or for several."""
    found = [f for f in findings if f.id.startswith(finding_id.lower())]
    exact = [f for f in found if f.id == finding_id]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not findings:
        raise FactcheckError("there are no findings to explain")
    what = f"{len(found)} findings start with" if found else "no finding starts with"
    raise FactcheckError(f"{what} {finding_id!r}: {listed(found or findings)}")


def listed(findings: Sequence[Finding]) -> str:
    """The first few findings by id and relation."""
    from factcheck.reporting.counts import short_ids

    ids = short_ids(findings)
    names = [f"{ids[f.id]} ({f.relation}, {f.kind})" for f in findings[:_LISTED]]
    return ", ".join(names) + (f" and {len(findings) - _LISTED} more" if len(findings) > _LISTED else "")
