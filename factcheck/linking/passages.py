"""Articles cut into the passages that the pair model reads: a value's sentence seldom says alone what is asked."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from factcheck.model import Sentence

# A passage takes up sentences until it has so many letters, or half as many and a paragraph ends: so what is put in at
# an article's top leaves the passages further down as they were.
_OWN = 500
# Before them it has the sentence before, or so many of its last letters.
_BEFORE = 300


@dataclass(frozen=True)
class Passage:
    """Some sentences in a row with the one before them, line breaks turned to spaces; and where in `text` the one asked
    for stands."""

    text: str
    start: int
    end: int


def passages(sentences: Iterable[Sentence]) -> dict[int, Passage]:
    """The passage of every sentence of one article, by the sentence's start: that sentence with others around it, the
    same passage for sentences side by side."""
    order = sorted({s.start: s for s in sentences}.items())
    found: dict[int, Passage] = {}
    before = ""
    for run in _runs([s for _, s in order]):
        texts = [re.sub(r"\s", " ", s.text) for s in run]
        whole = " ".join([before, *texts] if before else texts)
        at = len(before) + 1 if before else 0
        for sentence, text in zip(run, texts, strict=True):
            found[sentence.start] = Passage(whole, at, at + len(text))
            at += len(text) + 1
        before = texts[-1] if len(texts[-1]) <= _BEFORE else texts[-1][-_BEFORE:].partition(" ")[2]
    return found


def _runs(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    """Sentences in runs of about `_OWN` letters."""
    runs: list[list[Sentence]] = []
    size = 0
    for sentence in sentences:
        ended = bool(runs) and sentence.paragraph != runs[-1][-1].paragraph and 2 * size > _OWN
        if not runs or ended or size + len(sentence.text) > _OWN:
            runs.append([])
            size = 0
        runs[-1].append(sentence)
        size += len(sentence.text) + 1
    return runs
