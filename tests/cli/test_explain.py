from dataclasses import replace

import pytest

from tests.reporting.sample import FINDINGS, REPORT


@pytest.mark.parametrize("finding_id", ["5d0c4be1f09a2277", "5d0c4", "5D0C4BE"])
def test_a_beginning_of_the_id_is_enough(run, fake, finding_id):
    result = run("explain", finding_id, "cimes")
    assert result.exit_code == 0 and "5d0c4be1f09a2277" in result.stdout
    assert "^^^^^^^^^^^^^^^^^" in result.stdout and "Why these answer one question" in result.stdout


def test_an_id_that_fits_several_is_told_with_those(run, fake):
    result = run("explain", "5d0c", "cimes")
    assert result.exit_code == 2
    assert result.stderr == ("factcheck: 2 findings start with '5d0c': 5d0c4b (contradiction, date), "
                             "5d0c99 (variant, person)\n")


def test_an_unknown_id_is_told_with_what_there_is(run, fake):
    result = run("explain", "abcdef", "cimes")
    assert result.exit_code == 2 and result.stdout == ""
    assert result.stderr.startswith("factcheck: no finding starts with 'abcdef': 5d0c4b (contradiction, date), ")
    assert result.stderr.count("(") == len(FINDINGS)


def test_without_findings_there_is_nothing_to_explain(run, fake):
    fake.report = replace(REPORT, findings=())
    assert run("explain", "abc", "cimes").stderr == "factcheck: there are no findings to explain\n"
