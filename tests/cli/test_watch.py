"""`factcheck watch`, with changes played to it."""
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from factcheck.errors import InputError
from factcheck.review.decisions import Decision, append
from tests.reporting.sample import FINDINGS, REPORT


@pytest.fixture
def play(monkeypatch, fake):
    """Plays changes: each is a step that is done before a change of a file is told."""
    def given(*steps) -> None:
        def watch(*paths: str, **_: object) -> Iterator[set[tuple[int, str]]]:
            for step in steps:
                yield {(1, str(Path(step() or "cimes/a.txt").resolve()))}

        monkeypatch.setattr("watchfiles.watch", watch)

    return given


def test_it_shows_the_table_then_what_appeared_and_what_went(run, fake, play):
    Path("cimes").mkdir()
    fake.report = replace(REPORT, findings=FINDINGS[:1])

    def other() -> None:
        fake.report = replace(REPORT, findings=FINDINGS[1:2])

    play(other, lambda: None)
    lines = run("watch", "cimes").stdout.splitlines()
    assert any("≠ contradiction" in line for line in lines)
    told = [line for line in lines if line[:1] in "+-" and line[1:2] == " "]
    assert told == ["- Contradiction of date: la cabine du Brévoux s'est immobilisée [quand ?]",
                    "+ Variant of person: [qui ?] dirige la régie"]
    assert lines[-1] == "  1 finding now"


def test_a_decision_makes_a_finding_go(run, fake, play):
    Path("cimes").mkdir()
    fake.report = replace(REPORT, findings=FINDINGS[:1])

    def decide() -> str:
        append("claims/decisions.jsonl", Decision(FINDINGS[0].id, "dismissed"))
        return "claims/decisions.jsonl"

    play(decide)
    assert "- Contradiction of date" in run("watch", "cimes").stdout


def test_a_file_that_cannot_be_read_for_a_moment_does_not_end_it(run, fake, play):
    Path("cimes").mkdir()

    def broken() -> None:
        fake.raises = InputError("cimes/a.txt", "an empty file")

    def mended() -> None:
        fake.raises, fake.report = None, replace(REPORT, findings=())

    play(broken, mended)
    result = run("watch", "cimes")
    assert result.exit_code == 0 and "an empty file" in result.stderr
    assert "0 findings now" in result.stdout


def test_other_files_beside_the_decisions_are_passed_over(run, fake, play):
    Path("cimes").mkdir()
    play(lambda: "elsewhere/notes.txt")
    assert "now" not in run("watch", "cimes").stdout.splitlines()[-1]
