"""Facts made by hand: each source's sentence, with the value in it that answers the question all of them answer."""
from __future__ import annotations

from itertools import combinations

from factcheck.judging.confidence import ConfidenceWeights
from factcheck.judging.findings import finding
from factcheck.linking.weights import Weights
from factcheck.model import Article, Fact, Finding, Link, Mention, Paragraph, PartialDate
from factcheck.pipeline import extract

# How sure a finding is, is no matter here.
NONE = ConfidenceWeights(Weights(0.0, {}, {}), Weights(0.0, {}, {}))


def source(name: str, text: str, day: int | None = None, language: str = "en") -> Article:
    """An article of one paragraph, published on a day of May 2031 if any is given."""
    published = PartialDate(2031, 5, day) if day else None
    return Article(name, name, text, (Paragraph(0, len(text)),), published=published, language=language)


def mention(article: Article, kind: str, text: str) -> Mention:
    """The value of a kind that starts with these words in an article, as it is extracted."""
    found = [(v, c) for c in extract(article) for v in c.values if v.kind == kind and v.text.startswith(text)]
    assert found, f"no {kind} {text!r} in {article.text!r}"
    return Mention(*found[0])


def judged(kind: str, *told: tuple[Article, str], differs: float | None = None) -> Finding:
    """The finding on one fact of a kind: each article with the beginning of its answer, all linked with each other."""
    mentions = tuple(mention(article, kind, text) for article, text in told)
    links = tuple(Link(i, j, 0.9, differs=differs) for i, j in combinations(range(len(mentions)), 2))
    return finding(Fact(kind, "", mentions, links), {article.id: article for article, _ in told}, NONE)


def sides(found: Finding) -> list[list[str]]:
    """The names of the sources on each side."""
    return [[v.article for v in found.values if v.side == n] for n in sorted({v.side for v in found.values})]
