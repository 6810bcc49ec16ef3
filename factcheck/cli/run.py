"""Running the pipeline for a command: progress on a terminal, one line for everything that can't be read."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factcheck.cli.console import complain, note, progress_bar
from factcheck.config import Settings
from factcheck.errors import FactcheckError, InputError
from factcheck.model import LEAST, Article, Report
from factcheck.policy import Policy, Standing

if TYPE_CHECKING:
    from factcheck.cache import Cache


def run_check(paths: Sequence[str], *, quiet: bool, language: str | None = None, fast: bool = False,
              encoder: str | None = None, nli: str | None = None, facts: Path | None = None, by_folder: bool = False,
              cache_dir: Path | None = None, no_cache: bool = False) -> tuple[Report, list[InputError]]:
    """Check the articles, as the options of `options.reading_group` say; what could not be read has been told on
    stderr and is handed back.

    Raises `FactcheckError` where no article could be read at all.
    """
    from factcheck import pipeline

    with progress_bar(quiet) as progress:
        report, errors = pipeline.check(paths, language=language, progress=progress,
                                        options=pipeline.Options(fast, encoder, by_folder=by_folder, nli=nli),
                                        cache=cache_at(cache_dir, no_cache), **({"facts": facts} if facts else {}))
    _tell(errors, report.articles)
    if len(report.articles) == 1:
        note(f"only one article ({report.articles[0].id}): it is compared with itself alone", quiet)
    return report, errors


def cache_at(folder: Path | None, none: bool) -> Cache | None:
    """The cache in a folder, by default the user's; or none."""
    if none:
        return None
    from factcheck.cache import Cache, default_folder

    return Cache(folder or default_folder())


def judged(report: Report, policy: Policy, decisions: Path, show_dismissed: bool,
           quiet: bool) -> tuple[Report, dict[str, Standing]]:
    """The findings certain enough, without those dismissed or waived unless they are asked for, and how each stands."""
    from factcheck.policy import certain, standings
    from factcheck.review.decisions import load
    from factcheck.review.waivers import misspelt

    made = load(decisions)
    for number in made.damaged:
        note(f"{decisions}:{number}: not a decision, passed over", quiet)
    for line in misspelt(report.articles) if policy.waivers else ():
        note(line, quiet)
    whole, report = report, certain(report, policy)
    asked = sum(f.confidence >= LEAST for f in whole.findings) - sum(f.confidence >= LEAST for f in report.findings)
    if asked:  # what the default hides is no news; what was asked for is
        note(f"{number_of(asked)} less certain than asked for (--min-confidence {LEAST} shows them)", quiet)
    found = standings(report, policy, made)
    hidden = [f for f in report.findings if found[f.id].hidden]
    if show_dismissed or not hidden:
        return report, found
    note(f"{number_of(len(hidden))} dismissed or waived (--show-dismissed shows them)", quiet)
    return replace(report, findings=tuple(f for f in report.findings if not found[f.id].hidden)), found


def settings_of_check(root: Path) -> tuple[Settings, dict[str, Any]]:
    """The settings at or above a folder, and the defaults they give the options of `factcheck check`."""
    from factcheck import config
    from factcheck.cli import main
    from factcheck.cli.defaults import default_map

    settings = config.find(root)
    return settings, default_map(main, settings)["check"]


def check_as_configured(paths: Sequence[str], root: Path) -> tuple[Report, dict[str, Standing], list[InputError]]:
    """What `factcheck check PATH...` finds with the settings at or above a folder, dismissed findings included: the
    report, how each finding stands, and what could not be read."""
    from factcheck.cli.policy_options import resolve_decisions
    from factcheck.model import FLAGGED
    from factcheck.pipeline import Options, check
    from factcheck.policy import policy_from
    from factcheck.reporting.counts import select

    settings, given = settings_of_check(root)
    policy = policy_from(settings.values, settings.path, given.get("fail_on", FLAGGED),
                         given.get("min_confidence", LEAST), not given.get("no_waivers", False))
    folder = given.get("cache_dir")
    report, errors = check(paths, language=given.get("language"),
                           options=Options(given.get("fast", False), given.get("encoder"),
                                           by_folder=given.get("by_folder", False), nli=given.get("nli")),
                           cache=cache_at(Path(folder) if folder else None, given.get("no_cache", False)),
                           facts=given.get("facts"))
    if not report.articles:
        raise errors[0] if errors else FactcheckError("there is no article to read")
    decisions = resolve_decisions(settings, given.get("decisions"))
    report, standings = judged(select(report, (), given.get("kinds", ())), policy, decisions, True, quiet=True)
    return report, standings, errors


def number_of(count: int) -> str:
    """`1 finding`, `3 findings`."""
    from factcheck.reporting.counts import number

    return number(count, "finding", "findings")


def read_articles(paths: Sequence[str], language: str | None) -> tuple[list[Article], list[InputError]]:
    """Read articles; errors are told and handed back as by `run_check`."""
    from factcheck.reading import read_all

    articles, errors = read_all(paths, language=language)
    _tell(errors, articles)
    return list(articles), errors


def _tell(errors: Sequence[InputError], articles: Sequence[Article]) -> None:
    """A line for each file that can't be read; raises `FactcheckError` where nothing was read at all."""
    for error in errors:
        complain(str(error))
    if not articles:
        raise FactcheckError("there is no article to read")
