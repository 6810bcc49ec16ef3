from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from factcheck import pipeline
from factcheck.cli import main
from factcheck.errors import InputError
from factcheck.model import Report
from tests.reporting.sample import REPORT

Run = Callable[..., Result]


@dataclass
class FakePipeline:
    """Stands in for the pipeline: hands out a report, and keeps what it was asked."""

    report: Report = REPORT
    errors: list[InputError] = field(default_factory=list)
    raises: BaseException | None = None
    asked: dict[str, Any] = field(default_factory=dict)

    def check(self, paths: Any, **options: Any) -> tuple[Report, list[InputError]]:
        self.asked = {"paths": paths} | options
        if self.raises:
            raise self.raises
        return self.report, self.errors


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakePipeline:
    stand_in = FakePipeline()
    monkeypatch.setattr(pipeline, "check", stand_in.check)
    return stand_in


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command line in an empty folder; its result has exit_code, stdout and stderr."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "100")
    return lambda *args: CliRunner().invoke(main, [str(a) for a in args], prog_name="factcheck",
                                            catch_exceptions=False)
