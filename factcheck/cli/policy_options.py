"""Options on what fails, and where decisions are kept, shared by the commands that judge a report."""
from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import click
import cloup

from factcheck import policy
from factcheck.cli.options import Decorator
from factcheck.config import Settings
from factcheck.model import FLAGGED, LEAST
from factcheck.review.decisions import FILE


class RelationsType(click.ParamType):
    """Relations with commas between: `contradiction,variant`."""

    name = "relations"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The names as they are, once each is known to be a relation that can fail."""
        try:
            policy.relations([value])
        except ValueError as error:
            self.fail(f"{error}.", param, ctx)
        return str(value)


class Share(click.FloatRange):
    """A number from 0 to 1. `nan` is in every range, and would hide everything."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number, if it is one."""
        number = float(super().convert(value, param, ctx))
        if math.isnan(number):
            self.fail(f"{value} is not a number from 0 to 1.", param, ctx)
        return number


def fail_on() -> Decorator:
    """Which relations fail."""
    return cloup.option(
        "--fail-on", type=RelationsType(), multiple=True, default=(",".join(FLAGGED),), show_default=True,
        metavar="NAMES", help=f"End with status 1 where a finding of these relations is shown "
                              f"({', '.join(policy.CAN_FAIL)}, with commas between; {policy.NEVER}: never).")


def min_confidence() -> Decorator:
    """How certain findings must be."""
    return cloup.option("--min-confidence", type=Share(0, 1), default=LEAST, metavar="P", show_default=True,
                        help="Only contradictions and variants at least this certain, from 0 to 1.")


def no_waivers() -> Decorator:
    """Whether comments in the articles count."""
    return cloup.option("--no-waivers", is_flag=True, help="Take no notice of waivers in the articles: for articles "
                        "that others write.")


def decisions() -> Decorator:
    """Where decisions are kept."""
    return cloup.option("--decisions", type=click.Path(path_type=Path), metavar="FILE", default=None,
                        help=f"What people decided is kept in this file ({FILE.as_posix()} beside the settings file, "
                             "by default).")


def decisions_file(ctx: click.Context, given: Path | None) -> Path:
    """The decisions file: as given, else beside the settings file, else in the working folder."""
    return resolve_decisions(_settings(ctx), given)


def resolve_decisions(settings: Settings, given: str | Path | None) -> Path:
    """The decisions file named, else the one beside the settings file."""
    return Path(given) if given else (settings.path.parent if settings.path else Path()) / FILE


def policy_of(ctx: click.Context, fail_on: tuple[str, ...], min_confidence: float) -> policy.Policy:
    """The policy the settings file and the options make together."""
    settings = _settings(ctx)
    return policy.policy_from(settings.values, settings.path, fail_on, min_confidence,
                              not ctx.params.get("no_waivers"))


def _settings(ctx: click.Context) -> Settings:
    return ctx.obj if isinstance(ctx.obj, Settings) else Settings()
