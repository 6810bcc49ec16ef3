"""The decisions file: nothing is lost, nothing is overwritten, the last word holds."""
from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.errors import FactcheckError, InputError
from factcheck.review.decisions import Decision, append, append_all, load

DECISION = st.builds(
    Decision, finding=st.sampled_from(["a1", "b2", "c3"]),
    decision=st.sampled_from(["dismissed", "accepted", "resolved", "baseline", "reopened"]),
    value=st.none() | st.text(), reason=st.text(), reviewer=st.text(min_size=1), time=st.just("2032-01-10T08:00:00Z"),
    places=st.lists(st.text(), max_size=2).map(tuple))


def test_no_file_means_nothing_decided(tmp_path: Path) -> None:
    decisions = load(tmp_path / "none.jsonl")
    assert decisions.state("a1") == "open"
    assert decisions.last("a1") is None


def test_a_decision_is_one_line_of_json_with_time_and_reviewer(tmp_path: Path) -> None:
    path = tmp_path / "claims" / "decisions.jsonl"
    append(path, Decision("a1", "dismissed", reason="two\nlines", reviewer="Ada"))
    (line,) = path.read_text(encoding="utf-8").splitlines()
    data = json.loads(line)
    assert data["finding"] == "a1" and data["decision"] == "dismissed"
    assert data["reason"] == "two\nlines" and data["reviewer"] == "Ada"
    assert data["time"].endswith("Z") and data["time"][10] == "T"


def test_the_last_decision_holds_and_the_earlier_ones_stay(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    append(path, Decision("a1", "dismissed", reason="a misprint"))
    append(path, Decision("b2", "resolved", value="2032-01-10"))
    append(path, Decision("a1", "reopened"))
    decisions = load(path)
    assert decisions.state("a1") == "open"
    assert decisions.state("b2") == "resolved"
    assert [d.decision for d in decisions.history("a1")] == ["dismissed", "reopened"]


@settings(max_examples=40, deadline=None)
@given(st.lists(DECISION, max_size=6))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, given_: list[Decision]) -> None:
    path = tmp_path_factory.mktemp("d") / "d.jsonl"
    for decision in given_:
        append(path, decision)
    assert load(path).lines == tuple(given_)
    assert load(path).damaged == ()


@settings(max_examples=40, deadline=None)
@given(st.lists(DECISION, min_size=1, max_size=4), st.integers(min_value=1), DECISION)
def test_a_crash_in_the_middle_of_a_write_costs_that_line_alone(
        tmp_path_factory: pytest.TempPathFactory, before: list[Decision], cut: int, after: Decision) -> None:
    path = tmp_path_factory.mktemp("d") / "d.jsonl"
    append_all(path, before)
    whole = path.stat().st_size
    append(path, after)
    kept = whole + 1 + cut % (path.stat().st_size - whole - 2)
    path.write_bytes(path.read_bytes()[:kept])
    assert load(path).lines == tuple(before)
    append(path, after)
    assert load(path).lines == (*before, after)


def test_a_torn_line_and_a_merge_conflict_are_told_by_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    good = '{"finding": "a1", "decision": "accepted"}'
    path.write_text(f'{good}\n<<<<<<< HEAD\n{{"finding": "b2", "deci\n[1]\n{good}\n\n', encoding="utf-8")
    decisions = load(path)
    assert decisions.damaged == (2, 3, 4)
    assert decisions.state("a1") == "accepted"


def _write_many(path: Path, who: str) -> None:
    for number in range(30):
        append(path, Decision(f"{who}{number}", "dismissed", reason="x" * 9000, reviewer=who))


def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_write_many, args=(path, who)) for who in "pq"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(30)
    decisions = load(path)
    assert not decisions.damaged
    assert {d.finding for d in decisions.lines} == {f"{who}{n}" for who in "pq" for n in range(30)}


def test_what_is_no_decision_is_refused() -> None:
    with pytest.raises(FactcheckError, match="no such decision"):
        Decision("a1", "ignored")
    with pytest.raises(FactcheckError, match="needs the id"):
        Decision("", "dismissed")


def test_a_place_that_cannot_be_written_is_told_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be written"):
        append(tmp_path, Decision("a1", "dismissed"))
    with pytest.raises(InputError, match="can't be read"):
        load(tmp_path)
