"""SARIF, JUnit and GitHub's workflow commands: valid for their readers, and telling what a person must know."""
from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Tree

import pytest
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as SarifLog

from factcheck.model import Article, FindingValue, Paragraph, Report
from factcheck.policy import Policy, Standing, standings
from factcheck.reporting import github, junit, sarif
from factcheck.reporting.source import region
from factcheck.review.decisions import Decision, Decisions
from tests.reporting.sample import FINDINGS, REPORT

DISMISSED = Decisions((Decision(FINDINGS[3].id, "dismissed", reason="two days apart", reviewer="Ada"),))
STANDINGS = standings(REPORT, Policy(), DISMISSED)


def run(report: Report = REPORT, stands: dict[str, Standing] = STANDINGS) -> dict[str, Any]:
    return json.loads(sarif.render(report, stands))["runs"][0]


def result(number: int) -> dict[str, Any]:
    return run()["results"][number]


# --- SARIF ---------------------------------------------------------------------------------------------------------

def test_sarif_fits_the_models_made_from_the_official_schema() -> None:
    SarifLog.model_validate_json(sarif.render(REPORT, STANDINGS))
    SarifLog.model_validate_json(sarif.render(replace(REPORT, findings=()), {}))


def test_every_result_has_its_rule() -> None:
    found = run()
    rules = found["tool"]["driver"]["rules"]
    assert {r["id"] for r in rules} == {f"{f.relation}-{f.kind}" for f in FINDINGS}
    for own in found["results"]:
        assert rules[own["ruleIndex"]]["id"] == own["ruleId"]


def test_the_odd_one_out_is_the_location_and_the_others_are_related() -> None:
    first = result(0)
    (place,) = first["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "cimes/vallee-info.md"
    assert place["physicalLocation"]["region"]["startLine"] == 1
    assert {r["physicalLocation"]["artifactLocation"]["uri"] for r in first["relatedLocations"]} == {
        "cimes/agence-alpine.txt", "cimes/le-courrier-des-cimes.html", "cimes/radio-sommets.txt"}


def test_links_in_the_message_lead_to_related_locations() -> None:
    for own in run()["results"]:
        linked = re.findall(r"(?<!\\)\]\((\d+)\)", own["message"]["text"])
        assert {int(n) for n in linked} <= {r["id"] for r in own.get("relatedLocations", [])}
    assert re.search(r"\]\(1\)", result(0)["message"]["text"])


def test_fingerprints_are_the_findings_ids() -> None:
    assert [r["partialFingerprints"]["factcheckFinding/v1"] for r in run()["results"]] == [f.id for f in FINDINGS]


def test_levels_follow_what_fails() -> None:
    levels = {f.id: r["level"] for f, r in zip(FINDINGS, run()["results"], strict=True)}
    assert levels[FINDINGS[0].id] == "error"
    assert levels[FINDINGS[2].id] == levels[FINDINGS[3].id] == "note"
    lenient = standings(REPORT, Policy(fail_on=frozenset()), Decisions())
    assert run(stands=lenient)["results"][0]["level"] == "warning"


def test_what_is_dismissed_is_suppressed_with_the_reason() -> None:
    suppressed = [r for r in run()["results"] if r["suppressions"]]
    assert [r["partialFingerprints"]["factcheckFinding/v1"] for r in suppressed] == [FINDINGS[3].id]
    assert "two days apart" in suppressed[0]["suppressions"][0]["justification"]
    assert "suppressions" not in run(stands={})["results"][0]


def test_paths_are_uris() -> None:
    uris = [a["location"]["uri"] for a in run()["artifacts"]]
    assert "cimes/agence-alpine.txt" in uris
    assert all(uri.isascii() for uri in uris)


def test_sarif_tools_reads_it(tmp_path: Path) -> None:
    (tmp_path / "report.sarif").write_text(sarif.render(REPORT, STANDINGS), encoding="utf-8")
    told = subprocess.run([sys.executable, "-m", "sarif", "csv", "report.sarif"], cwd=tmp_path, capture_output=True,
                          text=True, check=False, timeout=60)
    assert told.returncode == 0, told.stderr
    rows = next(tmp_path.glob("*.csv")).read_text(encoding="utf-8-sig")
    assert "contradiction-date" in rows and "cimes/vallee-info.md" in rows


# --- JUnit ---------------------------------------------------------------------------------------------------------

def test_junit_fails_what_fails_and_skips_what_is_dismissed() -> None:
    suite = Tree.fromstring(junit.render(REPORT, STANDINGS).encode()).find("testsuite")
    assert suite is not None
    failed = [c.get("name", "") for c in suite if c.find("failure") is not None]
    skipped = [c for c in suite if c.find("skipped") is not None]
    assert len(failed) == int(suite.get("failures", "")) == 4
    assert suite.get("tests") == str(len(FINDINGS))
    assert [c.get("classname") for c in skipped] == ["factcheck.outcome"]
    assert "two days apart" in (skipped[0][0].get("message") or "")


def test_a_failure_shows_every_quote_with_its_place() -> None:
    (failure, *_) = Tree.fromstring(junit.render(REPORT, STANDINGS).encode()).iter("failure")
    text = failure.text or ""
    for value in FINDINGS[0].values:
        assert value.quote in text
        assert f"{value.article}:{value.line}" in text


# --- GitHub --------------------------------------------------------------------------------------------------------

def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The workflow commands of an output, read as the runner reads them."""
    def plain(part: str) -> str:
        for code, sign in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            part = part.replace(code, sign)
        return part

    found = []
    for line in text.splitlines():
        if match := re.fullmatch(r"::(\w+) (.*?)::(.*)", line):
            properties = dict(p.split("=", 1) for p in match[2].split(","))
            found.append((match[1], {k: plain(v) for k, v in properties.items()}, plain(match[3])))
    return found


def test_each_side_is_marked_on_its_line() -> None:
    marked = [c for c in commands(github.render(REPORT, REPORT, STANDINGS)) if FINDINGS[0].id in c[2]]
    assert [(c[0], c[1]["file"], c[1]["line"]) for c in marked] == [
        ("error", "cimes/vallee-info.md", "1"), ("error", "cimes/agence-alpine.txt", "3")]
    assert "97% certain" in marked[0][2]


def test_in_a_workflow_paths_are_those_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path / "docs")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert "file=docs/cimes/vallee-info.md," in github.render(REPORT, REPORT, STANDINGS)
    assert '"uri": "docs/cimes/vallee-info.md"' in sarif.render(REPORT, STANDINGS)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "elsewhere"))
    assert "file=cimes/vallee-info.md," in github.render(REPORT, REPORT, STANDINGS)


def test_a_confidence_is_told_as_in_the_table() -> None:
    report = replace(REPORT, findings=(replace(FINDINGS[0], confidence=0.9366),))
    for told in (github.render(report, report, {}), junit.render(report, {FINDINGS[0].id: Standing(fails=True)})):
        assert re.search(r"\b93%(25)? certain", told) and "94%" not in told


def test_no_text_of_an_article_becomes_a_command_of_its_own() -> None:
    value = FindingValue("a,b:c.txt", "x", "x\n::error::owned", 0, 1, 1, "x%0A")
    hostile = replace(FINDINGS[0], question="a\r\n::warning file=x::y, %0A", reason="r\n::error::z",
                      values=(value, replace(value, side=1, text="y\n::set-output name=a::b")))
    article = Article("a,b:c.txt", "a,b:c.txt", "x", (Paragraph(0, 1),))
    lines = github.render(Report((article,), (hostile,)), Report((article,), (hostile,)), {}).splitlines()
    assert len(lines) == 3
    found = commands("\n".join(lines))
    assert len(found) == 2
    assert all(c[1]["file"] == "a,b:c.txt" and set(c[1]) <= {"file", "line", "endLine", "col", "endColumn", "title"}
               for c in found)


# --- places in HTML ------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("markup", [
    "<html><head><title>Twelve</title><style>p{}</style></head>\n<body>\n<p>Then <b>the cable</b> stopped,\n"
    "and&nbsp;<i>twelve people</i> waited.</p>\n",
    "<!-- twelve people -->\n\n<p>Then the cable stopped, and\ntwelve <a href='x'>people</a> waited.</p>"])
def test_a_value_is_found_in_the_markup(tmp_path: Path, markup: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(markup, encoding="utf-8")
    quote = "Then the cable stopped, and twelve people waited."
    article = Article("page.html", str(path), quote, (Paragraph(0, len(quote)),))
    at = quote.index("twelve")
    found = region(FindingValue("page.html", "twelve people", quote, at, at + 13, 1, "12 person"), article)
    assert found is not None
    lines = markup.splitlines()
    assert found.line == 4
    assert lines[found.line - 1][found.column - 1:].startswith("twelve")
    assert lines[found.end_line - 1][:found.end_column - 1].rstrip().endswith("people")


def test_a_page_that_no_longer_has_the_words_gives_no_line(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<p>Other words.</p>", encoding="utf-8")
    article = Article("page.html", str(path), "Ten came.", (Paragraph(0, 9),))
    assert region(FindingValue("page.html", "Ten", "Ten came.", 0, 3, 1, "10"), article) is None
