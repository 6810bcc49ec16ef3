"""`factcheck models`: the models installed, and the bundled encoder as a folder for other programs."""
from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import cloup

from factcheck.cli import console, options

if TYPE_CHECKING:
    from factcheck.inventory import Installed


@cloup.group("models", short_help="List the models, or export the encoder.", invoke_without_command=True)
@cloup.option("-f", "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
              help="How to show the list.")
@click.pass_context
def command(ctx: click.Context, form: str) -> None:
    """List the models that factcheck runs on: what each is for, its size, and whether its files are whole.

    Exit status: 0, or 2 when a model is missing or damaged.
    """
    if ctx.invoked_subcommand:
        return
    from dataclasses import asdict

    from factcheck.inventory import BROKEN, inventory
    from factcheck.reporting.json_report import dumps

    found = inventory()
    console.emit(dumps([asdict(m) for m in found], indent=2) + "\n" if form == "json" else _table(found), None)
    broken = [m for m in found if m.state in BROKEN]
    for model in broken:
        console.complain(f"{model.name}: {model.state}: {model.detail}; install it anew")
    ctx.exit(2 if broken else 0)


@command.command("export", short_help="Write the bundled encoder as a folder.")
@cloup.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
                help="Where to write it: a folder that is new or empty.")
@cloup.option("--force", is_flag=True, help="Write into a folder that isn't empty: files of the same names are "
                                            "replaced, others are left.")
@options.quiet()
def export(folder: Path, force: bool, quiet: bool) -> None:
    """Write the bundled encoder (multilingual-e5-small) as an ordinary folder of sentence-transformers, some 480 MB.

    Other programs load it, a GPU runs it, and it can be trained further; --encoder DIR then compares sentences with
    it. Writing it needs no PyTorch.
    """
    from factcheck.linking.export import export_encoder

    export_encoder(folder, force)
    console.note(f"{folder}: the encoder multilingual-e5-small; --encoder takes this folder", quiet)


def _table(found: Sequence[Installed]) -> str:
    """The models as a table, and whether other models can be run."""
    from tabulate import tabulate

    from factcheck.inventory import has_extra

    rows = [[m.name, m.purpose, m.version, f"{m.size / 1e6:.1f} MB", m.state] for m in found]
    table = tabulate(rows, ["Model", "What for", "Version", "Size", "Files"], tablefmt="simple", disable_numparse=True,
                     colalign=("left", "left", "left", "right", "left"))
    others = "can be loaded" if has_extra() else "need: pip install 'factcheck[models]'"
    return f"{table}\n\nOther models (--encoder, --nli) {others}.\n"
