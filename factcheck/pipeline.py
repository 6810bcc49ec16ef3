"""The whole way on one page: files → articles → claims → facts → findings."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, overload

from factcheck import expectations
from factcheck.errors import InputError
from factcheck.expectations import Expectations
from factcheck.model import FLAGGED, Article, Claim, Finding, Report

if TYPE_CHECKING:
    from factcheck.cache import Cache
    from factcheck.linking.ahead import ReadAhead

Progress = Callable[[str, int, int], None]
Values = Sequence[tuple[str, int, int]]  # kind and span


@dataclass(frozen=True)
class Options:
    """What a run may be told: `fast` leaves the pair model out, `encoder` names a sentence-transformers model,
    `min_confidence` drops contradictions and variants below it, `by_folder` compares only articles of one folder,
    `nli` names a cross-encoder that is asked whether sentences contradict each other."""

    fast: bool = False
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
    claims = expectations.claims(expected, lambda article: extract(article, cache))
    held = [(v.kind, v.start, v.end) for own in claims.values() for c in own for v in c.values]
    events = [(*event, *expected.articles) for event in _events(articles, options)]
    known = [_known(event, held, options, cache) for event in events]
    new = [a for event, found in zip(events, known, strict=True) if found is None for a in event if a.id not in claims]
    findings: list[Finding] = []
    with _reading_ahead(options, new) as ahead:
        for number, article in enumerate(new):
            if progress:
                progress("reading", number, len(new))
            claims[article.id] = extract(article, cache, ahead)
        for number, (event, found) in enumerate(zip(events, known, strict=True)):
            if progress:
                progress("comparing", number, len(events))
            if found is None:
                found = _found(event, [c for a in event for c in claims[a.id]], held, options, cache, ahead)
            findings += expectations.held_against(_sure(found, options), expected, event)
    everything = (*articles, *expected.articles)
    return Report(everything, tuple(in_order(findings)), Claims(everything, claims, cache))


def _reading_ahead(options: Options, new: Sequence[Article]) -> AbstractContextManager[ReadAhead | None]:
    """What reads the mentions of new articles while others are parsed; nothing where the pair model has no say, or
    where earlier runs have worked out everything."""
    if options.fast or not new:
        return nullcontext()
    from factcheck.linking.ahead import ReadAhead
    from factcheck.linking.pair_model import shipped_pair_model

    return ReadAhead(shipped_pair_model)


class Claims(Sequence[Claim]):
    """The claims of some articles, of which those not yet known are worked out when somebody looks at them."""

    def __init__(self, articles: Sequence[Article], known: Mapping[str, tuple[Claim, ...]],
                 cache: Cache | None = None) -> None:
        self._articles, self._known, self._cache = articles, known, cache

    @cached_property
    def _all(self) -> tuple[Claim, ...]:
        return tuple(c for a in self._articles
                     for c in (self._known[a.id] if a.id in self._known else extract(a, self._cache)))

    @overload
    def __getitem__(self, index: int) -> Claim: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Claim, ...]: ...

    def __getitem__(self, index: int | slice) -> Claim | tuple[Claim, ...]:
        return self._all[index]

    def __len__(self) -> int:
        return len(self._all)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._all == tuple(other)

    def __hash__(self) -> int:
        return hash(self._all)


def _events(articles: Sequence[Article], options: Options) -> list[list[Article]]:
    """The articles that are compared with each other: those of a folder, or all."""
    events: dict[Path | None, list[Article]] = defaultdict(list)
    for article in articles:
        events[Path(article.path).parent if options.by_folder else None].append(article)
    return list(events.values())


def extract(article: Article, cache: Cache | None = None, ahead: ReadAhead | None = None) -> tuple[Claim, ...]:
    """The claims of one article, with their values; `ahead` is told of them when they are new."""
    known = cache.claims(article) if cache else None
    if known is not None:
        return known
    if ahead:
        ahead.load()
    found = _extracted(article)
    if ahead:
        ahead.begin(article, found)
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
    held = [(v.kind, v.start, v.end) for c in claims for v in c.values]
    found = _known(articles, held, options, cache)
    if found is None:
        found = _found(articles, claims, held, options, cache)
    return Report(tuple(articles), _sure(found, options), tuple(claims))


def _known(articles: Sequence[Article], held: Values, options: Options,
           cache: Cache | None) -> tuple[Finding, ...] | None:
    """What an earlier run found in these articles; `held` are the values that don't follow from them: of facts
    written down only some count."""
    return cache.findings(articles, _told(held, options)) if cache and _own(options) else None


def _found(articles: Sequence[Article], claims: Sequence[Claim], held: Values, options: Options,
           cache: Cache | None, ahead: ReadAhead | None = None) -> tuple[Finding, ...]:
    """What there is to find in these articles, kept for the next run."""
    cache = cache if _own(options) else None
    found = tuple(_compared(articles, claims, options, cache, ahead))
    if cache:
        cache.keep_findings(articles, _told(held, options), found)
    return found


def _own(options: Options) -> bool:
    """Whether only models of our own have a say: what a name stands for may change from run to run."""
    return not (options.encoder or options.nli)


def _told(held: Values, options: Options) -> str:
    return f"fast {options.fast} {list(held)}"


def _sure(found: Sequence[Finding], options: Options) -> tuple[Finding, ...]:
    return tuple(f for f in found if f.relation not in FLAGGED or f.confidence >= options.min_confidence)


def _compared(articles: Sequence[Article], claims: Sequence[Claim], options: Options,
              cache: Cache | None, ahead: ReadAhead | None = None) -> list[Finding]:
    from factcheck.cache.pairs import RememberedEncoder, RememberedPairModel
    from factcheck.judging.confidence import confidence_weights
    from factcheck.judging.findings import findings
    from factcheck.linking.encoder import load_encoder
    from factcheck.linking.link import PairReader, link
    from factcheck.linking.names import name_facts
    from factcheck.linking.nli import load_inference, with_inference
    from factcheck.linking.pair_model import shipped_pair_model
    from factcheck.linking.weights import link_weights

    pair_model: PairReader | None = None
    if not options.fast:
        load: Callable[[], PairReader] = (lambda: ahead) if ahead else shipped_pair_model
        pair_model = RememberedPairModel(load, cache) if cache else load()
    encoder = RememberedEncoder(load_encoder, cache) if cache else load_encoder(options.encoder)
    facts = [*link(articles, claims, link_weights(options.fast), pair_model, encoder), *name_facts(articles, claims)]
    if options.nli:
        facts = with_inference(facts, load_inference(options.nli), pair_model is not None)
    return findings(facts, articles, confidence_weights(options.fast))


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Findings of several sets of articles as those of one: in order, each with an id of its own."""
    from factcheck.judging.findings import ordered

    return ordered(findings)
