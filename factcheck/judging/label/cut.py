"""A clause cut along its tree: the answer with its predicate, the subject, and what completes it."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from factcheck.extraction.trees import ancestors, children, subtree
from factcheck.judging.label.place import (
    CONTENT,
    NOMINAL,
    VERBAL,
    Phrase,
    Place,
    answers,
    antecedent,
    clausal,
    data,
    fused,
    relative_of,
    said,
    stem,
    subject_of,
)
from factcheck.judging.label.text import COMMAS, text_of
from factcheck.languages import load
from factcheck.model import Token

_APOSTROPHES = ("'", "’")
_LEADING = ("CCONJ", "SCONJ", "PUNCT")
_HANGING = ("ADP", "DET", "CCONJ", "SCONJ", "PUNCT")


def anchors(place: Place) -> Iterator[tuple[int, list[int], frozenset[int]]]:
    """The words that can head a label, each with the way from the answer to it: the topmost noun that has the answer
    in it, the predicate that governs this, and the one above where the predicate has no subject of its own."""
    path, borrowed = [place.head], frozenset[int]()
    clause = clausal(place, place.head)
    while not clause:
        step = _step(place, path[-1])
        if step is None or step[0] in path:
            yield path[-1], path, borrowed
            return
        borrowed |= step[1]
        if clausal(place, step[0]):
            nominal = path[:-1] if place.tokens[path[-1]].pos == "ADP" else path
            if len(nominal) > 1 or nominal and not set(below(place, place.head)) <= place.value:
                yield nominal[-1], list(nominal), borrowed
            clause = True
        path.append(step[0])
    yield path[-1], list(path), borrowed
    while subject_of(place, path[-1]) is None and len(path) < 12:
        step = _step(place, path[-1])
        if step is None or step[0] in path:
            return
        path.append(step[0])
        if clausal(place, step[0]) or place.tokens[step[0]].pos in NOMINAL:
            yield path[-1], list(path), borrowed


def _step(place: Place, index: int) -> tuple[int, frozenset[int]] | None:
    """The governor of a word, and the prepositions it shares with it; a coordinated word stands in its first one's
    place."""
    tokens, borrowed = place.tokens, frozenset[int]()
    while tokens[index].dep == "conj" and tokens[index].head != index:
        first = tokens[index].head
        if not any(t.dep == "cc" or t.text in COMMAS for t in tokens[first + 1:index]):
            break  # nothing joins them but the parser
        if not any(tokens[c].dep == "case" for c in children(place.sentence, index)):
            borrowed = frozenset(c for c in children(place.sentence, first) if tokens[c].dep == "case")
        index = first
    head = tokens[index].head
    return None if head == index or head not in place.stretch else (head, borrowed)


def skeleton(place: Place, anchor: int, path: Sequence[int], borrowed: frozenset[int]) -> Phrase:
    """What a label must have: the answer, the words on the way to its head, the subject and what these need."""
    kept = set(place.value) | set(borrowed)
    for index in path:
        kept |= _small(place, index, skip_opening=index == anchor)
        kept |= _needed(place, index) if clausal(place, index) else set()
    subject = subject_of(place, anchor) if clausal(place, anchor) else None
    renamed: dict[int, str] = {}
    if subject is not None:
        subject = _with_subject(place, anchor, subject, kept, renamed)
    return Phrase(place, _whole(place, kept, anchor), anchor, subject, renamed)


def _whole(place: Place, kept: set[int], anchor: int) -> frozenset[int]:
    """What is kept, with the other parts of words that a hyphen or an apostrophe ties to it, and without conjunctions
    before it and prepositions left at its end."""
    tokens, found = place.tokens, set(kept)
    ties = [i for i in range(len(tokens) - 1) if tokens[i].end == tokens[i + 1].start]
    for i in (*ties, *reversed(ties)):
        hyphen = tokens[i].text.endswith("-") or tokens[i + 1].text.startswith("-")
        if hyphen and {i, i + 1} & found or tokens[i].text.endswith(_APOSTROPHES) and i in found:
            found |= {i, i + 1}
    firm = place.value | {anchor}
    while min(found) not in firm and tokens[min(found)].pos in _LEADING:
        found.discard(min(found))
    while max(found) not in firm and tokens[max(found)].pos in _HANGING and tokens[max(found)].dep != "prt":
        found.discard(max(found))
    return frozenset(found)


def _with_subject(place: Place, anchor: int, subject: int, kept: set[int], renamed: dict[int, str]) -> int:
    """Add a clause's subject to what is kept: the noun for a relative pronoun, the name for another."""
    relative = relative_of(place, anchor, subject)
    noun = antecedent(place, anchor, relative) if relative is not None else None
    if relative is not None and noun is not None:
        kept |= _small(place, noun, skip_opening=True)
        if relative == subject:
            kept.discard(relative)
            kept |= _joined(place, noun)
            return noun
        kept |= _up_to(place, relative, anchor)
    narrowed = place.tokens[anchor].head == subject  # `a meal [that was] served`
    kept |= _small(place, subject, skip_opening=narrowed) | _joined(place, subject)
    for e in place.mention.claim.entities:
        # Of pronouns that stand for things as well (`elle`, `il`) a name would too often be the wrong one.
        if e.how == "pronoun" and e.start == place.tokens[subject].start and (
                e.text.lower() in data()["pronouns"]["personal"]):
            renamed[subject] = e.entity.name
    return subject


def _joined(place: Place, subject: int) -> set[int]:
    """The nouns coordinated with a subject: the verb agrees with all of them."""
    kept: set[int] = set()
    for child in children(place.sentence, subject):
        if place.tokens[child].dep != "conj" or child in place.value or clausal(place, child):
            continue
        unit = _unit(place, child)
        before = place.tokens[min(unit) - 1].text
        # A comma before the conjunction most often parts two clauses.
        if before not in COMMAS or place.tokens[min(unit)].dep != "cc":
            kept |= unit | _joined(place, child)
    return kept


def _up_to(place: Place, index: int, anchor: int) -> set[int]:
    """A word and its governors below another, with their small words."""
    kept = _small(place, index, skip_opening=False)
    for above in ancestors(place.sentence, index):
        if above == anchor:
            break
        kept |= _small(place, above, skip_opening=False)
    return kept


def _small(place: Place, index: int, skip_opening: bool) -> set[int]:
    """A word with the small ones that go with it."""
    deps, kept = data()["dependencies"], {index}
    copula = any(place.tokens[c].dep == "cop" for c in children(place.sentence, index))
    opening = ["mark"] if copula else deps["opening"]
    inside = index in place.value and place.tokens[index].pos in VERBAL
    for child in children(place.sentence, index):
        token = place.tokens[child]
        if child in place.value or child not in place.stretch or inside and token.dep in deps["of_verb"]:
            continue
        to = token.dep == "aux" and token.pos == "PART"
        if skip_opening and (to or token.dep in opening and token.text.lower() not in fused(place)):
            continue
        if token.dep in deps["before_noun"] and child < index and not clausal(place, child):
            kept |= {i for i in subtree(place.sentence, child) if i in place.stretch}
        elif token.dep in deps["function"] or _modifies(place, token):
            kept |= _small(place, child, skip_opening=False)
    return kept


def _modifies(place: Place, token: Token) -> bool:
    """Whether an adverb denies a verb, or belongs to a word that is no verb (`as early as`, `the year before`)."""
    if token.dep != "advmod":
        return False
    if token.text.lower() in load(place.language, "attribution")["negations"]:
        return True
    return not clausal(place, token.head) and place.tokens[token.head].pos not in VERBAL


def below(place: Place, index: int) -> Iterator[int]:
    """What may be added to a word: its dependents, save those that make a clause of their own."""
    listed = {dep for group in data()["dependencies"]["complements"] for dep in group}
    for child in children(place.sentence, index):
        token = place.tokens[child]
        if _holds(place, child):
            continue
        beside = index in place.value and token.dep == "appos" and place.mention.value.kind == "person"
        if beside or (token.dep in listed and token.pos not in ("PUNCT", "CCONJ") and not _apart(place, child, index)):
            yield child


def _apart(place: Place, index: int, head: int) -> bool:
    """Whether a complement is no part of what is asked: set off by a comma, who says it, or with another answer."""
    unit = _unit(place, index)
    if index not in place.stretch or not unit <= set(place.stretch):
        return True
    between = range(head + 1, min(unit)) if index > head else range(max(unit) + 1, head)
    if any(place.tokens[i].text in COMMAS for i in between):
        return True
    loose = not any(place.tokens[index].dep in group for group in data()["dependencies"]["complements"][:2])
    return any(said(place, place.tokens[i]) or loose and answers(place, place.tokens[i]) for i in unit)


def _needed(place: Place, index: int) -> set[int]:
    """What a predicate or a preposition is broken without."""
    kept: set[int] = set()
    for child in children(place.sentence, index):
        inside = child in place.stretch and child not in place.value and not _holds(place, child)
        if inside and place.tokens[child].dep in data()["dependencies"]["required"]:
            kept |= _unit(place, child)
    return kept


def _holds(place: Place, index: int) -> bool:
    """Whether the answer stands below a word: then it is on the way to it, or the answer takes its place."""
    return index in ancestors(place.sentence, place.head)


def _unit(place: Place, index: int) -> set[int]:
    """A complement as it is added: with its small words, and what it is broken without."""
    kept = _small(place, index, skip_opening=False) | _needed(place, index)
    token = place.tokens[index]
    if token.dep == "prep":  # `according to`
        for child in children(place.sentence, index):
            kept |= _unit(place, child) if place.tokens[child].dep == "prep" and child == index + 1 else set()
    if token.dep in ("ccomp", "pcomp", "xcomp") and (subject := subject_of(place, index)) is not None:
        kept |= _small(place, subject, skip_opening=False)
    if token.dep == "acl":
        kept |= {i for c in below(place, index) if c == max(kept) + 1 or min(_unit(place, c)) == max(kept) + 1
                 for i in _unit(place, c)}
    if any(place.tokens[i].text.lower() in data()["words"]["pairing"] for i in kept):
        kept |= _joined(place, index)
    if token.dep == "conj":
        joins = [i for i in (*children(place.sentence, index), *children(place.sentence, token.head))
                 if place.tokens[i].dep == "cc" and token.head < i < index]
        kept |= set(joins[-1:])
    return kept


def filled(phrase: Phrase, shared: Counter[str]) -> Phrase:
    """A phrase with as many complements as there is room for, the most telling first."""
    refused: set[int] = set()
    while True:
        ranked = sorted((_rank(phrase.place, c, shared), c) for c in _open(phrase) if c not in refused)
        if not ranked:
            return phrase
        added = ranked[0][1]
        longer = replace(phrase, kept=_whole(phrase.place, {*phrase.kept, *_unit(phrase.place, added)}, phrase.anchor))
        fits = added in longer.kept and len(text_of(longer)) <= data()["length"]["full"]
        if fits and not _doubled(phrase, added):
            phrase = longer
        else:
            refused.add(added)


def _doubled(phrase: Phrase, index: int) -> bool:
    """Whether a coordinated word can't be added: another answer, a clause, or what does not follow right upon."""
    place, token = phrase.place, phrase.place.tokens[index]
    if token.dep != "conj":
        return False
    joins = [i for i in _unit(place, index) if place.tokens[i].dep == "cc"]
    close = bool(joins) and min(_unit(place, index)) - 1 in phrase.kept
    cases = any(place.tokens[c].dep == "case" for c in children(place.sentence, index))
    mixed = place.tokens[token.head].pos not in NOMINAL and not cases
    return not close or mixed or token.head in place.value or clausal(place, index)


def _open(phrase: Phrase) -> list[int]:
    """The complements that could be added to a phrase."""
    near = {dep for group in data()["dependencies"]["complements"][:2] for dep in group}
    between = range(phrase.subject, phrase.anchor) if phrase.subject is not None else range(0)
    return [c for i in phrase.kept if i not in phrase.renamed for c in below(phrase.place, i)
            if c not in phrase.kept and (c not in between or phrase.place.tokens[c].dep in near)]


def _rank(place: Place, index: int, shared: Counter[str]) -> tuple[float, ...]:
    groups = data()["dependencies"]["complements"]
    order = next((n for n, group in enumerate(groups) if place.tokens[index].dep in group), 0)
    below = [place.tokens[i] for i in _unit(place, index)]
    telling = any(shared[stem(t)] for t in below if t.pos in CONTENT)
    return (order - 1.5 * telling, len(below), abs(index - place.head))
