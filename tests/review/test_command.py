"""`factcheck review` and `factcheck report` on the command line."""
from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from factcheck.cli import main
from factcheck.reporting.json_report import render as to_json
from factcheck.review import decisions
from factcheck.review.decisions import Decision
from tests.reporting.sample import ARTICLES, FINDINGS, REPORT

SERVE = """
import sys
import factcheck.cli.run
from factcheck.cli import main
from tests.reporting.sample import REPORT
factcheck.cli.run.run_check = lambda *paths, **options: (REPORT, [])
main(["review", "somewhere", "--no-browser", "--decisions", sys.argv[1]])
"""


def test_the_page_is_served_until_interrupted(tmp_path):
    with subprocess.Popen([sys.executable, "-c", SERVE, str(tmp_path / "d.jsonl")], stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.PIPE, cwd=Path(__file__).parents[2],
                          # Run in a shell's background, tests inherit that interrupts are ignored.
                          preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)) as process:
        try:
            address = process.stdout.readline()
            with urllib.request.urlopen(address.strip(), timeout=20) as page:  # once it answers, it is served
                assert page.status == 200
            process.send_signal(signal.SIGINT)
            _, complaints = process.communicate(timeout=20)
        finally:
            process.kill()
    assert address.startswith("http://127.0.0.1:") and "/?token=" in address
    assert process.returncode == 0 and "Traceback" not in complaints
    assert "Ctrl-C" in complaints


@pytest.fixture
def session(monkeypatch, tmp_path):
    """The session and the options that `factcheck review` would serve a report with."""
    def serve_with(report, *arguments):
        served = {}
        monkeypatch.setattr("factcheck.cli.run.run_check", lambda *paths, **options: (report, []))
        monkeypatch.setattr("factcheck.review.serve.serve", lambda session, **options: served.update(
            options, session=session))
        result = CliRunner().invoke(main, ["review", "somewhere", "--decisions", str(tmp_path / "d.jsonl"), *arguments])
        assert result.exit_code == 0, result.output
        return served

    return serve_with


def test_dismissed_findings_are_there_to_be_reopened_and_waived_ones_are_not(session, tmp_path):
    decisions.append(tmp_path / "d.jsonl", Decision(FINDINGS[1].id, "dismissed"))
    waived = replace(ARTICLES[3], text=ARTICLES[3].text + "\n<!-- factcheck: ignore-file date -->\n")
    report = replace(REPORT, articles=(*ARTICLES[:3], waived, *ARTICLES[4:]))
    ids = [f.id for f in session(report)["session"].report.findings]
    assert FINDINGS[1].id in ids and FINDINGS[0].id not in ids


def test_what_is_asked_is_what_check_shows_unless_told_otherwise(session):
    doubtful = replace(FINDINGS[0], id="0123456789ab", confidence=0.1)
    report = replace(REPORT, findings=(*FINDINGS, doubtful))
    assert doubtful not in session(report)["session"].report.findings
    assert doubtful in session(report, "--min-confidence", "0")["session"].report.findings


def test_loopback_unless_told_otherwise(session):
    assert session(REPORT)["host"] == "127.0.0.1"
    assert session(REPORT, "--host", "0.0.0.0", "--port", "8765")["port"] == 8765


def test_an_address_that_can_t_be_had_is_one_line(monkeypatch, tmp_path):
    monkeypatch.setattr("factcheck.cli.run.run_check", lambda *paths, **options: (REPORT, []))
    result = CliRunner().invoke(main, ["review", "x", "--host", "192.0.2.1", "--no-browser", "--decisions",
                                       str(tmp_path / "d.jsonl")])
    assert result.exit_code == 2
    assert result.output.startswith("factcheck: can't serve the review page at 192.0.2.1:0: ")
    assert result.output.count("\n") == 1


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "report.json"
    path.write_text(to_json(REPORT), encoding="utf-8")
    return path


def report(*arguments):
    return CliRunner().invoke(main, ["report", *map(str, arguments)])


@pytest.mark.parametrize(("form", "told"), [
    ("table", "samedi 10 janvier"), ("json", '"version": 1'), ("jsonl", "5d0c4be1f09a2277"),
    ("csv", "finding,relation"),
    ("html", "<!doctype html>"), ("markdown", "| Finding |"), ("sarif", "$schema"), ("junit", "<testsuite")])
def test_a_saved_report_in_any_format(saved, form, told):
    result = report(saved, "--format", form)
    assert result.exit_code == 0, result.output
    assert told in result.output


def test_a_saved_report_comes_back_as_it_was(saved):
    again, first = json.loads(report(saved, "--format", "json").stdout), json.loads(saved.read_text(encoding="utf-8"))
    assert again["articles"] == first["articles"]
    in_order = sorted(first["findings"], key=lambda f: (f["relation"] == "agreement", -f["confidence"]))
    assert again["findings"] == in_order


def test_the_ending_of_the_output_tells_the_format(saved, tmp_path):
    target = tmp_path / "page.html"
    assert report(saved, "--output", target, "--quiet").output == ""
    assert target.read_text(encoding="utf-8").lstrip().startswith("<!doctype html>")


def test_what_was_dismissed_since_is_left_out(saved, tmp_path):
    path = tmp_path / "d.jsonl"
    decisions.append(path, Decision(FINDINGS[0].id, "dismissed"))
    assert FINDINGS[0].id not in report(saved, "--format", "jsonl", "--decisions", path).stdout
    assert FINDINGS[0].id in report(saved, "--format", "jsonl", "--decisions", path, "--show-dismissed").stdout


@pytest.mark.parametrize(("content", "told"), [
    (None, "can't be read"), (b"", "not a report"), (b"[]", "not a report"), (b'{"version": 9}', "version"),
    (b"\xff\xfe{}", "UTF-8")])
def test_a_file_that_is_no_report(tmp_path, content, told):
    path = tmp_path / "saved.json"
    if content is not None:
        path.write_bytes(content)
    result = report(path)
    assert result.exit_code == 2 and told in result.output
    assert result.output.startswith(f"factcheck: {path}: ") and result.output.count("\n") == 1
