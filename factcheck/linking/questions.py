"""A mention's question: its sentence with the value masked, and the cheap facts that tell what is asked."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from factcheck.extraction.entities import fold
from factcheck.extraction.trees import ancestors, is_content, span_head, tokens_between
from factcheck.linking.answering import answers
from factcheck.linking.pair_input import Marked
from factcheck.model import Article, Claim, Mention, Sentence, Value

# How many sentences before its own the pair model is given with a mention.
LEAD = 2
# Kinds whose answers are clauses, with words of their own.
_CLAUSES = ("outcome", "cause", "quotation")
# Inflections and most cognates of French and English share this many first letters.
_STEM = 5


@dataclass(frozen=True)
class Question:
    """What a mention answers: its marked sentence, and the content words around the value, as folded stems; the stems
    of the sentence before it, and of the answer where it is a clause; and how far down its article it stands (0 at the
    top to 1)."""

    mention: Mention
    article: Article
    marked: Marked
    clause: frozenset[str]
    sentence: frozenset[str]
    near: frozenset[str]
    entities: frozenset[str]
    predicate: str
    tense: str
    theme: str
    events: tuple[Value, ...]
    before: frozenset[str] = frozenset()
    place: float = 0.0
    answer: frozenset[str] = frozenset()


def stem(word: str) -> str:
    """A word folded and cut to its first letters."""
    return fold(word).replace(" ", "")[:_STEM]


def questions(articles: Sequence[Article], claims: Iterable[Claim]) -> list[Question]:
    """The question of every value of every claim, in order. (That two articles spell a name alike or not is seen to in
    linking/names.py.)"""
    by_id = {a.id: a for a in articles}
    claims = list(claims)
    together: dict[tuple[str, int], list[Claim]] = defaultdict(list)
    for claim in claims:
        together[claim.article, claim.sentence.start].append(claim)
    settings = _settings(claims)
    return [_question(by_id[c.article], Mention(v, c), together[c.article, c.sentence.start],
                      settings[c.article, c.sentence.start])
            for c in claims for v in c.values if "generic" not in v.qualifiers and answers(v, c)]


@dataclass(frozen=True)
class _Setting:
    """Where a sentence stands: the stems of the sentence before it, the words of the two before it, and how far down
    its article it is."""

    before: frozenset[str]
    lead: str
    place: float


def _settings(claims: Sequence[Claim]) -> dict[tuple[str, int], _Setting]:
    """The setting of every sentence, by its article and start."""
    by_article: dict[str, dict[int, Sentence]] = defaultdict(dict)
    for claim in claims:
        by_article[claim.article][claim.sentence.start] = claim.sentence
    found = {}
    for article, sentences in by_article.items():
        before: frozenset[str] = frozenset()
        lead: list[str] = []
        for number, start in enumerate(sorted(sentences)):
            found[article, start] = _Setting(before, " ".join(lead), number / max(1, len(sentences) - 1))
            before = _stems(sentences[start], range(len(sentences[start].tokens)))
            lead = [*lead, _spaced(sentences[start].text)][-LEAD:]
    return found


def _question(
    article: Article, mention: Mention, together: Sequence[Claim], setting: _Setting
) -> Question:
    claim, value, sentence = mention.claim, mention.value, mention.claim.sentence
    masked = set(tokens_between(sentence, value.start, value.end))
    inside = [i for i in tokens_between(sentence, claim.start, claim.end) if i not in masked]
    outside = [i for i in range(len(sentence.tokens)) if i not in masked]
    head = span_head(sentence, value.start, value.end)
    chain = [head, *ancestors(sentence, head)] if head is not None else []
    predicate = next(
        (sentence.tokens[i].lemma for i in chain if sentence.tokens[i].pos in ("VERB", "AUX")), claim.predicate
    )
    near = [i for i in outside if head is not None and (i in chain[:3] or abs(i - head) <= 4)]
    return Question(
        mention,
        article,
        marked(sentence, value.start, value.end, value.kind, article.language, setting.lead),
        _stems(sentence, inside),
        _stems(sentence, outside),
        _stems(sentence, near) | {stem(w) for w in (value.unit, *value.qualifiers) if w},
        frozenset(w for e in claim.entities for w in fold(e.entity.name).split() if len(w) > 2),
        stem(predicate),
        claim.modality,
        _theme(mention),
        _events(mention, together),
        setting.before,
        setting.place,
        _stems(sentence, masked) if value.kind in _CLAUSES else frozenset(),
    )


def _theme(mention: Mention) -> str:
    """The stem of what the value is about: its unit, or the entity that the unit's word stands for."""
    unit = mention.value.unit.split(" ")[-1]
    if mention.value.kind == "outcome" and unit:
        for entity in mention.claim.entities:
            if stem(unit) == stem(entity.text.split()[-1]):
                return stem(entity.entity.name)
    return stem(unit)


def _events(mention: Mention, together: Sequence[Claim]) -> tuple[Value, ...]:
    """The outcomes told along with a value: those of its own clause, else of its sentence."""
    if mention.value.kind == "outcome":
        return ()
    told = {c.id: [v for v in c.values if v.kind == "outcome" and "generic" not in v.qualifiers] for c in together}
    return tuple(told.get(mention.claim.id) or [v for values in told.values() for v in values])


def marked(sentence: Sentence, start: int, end: int, kind: str, language: str, lead: str = "") -> Marked:
    """A sentence with a value's span, line breaks turned to spaces, and what stands before it, as the pair model
    reads it."""
    text = _spaced(sentence.text)
    return Marked(text, start - sentence.start, min(end - sentence.start, len(text)), kind, language, lead)


def _spaced(text: str) -> str:
    return re.sub(r"\s", " ", text)


def _stems(sentence: Sentence, indexes: Iterable[int]) -> frozenset[str]:
    tokens = [sentence.tokens[i] for i in indexes]
    return frozenset(stem(t.lemma) for t in tokens if is_content(t) and len(t.lemma) > 1 and not t.text[0].isdigit())


def rarity(all_questions: Sequence[Question]) -> dict[str, float]:
    """The inverse document frequency of every stem over the event's sentences (natural logarithm, smoothed)."""
    sentences = {(q.article.id, q.mention.claim.sentence.start): q.sentence for q in all_questions}
    counts = Counter(s for stems in sentences.values() for s in stems)
    total = len(sentences)
    return {s: math.log((total + 1) / (n + 0.5)) for s, n in counts.items()}
