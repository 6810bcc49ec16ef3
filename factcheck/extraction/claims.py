"""An article into claims: its clauses, with who says them, how surely, of whom, and with which values."""
from __future__ import annotations

from collections.abc import Sequence

from factcheck.extraction.attribution import attribution_at, attributions
from factcheck.extraction.clauses import clauses
from factcheck.model import Article, Claim, EntityMention, Sentence, Value


def claims(article: Article, sentences: Sequence[Sentence], entities: Sequence[EntityMention],
           values: Sequence[Value]) -> tuple[Claim, ...]:
    """The claims of an article, in order: one a clause, each value in the clause that holds its first word.

    A claim's `text` runs from its clause's first word to its last; `id` is the article's id and a running number.
    """
    scopes = attributions(sentences, article.language)
    found: list[Claim] = []
    for sentence in sentences:
        inside = [v for v in values if sentence.start <= v.start < sentence.end]
        around = tuple(e for e in entities if sentence.start <= e.start < sentence.end)
        names = [(e.start, e.end) for e in around if e.how in ("name", "alias", "acronym")]
        parts = clauses(sentence, article.language, names)
        homes = [_home(sentence, [p.tokens for p in parts], v) for v in inside]
        for number, part in enumerate(parts):
            start, end = sentence.tokens[part.tokens[0]].start, sentence.tokens[part.tokens[-1]].end
            head = sentence.tokens[part.head]
            if not any(c.isalnum() for c in article.text[start:end]):
                continue
            found.append(Claim(
                id=f"{article.id}#{len(found) + 1}", article=article.id, text=article.text[start:end],
                start=start, end=end, sentence=sentence,
                attribution=attribution_at(scopes, head.start, head.end), polarity=part.polarity,
                modality=part.modality, predicate=head.lemma,
                entities=tuple(e for e in around if start <= e.start < end),
                values=tuple(v for v, home in zip(inside, homes, strict=True) if home == number)))
    return tuple(found)


def _home(sentence: Sentence, parts: Sequence[tuple[int, ...]], value: Value) -> int:
    """Which of a sentence's clauses holds most of a value's words."""
    words = [i for i, t in enumerate(sentence.tokens) if t.start < value.end and t.end > value.start]
    shares = [sum(i in part for i in words) for part in map(set, parts)]
    return shares.index(max(shares)) if shares else 0
