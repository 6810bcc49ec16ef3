"""Where a cause stands, seen from the words that tell it: behind them, before them, between them."""

from __future__ import annotations

from factcheck.values.cause_words import CauseWords, kinds_in, part_at
from factcheck.values.phrases import Match, find, plain
from factcheck.values.predicates import Grammar, Tree, head_of, subtree

Span = tuple[int, int]

NAMED = ("NOUN", "PROPN")
LONGEST, CLAUSE = 14, 24
# How much more may stand between the two parts of a cleft, with an aside between commas.
_ASIDE = 12
_WHEN = ("when", "où")
_ASKING = frozenset(("qui", "what"))
BREAKS = frozenset((",", ".", ";", ":", "!", "?", "…", "(", ")", "»", "”", "—", "–", "«", "“", '"'))
_OPENING_MARKS = frozenset(("«", "“"))
_OPENING = ("DET", "PUNCT", "ADJ", "SPACE", "CCONJ")
_PHRASE = ("DET", "ADJ", "NOUN", "ADP", "PUNCT", "NUM", "PROPN")
_OUTER = ("DET", "ADP", "PUNCT", "CCONJ", "SCONJ", "SPACE")


def following(parsed: Tree, first: int, words: CauseWords, clause: bool = False) -> Span | None:
    """The noun phrase, or the clause, that starts at a token.

    A colon or an opening mark right there is passed over, and so is a noun that only names that there is a cause
    (`par un seul manquement : la cession`) or when it was (`to the day when the will was read`).
    """
    while first < len(parsed.tokens) and parsed.tokens[first].text in _OPENING_MARKS | {":", '"', "‘"}:
        first += 1
    aside = _aside(parsed, first) if clause else range(0)
    last = first - 1
    for i in range(first, min(first + (CLAUSE + len(aside) if clause else LONGEST), len(parsed.tokens))):
        if i in aside:
            continue
        if parsed.tokens[i].text in BREAKS - _OPENING_MARKS or (not clause and i > first and _ends(parsed, i, words)):
            break
        last = i
    span = trimmed(parsed, (first, last), clause) if last >= first else None
    then = parsed.words[last + 1] if span and not clause and last + 1 < len(parsed.words) else ""
    if span and then in (":", *_WHEN):
        nouns = {plain(parsed.tokens[i].lemma) for i in range(span[0], span[1] + 1) if parsed.tokens[i].pos in NAMED}
        if nouns <= words.lists["empty"]:
            return following(parsed, last + 2, words, clause=then in _WHEN)
    return span


def _aside(parsed: Tree, first: int) -> range:
    """What stands between commas after a clause's subject, before its verb (`parce que la ville, qui loue le hall,
    a…`)."""
    reach = range(first, min(first + CLAUSE + _ASIDE, len(parsed.tokens)))
    commas = [i for i in reach if parsed.tokens[i].text == ","][:2]
    finite = next((i for i in reach if "VerbForm=Fin" in parsed.tokens[i].morph), first)
    if len(commas) < 2 or finite <= commas[0]:
        return range(0)
    return range(commas[0], commas[1] + 1)


def _ends(parsed: Tree, i: int, words: CauseWords) -> bool:
    """Whether a noun phrase ends before a token: a verb, unless a preposition stands before it (`mot de passe`)."""
    if parsed.tokens[i - 1].pos == "ADP":
        return False
    return parsed.words[i] in words.lists["ends"] or "VerbForm=Fin" in parsed.tokens[i].morph


def trimmed(parsed: Tree, span: Span, clause: bool = False) -> Span | None:
    """A span without the small words at its ends, or None where nothing else is left. A clause keeps its first ones."""
    first, last = span
    while not clause and first <= last and (_small(parsed, first) or _day(parsed, first, last)):
        first += 1
    while last >= first and parsed.tokens[last].pos in (*_OUTER, "PRON", "AUX", "ADV"):
        last -= 1
    return (first, last) if first <= last else None


def _small(parsed: Tree, i: int) -> bool:
    return parsed.tokens[i].pos in _OUTER or parsed.tokens[i].dep == "poss" and parsed.tokens[i].pos == "PRON"


def _day(parsed: Tree, i: int, last: int) -> bool:
    """Whether a number is the day of the month before what is told (`révèle le 14 la rupture`)."""
    return parsed.tokens[i].pos in ("NUM", "NOUN") and parsed.words[i].isdigit() and i < last and (
        parsed.tokens[i + 1].pos == "DET"
    )  # fmt: skip


def subject_of(parsed: Tree, match: Match, rules: Grammar) -> Span | None:
    """The noun phrase that is the subject of the words told, or that they describe (`un rail mis en cause`)."""
    found = _subject(parsed, head_of(parsed, match.tokens), match, rules)
    if found is None or parsed.tokens[found].pos not in NAMED:
        return None
    return _around(parsed, [i for i in subtree(parsed, found) if i < match.first], found)


def _subject(parsed: Tree, head: int, match: Match, rules: Grammar) -> int | None:
    for verb in (head, parsed.tokens[head].head):
        for child in parsed.children[verb]:
            if parsed.tokens[child].dep in rules.labels["subject"] and child < match.first:
                over = parsed.tokens[verb].head
                relative = parsed.words[child] in rules.labels["relatives"] and parsed.tokens[over].pos in NAMED
                return _thing_at(parsed, over) if relative else child
    over = parsed.tokens[head].head
    if parsed.tokens[head].dep in rules.labels["modifier"] and parsed.tokens[over].pos in NAMED and over < match.first:
        return over
    return None


def _thing_at(parsed: Tree, place: int) -> int:
    """The noun a name only places (`the levee at Vaubrun`), or the token itself."""
    over = place
    for _ in range(2):
        over = parsed.tokens[over].head
        if parsed.tokens[place].pos == "PROPN" and parsed.tokens[over].pos == "NOUN":
            return over
    return place


def _around(parsed: Tree, tokens: list[int], head: int) -> Span | None:
    """The part of a phrase around its head without a break, at most `LONGEST` tokens."""
    first = last = head
    while first - 1 in tokens and parsed.tokens[first - 1].text not in BREAKS:
        first -= 1
    while last + 1 in tokens and parsed.tokens[last + 1].text not in BREAKS and last - first < LONGEST:
        last += 1
    return trimmed(parsed, (first, last))


def acts(parsed: Tree, match: Match, rules: Grammar) -> bool:
    """Whether a verb of causing brings something about: it is no passive and has an object."""
    verb = head_of(parsed, match.tokens)
    below = {parsed.tokens[c].dep for c in parsed.children[verb]}
    if below & {"aux:pass", "auxpass"}:
        return False
    return len(match.tokens) > 1 or bool(below & (rules.labels["object"] | {"xcomp", "ccomp"}))


def presented(parsed: Tree, match: Match, words: CauseWords) -> Span | None:
    """What a phrase at the head of a sentence presents: what follows the next comma, colon or linking verb."""
    if any(parsed.tokens[i].pos not in _OPENING for i in range(match.first)):
        return None
    for i in range(match.last + 1, min(match.last + LONGEST, len(parsed.words) - 1)):
        told = parsed.words[i] in (",", ":") or parsed.words[i] in words.lists["link"]
        if told and (_opens_noun(parsed, i + 1) or (parsed.words[i] == ":" and parsed.tokens[i + 1].pos == "ADV")):
            return following(parsed, i + 1, words)
    return None


def _opens_noun(parsed: Tree, i: int) -> bool:
    return i < len(parsed.tokens) and parsed.tokens[i].pos in ("DET", "NOUN", "ADJ", "NUM")


def broken(parsed: Tree, match: Match, rules: Grammar, words: CauseWords) -> Span | None:
    """A thing that breaks, with the verb that says so (`a cable snapped`): the whole is a cause."""
    found = _subject(parsed, head_of(parsed, match.tokens), match, rules)
    if found is None:
        span = _opening(parsed, match.first)
    else:
        span = _around(parsed, [i for i in subtree(parsed, found) if i < match.first], found)
    if span is None or (found is not None and parsed.tokens[found].pos != "NOUN"):
        return None
    inside = (i for i in range(span[0], span[1] + 1) if parsed.tokens[i].pos == "NOUN")
    if match.first - span[1] > LONGEST:
        return None
    known = any(part_at(parsed.tokens, i, words) for i in inside) or kinds_in(
        parsed.tokens, match.first, match.last, words
    )
    return (span[0], match.last) if known else None


def _opening(parsed: Tree, verb: int) -> Span | None:
    """The noun phrase that a clause opens with, up to a verb, where the parser takes it for no subject."""
    first = verb
    while first and parsed.tokens[first - 1].pos in _PHRASE and parsed.tokens[first - 1].text not in BREAKS:
        first -= 1
    if first and parsed.tokens[first - 1].text not in BREAKS:
        return None
    return trimmed(parsed, (first, verb - 1))


def obstacle(parsed: Tree, match: Match, words: CauseWords) -> Span | None:
    """What somebody ran into, with the verb that says so, where it is a known obstacle."""
    span = following(parsed, match.last + 1, words)
    if span is None or span[1] >= len(parsed.tokens) or not acts_on_known(parsed, span, words):
        return None
    return match.first, span[1]


def acts_on_known(parsed: Tree, span: Span, words: CauseWords) -> bool:
    """Whether the head of a noun phrase is, or is part of, an obstacle the data knows."""
    head = head_of(parsed, range(span[0], span[1] + 1))
    return any(m.label.startswith("obstacle/") and head in m.tokens for m in kinds_in(parsed.tokens, *span, words))


def clefts(parsed: Tree, words: CauseWords) -> list[Match]:
    """The places of `c'est X qui`, `it was X that`: what stands between is put forward as the cause.

    The match is the opening words, a denial among them, and the relative.
    """
    found = []
    for i, word in enumerate(parsed.words):
        if word in words.cleft["links"] and i and (opening := _cleft_opens(parsed, i, words)):
            start = i + 1
            if start < len(parsed.words) and parsed.words[start] in words.cleft["denials"]:
                opening, start = (*opening, start), start + 1
            if (end := _cleft_closes(parsed, start, words)) is not None:
                found.append(Match("cleft", (*opening, end), 3.0))
    return found


def _cleft_opens(parsed: Tree, link: int, words: CauseWords) -> tuple[int, ...]:
    first = link
    while first and parsed.words[first - 1] in words.cleft["opens"]:
        first -= 1
    return tuple(range(first, link + 1)) if first < link else ()


def _cleft_closes(parsed: Tree, start: int, words: CauseWords) -> int | None:
    """The relative pronoun that closes a cleft whose noun phrase, or reason, starts at a token."""
    if start + 1 >= len(parsed.words):
        return None
    reason = parsed.words[start] in words.cleft["prepositional"] or " ".join(parsed.words[start : start + 2]) in (
        "à cause", "en raison",
    )  # fmt: skip
    if not reason and not _opens_noun(parsed, start):
        return None
    closing = words.cleft["subject"] | (words.cleft["object"] if reason else frozenset())
    aside = 0
    for i in range(start + 1, min(start + LONGEST + _ASIDE, len(parsed.words))):
        if parsed.words[i] in closing and (i < start + LONGEST or parsed.words[i - 1] == ","):
            return i if i > start + 1 or parsed.tokens[start].pos == "NOUN" else None
        if parsed.tokens[i].text in BREAKS - ({",", "(", ")"} if aside else {","}):
            return None
        aside = aside or (i if parsed.words[i] == "," else 0)
    return None


def in_cleft(parsed: Tree, match: Match, words: CauseWords) -> Span | None:
    """What stands between the opening and the relative of a cleft, where it is a thing or an event."""
    first = match.tokens[-2] + 1
    while first < match.last and parsed.words[first] in words.cleft["prepositions"] | words.cleft["prepositional"]:
        first += 1
    last = match.last - 1
    if parsed.words[last] == "," and "," in parsed.words[first:last]:
        # `c'est la neige, tombée toute la nuit, qui`: what stands between commas is said in passing.
        last = parsed.words.index(",", first)
    span = trimmed(parsed, (first, last))
    if span is None:
        return None
    head = next((i for i in range(span[0], span[1] + 1) if parsed.tokens[i].pos in NAMED), None)
    return span if head is not None and parsed.tokens[head].pos == "NOUN" else None


def identified(parsed: Tree, words: CauseWords) -> list[tuple[Match, Span]]:
    """What a sentence says a cause is: `the likely cause of the fire was X`, `ce qui a perdu l'usine, c'est X`."""
    nouns = [Match("identified", (i,), 2.0) for i, t in enumerate(parsed.tokens)
             if t.pos == "NOUN" and plain(t.lemma) in words.lists["nouns"]]  # fmt: skip
    asked = [m for m in find(parsed.tokens, words.what) if set(parsed.words[max(0, m.first - 4) : m.first]) & _ASKING]
    found = []
    for match in (*asked, *nouns):
        link = _link_after(parsed, match, words, free=match.label == "what")
        span = following(parsed, link + 1, words) if link is not None else None
        if span and link is not None:
            found.append((Match("identified", (match.first, link), 2.0), span))
    return found


def _link_after(parsed: Tree, match: Match, words: CauseWords, free: bool) -> int | None:
    """The verb that links what is asked to its answer; behind a noun, no other verb may stand in between."""
    for i in range(match.last + 1, min(match.last + LONGEST, len(parsed.words))):
        if parsed.words[i] in words.lists["link"]:
            opens = i + 1 + (parsed.words[i + 1 : i + 2] in (["bien"], ["probably"], ["simply"], ["likely"]))
            return i if _opens_noun(parsed, opens) and "VerbForm=Part" not in parsed.tokens[opens].morph else None
        if not free and (parsed.tokens[i].pos == "VERB" or parsed.tokens[i].text in BREAKS):
            return None
    return None
