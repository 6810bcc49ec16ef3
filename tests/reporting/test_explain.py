import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.reporting import explain
from factcheck.reporting.style import Style
from factcheck.reporting.text import columns
from tests.reporting.sample import FINDINGS, REPORT


@pytest.mark.parametrize("width", [50, 80, 120])
@pytest.mark.parametrize("finding", FINDINGS, ids=lambda f: f.id)
def test_it_fits_and_names_every_source(finding, width):
    shown = explain.render(REPORT, finding, Style(width))
    assert max(map(columns, shown.splitlines())) <= width
    assert all(f"{v.article}:{v.line}" in shown for v in finding.values)


def test_the_value_is_underlined_in_its_paragraph():
    lines = explain.render(REPORT, FINDINGS[0], Style(80)).splitlines()
    carets = [i for i, line in enumerate(lines) if set(line.strip()) == {"│", "^", " "}]
    marked = [lines[i - 1][lines[i].index("^"):lines[i].rindex("^") + 1] for i in carets]
    assert marked == ["samedi 10 janvier", "samedi", "Le 10 janvier", "dimanche"]


def test_it_tells_how_a_value_was_worked_out_and_who_says_it():
    assert "“dimanche” → 2032-01-04, 2032-01-11, 2032-01-18 or 2032-01-25: a Sunday of the" in \
        explain.render(REPORT, FINDINGS[0], Style(80))
    assert "said by l'opposition" in explain.render(REPORT, FINDINGS[4], Style(80))


def test_it_tells_outlet_and_date():
    shown = explain.render(REPORT, FINDINGS[0], Style(100))
    assert "agence-alpine.txt:3 · Agence alpine · published 2032-01-10" in shown
    assert "radio-sommets.txt:1 · no date of publication" in shown


def test_the_evidence_adds_up_and_the_weightiest_comes_first():
    chart = explain.render(REPORT, FINDINGS[0], Style(100)).split("Why these")[1]
    weights = [float(w.replace("−", "-")) for w in re.findall(r"[+−]\d+\.\d\d", chart)]
    assert weights[:-1] == [2.31, 1.85, 1.4, -0.62] and weights[-1] == pytest.approx(sum(weights[:-1]))
    bars = [line.count("█") for line in chart.splitlines() if "█" in line]
    assert bars == sorted(bars, reverse=True)
    assert "= 99% likely" in chart


def test_colour_underlines_instead_of_carets():
    shown = explain.render(REPORT, FINDINGS[0], Style(80, colour=True))
    assert "\x1b[1;4msamedi 10 janvier\x1b[0m" in shown and "^" not in shown


def test_an_article_cannot_steer_the_terminal():
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", explain.render(REPORT, FINDINGS[6], Style(80)))


WORDS = st.lists(st.sampled_from(["un", "deux", "日本", "trois-quatre", "é", "a" * 30]), min_size=1, max_size=30)


@given(WORDS, st.data(), st.integers(8, 50))
def test_carets_stand_beneath_the_value_whatever_the_width(words, data, width):
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    lines = explain.underlined(text, start, end, width, Style())
    carets = sum(line.count("^") for line in lines if set(line) <= {"^", " "})
    letters = text[start:end].replace(" ", "")
    assert columns(letters) <= carets <= columns(text[start:end])
