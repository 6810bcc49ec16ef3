import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.model import RELATIONS, Report
from factcheck.reporting import table
from factcheck.reporting.counts import closing_line, flagged, percent, select, short_ids
from factcheck.reporting.style import Style
from factcheck.reporting.text import columns
from tests.reporting.sample import FINDINGS, REPORT

FLAGGED = select(REPORT, [r for r in RELATIONS if r != "agreement"])


@pytest.mark.parametrize("width", [40, 63, 64, 72, 80, 100, 109, 110, 120, 140, 200, 250])
def test_no_line_is_wider_than_the_terminal(width):
    lines = table.render(REPORT, REPORT, Style(width)).splitlines()
    assert max(map(columns, lines)) <= width


@pytest.mark.parametrize("width", [50, 80, 140])
def test_every_finding_tells_relation_question_values_sources_and_reason(width):
    shown = re.sub(r"[\s─•|]+", "", table.render(REPORT, FLAGGED, Style(width)))
    for finding in FLAGGED.findings:
        assert finding.relation in shown and f"{finding.confidence:.0%}" in shown and finding.id[:6] in shown
        for value in finding.values:
            assert f"{value.article}:{value.line}" in shown
    assert "“samedi10janvier”(2032-01-10)" in shown and "◂alone" in shown


def test_a_row_holds_its_cells_side_by_side():
    lines = table.render(REPORT, FLAGGED, Style(140)).splitlines()
    row = next(line for line in lines if "Hélène Maurel" in line)
    assert re.fullmatch(r"≈ variant +\[qui \?\] dirige la régie +• “Hélène Maurel”.*“Maurel” and “Morel”.*", row)


def test_the_most_certain_finding_comes_first_and_agreements_after_all_that_differs():
    shown = table.render(REPORT, select(REPORT), Style(100))
    relations = re.findall(r"^\S (\w+) ", shown, re.MULTILINE)
    shares = [int(share) for share in re.findall(r"(\d+)% · ", shown)]
    differing = sum(relation != "agreement" for relation in relations)
    assert "agreement" in relations and "agreement" not in relations[:differing]
    assert len(shares) == len(FINDINGS)
    assert all(part == sorted(part, reverse=True) for part in (shares[:differing], shares[differing:]))


def test_text_of_an_article_cannot_steer_the_terminal():
    shown = table.render(REPORT, REPORT, Style(80, colour=False))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)
    assert "“« rien à erid »”" in shown


def test_colour_changes_nothing_but_the_colour():
    plain, colour = (table.render(REPORT, FLAGGED, Style(100, colour=c)) for c in (False, True))
    assert "\x1b[1;31m≠ contradiction\x1b[0m" in colour
    assert re.sub(r"\x1b\[[\d;]*m", "", colour) == plain


def test_plain_ascii_leaves_the_articles_letters_alone():
    shown = table.render(REPORT, select(REPORT, ["update", "variant"]), Style(100, ascii=True))
    assert '"Hélène Maurel"' in shown and not set(shown) & set("≈↻“”◂━─•·")


def test_the_closing_line_counts_every_relation_shown_or_not():
    assert closing_line(REPORT, FLAGGED.findings) == (
        "6 articles: 3 contradictions, 2 variants, 1 update, 1 dispute, 1 agreement. Not shown: agreements.")


def test_nothing_to_show_leaves_the_closing_line():
    empty = Report(REPORT.articles[:1], ())
    assert table.render(empty, empty, Style(80)) == (
        "1 article: 0 contradictions, 0 variants, 0 updates, 0 disputes, 0 agreements.\n")


def test_selection_by_relation_kind_and_confidence():
    assert {f.relation for f in select(REPORT, ["update", "dispute"]).findings} == {"update", "dispute"}
    assert [f.kind for f in select(REPORT, kinds=["money"]).findings] == ["money"]
    assert all(f.confidence >= 0.9 for f in select(REPORT, min_confidence=0.9).findings)


def test_only_contradictions_and_variants_are_flagged():
    assert [flagged([f]) for f in FINDINGS] == [True, True, False, True, True, False, True, False]


def test_only_certainty_is_100_percent():
    assert [percent(p) for p in (1.0, 0.9996, 0.29, 0.004)] == ["100%", "99%", "29%", "0%"]


def test_short_ids_tell_the_findings_apart():
    ids = short_ids(FINDINGS, least=2)
    assert len(set(ids.values())) == len(FINDINGS)
    assert all(whole.startswith(short) for whole, short in ids.items())
    assert set(map(len, ids.values())) == {5}  # 5d0c4… and 5d0c9… part at the fifth character


WILD = st.text(st.one_of(st.characters(), st.sampled_from(" |-─\n\t\x1b[1m?«»日é👩‍👩‍👧🇫🇷\u202e…")), max_size=40)


@settings(max_examples=60)
@given(WILD, WILD, WILD, WILD, st.integers(30, 180))
def test_whatever_an_article_holds_the_table_keeps_its_width(question, reason, text, name, width):
    values = tuple(replace(v, text=text + str(i), article=name) for i, v in enumerate(FINDINGS[0].values))
    finding = replace(FINDINGS[0], question=question, reason=reason, values=values)
    shown = table.render(replace(REPORT, findings=(finding, finding)), Report((), (finding, finding)), Style(width))
    assert max(map(columns, shown.split("\n"))) <= width
