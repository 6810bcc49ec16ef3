import datetime as dt
import json
from math import inf

import pytest

from factcheck.model import (
    Article,
    Attribution,
    Claim,
    Entity,
    EntityMention,
    Interval,
    Intervals,
    Names,
    Paragraph,
    Sentence,
    Value,
)
from factcheck.reporting.claims_jsonl import render, set_notation

TEXT = "Titre\n\nSelon la régie, la ligne rouvrira jeudi."
DAYS = [dt.date(2032, 1, day).toordinal() for day in (8, 15)]
JEUDI = Value("date", "jeudi", TEXT.index("jeudi"), TEXT.index("jeudi") + 5,
              Intervals(tuple(Interval(d, d) for d in DAYS)))
ARTICLE = Article("a.txt", "x/a.txt", TEXT, (Paragraph(0, 5, "title"), Paragraph(7, len(TEXT))))
CLAIM = Claim("a.txt#1", "a.txt", "la ligne rouvrira jeudi", TEXT.index("la ligne"), len(TEXT) - 1,
              Sentence(TEXT[7:], 7, len(TEXT), 1, ()), Attribution("la régie", "régie", 13, 21), modality="future",
              entities=(EntityMention(Entity("ligne", "thing"), "la ligne", 23, 31, "description"),), values=(JEUDI,))


def value(kind, *parts, unit=""):
    return Value(kind, "", 0, 0, Intervals(tuple(Interval(*p) for p in parts)), unit)


@pytest.mark.parametrize(("of", "notation"), [
    (JEUDI, "{2032-01-08, 2032-01-15}"),
    (value("date", (DAYS[0], DAYS[1])), "[2032-01-08, 2032-01-15]"),
    (value("time", (462, 462)), "{07:42}"),
    (value("time", (450, 480, False, True)), "[07:30, 08:00)"),
    (value("duration", (7200, 7200)), "{7200} s"),
    (value("count", (100, inf, True, True), unit="mort"), "(100, inf)"),
    (value("count", (-inf, 5, True, False)), "(-inf, 5]"),
    (value("measure", (41.5, 41.5), unit="km"), "{41.5} km"),
    (value("money", (1, 1), (5, 6), unit="EUR"), "{1} ∪ [5, 6]"),
    (Value("person", "", 0, 0, Names(frozenset({"b", "a"}))), "{a, b}"),
])
def test_a_set_is_written_as_in_mathematics(of, notation):
    assert set_notation(of) == notation


def test_a_claim_is_one_line_with_its_keys_in_order():
    line = render(ARTICLE, [CLAIM])
    assert line.count("\n") == 1
    data = json.loads(line)
    assert list(data) == ["id", "article", "text", "start", "end", "line", "attribution", "polarity", "modality",
                          "entities", "values"]
    assert TEXT[data["start"]:data["end"]] == data["text"] and data["line"] == 3
    assert data["attribution"] == {"text": "la régie", "party": "régie"}
    assert data["values"] == [{"kind": "date", "text": "jeudi", "start": JEUDI.start, "end": JEUDI.end,
                               "value": "2032-01-08|2032-01-15", "set": "{2032-01-08, 2032-01-15}"}]


def test_the_article_itself_is_no_party():
    assert json.loads(render(ARTICLE, [Claim("a.txt#2", "a.txt", "x", 0, 1, CLAIM.sentence)]))["attribution"] is None
