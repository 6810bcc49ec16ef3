"""Decisions, baseline, policy and several outputs at once, as a user meets them on the command line."""
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from factcheck.model import LEAST, Article, Paragraph, Report
from tests.reporting.sample import FINDINGS, REPORT

FLAGGED = [f for f in FINDINGS if f.relation in ("contradiction", "variant")]
DATE = FINDINGS[0]


@pytest.fixture
def one(fake):
    """A pipeline that finds the contradiction of dates alone."""
    fake.report = replace(REPORT, findings=(DATE,))
    return fake


def test_a_dismissed_finding_is_neither_shown_nor_fails(run, one):
    assert run("check", "cimes").exit_code == 1
    assert run("decide", DATE.id[:6], "cimes", "--dismiss", "--reason", "two days", "--reviewer", "Ada").exit_code == 0
    result = run("check", "cimes")
    assert result.exit_code == 0 and "≠" not in result.stdout
    assert result.stderr == "factcheck: 1 finding dismissed or waived (--show-dismissed shows them)\n"
    shown = run("check", "cimes", "--show-dismissed", "-f", "csv")
    assert shown.exit_code == 0 and "dismissed by Ada (two days)" in " ".join(shown.stdout.split())


def test_what_is_accepted_or_resolved_stays_red_until_it_is_mended(run, one):
    run("decide", DATE.id, "cimes", "--accept")
    assert run("check", "cimes").exit_code == 1
    run("decide", DATE.id, "cimes", "--resolve", "2032-01-10")
    result = run("check", "cimes")
    assert result.exit_code == 1
    assert "2032-01-10 is right" in " ".join(run("check", "cimes", "-f", "markdown").stdout.split())


def test_only_an_answer_of_a_finding_can_be_right(run, one):
    result = run("decide", DATE.id, "cimes", "--resolve", "42 %")
    assert result.exit_code == 2 and "42 % is no answer of" in result.stderr
    assert not Path("claims").exists()


def test_a_decision_can_be_taken_back(run, one):
    run("decide", DATE.id, "cimes", "--dismiss")
    run("decide", DATE.id, "cimes", "--reopen")
    assert run("check", "cimes").exit_code == 1
    assert len(Path("claims/decisions.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_a_baseline_leaves_only_what_is_new_to_fail(run, fake):
    fake.report = replace(REPORT, findings=FINDINGS[1:])
    made = run("baseline", "cimes")
    assert made.exit_code == 0
    assert made.stderr == f"factcheck: claims/decisions.jsonl: {len(FLAGGED) - 1} findings added to the baseline\n"
    result = run("check", "cimes")
    assert result.exit_code == 0 and "Hélène Morel" in result.stdout
    fake.report = REPORT
    assert run("check", "cimes").exit_code == 1
    assert "1 finding added" in run("baseline", "cimes").stderr
    assert "0 findings added" in run("baseline", "cimes").stderr


def test_a_baseline_leaves_what_was_decided_as_it_is(run, one):
    run("decide", DATE.id, "cimes", "--accept")
    assert "0 findings added" in run("baseline", "cimes").stderr
    assert run("check", "cimes").exit_code == 1


@pytest.mark.parametrize("args", [[], ["--dismiss", "--accept"], ["--accept", "--resolve", "x"]])
def test_a_decision_is_one_of_them(run, one, args):
    assert run("decide", DATE.id, "cimes", *args).exit_code == 2
    assert not Path("claims").exists()


def test_an_unknown_finding_is_told_with_those_there_are(run, one):
    result = run("decide", "zzz", "cimes", "--dismiss")
    assert result.exit_code == 2 and "no finding starts with 'zzz'" in result.stderr


def test_decisions_stand_beside_the_settings_wherever_the_command_is_run(run, one, monkeypatch):
    Path("factcheck.toml").write_text('decisions = "kept/decided.jsonl"\n')
    Path("below").mkdir()
    monkeypatch.chdir("below")
    run("decide", DATE.id, "cimes", "--dismiss")
    assert (Path("..") / "kept" / "decided.jsonl").is_file()
    assert run("check", "cimes").exit_code == 0


def test_what_fails_can_be_chosen(run, fake):
    fake.report = replace(REPORT, findings=tuple(f for f in FINDINGS if f.relation in ("variant", "update")))
    assert run("check", "cimes").exit_code == 1
    assert run("check", "cimes", "--fail-on", "contradiction").exit_code == 0
    assert run("check", "cimes", "--fail-on", "contradiction,update").exit_code == 1
    assert run("check", "cimes", "--fail-on", "none").exit_code == 0
    assert run("check", "cimes", "--fail-on", "quarrel").exit_code == 2
    assert run("check", "cimes", "--fail-on", "update", "--relation", "variant").exit_code == 0


@pytest.mark.parametrize("args", [["--fail-on", ""], ["--fail-on", "none,variant"],
                                  ["--fail-on", "none", "--fail-on", "variant"], ["--min-confidence", "nan"]])
def test_what_can_mean_nothing_is_an_error(run, one, args):
    result = run("check", "cimes", *args)
    assert result.exit_code == 2 and result.stdout == ""
    assert len(re.findall("Error|factcheck: ", result.stderr)) == 1


def test_settings_that_can_mean_nothing_are_an_error_too(run, one):
    for text in ('fail-on = ["none", "variant"]', "min-confidence = nan"):
        Path("factcheck.toml").write_text(text)
        result = run("check", "cimes")
        assert result.exit_code == 2 and result.stdout == "" and "Traceback" not in result.stderr


def test_what_a_higher_confidence_hides_is_counted(run, one):
    hidden = run("check", "cimes", "--min-confidence", "1")
    assert hidden.exit_code == 0
    assert hidden.stderr == f"factcheck: 1 finding less certain than asked for (--min-confidence {LEAST} shows them)\n"


def three_ways() -> Report:
    """The report with a contradiction of three articles, each with an answer of its own."""
    values = tuple(replace(v, article=a.id, side=n)
                   for n, (v, a) in enumerate(zip(DATE.values[:3], REPORT.articles, strict=False)))
    return replace(REPORT, findings=(replace(DATE, values=values),))


def test_two_that_disagree_do_so_whatever_a_third_is_spared(run, one):
    one.report = three_ways()
    third = one.report.articles[2]
    Path("factcheck.toml").write_text(f'[paths."{third.path}"]\nfail-on = []\n')
    assert run("check", "cimes").exit_code == 1
    Path("factcheck.toml").write_text(f'[paths."{third.path}"]\nfail-on = []\n'
                                      f'[paths."{one.report.articles[1].path}"]\nfail-on = []\n')
    assert run("check", "cimes").exit_code == 1


def test_kinds_and_paths_have_settings_of_their_own(run, one):
    settings = Path("factcheck.toml")
    settings.write_text('[kinds.date]\nfail-on = ["none"]\n')
    assert run("check", "cimes").exit_code == 0
    settings.write_text('[kinds.date]\nmin-confidence = 0.99\n')
    assert "0 contradictions" in run("check", "cimes").stdout
    settings.write_text('[paths."cimes/vallee-info.md"]\nfail-on = "update"\n')
    assert run("check", "cimes").exit_code == 0
    settings.write_text('[paths."cimes/agence-*"]\nfail-on = []\n')  # two other articles say the same
    assert run("check", "cimes").exit_code == 1
    settings.write_text('[paths.cimes]\nfail-on = []\n[paths."cimes/vallee*"]\nfail-on = ["contradiction"]\n')
    assert run("check", "cimes").exit_code == 1


@pytest.mark.parametrize(("text", "complaint"), [
    ("[kinds.colour]\nfail-on = []", "there is no kind colour"),
    ("[kinds.date]\nfail_on = ['all']", "kinds.date.fail-on: all is not one of"),
    ("[paths.docs]\nmin-confidence = 3", "min-confidence must be a number from 0 to 1"),
    ("[paths.docs]\nfail = []", "unknown key fail"), ("paths = 1", "paths must be a table"),
    ("[paths]\ndocs = 1", 'paths."docs" must be a table')])
def test_a_mistake_in_them_is_told_in_a_line(run, one, text, complaint):
    Path("factcheck.toml").write_text(text)
    result = run("check", "cimes")
    assert result.exit_code == 2 and complaint in result.stderr and len(result.stderr.splitlines()) == 1


def saying(text: str, paragraphs: list[str]) -> Report:
    """The report with one article that says another day, which is made of some paragraphs."""
    value = replace(DATE.values[-1], start=text.index("dimanche"), end=text.index("dimanche") + 8)
    spans = tuple(Paragraph(text.index(p), text.index(p) + len(p)) for p in paragraphs)
    article = Article("vallee-info.md", "cimes/vallee-info.md", text, spans)
    articles = tuple(article if a.id == "vallee-info.md" else a for a in REPORT.articles)
    return replace(REPORT, articles=articles, findings=(replace(DATE, values=(*DATE.values[:-1], value)),))


@pytest.mark.parametrize(("text", "status"), [
    ("<!-- factcheck: ignore date -->\n{}\n", 0), ("<!-- factcheck: ignore date -->\n\n\n{}\n", 0),
    ("  <!-- factcheck: ignore date -->  \n<!-- factcheck: ignore money -->\n{}\n", 0),
    ("A word. <!-- factcheck: ignore date -->\n\n{}\n", 1), ("{}\n\n<!-- factcheck: ignore date -->\n", 1),
    ("<!-- factcheck: ignore date -->\n\nAnother paragraph.\n\n{}\n", 1)])
def test_a_waiver_on_a_line_of_its_own_holds_for_the_paragraph_after_it_however_it_is_wrapped(run, one, text, status):
    wrapped = "La cabine\ns'est immobilisée\nun dimanche\nd'hiver."
    text = text.format(wrapped)
    one.report = saying(text, [p for p in ("A word.", "Another paragraph.", wrapped) if p in text])
    assert run("check", "cimes").exit_code == status


def test_a_waiver_that_names_nothing_there_is_is_told(run, one):
    one.report = saying("<!-- factcheck: ignore dates -->\nC'est dimanche.\n", ["C'est dimanche."])
    result = run("check", "cimes")
    assert result.exit_code == 1
    assert result.stderr == ("factcheck: cimes/vallee-info.md:1: dates: no kind and no relation, so the comment waives "
                             "nothing\n")
    assert run("check", "cimes", "--quiet").stderr == ""


@pytest.mark.parametrize(("comment", "status"), [
    ("<!-- factcheck: ignore -->", 0), ("<!-- factcheck: ignore date -->", 0),
    ("<!--factcheck:ignore money, contradiction-->", 0), ("<!-- factcheck: ignore money -->", 1),
    ("<!-- factcheck: ignore everything -->", 1), ("<!-- a word -->", 1)])
def test_a_waiver_on_the_line_or_the_line_before_holds(run, one, comment, status):
    def told(text: str) -> int:
        one.report = saying(text, [line for line in text.splitlines() if "<!--" not in line])
        return run("check", "cimes").exit_code

    assert told(f"Start.\n{comment}\nC'est dimanche.\n") == status
    assert told(f"Start.\nC'est dimanche. {comment}\n") == status
    assert told(f"{comment}\nStart.\nC'est dimanche.\n") == 1
    assert told("Start.\nC'est dimanche.\n\n" + comment.replace("ignore", "ignore-file")) == status


def test_several_files_each_in_the_format_of_its_ending(run, fake):
    result = run("check", "cimes", "-o", "r.sarif", "-o", "r.xml", "-o", "r.md", "-o", "r.csv", "-o", "r.json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert json.loads(Path("r.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert json.loads(Path("r.json").read_text(encoding="utf-8"))["version"] == 1
    assert Path("r.xml").read_text(encoding="utf-8").startswith("<?xml")
    assert Path("r.md").read_text(encoding="utf-8").startswith("| Finding")
    assert Path("r.csv").read_text(encoding="utf-8").startswith("finding,relation")


def test_annotations_go_to_the_log_while_a_file_is_written(run, fake):
    result = run("check", "cimes", "-f", "github", "-o", "r.sarif")
    assert re.search(r"^::error file=cimes/vallee-info.md,line=1,", result.stdout, re.MULTILINE)
    assert Path("r.sarif").is_file()


def test_a_waiver_in_a_page_counts_by_the_lines_of_the_file(run, one):
    body = "C'est dimanche que la cabine s'est bloquée."

    def told(page: str) -> int:
        Path("cimes").mkdir(exist_ok=True)
        Path("cimes/vallee-info.html").write_text(page, encoding="utf-8")
        value = replace(DATE.values[-1], article="vallee-info.html", quote=body, start=body.index("dimanche"),
                        end=body.index("dimanche") + 8, quote_start=0)
        article = Article("vallee-info.html", "cimes/vallee-info.html", body, (Paragraph(0, len(body)),))
        one.report = replace(REPORT, articles=(*REPORT.articles, article),
                             findings=(replace(DATE, values=(*DATE.values[:-1], value)),))
        return run("check", "cimes").exit_code

    assert told(f"<html>\n<body>\n<!-- factcheck: ignore -->\n<p>{body}</p>\n") == 0
    assert told(f"<html>\n<!-- factcheck: ignore -->\n<body>\n<p>{body}</p>\n") == 1
    assert told(f"<html>\n<body>\n<p>{body}</p>\n<!-- factcheck: ignore-file date -->\n") == 0
    assert run("check", "cimes", "--no-waivers").exit_code == 1
