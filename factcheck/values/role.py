"""Roles: offices, trades and other parts people have, with who has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from factcheck.extraction.entities import fold
from factcheck.extraction.trees import has_auxiliary
from factcheck.languages import load
from factcheck.model import Names, Sentence, Value
from factcheck.values.context import Context
from factcheck.values.offices import base, offices
from factcheck.values.people import Person, people
from factcheck.values.phrases import ANY, PERSONS, Lexicon, Match, find, lexicon, phrase, plain, split
from factcheck.values.predicates import Tree, tree
from factcheck.values.role_verbs import by_verb, running

FLAGS = ("former", "acting", "deputy", "future", "retired")
UNNAMED = "unnamed"
# Of who is told to be at the top by a verb (`who runs Halden`).
LEADS = "leads"
# What an office is of that somebody calls theirs: `our president`.
_OURS = "ours"
_OFFICE, _VERB = "office", "verb"
_COMPLEMENT, _REACH, _BRIDGE = 9, 7, 6
_AGE = re.compile(r"\d{1,3}")
_NOMINAL = ("NOUN", "PROPN", "ADJ", "NUM")
_SMALL = ("ADP", "ADV", "CCONJ", "SCONJ", "DET", "PRON", "AUX", "INTJ")
_CLOSING = {"»", "”", '"'}
_APPOSED = {",", "–", "—", "(", "-", ":"}


@dataclass(frozen=True)
class _Words:
    """The words of one language that tell roles."""

    phrases: Lexicon
    flags: dict[str, frozenset[str]]
    grammar: dict[str, frozenset[str]]
    portfolios: dict[str, str]
    titles: frozenset[str]
    endings: tuple[str, ...]
    things: frozenset[str]


@dataclass(frozen=True)
class _Role:
    """A role found in a sentence: its tokens, its ids, what it is of, how it is limited, and who has it.

    `opens` is where its phrase starts, whose it is included (`Corvane's chief executive`).
    """

    first: int
    last: int
    ids: frozenset[str]
    complement: str
    flags: tuple[str, ...]
    holder: Person | None = None
    opens: int = -1


@cache
def _words(language: str) -> _Words:
    data = load(language, "roles")
    phrases = [
        phrase(text, f"{kind}:{name}", language, PERSONS if kind == _OFFICE else ANY)
        for kind, table in ((_OFFICE, "offices"), (_VERB, "verbs"))
        for name, texts in data[table].items()
        for text in split(texts)
    ]
    portfolios = {word: name for name, texts in data["portfolios"].items() for word in split(texts)}
    names = load(language, "names")
    return _Words(
        lexicon(phrases),
        {k: frozenset(v) for k, v in data["flags"].items()},
        {k: frozenset(v) for k, v in data["grammar"].items()},
        portfolios,
        frozenset(names["person_titles"]),
        tuple(names["person_endings"]),
        frozenset([*names["not_persons"], *names["organization_nouns"], *names["descriptions"]]),
    )


def find_roles(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """The roles an article gives to people, in order; one whose holder it does not name is marked `unnamed`.

    `possible` holds the common ids of the office (`mayor`, `minister/transport`) or the lemma of a role the data does
    not know, `unit` the holder's full name, folded, `qualifiers` what the office is of, folded, any of `FLAGS`,
    `leads` where a verb tells it, and `unnamed`.
    """
    return [
        Value(
            "role", text, start, end, Names(role.ids), fold(role.holder.name) if role.holder else "", _qualifiers(role)
        )
        for role, text, start, end in _held(sentences, context)
    ]


def find_holders(sentences: Sequence[Sentence], context: Context) -> list[Value]:
    """The people an article names as holding an office: values of kind `person`, `unit` the office's id."""
    return [
        Value(
            "person",
            role.holder.text,
            role.holder.start,
            role.holder.end,
            Names(frozenset([fold(role.holder.name)])),
            min(role.ids),
            _qualifiers(role),
        )
        for role, *_ in _held(sentences, context)
        if role.holder and not role.holder.pronoun
    ]


def _qualifiers(role: _Role) -> tuple[str, ...]:
    return ((role.complement,) if role.complement else ()) + role.flags + (() if role.holder else (UNNAMED,))


def _held(sentences: Sequence[Sentence], context: Context) -> list[tuple[_Role, str, int, int]]:
    """Every role, its words and its span."""
    words, named, found = _words(context.language), people(sentences, context), []
    for sentence in sentences:
        here = [p for p in named if sentence.start <= p.start and p.end <= sentence.end]
        if not sentence.tokens:
            continue
        for role in _in_sentence(tree(sentence), here, words):
            start, end = sentence.tokens[role.first].start, sentence.tokens[role.last].end
            found.append((role, sentence.text[start - sentence.start : end - sentence.start], start, end))
    return found


def _in_sentence(parsed: Tree, here: Sequence[Person], words: _Words) -> list[_Role]:
    matches = [m for m in find(parsed.tokens, words.phrases) if not _of_an_age(parsed, m.last, words)]
    places = [_without_office(parsed, p, *_tokens_of(parsed, p), matches) for p in here]
    inside = {i for _, first, last in places for i in range(first, last + 1)}
    roles: list[_Role] = []
    for tokens, labels in _longest(matches, inside):
        held = frozenset(label.split(":", 1)[1] for label in labels if label.startswith(_OFFICE))
        if held and all(parsed.tokens[i].pos in _SMALL for i in tokens):
            continue  # `mais`, `avant` look like offices by their letters alone
        if held and (_says(parsed, tokens, words) or _no_noun(parsed, tokens) or _field(parsed, tokens, roles, words)):
            continue
        if held:
            role = _office(parsed, tokens, held, inside, words)
            holder = _holder(parsed, role, places, words)
        else:
            role = _Role(tokens[0], tokens[-1], frozenset(label.split(":", 1)[1] for label in labels), "", (LEADS,))
            end, complement, holder = by_verb(parsed, tokens, places, words.grammar)
            role = replace(role, last=end, complement=complement)
        if held and not holder and _name_of_a_thing(parsed, role, tokens):
            continue
        if holder or held and _one(parsed, tokens, held, words):
            roles.append(replace(role, holder=holder))
    said = {i for role in roles for i in range(role.first, role.last + 1)}
    for at, end, complement, holder in running(parsed, places, words.grammar, words.portfolios):
        if at not in said:
            roles.append(_Role(at, end, frozenset(["head"]), complement, (LEADS,), holder))
    taken = {i for role in roles for i in range(role.first, role.last + 1)}
    return sorted(roles + _unknown(parsed, places, inside | taken, words), key=lambda r: r.first)


def _says(parsed: Tree, tokens: tuple[int, ...], words: _Words) -> bool:
    """Whether an office's word is the verb after what somebody said (`« … », juge X`)."""
    before = {parsed.tokens[i].text for i in range(max(0, tokens[0] - 2), tokens[0])}
    return len(tokens) == 1 and parsed.words[tokens[0]] in words.grammar["saying"] and bool(before & _CLOSING)


def _no_noun(parsed: Tree, tokens: tuple[int, ...]) -> bool:
    """Whether an office's only word is an adjective beside a noun (`la sanction financière`), or a verb with its
    auxiliary (`a été prévenue`)."""
    token = parsed.tokens[tokens[0]]
    if len(tokens) > 1 or token.pos not in ("ADJ", "VERB"):
        return False
    return token.dep == "amod" or has_auxiliary(parsed.tokens, parsed.children[tokens[0]])


def _name_of_a_thing(parsed: Tree, role: _Role, tokens: tuple[int, ...]) -> bool:
    """Whether an office's only word, with a capital, ends the name of a ship or the like (`the Norland Trader`)."""
    token, before = parsed.tokens[tokens[0]], parsed.tokens[max(0, tokens[0] - 1)]
    if len(tokens) > 1 or role.first == tokens[0] or not (token.text[:1].isupper() and token.pos == "PROPN"):
        return False
    name = before.pos == "PROPN" and before.dep == "compound" and before.text.istitle()
    return name and not role.ids - offices().not_public


def _of_an_age(parsed: Tree, last: int, words: _Words) -> bool:
    """Whether what would say whose somebody is says how old (`une fille de 9 ans`)."""
    if parsed.words[last] not in words.grammar["complements"] or last + 2 >= len(parsed.tokens):
        return False
    return parsed.tokens[last + 1].pos == "NUM" and parsed.words[last + 2] in words.grammar["ages"]


def _field(parsed: Tree, tokens: tuple[int, ...], roles: Sequence[_Role], words: _Words) -> bool:
    """Whether an office's only word is what an office before it is for (`the minister of justice`)."""
    return len(tokens) == 1 and parsed.words[tokens[0]] in words.portfolios and any(
        role.first < tokens[0] <= role.last for role in roles)


def _one(parsed: Tree, tokens: tuple[int, ...], ids: frozenset[str], words: _Words) -> bool:
    """Whether a role without a named holder is one person's, no crowd's (`passengers`, `a victim`), and no word that
    mostly means something else (`an anchor`, `le milieu`)."""
    if any("Number=Plur" in parsed.tokens[i].morph for i in tokens) or ids & offices().crowd:
        return False
    return len(tokens) > 1 or parsed.words[tokens[0]] not in words.grammar["only_with_a_name"]


def _tokens_of(parsed: Tree, person: Person) -> tuple[int, int]:
    inside = [i for i, t in enumerate(parsed.tokens) if t.start < person.end and person.start < t.end]
    return (inside[0], inside[-1]) if inside else (0, 0)


def _without_office(
    parsed: Tree, person: Person, first: int, last: int, matches: Sequence[Match]
) -> tuple[Person, int, int]:
    """A name as found, less the office with a capital that opens it (`Vice-president Jane Holt`)."""
    for match in matches:
        if match.first == first and match.last < last and match.label.startswith(_OFFICE):
            start = parsed.tokens[match.last + 1].start
            lead = len(person.text) - (person.end - start)
            name = person.name[lead:] if person.name == person.text else person.name
            return replace(person, start=start, text=person.text[lead:], name=name), match.last + 1, last
    return person, first, last


def _longest(matches: Iterable[Match], names: set[int]) -> list[tuple[tuple[int, ...], frozenset[str]]]:
    """The longest phrases, none of them part of a name; the ids of one stretch of words together."""
    kept: list[tuple[Match, set[str]]] = []
    for match in sorted(matches, key=lambda m: (-m.weight, m.first)):
        if names & set(match.tokens):
            continue
        clash = next((k for k in kept if k[0].first <= match.last and match.first <= k[0].last), None)
        if clash is None:
            kept.append((match, {match.label}))
        elif clash[0].tokens == match.tokens:
            clash[1].add(match.label)
    return [(match.tokens, frozenset(labels)) for match, labels in sorted(kept, key=lambda k: k[0].first)]


def _office(parsed: Tree, tokens: tuple[int, ...], ids: frozenset[str], names: set[int], words: _Words) -> _Role:
    """A role with the words around it that limit it: flags before and after, what it is of."""
    first, last = tokens[0], tokens[-1]
    flags: set[str] = set()
    if parsed.words[first].startswith("ex-"):
        flags.add("former")
    while first > 0 and (flag := _flag(parsed, first - 1, words) or _modifier(parsed, first - 1, names)):
        first -= 1
        flags |= {flag} & set(FLAGS)
    end = _complement_end(parsed, last, names, words)
    for i in range(last + 1, end + 1):
        if parsed.tokens[i].text[:1].islower() and (flag := _flag(parsed, i, words)):
            flags.add(flag)  # `ministre de la Santé du Nouveau-Brunswick` is in office
    if last + 1 < len(parsed.words) and (flag := _flag(parsed, last + 1, words)):
        flags.add(flag)
        end = max(end, last + 1)
    named = [i for i in range(last + 1, end + 1) if parsed.tokens[i].pos in ("NOUN", "PROPN", "ADJ") or i in names]
    named = [i for i in named if parsed.words[i] not in words.grammar["ages"]]
    opens = _possessor(parsed, first)
    nouns = [i for i in range(first, tokens[0]) if parsed.tokens[i].pos in ("NOUN", "PROPN")]
    beside = [parsed.tokens[i] for i in nouns if parsed.tokens[i].dep in ("compound", "nmod")
              and not _flag(parsed, i, words) and not {parsed.words[i], parsed.words[i] + "."} & words.titles]
    owned = [t for t in parsed.tokens[opens : max(opens, first - 1)] if t.pos in ("NOUN", "PROPN", "ADJ")]
    ours = _OURS if first and parsed.words[first - 1] in words.grammar["ours"] else ""
    complement = " ".join(parsed.tokens[i].text for i in named) or " ".join(t.text for t in [*owned, *beside]) or ours
    portfolio = _portfolio(parsed, [*range(first, tokens[0]), *range(tokens[0], end + 1)], words)
    given = frozenset(f"{name}/{portfolio}" if portfolio and base(name) else name for name in ids)
    return _Role(first, end, given, fold(complement), tuple(sorted(flags)), opens=opens)


def _flag(parsed: Tree, i: int, words: _Words) -> str:
    word = parsed.words[i - 1 if parsed.words[i] == "-" and i else i].rstrip("-")
    return next((name for name, listed in words.flags.items() if word in listed), "")


def _modifier(parsed: Tree, i: int, names: set[int]) -> str:
    """A word before an office that is part of it (`Aviation minister`, `federal judge`)."""
    token = parsed.tokens[i]
    if i in names or token.pos not in ("ADJ", "NOUN", "PROPN") or not parsed.words[i].isalpha():
        return ""
    return "modifier" if token.head > i and token.dep in ("compound", "amod", "nmod") else ""


def _complement_end(parsed: Tree, last: int, names: set[int], words: _Words) -> int:
    """The last token of what an office is of (`maire de Saint-Ouen`, `head of the cartels directorate`)."""
    end, i = last, last + 1
    while i < len(parsed.tokens) and i - last <= _COMPLEMENT:
        word, token = parsed.words[i], parsed.tokens[i]
        if word in words.grammar["complements"] or word in words.grammar["determiners"] or word in ("et", "and", "'s"):
            i += 1
        elif token.pos in _NOMINAL and (_opens(parsed, last, i, words) or token.pos == "ADJ" and i == last + 1):
            end, i = i, i + 1
        else:
            break
    return end


def _opens(parsed: Tree, last: int, i: int, words: _Words) -> bool:
    """Whether a complement starts between an office and a word after it, or with the office's last word (`head of`);
    a common noun may stand before it (`ingénieur qualité chez X`)."""
    stop = last + 2 if i == last + 1 and parsed.tokens[i].pos in ("NOUN", "ADJ") else i - 1
    return any(w in words.grammar["complements"] for w in parsed.words[last : min(stop, last + 2) + 1])


def _possessor(parsed: Tree, first: int) -> int:
    """Where an office's phrase starts, whose office it is included where that stands before it."""
    start = first
    if first >= 2 and parsed.words[first - 1] in ("'s", "'"):
        start = first - 1
        while start > 0 and parsed.tokens[start - 1].pos in ("PROPN", "NOUN", "ADJ"):
            start -= 1
    return start


def _portfolio(parsed: Tree, places: Iterable[int], words: _Words) -> str:
    span = list(places)
    for i in span:
        pair = " ".join(parsed.words[i : i + 2])
        if found := words.portfolios.get(pair) or words.portfolios.get(parsed.words[i]):
            return found
    return ""


def _holder(parsed: Tree, role: _Role, places: Sequence[tuple[Person, int, int]], words: _Words) -> Person | None:
    """Who a role is given to: the name right after it, the name it is apposed to, or its subject."""
    for person, first, last in places:
        if role.last < first <= role.last + _REACH and _bridge(parsed, role.last + 1, first, words):
            return person
        # The complement of an office may have swallowed the holder's name.
        if role.first < first <= role.last and last >= role.last and _name_ends(parsed, role, first, words):
            return person
    for person, _, last in reversed(places):
        if last < role.first and not person.pronoun and _apposed(parsed, last + 1, role.opens, words):
            return person
    for person, first, last in places:
        if not person.pronoun and _beside(parsed, role, first, last):
            return person
    for person, first, last in reversed(places):
        if last < role.first and _is(parsed, first, last, role, words):
            return person
    return None


def _beside(parsed: Tree, role: _Role, first: int, last: int) -> bool:
    """Whether the tree puts an office beside a name (`X, a 38-year-old vet`)."""
    name, office = range(first, last + 1), range(role.first, role.last + 1)
    return any(parsed.tokens[i].dep == "appos" and parsed.tokens[i].head in of
               for own, of in ((office, name), (name, office)) for i in own)


def _bridge(parsed: Tree, start: int, stop: int, words: _Words) -> bool:
    """Whether only a comma and titles stand between an office and a name after it."""
    return all(
        parsed.words[i] in _APPOSED | words.titles
        or (parsed.words[i] + ".") in words.titles
        or parsed.words[i] in ("m", ".", "mr", "mrs", "ms")
        for i in range(start, stop)
    )


def _name_ends(parsed: Tree, role: _Role, first: int, words: _Words) -> bool:
    return parsed.words[first - 1] not in words.grammar["complements"] | words.grammar["determiners"] | {"'s"}


def _apposed(parsed: Tree, start: int, stop: int, words: _Words) -> bool:
    """Whether an office is put beside the name before it: `X, 54 ans, le maire`, `X (maire)`."""
    if stop - start > _REACH or start >= stop or parsed.tokens[start].text not in _APPOSED:
        return False
    return all(
        parsed.tokens[i].text in _APPOSED | {")"}
        or _AGE.fullmatch(parsed.words[i])
        or parsed.words[i] in words.grammar["ages"]
        or parsed.words[i] in words.grammar["determiners"]
        or parsed.words[i] == "'s"
        or _flag(parsed, i, words)
        or parsed.tokens[i].pos in ("ADJ", "PROPN")
        for i in range(start, stop)
    )


def _is(parsed: Tree, first: int, last: int, role: _Role, words: _Words) -> bool:
    """Whether a name is the subject of a predicate that gives it the office (`X est devenu maire`)."""
    between = range(last + 1, role.opens)
    if len(between) > _BRIDGE or not any(plain(parsed.tokens[i].lemma) in words.grammar["copulas"] for i in between):
        return False
    return all(
        parsed.tokens[i].pos in ("AUX", "VERB", "ADV", "DET", "ADP", "PRON", "SCONJ", "ADJ", "PART")
        or parsed.tokens[i].text == ","
        for i in between
    )


def _unknown(parsed: Tree, places: Sequence[tuple[Person, int, int]], taken: set[int], words: _Words) -> list[_Role]:
    """Roles the data does not know: a common noun right before a name, or in apposition to it, whose ending tells that
    it is what somebody does."""
    found = []
    for person, first, last in places:
        if person.pronoun or len(person.name.split()) < 2:
            continue
        at = _noun_before(parsed, first, words)
        if at is None or at in taken:
            at = _noun_after(parsed, last, words)
        if at is None or at in taken:
            at = _in_apposition(parsed, first, last, words)
        if at is not None and at not in taken and _agentive(parsed, at, words):
            found.append(_Role(at, at, frozenset([plain(parsed.tokens[at].lemma)]), "", (), person))
    return found


def _noun_before(parsed: Tree, first: int, words: _Words) -> int | None:
    """The common noun right before a name, a title aside."""
    at = first - 1
    if at < 0 or parsed.tokens[at].pos != "NOUN" or not parsed.tokens[at].text.isalpha():
        return None
    if _says(parsed, (at,), words):
        return None
    return None if {parsed.words[at], parsed.words[at] + "."} & words.titles else at


def _noun_after(parsed: Tree, last: int, words: _Words) -> int | None:
    """The common noun that a comma and an article put beside the name before them."""
    at, size = last + 1, len(parsed.tokens)
    if at + 2 >= size or parsed.tokens[at].text != "," or parsed.words[at + 1] not in words.grammar["determiners"]:
        return None
    noun = next((i for i in range(at + 2, min(at + 5, size)) if parsed.tokens[i].pos == "NOUN"), None)
    if noun is None or any(parsed.tokens[i].pos != "ADJ" for i in range(at + 2, noun)):
        return None
    return None if "'s" in parsed.words[noun + 1 : noun + 2] else noun


def _in_apposition(parsed: Tree, first: int, last: int, words: _Words) -> int | None:
    """The noun beside a name by the tree (`the tower's bellringer, X`; `X, the tower's bellringer`)."""
    inside = range(first, last + 1)
    beside = [i for i in range(last + 1, len(parsed.tokens))
              if parsed.tokens[i].dep == "appos" and parsed.tokens[i].head in inside]
    beside += [parsed.tokens[i].head for i in inside
               if parsed.tokens[i].dep == "appos" and parsed.tokens[i].head < first]
    return next((i for i in beside if _agentive(parsed, i, words)), None)


def _agentive(parsed: Tree, i: int, words: _Words) -> bool:
    lemma, token = parsed.tokens[i].lemma.lower(), parsed.tokens[i]
    if token.pos != "NOUN" or "Number=Plur" in token.morph:
        return False
    return len(lemma) > 4 and lemma not in words.things and lemma.endswith(words.endings)


def canonical_role(value: Value) -> str:
    """The role's ids with what it is of, as short text: `mayor`, `minister/transport (former)`."""
    assert isinstance(value.possible, Names)
    flags = [q for q in value.qualifiers if q in FLAGS]
    return "|".join(sorted(value.possible.forms)) + (f" ({', '.join(flags)})" if flags else "")
