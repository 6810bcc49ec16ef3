"""Micro-events: reading them, choosing pairs, and roughening sentences as the pipeline would.

A micro-event lists facts, each with sentences that answer it (``training/pairs/README.md``). Two
sentences of one fact ask the same question; they agree where they stand on the same side and differ
where they don't. Two sentences of different facts ask different questions.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from factcheck.linking.pair_input import Marked

ANNOTATED = Path(__file__).with_name("events")
"""Annotated events of our own, to fit and to train on (those of ``tests/events`` are for measuring)."""
OPEN_KINDS = frozenset({"outcome", "cause", "quotation", "role"})
"""Kinds whose values have no sharp ends: what the extraction finds may be wider or narrower."""
NAMES = frozenset({"person", "organization", "place"})

AS_READ = " as read"
"""Stands after an event's name where its mentions are as the program reads them."""

_NUMERIC = {
    "date": r"\b\d{1,2} (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}"
    r"|\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"|\b(?:19|20)\d\d\b|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b",
    "time": r"\b\d{1,2} ?h(?:eures)? ?\d{0,2}|\b\d{1,2}(?::\d\d| ?[ap]\.?m\.?)",
    "duration": r"\b\d+ (?:ans|mois|semaines|jours|heures|minutes|years|months|weeks|days|hours)\b",
    "money": r"[£$€] ?\d[\d., ]*\d?(?: million| billion)?|\b\d[\d., ]*(?:millions? d')?(?:euros|dollars|livres|€)",
    "percent": r"\b\d[\d,.]* ?(?:%|per cent|percent|pour cent)",
    "measure": r"\b\d[\d,.]* ?(?:km|kilom\w+|mètres|metres|miles|tonnes|hectares|litres|kg)\b",
    "count": r"\b\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+\b|\b\d+\b",
}
_NAME = r"\b[A-ZÀ-Ý][\w'’-]+(?: (?:de |du |la |of |the )?[A-ZÀ-Ý][\w'’-]+)+"
_FRENCH = re.compile(r"\b(?:l[ea]s?|d[eu]s?|une?|et|en|aux?|qu[ei]|pour|par|dans|sur|est|ont|il|elle)\b", re.IGNORECASE)
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|w(?:as|ere)|that|for|by|ha[ds]|with|from|at|its?|is)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:—–]|\.\s")


@dataclass(frozen=True)
class Sentence:
    """One sentence of a micro-event: its value marked, and the fact and side it stands for."""

    marked: Marked
    fact: int
    side: int


@dataclass(frozen=True)
class Event:
    """One micro-event, named by its file and line."""

    name: str
    sentences: tuple[Sentence, ...]


def load_events(paths: Iterable[Path]) -> list[Event]:
    """The micro-events of some files, in order."""
    return [
        _event(f"{path.stem}:{number}", json.loads(line))
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if line.strip()
    ]


def _event(name: str, record: dict) -> Event:
    return Event(
        name,
        tuple(
            Sentence(marked(sentence["text"], fact["kind"], sentence["lang"]), number, place)
            for number, fact in enumerate(record["facts"])
            for place, side in enumerate(fact["sides"])
            for sentence in side["sentences"]
        ),
    )


def load_annotated(root: Path) -> list[Event]:
    """The annotated events below a folder (``tests/evaluate/FORMAT.md``) as micro-events, in order.

    Every mention is a sentence, cut as its quote is. The sides of a decoy are two facts; what editors
    would debate is left out.
    """
    return [_annotated(path) for path in sorted(root.rglob("gold.json"))]


def _annotated(path: Path) -> Event:
    gold = json.loads(path.read_text("utf-8"))
    sentences: list[Sentence] = []
    number = 0
    for fact in gold["facts"]:
        if fact["relation"] == "debatable":
            continue
        for place, side in enumerate(fact["sides"]):
            for mention in side["mentions"]:
                text, value = re.sub(r"\s", " ", mention["quote"]), re.sub(r"\s", " ", mention["text"])
                start = text.index(value)
                language = _language(gold["languages"], text)
                side_of = Marked(text, start, start + len(value), fact["kind"], language)
                sentences.append(Sentence(side_of, number, place))
            number += fact["relation"] == "decoy"
        number += 1
    return Event(path.parent.name, tuple(sentences))


def load_extracted(path: Path) -> list[Event]:
    """The events that :mod:`training.extracted` wrote."""
    events = []
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        sentences = [
            Sentence(Marked(m["text"], m["start"], m["end"], m["kind"], m["language"], m["lead"]), m["fact"], m["side"])
            for m in record["mentions"]
        ]
        events.append(Event(record["event"] + AS_READ, tuple(sentences)))
    return events


def _language(languages_of_event: Sequence[str], text: str) -> str:
    """The language of a quote, told by its commonest words where the event has two."""
    if len(languages_of_event) == 1:
        return languages_of_event[0]
    french, english = (len(common.findall(text)) for common in (_FRENCH, _ENGLISH))
    return "fr" if french > english or re.search("[éèàêçù]", text) else "en"


def marked(text: str, kind: str, language: str) -> Marked:
    """A sentence whose value stands in ``[[…]]``, as a side of a pair."""
    before, rest = text.split("[[")
    value, after = rest.split("]]")
    start = len(before)
    return Marked(before + value + after, start, start + len(value), kind, language)


def languages(first: Sentence, second: Sentence) -> str:
    """The pair's combination of languages, whichever way round: ``en-en``, ``en-fr``, ``fr-fr``."""
    return "-".join(sorted((first.marked.language, second.marked.language)))


def same_fact(event: Event) -> list[tuple[int, int]]:
    """All pairs of sentences that answer the same question."""
    return [(i, j) for i, j in _pairs(event) if event.sentences[i].fact == event.sentences[j].fact]


def other_fact(event: Event, same_kind: bool) -> list[tuple[int, int]]:
    """All pairs that answer different questions, of one kind or of two; two mentions of no known fact might
    answer one (`training/extracted.py`)."""
    found = []
    for i, j in _pairs(event):
        first, second = event.sentences[i], event.sentences[j]
        known = max(first.fact, second.fact) >= 0
        if known and first.fact != second.fact and (first.marked.kind == second.marked.kind) == same_kind:
            found.append((i, j))
    return found


def _pairs(event: Event) -> Iterable[tuple[int, int]]:
    return combinations(range(len(event.sentences)), 2)


def roughen(sentence: Marked, rng: random.Random, neighbours: Sequence[Marked]) -> Marked:
    """A sentence as the pipeline might hand it over: another span, another cut.

    The value of an open kind gets wider or narrower by some words; the sentence may be cut down to its clause. One with
    nothing before it may be given other sentences of its language there; another may lose what stands before it.
    """
    if sentence.kind in OPEN_KINDS and rng.random() < 0.4:
        sentence = _shift_span(sentence, rng)
    sentence = _clause_only(sentence) if rng.random() < 0.12 else sentence
    if sentence.lead:
        return replace(sentence, lead="") if rng.random() < 0.12 else sentence
    before = [n.text for n in neighbours if n.language == sentence.language and n.text != sentence.text]
    if before and rng.random() < 0.3:
        return replace(sentence, lead=" ".join(rng.sample(before, min(len(before), rng.choice((1, 2))))))
    return sentence


def _shift_span(sentence: Marked, rng: random.Random) -> Marked:
    words = [m.span() for m in re.finditer(r"\S+", sentence.text)]
    inside = [k for k, (s, e) in enumerate(words) if s < sentence.end and e > sentence.start]
    first = max(0, inside[0] - rng.choice((0, 0, 1, 2, 4, 6)))
    last = min(len(words) - 1, inside[-1] + rng.choice((0, 0, 1, 2, 4, 6)))
    if len(inside) > 3 and rng.random() < 0.3:  # sometimes narrower instead
        first, last = inside[0] + rng.choice((0, 1)), inside[-1] - rng.choice((0, 1))
    return replace(sentence, start=words[first][0], end=words[last][1])


def _clause_only(sentence: Marked) -> Marked:
    text = sentence.text
    left = max((m.end() for m in _CLAUSE.finditer(text, 0, sentence.start)), default=0)
    match = _CLAUSE.search(text, sentence.end)
    right = match.start() if match else len(text)
    clause = text[left:right]
    lead = left + len(clause) - len(clause.lstrip())
    if len(clause.split()) < len(text[sentence.start : sentence.end].split()) + 3:
        return sentence  # too little would be left to ask a question
    return replace(sentence, text=clause.strip(), start=sentence.start - lead, end=sentence.end - lead)


def distractor(sentence: Marked, rng: random.Random) -> Marked | None:
    """The same sentence with another thing of the same kind marked in it, if there is one.

    Such a side asks another question than every sentence of its fact, though the words are the
    same: without it, a model could leave the mark unread.
    """
    text = sentence.text
    value = text[sentence.start : sentence.end].casefold()
    if sentence.kind in _NUMERIC:
        spans = [m.span() for m in re.finditer(_NUMERIC[sentence.kind], text)]
    elif sentence.kind in NAMES:
        spans = [m.span() for m in re.finditer(_NAME, text)]
    else:
        spans = [s for s in _clauses(text) if len(text[s[0] : s[1]].split()) >= 3]
    spans = [
        (start, end)
        for start, end in spans
        if (end <= sentence.start or start >= sentence.end) and end > start
        and not (_words(text[start:end]) & _words(value))
    ]  # fmt: skip
    if not spans:
        return None
    start, end = rng.choice(spans)
    return replace(sentence, start=start, end=end)


def _clauses(text: str) -> list[tuple[int, int]]:
    ends = [0, *(m.end() for m in _CLAUSE.finditer(text)), len(text)]
    found = []
    for start, end in zip(ends, ends[1:], strict=False):
        part = text[start:end]
        start += len(part) - len(part.lstrip())
        found.append((start, start + len(part.strip().rstrip(".,;:—–"))))
    return found


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 2 or word.isdigit()}
