"""The whole way on one page: files → articles → claims → facts → findings."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck import expectations
from factcheck.errors import InputError
from factcheck.expectations import Expectations
from factcheck.model import FLAGGED, Article, Claim, Finding, Report

if TYPE_CHECKING:
    from factcheck.cache import Cache

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Options:
    """What a run may be told: `fast` leaves the pair model out, `encoder` names a sentence-transformers model,
    `min_confidence` drops contradictions and variants below it, `by_folder` compares only articles of one folder,
    `nli` names a cross-encoder that is asked whether sentences contradict each other."""

    fast: bool = True
    encoder: str | None = None
    min_confidence: float = 0.0
    by_folder: bool = False
    nli: str | None = None


def check(paths: Sequence[str | Path], *, language: str | None = None, options: Options = Options(),  # noqa: B008
          progress: Progress | None = None, cache: Cache | None = None,
          facts: str | Path | None = None) -> tuple[Report, list[InputError]]:
    """Read the files and folders, and report every fact that two of them give.

    Returns the report, and what could not be read. `progress` is called with a stage, what is done and what there is.
    With a `cache`, what earlier runs worked out on the same articles is not worked out again. `facts` is a file of
    what must hold (docs/expectations.md).
    """
    from factcheck.reading import read_all

    _load_named(options)
    articles, errors = read_all(paths, language=language)
    expected = expectations.load(Path(facts)) if facts is not None else expectations.NONE
    return check_articles(articles, options, progress, cache, expected), errors


def _load_named(options: Options) -> None:
    """Load the models that the options name, so that a wrong name is told before any article is read."""
    if options.encoder:
        from factcheck.linking.encoder import load_encoder

        load_encoder(options.encoder)
    if options.nli:
        from factcheck.linking.nli import load_inference

        load_inference(options.nli)


def check_articles(articles: Sequence[Article], options: Options = Options(),  # noqa: B008
                   progress: Progress | None = None, cache: Cache | None = None,
                   expected: Expectations = expectations.NONE) -> Report:
    """The report on articles already read, held against what is expected of them."""
    claims = dict(expectations.claims(expected, lambda article: extract(article, cache)))
    for number, article in enumerate(articles):
        if progress:
            progress("reading", number, len(articles))
        claims[article.id] = extract(article, cache)
    events: dict[Path | None, list[Article]] = defaultdict(list)
    for article in articles:
        events[Path(article.path).parent if options.by_folder else None].append(article)
    findings: list[Finding] = []
    for number, event in enumerate(events.values()):
        if progress:
            progress("comparing", number, len(events))
        event += expected.articles
        found = compare(event, [c for a in event for c in claims[a.id]], options, cache).findings
        findings += expectations.held_against(found, expected, event)
    everything = (*articles, *expected.articles)
    return Report(everything, tuple(in_order(findings)), tuple(c for a in everything for c in claims[a.id]))


def extract(article: Article, cache: Cache | None = None) -> tuple[Claim, ...]:
    """The claims of one article, with their values."""
    known = cache.claims(article) if cache else None
    if known is not None:
        return known
    found = _extracted(article)
    if cache:
        cache.keep_claims(article, found)
    return found


def _extracted(article: Article) -> tuple[Claim, ...]:
    from factcheck.extraction.claims import claims
    from factcheck.extraction.entities import resolve
    from factcheck.extraction.names import find_names
    from factcheck.extraction.parse import parse
    from factcheck.values import Context, find_values

    sentences = parse(article)
    entities = resolve(sentences, find_names(sentences, article.language), article.language)
    context = Context(article.language, article.published, entities=tuple(entities))
    return claims(article, sentences, entities, find_values(sentences, context))


def compare(articles: Sequence[Article], claims: Sequence[Claim], options: Options = Options(),  # noqa: B008
            cache: Cache | None = None) -> Report:
    """Link the claims of all articles and judge every fact."""
    # A model that a name stands for may change from run to run: only findings of our own models are kept.
    cache = None if options.encoder or options.nli else cache
    # Claims follow from their articles, save that of facts written down only some values count.
    told = f"fast {options.fast} {[(v.kind, v.start, v.end) for c in claims for v in c.values]}"
    found = cache.findings(articles, told) if cache else None
    if found is None:
        found = tuple(_compared(articles, claims, options, cache))
        if cache:
            cache.keep_findings(articles, told, found)
    kept = tuple(f for f in found if f.relation not in FLAGGED or f.confidence >= options.min_confidence)
    return Report(tuple(articles), kept, tuple(claims))


def _compared(articles: Sequence[Article], claims: Sequence[Claim], options: Options,
              cache: Cache | None) -> list[Finding]:
    from factcheck.cache.pairs import RememberedEncoder, RememberedPairModel
    from factcheck.judging.confidence import confidence_weights
    from factcheck.judging.findings import findings
    from factcheck.linking.encoder import load_encoder
    from factcheck.linking.link import PairScorer, link
    from factcheck.linking.names import name_facts
    from factcheck.linking.nli import load_inference, with_inference
    from factcheck.linking.pair_model import load_pair_model
    from factcheck.linking.weights import link_weights

    pair_model: PairScorer | None = None
    if not options.fast:
        pair_model = RememberedPairModel(load_pair_model, cache) if cache else load_pair_model()
    encoder = RememberedEncoder(load_encoder, cache) if cache else load_encoder(options.encoder)
    facts = [*link(articles, claims, link_weights(options.fast), pair_model, encoder), *name_facts(articles, claims)]
    if options.nli:
        facts = with_inference(facts, load_inference(options.nli), pair_model is not None)
    return findings(facts, articles, confidence_weights(options.fast))


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Findings of several sets of articles as those of one: in order, each with an id of its own."""
    from factcheck.judging.findings import ordered

    return ordered(findings)
