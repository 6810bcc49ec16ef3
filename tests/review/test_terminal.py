"""The review by plain prompts."""
from __future__ import annotations

import pytest
from click.testing import CliRunner

from factcheck.cli import main
from factcheck.review import decisions
from factcheck.review.decisions import Decision
from tests.reporting.sample import REPORT
from tests.review.pages import FLAGGED, hostile

IDS = [f.id for f in FLAGGED]


@pytest.fixture
def review(monkeypatch, tmp_path):
    """Run `factcheck review --terminal` on a report, with lines typed; gives what it printed."""
    def run(*typed: str, report=REPORT):
        monkeypatch.setattr("factcheck.cli.run.run_check", lambda *args, **options: (report, []))
        result = CliRunner().invoke(main, ["review", "somewhere", "--terminal", "--reviewer", "Alix", "--decisions",
                                           str(tmp_path / "d.jsonl")], input="".join(f"{line}\n" for line in typed))
        assert result.exit_code == 0, result.output
        return result.output

    return run


def made(tmp_path):
    return [(d.finding, d.decision, d.value, d.reason) for d in decisions.load(tmp_path / "d.jsonl").lines]


def test_a_whole_review(review, tmp_path):
    output = review("a", "n a slip of the pen", "1", "s", "d", "d")
    assert made(tmp_path) == [(IDS[0], "accepted", None, ""),
                              (IDS[1], "resolved", "Hélène Maurel", "a slip of the pen"),
                              (IDS[3], "dismissed", None, ""), (IDS[4], "dismissed", None, "")]
    assert "samedi 10 janvier" in output and "4 decisions, 1 left open" in output


def test_undo_shows_the_finding_again_and_reopens_it(review, tmp_path):
    output = review("d", "u", "a", "q")
    assert [decision for _, decision, _, _ in made(tmp_path)] == ["dismissed", "reopened", "accepted"]
    assert output.count(REPORT.findings[0].question) == 2


def test_what_is_decided_already_is_not_asked_again(review, tmp_path):
    decisions.append(tmp_path / "d.jsonl", Decision(IDS[0], "accepted", reviewer="Bo"))
    output = review("q")
    assert REPORT.findings[0].question not in output and "dirige la régie" in output
    assert "0 decisions, 4 left open" in output


@pytest.mark.parametrize(("typed", "told"), [
    ("9", "there is no answer 9"), ("u", "nothing to undo"), ("what", "a real discrepancy"), ("o 7", "which article?"),
    ("o 3", "quatre heures dans le froid"), ("", "a real discrepancy")])
def test_a_line_that_decides_nothing(review, tmp_path, typed, told):
    assert told in review(typed, "q")
    assert made(tmp_path) == []


def test_an_article_can_do_nothing_to_the_terminal(review):
    assert "\x1b" not in review("o", "s", "s", "s", "s", "o 1", "q")
    assert "\x1b" not in review("o 1", "q", report=hostile())
