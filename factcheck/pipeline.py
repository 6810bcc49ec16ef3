"""The whole way on one page: files → articles → claims → facts → findings."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from factcheck.errors import InputError
from factcheck.model import Article, Claim, Report

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Options:
    """What a run may be told: `fast` leaves the pair model out, `encoder` names a sentence-transformers model,
    `min_confidence` drops findings below it."""

    fast: bool = False
    encoder: str | None = None
    min_confidence: float = 0.0


def check(paths: Sequence[str | Path], *, language: str | None = None, options: Options = Options(),  # noqa: B008
          progress: Progress | None = None) -> tuple[Report, list[InputError]]:
    """Read the files and folders, and report every fact that two of them give.

    Returns the report, and what could not be read. `progress` is called with a stage, what is done and what there is.
    """
    from factcheck.reading import read_all

    articles, errors = read_all(paths, language=language)
    return check_articles(articles, options, progress), errors


def check_articles(articles: Sequence[Article], options: Options = Options(),  # noqa: B008
                   progress: Progress | None = None) -> Report:
    """The report on articles already read."""
    claims: list[Claim] = []
    for number, article in enumerate(articles):
        if progress:
            progress("reading", number, len(articles))
        claims.extend(extract(article))
    if progress:
        progress("comparing", 0, 1)
    return compare(articles, claims, options)


def extract(article: Article) -> tuple[Claim, ...]:
    """The claims of one article, with their values."""
    from factcheck.extraction.claims import claims
    from factcheck.extraction.entities import resolve
    from factcheck.extraction.names import find_names
    from factcheck.extraction.parse import parse
    from factcheck.values import Context, find_values

    sentences = parse(article)
    entities = resolve(sentences, find_names(sentences, article.language))
    context = Context(article.language, article.published, entities=tuple(entities))
    return claims(article, sentences, entities, find_values(sentences, context))


def compare(articles: Sequence[Article], claims: Sequence[Claim], options: Options = Options()) -> Report:  # noqa: B008
    """Link the claims of all articles and judge every fact."""
    from factcheck.judging.findings import findings
    from factcheck.linking.encoder import load_encoder
    from factcheck.linking.link import link
    from factcheck.linking.names import name_facts
    from factcheck.linking.pair_model import load_pair_model
    from factcheck.linking.weights import link_weights

    pair_model = None if options.fast else load_pair_model()
    encoder = load_encoder(options.encoder) if options.fast or options.encoder else None
    facts = [*link(articles, claims, link_weights(options.fast), pair_model, encoder), *name_facts(articles, claims)]
    kept = tuple(f for f in findings(facts, articles) if f.confidence >= options.min_confidence)
    return Report(tuple(articles), kept, tuple(claims))
