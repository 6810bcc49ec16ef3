"""An article into claims: its clauses, with who says them, how surely, of whom, and with which values."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from factcheck.extraction.attribution import Scope, attributions, scope_at
from factcheck.extraction.clauses import Clause, clauses
from factcheck.model import Article, Attribution, Claim, EntityMention, Sentence, Value


def claims(article: Article, sentences: Sequence[Sentence], entities: Sequence[EntityMention],
           values: Sequence[Value]) -> tuple[Claim, ...]:
    """The claims of an article, in order: one a clause (and party), each value in the clause that holds most of it.

    A claim's `text` runs from its clause's first word to its last; `id` is the article's id and a running number.
    """
    scopes = [_resolved(s, entities) for s in attributions(sentences, article.language)]
    found: list[Claim] = []
    for sentence in sentences:
        inside = [v for v in values if sentence.start <= v.start < sentence.end]
        around = tuple(e for e in entities if sentence.start <= e.start < sentence.end)
        names = [(e.start, e.end) for e in around if e.how in ("name", "alias", "acronym")]
        parts = clauses(sentence, article.language, names)
        homes = [_home(sentence, [p.tokens for p in parts], v) for v in inside]
        for number, part in enumerate(parts):
            own = [v for v, home in zip(inside, homes, strict=True) if home == number]
            for voice in _voices(sentence, part, own, scopes):
                start, end = sentence.tokens[voice.tokens[0]].start, sentence.tokens[voice.tokens[-1]].end
                if any(c.isalnum() for c in article.text[start:end]):
                    found.append(Claim(
                        id=f"{article.id}#{len(found) + 1}", article=article.id, text=article.text[start:end],
                        start=start, end=end, sentence=sentence, attribution=voice.attribution,
                        polarity=part.polarity, modality=part.modality, predicate=sentence.tokens[part.head].lemma,
                        entities=tuple(e for e in around if start <= e.start < end), values=voice.values))
    return tuple(found)


def _resolved(scope: Scope, entities: Sequence[EntityMention]) -> Scope:
    """A scope whose party is named, where a pronoun or a description (`l'entreprise`) stands for it."""
    party = scope.attribution
    for e in entities:
        if e.how in ("pronoun", "description") and party.start <= e.start and e.end <= party.end:
            return replace(scope, attribution=replace(party, party=e.entity.name.casefold()))
    return scope


@dataclass(frozen=True)
class _Voice:
    """What one party says within a clause."""

    tokens: Sequence[int]
    attribution: Attribution | None
    values: tuple[Value, ...]


def _voices(sentence: Sentence, part: Clause, values: Sequence[Value], scopes: Sequence[Scope]) -> list[_Voice]:
    """A clause as one claim; or as one for each party, where it gives several parties' answers (`900 according to the
    police, 2,000 according to the unions`)."""
    head = sentence.tokens[part.head]
    main = scope_at(scopes, head.start, head.end)
    by_scope: dict[Scope | None, list[Value]] = defaultdict(list)
    for value in values:
        named = any(s.attribution.start <= value.start < s.attribution.end for s in scopes)
        by_scope[main if named else scope_at(scopes, value.start, value.end)].append(value)
    if main not in by_scope and by_scope:
        main = next(iter(by_scope))
    found = [_Voice(part.tokens, main.attribution if main else None, tuple(by_scope.pop(main, ())))]
    for scope, said in by_scope.items():
        heard = [i for i in part.tokens if scope is None
                 or scope.start <= sentence.tokens[i].start < scope.end] or part.tokens
        found.append(_Voice(heard, scope.attribution if scope else None, tuple(said)))
    return found


def _home(sentence: Sentence, parts: Sequence[tuple[int, ...]], value: Value) -> int:
    """Which of a sentence's clauses holds most of a value's words."""
    words = [i for i, t in enumerate(sentence.tokens) if t.start < value.end and t.end > value.start]
    shares = [sum(i in part for i in words) for part in map(set, parts)]
    return shares.index(max(shares)) if shares else 0
