"""The command line. Every module in `factcheck.cli.commands` is one command: its `command` is found and added here."""
from __future__ import annotations

import gc
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import click
import cloup

from factcheck import __version__
from factcheck.cli import commands
from factcheck.cli.console import complain
from factcheck.cli.defaults import default_map, load
from factcheck.errors import FactcheckError

HELP_OPTIONS = ["-h", "--help"]
# Language models are millions of objects that live as long as the process: looking through them for garbage at Python's
# usual pace is a tenth of a short run's time.
COLLECT = (50_000, 20, 100)
INTERRUPTED = 130  # as shells have it for a process ended by SIGINT


class Main(cloup.Group):
    """The group of all commands: gives them their defaults from the settings file, and says what went wrong."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command asked for; help and completion are not to fail on a broken settings file."""
        found = super().resolve_command(ctx, args)
        if not ctx.resilient_parsing and not set(args) & set(HELP_OPTIONS):
            ctx.obj = load(ctx.params.get("config"))
            ctx.default_map = default_map(self, ctx.obj)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a mistake of the user's becomes one line, Ctrl-C becomes silence."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")  # a letter the terminal lacks is no reason to stop
        gc.set_threshold(*COLLECT)
        try:
            return super().invoke(ctx)
        except FactcheckError as error:
            complain(str(error))
            ctx.exit(2)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)


_THEME = cloup.HelpTheme(heading=cloup.Style(bold=True), invoked_command=cloup.Style(bold=True),
                         col1=cloup.Style(fg="cyan"))
_SETTINGS = cloup.Context.settings(help_option_names=HELP_OPTIONS, max_content_width=100,
                                   formatter_settings=cloup.HelpFormatter.settings(theme=_THEME))


@cloup.group(cls=Main, context_settings=_SETTINGS)
@cloup.version_option(__version__, "-V", "--version", prog_name="factcheck", message="%(prog)s %(version)s")
@cloup.option("--config", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              help="Take the settings from this file, not from the nearest factcheck.toml or pyproject.toml.")
def main(config: Path | None) -> None:
    """Compare what several articles say of one event: where do they contradict each other?"""


for _module in iter_modules(commands.__path__):
    main.add_command(import_module(f"{commands.__name__}.{_module.name}").command)
