"""The pytest plugin, run in projects of its own, with a pipeline that hands out a report."""
from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from factcheck import pipeline
from factcheck.errors import InputError
from factcheck.review.decisions import Decision, append
from tests.reporting.sample import FINDINGS, REPORT

pytest_plugins = "pytester"
QUICK = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")
KINDS = 15  # a test a kind, and one for the reading


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A project with a folder of articles; the pipeline is asked once a run."""
    pytester.mkdir("cimes")
    asked: list[object] = []

    def check(paths: object, **options: object) -> object:
        asked.append(paths)
        assert len(asked) == 1, "checked more than once"
        return REPORT, []

    monkeypatch.setattr(pipeline, "check", check)
    return pytester


@pytest.fixture
def run(project: pytest.Pytester) -> Callable[..., pytest.RunResult]:
    return lambda *args: project.runpytest_inprocess(*QUICK, *args)


def test_a_contradiction_fails_with_both_quotes(run: Callable[..., pytest.RunResult]) -> None:
    result = run("--factcheck", "cimes")
    result.assert_outcomes(failed=5, passed=KINDS - 5)
    told = result.stdout.str()
    assert "Contradiction of date" in told and "97% certain" in told and FINDINGS[0].id in told
    side_by_side = [line for line in told.splitlines() if "“samedi" in line]
    assert any("“dimanche”" in line for line in side_by_side)
    assert "Traceback" not in told


def test_choosing_and_stopping_work(run: Callable[..., pytest.RunResult]) -> None:
    run("--factcheck", "cimes", "-k", "date").assert_outcomes(failed=1, deselected=KINDS - 1)


def test_the_first_failure_stops_where_asked(run: Callable[..., pytest.RunResult]) -> None:
    assert run("--factcheck", "cimes", "-x").parseoutcomes()["failed"] == 1


def test_what_is_dismissed_is_skipped_with_its_reason(project: pytest.Pytester,
                                                      run: Callable[..., pytest.RunResult]) -> None:
    append(project.path / "claims" / "decisions.jsonl",
           Decision(FINDINGS[0].id, "dismissed", reason="two days", reviewer="Ada"))
    result = run("--factcheck", "cimes", "-rs", "-k", "date")
    result.assert_outcomes(skipped=1, deselected=KINDS - 1)
    result.stdout.fnmatch_lines(["SKIPPED*dismissed by Ada (two days)*"])


def test_the_settings_decide_what_fails(project: pytest.Pytester, run: Callable[..., pytest.RunResult]) -> None:
    project.makepyprojecttoml('[tool.pytest.ini_options]\nfactcheck_paths = ["cimes"]\n'
                              '[tool.factcheck.check]\nfail-on = ["variant"]\n')
    run().assert_outcomes(failed=2, passed=KINDS - 2)


def test_naming_tests_leaves_the_settings_paths_out(project: pytest.Pytester,
                                                    run: Callable[..., pytest.RunResult]) -> None:
    project.makepyprojecttoml('[tool.pytest.ini_options]\nfactcheck_paths = ["cimes"]\n')
    project.makepyfile("def test_one(): pass")
    run(next(project.path.glob("test_*.py"))).assert_outcomes(passed=1)


def test_junit_xml_has_the_failures(project: pytest.Pytester, run: Callable[..., pytest.RunResult]) -> None:
    run("--factcheck", "cimes", "--junitxml", "out.xml")
    text = (project.path / "out.xml").read_text(encoding="utf-8")
    assert 'failures="5"' in text and "C'est dimanche" in text.replace("&#x27;", "'")


def test_the_fixture_hands_out_the_report(project: pytest.Pytester, run: Callable[..., pytest.RunResult]) -> None:
    project.makepyfile("""
        def test_no_variant_of_a_name(factcheck_report):
            report = factcheck_report("cimes")
            assert [f.question for f in report.findings if f.relation == "variant" and f.kind == "person"] == []

        def test_again(factcheck_report):
            assert len(factcheck_report("cimes").articles) == 6
    """)
    run().assert_outcomes(failed=1, passed=1)


def test_each_folder_has_tests_where_the_settings_say_so(project: pytest.Pytester,
                                                         run: Callable[..., pytest.RunResult]) -> None:
    (project.path / "cimes" / "deep").mkdir()
    for name in ("a.txt", "deep/b.txt"):
        (project.path / "cimes" / name).write_text("The cable car stopped on Saturday.", encoding="utf-8")
    (project.path / "factcheck.toml").write_text("by-folder = true\n", encoding="utf-8")
    result = run("--factcheck", "cimes", "-v")
    result.assert_outcomes(failed=5, passed=2 * KINDS - 1 - 5)  # all findings are on articles in the outer folder
    result.stdout.fnmatch_lines(["*cimes::date FAILED*", "*cimes/deep::date PASSED*"])


def test_a_path_written_in_two_ways_is_checked_once(project: pytest.Pytester,
                                                    run: Callable[..., pytest.RunResult]) -> None:
    project.makepyfile("def test_one(factcheck_report): assert factcheck_report('./cimes/').articles")
    result = run("--factcheck", "cimes/", "-v")
    result.assert_outcomes(failed=5, passed=KINDS - 5 + 1)
    result.stdout.fnmatch_lines(["*cimes::date*"])


def test_a_file_that_cannot_be_read_fails_the_reading(project: pytest.Pytester,
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "check", lambda paths, **_: (replace(REPORT, findings=()),
                                                               [InputError("cimes/x.txt", "not a text file")]))
    result = project.runpytest_inprocess(*QUICK, "--factcheck", "cimes")
    result.assert_outcomes(failed=1, passed=KINDS - 1)
    result.stdout.fnmatch_lines(["cimes/x.txt: not a text file"])


def test_a_path_that_is_not_there_is_a_wrong_use(run: Callable[..., pytest.RunResult]) -> None:
    result = run("--factcheck", "none")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "none: no such file or folder" in result.stderr.str() + result.stdout.str()


def test_xdist_shares_the_tests(project: pytest.Pytester) -> None:
    project.makeconftest("""
        from factcheck import pipeline
        from tests.reporting.sample import REPORT
        pipeline.check = lambda paths, **_: (REPORT, [])
    """)
    result = project.runpytest_subprocess("--factcheck", "cimes", "-n", "2", *QUICK)
    result.assert_outcomes(failed=5, passed=KINDS - 5)


def test_unless_asked_next_to_nothing_is_imported() -> None:
    code = ("import sys, pytest; pytest.main(['-q', '--co', '-p', 'no:cacheprovider', '--rootdir=/', '/dev/null']);"
            "print(*[m for m in sys.modules if m.partition('.')[0] in ('factcheck', 'click', 'spacy', 'numpy')])")
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert set(told.stdout.splitlines()[-1].split()) <= {"factcheck", "factcheck.pytest_plugin", "factcheck.errors",
                                                         "factcheck.model"}
