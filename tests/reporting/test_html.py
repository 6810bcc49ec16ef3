"""The HTML report: whole in one file, true to the findings, and deaf to what articles say."""
from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from factcheck.linking.weights import link_weights
from factcheck.model import RELATIONS, Report
from factcheck.reporting import html
from factcheck.reporting.interface import interface, languages, preferred
from factcheck.reporting.json_report import render as to_json
from factcheck.reporting.json_report import report_from_json
from factcheck.reporting.overview import overview
from factcheck.reporting.reading_view import answers, passage, view
from tests.reporting.sample import ARTICLES, FINDINGS, REPORT
from tests.review.pages import SCRIPTS, hostile


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the page's text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def test_it_needs_nothing_else():
    elements = Elements(html.render(REPORT, REPORT)).found
    assert not [tag for tag, _ in elements if tag in ("script", "link", "img", "iframe", "object", "form", "base")]
    links = [a[name] for _, a in elements for name in ("href", "src", "action", "srcset") if name in a]
    assert links and all(link.startswith("#") for link in links)
    ids = {a["id"] for _, a in elements if "id" in a}
    assert {link[1:] for link in links} <= ids, "every link leads somewhere"


def test_the_policy_allows_the_style_sheet_alone():
    page = html.render(REPORT, REPORT)
    sheet = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    policy = next(a["content"] for tag, a in Elements(page).found if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'sha256-" + digest + "'")
    assert "url(" not in sheet and "@import" not in sheet


def test_hostile_texts_stay_texts():
    page = Elements(html.render(hostile(), hostile()))
    assert not [tag for tag, _ in page.found if tag in ("script", "img")]
    assert not [a for _, a in page.found if any(name.startswith("on") for name in a)]
    assert all(attack in page.text for attack in SCRIPTS)


def test_every_value_stands_in_its_paragraph():
    page = Elements(html.render(REPORT, REPORT))
    assert sum(tag == "mark" for tag, _ in page.found) == sum(len(f.values) for f in FINDINGS)
    assert "Douze passagers ont été évacués par hélicoptère" in page.text


def test_a_saved_report_shows_the_sentences():
    saved = report_from_json(to_json(REPORT))
    page = Elements(html.render(saved, saved))
    assert sum(tag == "mark" for tag, _ in page.found) == sum(len(f.values) for f in FINDINGS)
    assert "s'est immobilisée" in page.text and "Le vent soufflait" not in page.text


def test_the_summary_counts_every_finding_and_names_who_stands_alone():
    shown = replace(REPORT, findings=FINDINGS[:1])
    text = " ".join(Elements(html.render(REPORT, shown, "en")).text.split())
    assert "3 contradictions 2 variants 1 update 1 dispute 1 agreement" in text
    assert "vallee-info.md stands alone most often: 2 times." in text


def test_a_report_without_findings_says_so():
    text = Elements(html.render(Report(ARTICLES, ()), Report(ARTICLES, ()), "en")).text
    assert "No finding to show." in text and "Nothing contradicts anything" in text


def test_how_sources_stand_to_a_fact():
    seen = overview(REPORT, interface("en"))
    stands = {row.finding: [stand for stand, _ in row.cells] for row in seen.rows}
    assert stands["5d0c4be1f09a2277"] == ["with", "with", "with", "alone", "silent", "silent"]
    assert stands["c4411d0e5b6f7a80"] == ["split", "silent", "split", "silent", "silent", "silent"]
    assert stands["ee19b07a6d5c4f32"][1] == "both", "an article that gives two answers"
    assert [(s.told, s.minority, s.alone) for s in seen.sources][3] == (5, 2, 2)


def test_two_against_two_are_no_majority_though_a_third_stands_alone():
    value = FINDINGS[0].values[0]
    values = tuple(replace(value, article=article.id, side=side, minority=side == 2)
                   for article, side in zip(ARTICLES, (0, 0, 1, 1, 2), strict=False))
    seen = overview(Report(ARTICLES, (replace(FINDINGS[0], values=values),)), interface("en"))
    assert [stand for stand, _ in seen.rows[0].cells][:5] == ["split", "split", "split", "split", "alone"]


def test_the_timeline_has_the_days_of_both_sides():
    days = [(d.first, d.last, len(d.sources)) for d in overview(REPORT, interface("en")).timeline]
    assert days == [("2032-01-04", "2032-01-25", 1), ("2032-01-10", None, 3)]


@pytest.mark.parametrize(("value", "told"), [
    ("2032-01-01/2032-12-31", "2032"), ("2032-02-01/2032-02-29", "February 2032"),
    ("2032-01-10/2032-01-20", "10 January 2032 to 20 January 2032"), ("2032-01-10", "Saturday 10 January 2032")])
def test_the_timeline_s_headings_are_as_precise_as_the_claims(value, told):
    finding = replace(FINDINGS[0], values=tuple(replace(v, value=value) for v in FINDINGS[0].values))
    report = Report(ARTICLES, (finding,))
    timeline = html.render(report, report, "en").partition('class="timeline"')[2]
    assert f"<h3>{told}</h3>" in timeline


def test_relations_are_offered_in_their_order():
    text = html.render(REPORT, replace(REPORT, findings=REPORT.findings[::-1]), "en")
    assert re.findall('id="show-([a-z]+)"', text) == list(RELATIONS)


def test_a_reason_calls_sources_as_the_columns_do():
    first = FINDINGS[0].values[0].article
    finding = replace(FINDINGS[0], reason=f"{first} stands alone; not{first}, x-{first}2")
    assert view(finding, REPORT, interface("en")).reason == f"Agence alpine stands alone; not{first}, x-{first}2"


def test_answers_are_counted_through_and_vague_ones_left_out():
    values = FINDINGS[0].values
    mixed = replace(FINDINGS[0], values=(replace(values[0], value="2032-01-03|2032-01-10"), *values[1:]))
    assert [[(a.number, a.value) for a in side] for side in answers(mixed)] == [
        [(1, "2032-01-10")], [(2, "2032-01-04|2032-01-11|2032-01-18|2032-01-25")]]
    assert [a.value for side in answers(FINDINGS[1]) for a in side] == ["Hélène Maurel", "Hélène Morel"]


def test_a_passage_is_the_paragraph_of_the_article():
    value = FINDINGS[0].values[1]
    found = passage(value, ARTICLES[1])
    whole = found.before + found.opening + found.value + found.closing + found.after
    assert found.value == "samedi" and whole == ARTICLES[1].text.split("\n\n")[0]
    assert passage(value, replace(ARTICLES[1], text="another text altogether")).value == "samedi"


@pytest.mark.parametrize(("header", "language"), [
    ("fr-CA,fr;q=0.9,en;q=0.8", "fr"), ("en-US,en;q=0.5", "en"), ("de, fr;q=0.5, en;q=0.4", "fr"), ("de", "en"),
    ("en;q=0.1, fr", "fr"), ("fr;q=0, en;q=0.2", "en"), ("", "en"), (",;q=,fr;q=x", "en"), ("*", "en")])
def test_the_browser_s_language(header, language):
    assert preferred(header) == language


def test_the_interface_says_the_same_in_every_language():
    def keys(table, at=""):
        return {at + k for k, v in table.items() if not isinstance(v, dict)}.union(
            *(keys(v, f"{at}{k}.") for k, v in table.items() if isinstance(v, dict)))

    wanted = {k for k in keys(interface("en").strings) if not k.startswith(("evidence.", "questions."))}
    for code in languages():
        strings = interface(code).strings
        assert wanted <= keys(strings), code
        for name in wanted:
            text, english = (interface(c)._find(name) for c in (code, "en"))
            if isinstance(text, str) and isinstance(english, str) and not name.endswith(".one"):
                assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", english)), (code, name)


def test_every_piece_of_evidence_has_a_name_in_every_language():
    told = {name for fast in (True, False) for name in link_weights(fast).evidence}
    for code in set(languages()) - {"en"}:
        assert told <= set(interface(code).strings["evidence"]), code


@pytest.mark.parametrize(("reason", "french"), [
    ("3 days apart; a.txt stands alone against 2", "écart de 3 jours ; a.txt est seule contre 2"),
    ("1 year apart", "écart de 1 an"),
    ("one figure is 2.5 times the other", "un chiffre vaut 2.5 fois l’autre"),
    ("one name, two spellings; b.txt stands alone against 3", "un nom, deux graphies ; b.txt est seule contre 3"),
    ("the later article has the later state: “12 dead”, then “15 dead”",
     "l’article postérieur donne l’état postérieur : “12 dead”, puis “15 dead”"),
    ("10 January 2032 is a Saturday: all can be the same day", "ce peut être partout le 10 janvier 2032"),
    ("The clash of one day apart, against all", "The clash of one day apart, against all")])
def test_reasons_in_french(reason, french):
    assert view(replace(FINDINGS[0], reason=reason), REPORT, interface("fr")).reason == french


def test_dates_and_shares_in_words():
    assert interface("fr").date("2032-01-10", weekday=True) == "samedi 10 janvier 2032"
    assert interface("en").date("2032-01") == "January 2032"
    assert interface("en").percent(0.999) == "99%", "nothing is certain"
