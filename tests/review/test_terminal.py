"""The review by plain prompts."""
from __future__ import annotations

import pytest
from click.testing import CliRunner

from factcheck.cli import main
from factcheck.model import FLAGGED as FLAGGED_RELATIONS
from factcheck.reporting.style import Style
from factcheck.review import decisions, terminal
from factcheck.review.decisions import Decision
from factcheck.review.places import places
from factcheck.review.session import Session
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


def typed_while(tmp_path, *steps):
    """Type lines; a callable among them stands for what somebody else does before the next line."""
    left = list(steps)
    output = []

    def ask(prompt):
        while left and callable(left[0]):
            left.pop(0)()
        if not left:
            raise EOFError
        return left.pop(0)

    session = Session(REPORT, tmp_path / "d.jsonl", "Alix")
    counts = terminal.review(session, FLAGGED_RELATIONS, Style(80), ask, output.append)
    return "".join(output), counts


def test_what_others_decide_meanwhile_is_told_and_not_overridden_unawares(tmp_path):
    def bo(number):
        return lambda: decisions.append(tmp_path / "d.jsonl", Decision(IDS[number], "dismissed", reviewer="Bo"))

    output, counts = typed_while(tmp_path, bo(0), bo(1), "a", "a", "a", "q")
    assert output.count("Bo has decided on it since: dismissed") == 2
    assert [(i, d) for i, d, _, _ in made(tmp_path)][2:] == [(IDS[0], "accepted"), (IDS[2], "accepted")]
    assert counts == (2, len(IDS) - 3)


def test_undo_leaves_what_others_decided_since(tmp_path):
    later = Decision(IDS[0], "dismissed", reviewer="Bo")
    output, _ = typed_while(tmp_path, "a", lambda: decisions.append(tmp_path / "d.jsonl", later), "u", "q")
    assert "nothing is undone" in output and made(tmp_path)[-1][1] == "dismissed"


def test_undo_gives_the_note_back(review, tmp_path):
    assert "at hand again: a slip" in review("n a slip", "d", "u", "a", "q")
    assert made(tmp_path)[-1][1:] == ("accepted", None, "a slip")


def test_what_was_decided_on_the_same_answers_counts_as_decided(review, tmp_path):
    decisions.append(tmp_path / "d.jsonl", Decision("another id", "dismissed", places=places(FLAGGED[0])))
    assert f"0 decisions, {len(IDS) - 1} left open" in review("q")


@pytest.mark.parametrize(("typed", "told"), [
    ("9", "there is no answer 9"), ("u", "nothing to undo"), ("what", "a real discrepancy"), ("o 7", "which article?"),
    ("o 3", "quatre heures dans le froid"), ("", "a real discrepancy")])
def test_a_line_that_decides_nothing(review, tmp_path, typed, told):
    assert told in review(typed, "q")
    assert made(tmp_path) == []


def test_an_article_can_do_nothing_to_the_terminal(review):
    assert "\x1b" not in review("o", "s", "s", "s", "s", "o 1", "q")
    assert "\x1b" not in review("o 1", "q", report=hostile())
