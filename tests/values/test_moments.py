"""Dates, times and durations: corpora of sentences with the value that the marked words must give, and of none."""
from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from factcheck.extraction.parse import parse
from factcheck.model import Article, Paragraph, PartialDate, Sentence, Value
from factcheck.values import date, duration, time
from factcheck.values.context import Context
from tests.values.corpora import sentences_of

CORPUS = Path(__file__).parent / "corpus"
KINDS = {
    "date": (date.find_dates, date.canonical_date),
    "time": (time.find_times, time.canonical_time),
    "duration": (duration.find_durations, duration.canonical_duration),
}
_MARK = re.compile(r"\[(.*?)\]", re.DOTALL)


@cache
def corpus(kind: str, language: str) -> dict:
    return tomllib.loads((CORPUS / f"{kind}_{language}.toml").read_text(encoding="utf-8"))


def bare(marked: str) -> str:
    """A sentence of a corpus without the brackets around the words that are looked for."""
    return _MARK.sub(lambda m: m[1], marked)


@cache
def parsed(kind: str, language: str) -> dict[str, tuple[int, tuple[Sentence, ...]]]:
    """Every text of a corpus with where it starts and its sentences, parsed in one go as an article's paragraphs."""
    data = corpus(kind, language)
    texts = [bare(case[0]) for group in data["groups"] for case in group["cases"]] + data["negative"]["sentences"]
    whole, paragraphs = "", []
    for text in texts:
        paragraphs.append(Paragraph(len(whole), len(whole) + len(text)))
        whole += text + "\n\n"
    sentences = parse(Article("a.txt", "a.txt", whole, tuple(paragraphs), language=language))
    return {text: (p.start, tuple(s for s in sentences if p.start <= s.start < p.end))
            for text, p in zip(texts, paragraphs, strict=True)}


def partial(iso: str | None) -> PartialDate | None:
    return PartialDate(*map(int, iso.split("-"))) if iso else None


def found(kind: str, text: str, language: str, published: str | None) -> list[Value]:
    """The values of a text of the corpus, their offsets counted into the text."""
    start, sentences = parsed(kind, language)[text]
    values = KINDS[kind][0](sentences, Context(language, partial(published)))
    return [replace(v, start=v.start - start, end=v.end - start) for v in values]


def cases(kind: str) -> list:
    return [pytest.param(language, group.get("published"), *case, id=f"{language}-{case[0][:60]}")
            for language in ("fr", "en") for group in corpus(kind, language)["groups"] for case in group["cases"]]


def negatives(kind: str) -> list:
    return [pytest.param(language, sentence, id=f"{language}-{sentence[:60]}")
            for language in ("fr", "en") for sentence in corpus(kind, language)["negative"]["sentences"]]


def check(kind: str, language: str, published: str | None, marked: str, expected: str, how: str) -> None:
    mark = _MARK.search(marked)
    assert mark is not None
    text = bare(marked)
    values = [v for v in found(kind, text, language, published)
              if v.start < mark.end() - 2 and v.end > mark.start()]
    canonical = KINDS[kind][1]
    got = [(v.text, canonical(v)) for v in values]
    if how == "around":
        assert [t for t, _ in got] == [mark[1]], got
        assert contains_day(values[0], expected), got
    else:
        assert got == [(mark[1], expected)]
    assert all(text[v.start:v.end] == v.text for v in values)


def contains_day(value: Value, iso: str) -> bool:
    day = partial(iso)
    assert day is not None
    return any(p.low <= day.first.toordinal() <= p.high for p in value.possible.parts)


@pytest.mark.parametrize(("language", "published", "marked", "expected", "how"),
                         [pytest.param(*(*p.values, "exact")[:5], id=p.id) for p in cases("date")])
def test_dates(language: str, published: str | None, marked: str, expected: str, how: str) -> None:
    check("date", language, published, marked, expected, how)


@pytest.mark.parametrize(("language", "published", "marked", "expected"), cases("time"))
def test_times(language: str, published: str | None, marked: str, expected: str) -> None:
    check("time", language, published, marked, expected, "exact")


@pytest.mark.parametrize(("language", "published", "marked", "expected"), cases("duration"))
def test_durations(language: str, published: str | None, marked: str, expected: str) -> None:
    check("duration", language, published, marked, expected, "exact")


@pytest.mark.parametrize(("kind", "language", "sentence"),
                         [pytest.param(kind, *p.values, id=f"{kind}-{p.id}")
                          for kind in KINDS for p in negatives(kind)])
def test_what_is_none(kind: str, language: str, sentence: str) -> None:
    published = corpus(kind, language)["negative"].get("published")
    assert found(kind, sentence, language, published) == []


@pytest.mark.parametrize("language", ("fr", "en"))
def test_every_word_of_nearness_that_a_time_may_have_has_a_meaning(language: str) -> None:
    """A word written into a rule and missing from its table would end the whole run."""
    patterns = time.time_grammar(language)
    tables = ("near", "near_said", "near_after", "halves_of_day", "past_to", "ampm")
    unknown = [
        (table, word)
        for rule in patterns.rules
        for table in tables
        for group in re.findall(rf"\(\?P<{table}>([^()\[\]{{}}?\\]+)\)", rule.regex.pattern.replace(" +", " "))
        for word in group.split("|")
        if word not in patterns.words[table]
    ]
    assert unknown == []


@pytest.mark.parametrize(("language", "text", "days"), [
    ("fr", "Le site a fermé le 2 mars. Rien n'a bougé. Tous sont partis. Trois jours après l'accord, il a rouvert.",
     ["2 mars"]),
    ("en", "The site closed on 2 March. Nothing moved. Its users left. Three days after the deal, it reopened.",
     ["2 March"]),
])  # fmt: skip
def test_what_is_counted_from_an_event_whose_day_is_not_told_is_no_date(
    language: str, text: str, days: list[str]
) -> None:
    (sentences,) = sentences_of((text,), language)
    assert [v.text for v in date.find_dates(sentences, Context(language, partial("2031-03-10")))] == days
