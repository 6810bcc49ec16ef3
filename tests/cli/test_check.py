import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from factcheck.errors import FactcheckError, InputError
from factcheck.pipeline import Options
from tests.reporting.sample import FINDINGS, REPORT


def test_it_prints_the_table_and_says_that_something_is_flagged(run, fake):
    result = run("check", "cimes")
    assert result.exit_code == 1
    assert "≠ contradiction" in result.stdout and "Hélène Morel" in result.stdout
    assert result.stdout.endswith("6 articles: 3 contradictions, 2 variants, 1 update, 1 dispute, "
                                  "1 agreement. Not shown: agreements.\n")
    assert result.stderr == ""


def test_nothing_flagged_is_success(run, fake):
    fake.report = replace(REPORT, findings=tuple(f for f in FINDINGS if f.relation in ("update", "agreement")))
    assert run("check", "cimes").exit_code == 0


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_shown(run, fake):
    fake.errors = [InputError("b.txt", "is not a text file"), InputError("c/", "has no articles in it")]
    result = run("check", "cimes", "b.txt", "c/")
    assert result.exit_code == 2
    assert result.stderr == "factcheck: b.txt: is not a text file\nfactcheck: c/: has no articles in it\n"
    assert "Hélène Morel" in result.stdout


def test_no_article_at_all_is_a_failure(run, fake):
    fake.report, fake.errors = replace(REPORT, articles=(), findings=()), [InputError("x", "there is no such file")]
    result = run("check", "x", "--format", "json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == ["factcheck: x: there is no such file",
                                          "factcheck: there is no article to read"]


def test_one_article_is_checked_with_a_note(run, fake):
    fake.report = replace(REPORT, articles=REPORT.articles[:1], findings=())
    result = run("check", "agence-alpine.txt")
    assert result.exit_code == 0 and result.stderr.startswith("factcheck: only one article (agence-alpine.txt)")
    assert run("check", "agence-alpine.txt", "--quiet").stderr == ""


def test_by_default_a_table_leaves_agreement_out_and_json_has_it(run, fake):
    assert "= agreement" not in run("check", "cimes").stdout
    relations = [f["relation"] for f in json.loads(run("check", "cimes", "-f", "json").stdout)["findings"]]
    assert sorted(relations) == sorted(f.relation for f in FINDINGS)


def test_a_doubtful_update_stays_out_of_the_table_unless_it_is_asked_for_or_fails(run, fake):
    (update,) = (f for f in FINDINGS if f.relation == "update")
    doubtful = replace(update, id="0" * 16, confidence=0.1)
    fake.report = replace(REPORT, findings=(*FINDINGS, doubtful))
    table = run("check", "cimes").stdout
    assert table.count("↻ update") == 1 and "2 updates" in table
    assert " ".join(table.split()).endswith("Not shown: 1 less certain update, agreements.")
    assert run("check", "cimes", "--relation", "update").stdout.count("↻ update") == 2
    assert run("check", "cimes", "--fail-on", "update", "--min-confidence", "0").stdout.count("↻ update") == 2
    assert len(json.loads(run("check", "cimes", "-f", "json").stdout)["findings"]) == len(FINDINGS) + 1


def test_relations_can_be_chosen(run, fake):
    shown = run("check", "cimes", "--relation", "update", "--relation", "agreement")
    assert re.findall(r"^\S (\w+) ", shown.stdout, re.MULTILINE) == ["update", "agreement"]
    assert " ".join(shown.stdout.split()).endswith("Not shown: contradictions, variants, disputes.")
    assert shown.exit_code == 0
    assert "= agreement" in run("check", "cimes", "--relation", "all").stdout


def test_kind_and_confidence_narrow_what_is_found(run, fake):
    shown = run("check", "cimes", "--kind", "date", "--kind", "money", "--min-confidence", "0.9", "-f", "jsonl").stdout
    assert [json.loads(line)["kind"] for line in shown.splitlines()] == ["date"]


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "markdown", "table"])
def test_a_file_gets_what_the_terminal_would_get(run, fake, form, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    shown = run("check", "cimes", "-f", form)
    result = run("check", "cimes", "-f", form, "-o", "out.txt")
    assert Path("out.txt").read_bytes() == shown.stdout_bytes
    assert (result.stdout, result.exit_code) == ("", 1)
    assert result.stderr.startswith("factcheck: out.txt: 6 articles: 3 contradictions")
    assert [p.name for p in Path().iterdir()] == ["out.txt"]


def test_machine_formats_can_be_read(run, fake):
    assert json.loads(run("check", "cimes", "-f", "json").stdout)["version"] == 1
    assert len(list(csv.reader(io.StringIO(run("check", "cimes", "-f", "csv").stdout)))) == \
        1 + sum(len(f.values) for f in FINDINGS)


@pytest.mark.parametrize(("place", "complaint"), [
    ("none/out.json", "there is no folder none"), (".", "folder")])
def test_an_output_that_cannot_be_written_is_told_before_any_work(run, fake, place, complaint):
    result = run("check", "cimes", "-o", place)
    assert result.exit_code == 2 and complaint in result.stderr and fake.asked == {}


def test_an_output_that_is_no_file_is_written_to_and_stays_what_it_is(run, fake):
    assert run("check", "cimes", "-o", "/dev/null").exit_code == 1
    assert Path("/dev/null").is_char_device()


def test_an_output_behind_a_link_keeps_the_link_and_its_rights(run, fake):
    Path("real.txt").write_text("old")
    Path("real.txt").chmod(0o600)
    Path("link.txt").symlink_to("real.txt")
    run("check", "cimes", "-o", "link.txt")
    assert Path("link.txt").is_symlink() and "Morel" in Path("real.txt").read_text(encoding="utf-8")
    assert Path("real.txt").stat().st_mode & 0o777 == 0o600


def test_the_pipeline_gets_the_options(run, fake):
    run("check", "a.txt", "b.txt", "--lang", "fr", "--fast", "--encoder", "some/model", "--nli", "other/model")
    assert fake.asked["paths"] == ("a.txt", "b.txt") and fake.asked["language"] == "fr"
    assert fake.asked["options"] == Options(fast=True, encoder="some/model", nli="other/model")


@pytest.mark.parametrize("args", [
    ["check"], ["check", "x", "--lang", "tlh"], ["check", "x", "--relation", "quarrel"],
    ["check", "x", "--kind", "colour"], ["check", "x", "--min-confidence", "2"], ["check", "x", "-f", "pdf"],
    ["chekc", "x"]])
def test_a_wrong_use_is_told_with_status_2(run, fake, args):
    result = run(*args)
    assert result.exit_code == 2 and "Error: " in result.stderr and result.stdout == ""


def test_a_failure_is_one_line(run, fake):
    fake.raises = FactcheckError("the model\x1b[2J is damaged")
    result = run("check", "cimes")
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", "factcheck: the model is damaged\n")


def test_an_interrupt_ends_quietly(run, fake):
    fake.raises = KeyboardInterrupt()
    result = run("check", "cimes")
    assert (result.exit_code, result.output.strip()) == (130, "")
