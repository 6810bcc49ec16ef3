"""What is asked, as a short label: of all clauses that give an answer the one that tells it best, cut along its tree.

A clause is cut to its predicate with its subject and what completes it (`cut.py`); clauses beside or below it, who says
it, and words that open it are left out, and `[…]` stands for the answer. What somebody is or has is told by the name
(`holder.py`). The words are those of the articles; what counts for and against a label is in `label.toml`.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from factcheck.judging.label.cut import anchors, filled, skeleton
from factcheck.judging.label.holder import belonging, office_of
from factcheck.judging.label.merit import merit_of, others
from factcheck.judging.label.place import CONTENT, Place, data, place_of, stem
from factcheck.judging.label.text import text_of
from factcheck.judging.relation import Judgement
from factcheck.languages import load
from factcheck.model import Article, Fact

_NAMED = ("person", "organization", "place")


def question_label(fact: Fact, judgement: Judgement, articles: Mapping[str, Article]) -> str:
    """What is asked, as a short label in the words of the article that tells it best."""
    if fact.kind in _NAMED and not fact.links:
        return f"name of a {fact.kind}" if fact.kind != "organization" else "name of an organization"
    places = [p for m in fact.mentions if (p := place_of(m, articles)) is not None]
    told = [_content(p) for p in places]
    found = [c for number, place in enumerate(places) for c in _candidates(
        place, Counter(w for other, words in enumerate(told) if other != number for w in words),
        fact.mentions.index(place.mention) in judgement.sides[0])]
    merit, best = max(found, key=lambda c: c[0], default=(0.0, ""))
    if best and merit >= data()["merit"]["enough"]:
        return best
    return _listed(fact, places, told) or best or _kind(fact, places)


def _candidates(place: Place, shared: Counter[str], first: bool) -> Iterator[tuple[float, str]]:
    """The labels that one mention can make, with their merit."""
    merit = data()["merit"]
    if belongs := belonging(place):
        yield merit["belonging"], belongs
    if place.mention.value.kind == "person" and (office := office_of(place)):
        yield merit["office" if place.mention.value.unit else "word beside a name"] + first, office
    for anchor, path, borrowed in anchors(place):
        phrase = filled(skeleton(place, anchor, path, borrowed), shared)
        if phrase.renamed or any(t.pos in CONTENT for t in others(phrase)):
            yield merit_of(phrase, shared, first), text_of(phrase)


def _listed(fact: Fact, places: Sequence[Place], told: Sequence[set[str]]) -> str:
    """The kind of answer, and the most telling words that the mentions share, if there are any."""
    many = Counter(w for words in told for w in words)
    place = max(places, key=lambda p: sum(many[w] > 1 for w in _content(p)), default=None)
    if place is None:
        return ""
    found = {stem(t): t.text for i, t in enumerate(place.tokens) if i not in place.value
             and t.pos in ("NOUN", "PROPN") and many[stem(t)] > 1}
    words = sorted(found, key=lambda w: (-many[w], -len(w)))[:data()["words"]["listed"]]
    listed = str(data()["words"]["list"].get(place.language, "{}: {}"))
    return listed.format(_kind(fact, [place]), ", ".join(found[w] for w in words)) if words else ""


def _kind(fact: Fact, places: Sequence[Place]) -> str:
    """What a kind of answer is called in the language of the first place."""
    words = load(places[0].language, "interface")["kinds"] if places else {}
    return str(words.get(fact.kind, fact.kind))


def _content(place: Place) -> set[str]:
    """The content words of a sentence beside the answer."""
    return {stem(t) for i, t in enumerate(place.tokens) if i not in place.value and t.pos in CONTENT}
