"""Quotations: words in quotation marks and who says them, and how two quotations lie to each other, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from functools import cache

from factcheck.extraction.entities import fold
from factcheck.languages import available, load
from factcheck.model import Names, Sentence, Value
from factcheck.values.context import Comparison, Context
from factcheck.values.people import Person, people
from factcheck.values.phrases import forms, plain, split

_SHORTEST, _LONGEST = 2, 1200
_WORD = re.compile(r"\d+(?:[.,]\d+)+|\w+(?:[’']t\b)?")
_BREAK = re.compile(r"[.,;:!?…]+(?=\s|$)| [–—] ")
# Two quotations of one speech: the least share of the shorter one's words that stand in both, in order, and the
# largest share of content words that may differ.
_COMMON, _CHANGED = 0.5, 0.5
# The least length of a word that two clauses must share for one to deny the other.
_FULL = 5
# So many words in a row are a remark, even where each of them is empty.
_SAID = 3
# How many letters may stand between a verb of saying and its subject's name.
_REACH = 70


@dataclass(frozen=True)
class _Quoted:
    """The words between two marks: offsets into the article, marks left out."""

    start: int
    end: int
    text: str


def find_quotations(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """The words an article quotes, two at least: `possible` holds them folded, `unit` the speaker's folded surname.

    The speaker is looked for in the sentences the quotation touches, then, for a pronoun, in those before.
    """
    values, named = [], people(sentences, context)
    for at, quoted in _quoted(sentences, context.language):
        folded = " ".join(words(quoted.text))
        speaker = _speaker(sentences, at, quoted, named, context.language)
        values.append(Value("quotation", quoted.text, quoted.start, quoted.end, Names(frozenset([folded])), speaker))
    return values


def words(text: str) -> list[str]:
    """The words of a quotation, folded: no case, no accents, no punctuation."""
    return [fold(re.sub("[’']", "", w)).replace(" ", "") for w in _WORD.findall(text)]


def _quoted(sentences: Sequence[Sentence], language: str) -> list[tuple[int, _Quoted]]:
    """The quotations of an article, each with the index of the sentence it starts in."""
    found: list[tuple[int, _Quoted]] = []
    at = 0
    while at < len(sentences):
        upto = at + 1
        while upto < len(sentences) and sentences[upto].paragraph == sentences[at].paragraph:
            upto += 1
        found += _in_paragraph(sentences, at, upto, language)
        at = upto
    return found


def _in_paragraph(sentences: Sequence[Sentence], first: int, upto: int, language: str) -> list[tuple[int, _Quoted]]:
    begin = sentences[first].start
    text, end = "", begin
    for sentence in sentences[first:upto]:
        text += " " * (sentence.start - end) + sentence.text
        end = sentence.end
    found = []
    for start, stop in _spans(text, load(language, "quotations")["marks"]):
        inner = text[start:stop]
        start, stop = start + len(inner) - len(inner.lstrip()), stop - len(inner) + len(inner.rstrip(" ,"))
        if stop - start <= _LONGEST and len(_WORD.findall(text, start, stop)) >= _SHORTEST:
            at = max(i for i in range(first, upto) if sentences[i].start <= begin + start)
            found.append((at, _Quoted(begin + start, begin + stop, text[start:stop])))
    return found


def _spans(text: str, marks: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """What stands between a pair of marks, the outermost pair where they are nested."""
    spans: list[tuple[int, int]] = []
    for opening, closing in marks:
        start = 0
        while (start := text.find(opening, start)) >= 0:
            end = _closing(text, start, opening, closing)
            if end < 0:
                break
            if not any(a - 1 <= start < b + 1 for a, b in spans):
                spans.append((start + 1, end))
            start = end + 1
    return sorted(spans)


def _closing(text: str, start: int, opening: str, closing: str) -> int:
    """Where the mark that closes the one at `start` stands, or -1: an apostrophe between letters closes nothing."""
    depth = 0
    for i in range(start + 1, len(text)):
        if text[i] == closing and not (closing == "’" and i + 1 < len(text) and text[i + 1].isalpha()):
            if depth == 0:
                return i
            depth -= 1
        elif text[i] == opening and opening != closing and opening != "‘":
            depth += 1
    return -1


@cache
def _verbs(language: str) -> frozenset[str]:
    return frozenset(form for verb in split(load(language, "quotations")["verbs"]) for form in forms(verb, language))


def _speaker(sentences: Sequence[Sentence], at: int, quoted: _Quoted, named: Sequence[Person], language: str) -> str:
    """The folded surname of who says it, "" where nobody is named."""
    touched = [s for s in sentences[at : at + 6] if s.start < quoted.end and quoted.start < s.end]
    last = at + len(touched)
    if (
        last < len(sentences)
        and sentences[last].paragraph == sentences[at].paragraph
        and quoted.end >= sentences[last - 1].end - 2
    ):
        touched.append(sentences[last])
    if at and sentences[at - 1].text.rstrip().endswith(":"):
        touched.insert(0, sentences[at - 1])
    for sentence in touched:
        if name := _said_in(sentence, quoted, named, language):
            return name
    if not any(_pronoun_says(s, quoted, language) for s in touched):
        return ""
    before = [p for p in named if p.end <= sentences[at].start and p.start >= sentences[max(0, at - 3)].start]
    return before[-1].surname if before else ""


def _said_in(sentence: Sentence, quoted: _Quoted, named: Sequence[Person], language: str) -> str:
    """The person named nearest to a verb of saying outside the quotation."""
    here = [
        p
        for p in named
        if sentence.start <= p.start and p.end <= sentence.end and (p.end <= quoted.start or quoted.end <= p.start)
    ]
    said = [sentence.tokens[v] for v in _saying(sentence, quoted, language)]
    near = min(((min(abs(p.start - v.end), abs(v.start - p.end)), p.surname) for p in here for v in said), default=None)
    if near and near[0] <= _REACH:
        return near[1]
    for person in here:
        before = plain(sentence.text[: person.start - sentence.start]).rstrip()
        if any(before.endswith(source) for source in load(language, "quotations")["sources"]):
            return person.surname
    return ""


def _saying(sentence: Sentence, quoted: _Quoted, language: str) -> list[int]:
    verbs = _verbs(language)
    return [
        i
        for i, t in enumerate(sentence.tokens)
        if (t.end <= quoted.start or quoted.end <= t.start)
        and t.pos in ("VERB", "AUX", "NOUN", "ADJ")
        and (plain(t.text) in verbs or plain(t.lemma) in verbs)
    ]


def _pronoun_says(sentence: Sentence, quoted: _Quoted, language: str) -> bool:
    """Whether a pronoun stands by a verb of saying outside the quotation."""
    pronouns = frozenset(load(language, "quotations")["pronouns"])
    around = {
        plain(t.text).lstrip("-").removeprefix("t-")
        for i in _saying(sentence, quoted, language)
        for t in sentence.tokens[max(0, i - 3) : i + 3]
        if t.end <= quoted.start or quoted.end <= t.start
    }
    return bool(around & pronouns)


def canonical_quotation(value: Value) -> str:
    """The words of a quotation, folded."""
    assert isinstance(value.possible, Names)
    return min(value.possible.forms)


@cache
def _empty_words() -> tuple[frozenset[str], frozenset[str]]:
    """The words that carry no content, and those that deny, of every language there is data for."""
    data = [load(language, "quotations") for language in available()]
    return tuple(frozenset(w for d in data for word in d[key] for w in words(word)) for key in ("stops", "negations"))  # type: ignore[return-value]


def compare_quotations(a: Value, b: Value) -> Comparison:
    """How two quotations lie to each other, by aligning their words (`difflib`).

    `equal`: the same words but for empty ones. `within`/`around`: one is cut from the other. `disjoint`: the same
    sentence but for a word of content, a number or a denial; the distance is the share of content words that differ.
    `incomparable`: other words, or another language.

    Where the whole tells nothing, a clause of one that denies a clause of the other does (`I never cheated`, and
    `I cheated` in a longer sentence).
    """
    first, second = canonical_quotation(a).split(), canonical_quotation(b).split()
    if _one_clause(a.text, second) or _one_clause(b.text, first):
        return Comparison("within" if len(first) < len(second) else "around", 0.0)
    found = _compared(first, second)
    if found.relation != "incomparable" or (a.unit and b.unit and a.unit != b.unit):
        return found
    denied = [d for x in _clauses(a.text) for y in _clauses(b.text) if (d := _denies(x, y)) is not None]
    return Comparison("disjoint", min(denied)) if denied else found


def _denies(first: list[str], second: list[str]) -> float | None:
    """How far apart two clauses are that say the same but that one of them denies it, None where they do not."""
    empty, denials = _empty_words()
    if bool(set(first) & denials) == bool(set(second) & denials):
        return None
    told, other = ({w for w in said if w not in empty | denials} for said in (first, second))
    shared = len(told & other) / max(1, len(told | other))
    if shared < _COMMON or not any(len(w) >= _FULL for w in told & other):
        return None
    return round(1 - shared, 3)


def _clauses(text: str) -> list[list[str]]:
    """The clauses of a quotation, folded, of two words or more."""
    return [told for part in _BREAK.split(text) if len(told := words(part)) >= _SHORTEST]


def _one_clause(text: str, said: list[str]) -> bool:
    """Whether a clause of a longer quotation says what another quotation does, whatever its other clauses deny (`the
    roof will hold`, of `the walls are not safe, the roof will hold`)."""
    parts = _clauses(text)
    return len(said) >= _SAID and len(parts) > 1 and any(part == said or _holds(part, said) for part in parts)


def _holds(longer: list[str], shorter: list[str]) -> bool:
    """Whether one text has another as it stands (but for small words: `a bridge that she doubts`, of `that I doubt`),
    and what it says beside that takes nothing back."""
    size, (empty, denials) = len(shorter), _empty_words()
    at = next((i for i in range(max(0, len(longer) - size + 1))
               if all(x == y or {x, y} <= empty - denials for x, y in zip(longer[i:], shorter, strict=False))), None)
    if at is None or size < _SAID or size == len(longer) or set(shorter) <= empty:
        return False
    return bool(set(shorter) & denials) or not set(longer[:at] + longer[at + size :]) & denials


def _compared(first: list[str], second: list[str]) -> Comparison:
    if _holds(first, second) or _holds(second, first):
        return Comparison("within" if len(first) < len(second) else "around", 0.0)
    empty, denials = _empty_words()
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    blocks = [m for m in matcher.get_matching_blocks() if m.size]
    common = [w for m in blocks for w in first[m.a : m.a + m.size]]
    content = [w for w in common if w not in empty]
    if not content:
        return Comparison("incomparable")
    changes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    only_a = _only(((i, j) for _, i, j, _, _ in changes), first)
    only_b = _only(((i, j) for _, _, _, i, j in changes), second)
    told = [w for w in only_a + only_b if w not in empty]
    if not told:
        return Comparison("equal", 0.0)
    denied = bool(set(told) & denials)
    if len(blocks) == 1 and not denied and not (only_a and only_b):
        return Comparison("within" if not only_a else "around", 0.0)
    changed = len(told) / (2 * len(content) + len(told))
    if len(common) < max(2, _COMMON * min(len(first), len(second))) or changed > _CHANGED:
        return Comparison("incomparable")
    if len(blocks) == 1 and not denied and _cut(blocks[0], first, second):
        return Comparison("overlap", 0.0)
    return Comparison("disjoint", round(changed, 3))


def _only(spans: Iterable[tuple[int, int]], said: list[str]) -> list[str]:
    """The words of one of two texts that stand in the given spans."""
    return [w for i, j in spans for w in said[i:j]]


def _cut(block: Match, first: list[str], second: list[str]) -> bool:
    """Whether two texts are cut from one speech at different places: one goes on where the other stops."""
    starts = block.a == 0 or block.b == 0
    ends = block.a + block.size == len(first) or block.b + block.size == len(second)
    return starts and ends
