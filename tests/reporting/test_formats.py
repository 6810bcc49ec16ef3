import csv
import io
import json
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.errors import FactcheckError
from factcheck.reporting import csv_report, json_report, jsonl, markdown
from factcheck.reporting.sides import sides
from tests.reporting.sample import ARTICLES, FINDINGS, REPORT

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text(encoding="utf-8"))


def test_the_json_report_is_as_its_schema_says():
    jsonschema.validate(json.loads(json_report.render(REPORT)), SCHEMA)


def test_texts_and_quotes_stand_in_the_articles_where_the_report_says():
    texts = {a.id: a.text for a in ARTICLES}
    for finding in json.loads(json_report.render(REPORT))["findings"]:
        for value in finding["values"]:
            text = texts[value["article"]]
            assert text[value["start"]:value["end"]] == value["text"]
            assert value["text"] in value["quote"] and value["quote"] in text
            assert value["text"] in text.split("\n")[value["line"] - 1]


def test_a_report_read_back_gives_the_same_report():
    text = json_report.render(REPORT)
    assert json_report.render(json_report.report_from_json(text)) == text


def test_a_report_read_back_has_the_same_sides():
    back = json_report.report_from_json(json_report.render(REPORT))
    for before, after in zip(FINDINGS, back.findings, strict=True):
        assert [[p.article for w in s.wordings for p in w.places] for s in sides(after)] == \
            [[p.article for w in s.wordings for p in w.places] for s in sides(before)]


@pytest.mark.parametrize(("text", "complaint"), [
    ("nope", "not a report"), ("[]", "not a report"), ('{"version": 1}', "'articles' is missing"),
    ('{"version": 9, "articles": [], "findings": []}', "version 9")])
def test_what_is_no_report_is_refused_in_one_line(text, complaint):
    with pytest.raises(FactcheckError, match=complaint) as error:
        json_report.report_from_json(text)
    assert "\n" not in str(error.value)


@given(st.text())
def test_json_holds_the_text_exactly_and_nothing_that_acts_on_a_terminal(text):
    shown = json_report.dumps({"text": text})
    assert json.loads(shown) == {"text": text}
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    shown.encode("utf-8")


def test_json_lines_are_the_findings_of_the_report():
    lines = [json.loads(line) for line in jsonl.render(REPORT).splitlines()]
    assert lines == json.loads(json_report.render(REPORT))["findings"]


def test_csv_has_a_row_for_each_value():
    rows = list(csv.DictReader(io.StringIO(csv_report.render(REPORT))))
    assert [(r["finding"], r["article"]) for r in rows] == [(f.id, v.article) for f in FINDINGS for v in f.values]
    assert [rows[0][key] for key in ("text", "value", "outlet")] == ["samedi 10 janvier", "2032-01-10", "Agence alpine"]
    assert [r["minority"] for r in rows[:4]] == ["no", "no", "no", "yes"]


@given(st.text())
def test_no_csv_cell_starts_a_formula(text):
    assert not csv_report.cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_formula_in_an_article_is_defused():
    assert csv_report.cell("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert csv_report.cell("\t-5 %") == "'-5 %"


def test_markdown_is_a_table_of_four_columns():
    lines = markdown.render(REPORT, REPORT).splitlines()
    table = [line for line in lines if line.startswith("|")]
    assert len(table) == len(FINDINGS) + 2
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {5}
    assert lines[-1].startswith("6 articles: 3 contradictions")


def test_markdown_marks_the_minority_behind_its_sources():
    assert "“dimanche” (one of 4, 2032-01-04 to 2032-01-25) — vallee-info.md:1 **◂ alone**" in \
        markdown.render(REPORT, REPORT)


def test_markdown_of_an_article_stays_text():
    shown = markdown.escape("<script>a|b</script> **x** `y` [z](http://z) @team #12 www.z.org ~~s~~")
    assert shown == (r"&lt;script&gt;a\|b&lt;/script&gt; \*\*x\*\* \`y\` \[z\](http://<!-- -->z) @<!-- -->team "
                     r"\#<!-- -->12 www<!-- -->.z.org \~\~s\~\~")
