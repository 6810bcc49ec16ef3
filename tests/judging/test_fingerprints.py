"""A finding's id: the same as long as the same articles answer the same question with the same values."""
from __future__ import annotations

from dataclasses import replace

from factcheck.judging.findings import findings
from factcheck.model import (
    Article,
    Claim,
    Fact,
    Finding,
    Interval,
    Intervals,
    Link,
    Mention,
    Names,
    Paragraph,
    Sentence,
    Value,
)

ONE = "Intro. The bridge cost 2 million euros in all. The end.\n"
TWO = "The old bridge cost 3 million euros, they say.\n"


def mention(article: str, text: str, words: str, value: str, amount: float) -> Mention:
    """The sentence `words` of an article's text, with the money value in it."""
    start = text.index(words)
    at = text.index(value, start)
    part = Interval(amount, amount)
    found = Value("money", value, at, at + len(value), Intervals((part,)), "EUR")
    sentence = Sentence(text[start:start + len(words)], start, start + len(words), 0, ())
    claim = Claim(f"{article}#1", article, sentence.text, start, start + len(words), sentence, values=(found,))
    return Mention(found, claim)


def cost(one: str = ONE, first: str = "2 million euros", amount: float = 2e6,
         clause: str = "The bridge cost {} in all.", swapped: bool = False) -> Finding:
    """The one finding of two articles on what a bridge cost."""
    two = mention("two.txt", TWO, "The old bridge cost 3 million euros, they say.", "3 million euros", 3e6)
    both = (mention("one.txt", one, clause.format(first), first, amount), two)
    articles = [article("one.txt", one), article("two.txt", TWO)]
    fact = Fact("money", "", both[::-1] if swapped else both, (Link(0, 1, 0.9),))
    (found,) = findings([fact], articles)
    return found


def article(name: str, text: str) -> Article:
    return Article(name, name, text, (Paragraph(0, len(text)),))


def test_edits_elsewhere_and_order_leave_it() -> None:
    before = cost()
    assert cost(one="A new start.\n\nMore.\n\n" + ONE + "And more.").id == before.id
    assert cost(swapped=True).id == before.id


def test_rewrapping_leaves_it() -> None:
    wrapped = ONE.replace(" cost ", "\n  cost ").replace("2 million euros", "2 million\neuros")
    assert cost(one=wrapped, first="2 million\neuros", clause="The bridge\n  cost {} in all.").id == cost().id


def test_another_value_ends_it() -> None:
    assert cost(one=ONE.replace("2 million", "4 million"), first="4 million euros", amount=4e6).id != cost().id


def test_another_question_ends_it() -> None:
    asked = "The tunnel cost {} in all."
    assert cost(one=ONE.replace("bridge", "tunnel"), clause=asked).id != cost().id


def test_two_findings_never_share_one() -> None:
    text = ONE + ONE
    first = mention("one.txt", text, "The bridge cost 2 million euros in all.", "2 million euros", 2e6)
    shift = len(ONE)
    value = replace(first.value, start=first.value.start + shift, end=first.value.end + shift)
    second = Mention(value, replace(first.claim, id="one.txt#2", start=first.claim.start + shift,
                                    end=first.claim.end + shift, values=(value,)))
    two = mention("two.txt", TWO, "The old bridge cost 3 million euros, they say.", "3 million euros", 3e6)
    facts = [Fact("money", "", (m, two), (Link(0, 1, 0.9),)) for m in (first, second)]
    articles = [article("one.txt", text), article("two.txt", TWO)]
    ids = [f.id for f in findings(facts, articles)]
    assert len(set(ids)) == 2
    assert {f.id for f in findings(facts[::-1], articles)} == set(ids)


def test_a_name_is_known_by_its_spellings_wherever_they_stand() -> None:
    def spelt(before: str) -> str:
        mentions = []
        for name, person in (("one.txt", "Ada Quill"), ("two.txt", "Ada Quil")):
            text = f"{before} {person} came."
            at = text.index(person)
            value = Value("person", person, at, at + len(person), Names(frozenset({person.casefold()})))
            sentence = Sentence(text, 0, len(text), 0, ())
            mentions.append(Mention(value, Claim(f"{name}#1", name, text, 0, len(text), sentence, values=(value,))))
        articles = [article(m.claim.article, m.claim.text) for m in mentions]
        (found,) = findings([Fact("person", "", tuple(mentions))], articles)
        return found.id

    assert spelt("At last") == spelt("On Monday, it seems,")
