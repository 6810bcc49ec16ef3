"""What a mention is asked about with: its sentence, and what stands before it in its article."""

from __future__ import annotations

from factcheck.linking.questions import questions
from factcheck.pipeline import extract
from tests.conftest import make_article

TEXT = "The dam was built in 1931. It belongs to Corvell Water. Nobody lives below it.\nIt cost 4 million pounds."


def leads(text: str) -> dict[str, str]:
    article = make_article(text, "en")
    return {q.mention.value.text: q.marked.lead for q in questions([article], extract(article))}


def test_the_first_sentence_has_nothing_before_it() -> None:
    assert leads(TEXT)["1931"] == ""


def test_the_two_sentences_before_stand_before_a_later_one() -> None:
    assert leads(TEXT)["4 million pounds"] == "It belongs to Corvell Water. Nobody lives below it."


def test_an_article_begins_anew() -> None:
    first, second = make_article("It fell in 1931.", "en"), make_article("It was rebuilt in 1950.", "en", name="b.txt")
    asked = questions([first, second], [*extract(first), *extract(second)])
    assert {q.marked.lead for q in asked} == {""}
