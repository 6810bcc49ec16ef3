"""The pytest plugin: `pytest --factcheck PATH` makes a test of every kind of fact in a folder of articles.

Nothing is imported and nothing is done unless the option, the setting `factcheck_paths` or the fixture asks for it.
"""
from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from factcheck.model import Finding, Report
    from factcheck.policy import Standing

READING = "reading"


@dataclass(frozen=True)
class Checked:
    """What `factcheck check` says of some paths: the report, how its findings stand, what could not be read."""

    report: Report
    standings: dict[str, Standing]
    errors: Sequence[Exception]


_CHECKED = pytest.StashKey[dict[tuple[str, ...], Checked]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option and the setting that name what to check."""
    group = parser.getgroup("factcheck", "factcheck: do articles contradict each other?")
    group.addoption("--factcheck", metavar="PATH", action="append", default=[],
                    help="check the articles in this file or folder against each other; may be given more than once")
    parser.addini("factcheck_paths", type="linelist", default=[],
                  help="files and folders of articles, each checked when pytest is run without paths of its own")


@pytest.hookimpl(tryfirst=True)  # before -k and -m choose among the items
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add a test for each kind of fact of each path asked for."""
    for path in _asked(config):
        apart = _folders(path, config.rootpath)
        for folder in (path, *apart):
            items.extend(Articles.from_parent(session, name=folder, nodeid=folder, asked=path, apart=apart).collect())


def _asked(config: pytest.Config) -> list[str]:
    """The paths of the option, and those of the setting unless the user named tests to run."""
    asked = [Path(p).as_posix() for p in config.getoption("factcheck")]
    if not asked and config.args_source != pytest.Config.ArgsSource.ARGS:
        asked = [(Path(p) if Path(p).exists() else config.rootpath / p).as_posix()
                 for p in config.getini("factcheck_paths")]
    asked = list(dict.fromkeys(asked))
    if missing := [p for p in asked if not Path(p).exists()]:
        raise pytest.UsageError(f"factcheck: {missing[0]}: no such file or folder")
    return asked


def _folders(path: str, root: Path) -> list[str]:
    """The folders of articles under a path, where the settings take each for an event of its own."""
    from factcheck.cli.run import settings_of_check
    from factcheck.errors import ConfigError
    from factcheck.reading import collect

    try:
        apart = settings_of_check(root)[1].get("by_folder", False)
    except ConfigError:
        return []  # the tests themselves tell it
    return sorted({file.parent.as_posix() for file, _ in collect([path])[0]} - {path}) if apart else []


class Articles(pytest.Collector):
    """A path of articles, or one of its folders: one test a kind, and for the path one for what can be read."""

    def __init__(self, *, asked: str, apart: Sequence[str], **keywords: Any) -> None:
        """`asked` is the path a person gave, `apart` the folders beneath it that have tests of their own."""
        super().__init__(**keywords)
        self.asked, self.apart = asked, apart

    def collect(self) -> Iterator[pytest.Item]:
        """The tests, always the same ones, so that xdist's workers agree; nothing is computed yet."""
        from factcheck.model import KINDS

        for name in (READING, *KINDS) if self.name == self.asked else KINDS:
            item = Facts.from_parent(self, name=name)
            item.add_marker(pytest.mark.xdist_group(f"factcheck {self.asked}"))  # one worker does all its work
            yield item


class Facts(pytest.Item):
    """The facts of one kind in some articles: fails where one fails the build, skipped where all such are dismissed."""

    def __init__(self, **keywords: Any) -> None:
        super().__init__(**keywords)
        self.extra_keyword_matches.add("factcheck")

    def runtest(self) -> None:
        """Fail with the findings of this kind that fail, or skip with the reasons why they don't."""
        assert isinstance(self.parent, Articles)
        checked = check(self.config, [self.parent.asked])
        if self.name == READING:
            if checked.errors:
                raise Discrepancies("\n".join(map(str, checked.errors)))
            return
        own = [f for f in checked.report.findings if f.kind == self.name and self._concerns(f, checked)]
        if failing := [f for f in own if checked.standings[f.id].fails]:
            raise Discrepancies(_told(failing, checked))
        if settled := [f for f in own if checked.standings[f.id].hidden or checked.standings[f.id].state == "baseline"]:
            pytest.skip("; ".join(f"{f.id} {checked.standings[f.id].note}" for f in settled))

    def _concerns(self, finding: Finding, checked: Checked) -> bool:
        """Whether a finding is on articles of this folder, or of none that has tests of its own."""
        assert isinstance(self.parent, Articles)
        paths = {a.id: Path(a.path).parent.as_posix() for a in checked.report.articles}
        places = {paths.get(v.article) for v in finding.values} & set(self.parent.apart)
        return self.parent.name in places if places else self.parent.name == self.parent.asked

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The findings, or the one line on what went wrong; a traceback for nothing but a fault of factcheck's own."""
        from factcheck.errors import FactcheckError

        if isinstance(excinfo.value, Discrepancies | FactcheckError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """What the report calls the test."""
        place = self.parent.name if self.parent else "."
        return Path(place), None, f"factcheck {place}: {self.name}"


class Discrepancies(Exception):
    """Findings that fail; its text shows them."""


def _told(findings: Sequence[Finding], checked: Checked) -> str:
    from factcheck.reporting.counts import percent
    from factcheck.reporting.words import in_columns, title

    articles = {a.id: a for a in checked.report.articles}
    parts = []
    for finding in findings:
        note = checked.standings[finding.id].note
        parts.append("\n".join([f"{title(finding)}  ({percent(finding.confidence)} certain, {finding.id})",
                                *([note] if note else []), in_columns(finding, articles), finding.reason]))
    return "\n\n".join(parts)


def check(config: pytest.Config, paths: Sequence[str]) -> Checked:
    """What `factcheck check` says of the paths with its settings file, once a session."""
    done = config.stash.setdefault(_CHECKED, {})
    key = tuple(paths)
    if key not in done:
        done[key] = _check(paths, config.rootpath)
    return done[key]


def _check(paths: Sequence[str], root: Path) -> Checked:
    from factcheck.cli.run import check_as_configured

    return Checked(*check_as_configured(paths, root))


@pytest.fixture(scope="session")
def factcheck_report(request: pytest.FixtureRequest) -> Callable[..., Report]:
    """A function that checks articles, once a session for the same paths: `factcheck_report("articles/")`.

    It gives the report without what was dismissed; without arguments, that on the paths pytest was asked to check.
    """
    from dataclasses import replace

    def report(*paths: str | Path) -> Report:
        checked = check(request.config, [Path(p).as_posix() for p in paths] or _asked(request.config))
        kept = [f for f in checked.report.findings if not checked.standings[f.id].hidden]
        return replace(checked.report, findings=tuple(kept))

    return report
