"""What stands around a predicate: its verb group, whether it is denied, how surely it is said, and of what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from factcheck.languages import load
from factcheck.model import Sentence, Token
from factcheck.values.phrases import plain

Words = frozenset[str]
_PREDICATES = {"VERB", "AUX", "ADJ"}
# What can open a predicate beside a verb that only links: `reste hors ligne`, `is in custody`.
_PREDICATIVE = {"ADV", "ADP", "NOUN"}
# Between a verb that keeps somebody from something, and what that is, stand fewer words.
_KEPT = 9


@dataclass(frozen=True)
class Grammar:
    """The words and labels of one language (`languages/*/predicates.toml`), as sets."""

    negation: dict[str, Words]
    modality: dict[str, Words]
    group: dict[str, Words]
    labels: dict[str, Words]


@cache
def grammar(language: str) -> Grammar:
    """The grammar data of a language, ready for look-up."""
    data = load(language, "predicates")
    tables = (
        {key: frozenset(words) for key, words in data[name].items()}
        for name in ("negation", "modality", "group", "dependencies")
    )
    return Grammar(*tables)


@dataclass(frozen=True)
class Tree:
    """A sentence's tokens with the way down from each token to those it governs."""

    tokens: tuple[Token, ...]
    children: tuple[tuple[int, ...], ...]
    words: tuple[str, ...]


def tree(sentence: Sentence) -> Tree:
    """The dependency tree of a sentence, readable from the top down."""
    below: list[list[int]] = [[] for _ in sentence.tokens]
    for i, token in enumerate(sentence.tokens):
        if token.head != i:
            below[token.head].append(i)
    return Tree(sentence.tokens, tuple(tuple(c) for c in below), tuple(plain(t.text) for t in sentence.tokens))


def subtree(tree: Tree, top: int) -> list[int]:
    """A token and all below it, in order of place."""
    found, todo = {top}, [top]
    while todo:
        for child in tree.children[todo.pop()]:
            if child not in found:
                found.add(child)
                todo.append(child)
    return sorted(found)


def head_of(tree: Tree, places: Collection[int]) -> int:
    """The token that governs the others of a phrase, a verb or adjective where there is one."""
    inside = set(places)
    tops = [i for i in places if tree.tokens[i].head not in inside or tree.tokens[i].head == i]
    verbs = [i for i in tops if tree.tokens[i].pos in ("VERB", "AUX")] or [
        i for i in tops if tree.tokens[i].pos == "ADJ"
    ]
    return (verbs or tops or list(places))[0]


def group_start(tree: Tree, first: int, rules: Grammar) -> int:
    """Where the verb group starts whose phrase starts at `first`: auxiliaries, negations and modal verbs included."""
    opens = rules.negation["particles"] | rules.group["clitics"]
    if tree.tokens[first].pos not in _PREDICATES | _PREDICATIVE and tree.words[first] not in opens:
        return first
    start = first
    while start > 0 and (_belongs(tree, start - 1, rules) or _links_to(tree, start - 1, first)):
        start -= 1
    denials = frozenset().union(*(rules.negation[name] for name in ("words", "particles", "ended", "subjects")))
    while start < first and tree.words[start] not in denials and _only_links(tree, start, rules):
        start += 1
    return start


def _only_links(tree: Tree, i: int, rules: Grammar) -> bool:
    """Whether a word at the start of a verb group is no part of the predicate (`puis`, `de`)."""
    return tree.tokens[i].pos in ("ADV", "ADP", "DET", "CCONJ") or tree.words[i] in rules.group["links"]


def _belongs(tree: Tree, i: int, rules: Grammar) -> bool:
    token, word = tree.tokens[i], tree.words[i]
    if token.pos in ("AUX", "PART") or word in rules.negation["words"] | rules.negation["particles"]:
        return True
    if word in rules.group["links"]:
        return i > 0 and tree.tokens[i - 1].pos in ("VERB", "AUX") and _base(tree, i - 1) in rules.group["catenatives"]
    if token.pos == "VERB":
        return _base(tree, i) in rules.group["catenatives"] and _governs(tree, i)
    if token.pos == "PRON":
        return word in rules.group["clitics"]
    return token.pos == "ADV" or (word in rules.negation["ended"] | rules.group["clitics"] and token.pos != "DET")


def _links_to(tree: Tree, verb: int, first: int) -> bool:
    """Whether a verb only leads to the word that says it (`taken offline`, `left unhurt`)."""
    return tree.tokens[verb].pos == "VERB" and tree.tokens[first].head == verb and tree.tokens[first].pos != "VERB"


def _governs(tree: Tree, i: int) -> bool:
    """Whether a verb governs one of the next words: an infinitive, a participle, what it links to."""
    return any(i < c <= i + 4 for c in tree.children[i])


def _base(tree: Tree, i: int) -> str:
    return plain(tree.tokens[i].lemma)


@dataclass(frozen=True)
class Polarity:
    """Whether a predicate is denied, whether it is so no longer (`ended`), and whether it may yet come (`yet`)."""

    negated: bool
    ended: bool = False
    yet: bool = False


def polarity(tree: Tree, places: Collection[int], start: int, rules: Grammar) -> Polarity:
    """Whether the phrase at `places`, whose verb group starts at `start`, is denied by the words around it.

    A denial that is part of the phrase itself counts as said by the phrase.
    """
    negation, last = rules.negation, max(places)
    inside = [i for i in range(start, last + 1) if i not in places]
    if denies_itself(tree, places, rules):
        return Polarity(_unfulfilled(tree, inside, rules))
    around = [tree.words[i] for i in inside] + _right_after(tree, last, rules)
    if negation["undone"] & set(around):
        return Polarity(False)
    pairs = set(zip(tree.words[start:last], tree.words[start + 1 : last + 1], strict=True))
    if any(" ".join(pair) in negation["pairs"] for pair in pairs):
        return Polarity(True, yet=bool({a for a, _ in pairs} & negation["still"]))
    particle = any(w in negation["particles"] for w in around)
    # `longer` alone denies nothing: `no longer`, `not any longer`.
    opens = particle if negation["particles"] else bool(set(around) & (negation["words"] | negation["subjects"]))
    ended = opens and any(w in negation["ended"] for w in around)
    within = {tree.words[i] for i in inside if i > min(places)}  # `gave no such assurance`
    denied = ended or any(w in negation["words"] for w in around) or bool(within & negation["objects"])
    denied = denied or _nothing_there(tree, places, start, rules)
    if particle and not denied:
        denied = not set(tree.words[last + 1 : last + 5]) & negation["only"]
    determined = start > 1 and tree.tokens[start - 1].pos == "DET"
    before = start - 2 if determined else start - 1
    if before > 0 and tree.words[before] in rules.group["links"]:  # `unable to reopen`
        before -= 1
    if before >= 0 and tree.words[before] in negation["before"]:
        denied = not denied
    if determined and "Definite=Ind" in tree.tokens[start - 1].morph and tree.words[before] in negation["words"]:
        denied = True  # `pas un mort`
    bases = {_base(tree, i) for i in inside}
    if bases & negation["verbs"]:
        denied = not denied
    if bases & negation["stopped"]:
        denied, ended = not denied, True
    if _withheld(tree, start, rules):
        denied = not denied
    # `dément` before an infinitive is often taken for no verb at all.
    if tree.words[max(0, start - 1)] in negation["denying"] or _told_untrue(tree, head_of(tree, places), rules):
        denied = not denied
    if _unfulfilled(tree, inside, rules):
        return Polarity(not denied)
    yet = denied and any(w in negation["still"] for w in around)
    return Polarity(denied, ended and denied, yet)


def _unfulfilled(tree: Tree, group: list[int], rules: Grammar) -> bool:
    """Whether a verb group says what was not so: a duty with an auxiliary of the past (`should have been warned`,
    `aurait dû rouvrir`)."""
    words = {tree.words[i] for i in group}
    return all(words & rules.modality[name] for name in ("unfulfilled", "past"))


def _withheld(tree: Tree, start: int, rules: Grammar) -> bool:
    """Whether somebody is kept from what a phrase says (`empêcher le port de fermer`, `keep the port from closing`):
    told by the last verb before, since parsers hang the phrase from the noun between."""
    if not start or tree.words[start - 1] not in rules.negation["withheld"]:
        return False
    before = range(start - 2, max(-1, start - _KEPT), -1)
    over = next((i for i in before if tree.tokens[i].pos in ("VERB", "PUNCT")), -1)
    if over < 0 or over == start - 2 or _base(tree, over) not in rules.negation["withholding"]:
        return False
    denials = rules.negation["words"] | rules.negation["particles"] | rules.negation["subjects"]
    return not {tree.words[i] for i in tree.children[over] if i < over} & denials


def _told_untrue(tree: Tree, head: int, rules: Grammar) -> bool:
    """Whether a predicate is what a verb of denial denies (`dément avoir promis`, `denied that it was warned`)."""
    over = tree.tokens[head].head
    if over == head or tree.tokens[head].dep not in rules.labels["denied"]:
        return False
    between = set(tree.words[min(over, head) : max(over, head)])
    if _base(tree, over) not in rules.negation["denying"] or {":", ";", ","} & between:
        return False
    return not {tree.words[i] for i in tree.children[over] if i < over} & rules.negation["words"]


def denies_itself(tree: Tree, places: Collection[int], rules: Grammar) -> bool:
    """Whether a phrase has a word of denial of its own (`ne fonctionne plus`, `without charge`)."""
    names = ("words", "particles", "subjects", "before")
    if any(" ".join(tree.words[i] for i in pair) in rules.negation["pairs"] for pair in pairwise(sorted(places))):
        return True
    return any(tree.words[i] in rules.negation[name] for i in places for name in names)


def _right_after(tree: Tree, last: int, rules: Grammar) -> list[str]:
    """The words of denial that follow a verb (`ne rouvrira plus`), adverbs between them passed over."""
    found = []
    for i in range(last + 1, min(last + 4, len(tree.words))):
        if tree.words[i] in rules.negation["words"] | rules.negation["ended"]:
            found += [w for w in tree.words[i + 1 : i + 2] if w in rules.negation["undone"]]
            found.append(tree.words[i])
        elif tree.tokens[i].pos != "ADV":
            break
    return found


def _nothing_there(tree: Tree, places: Collection[int], start: int, rules: Grammar) -> bool:
    """Whether the subject or the object is nobody or nothing (`aucun train ne passe`, `no one was hurt`)."""
    head = head_of(tree, places)
    subjects = [c for c in tree.children[head] if tree.tokens[c].dep in rules.labels["subject"] and c not in places]
    if subjects:
        nearest = min(subjects, key=lambda c: abs(c - head))
        if any(_is_nobody(tree, i, rules) for i in (nearest, *tree.children[nearest])):
            return True
    elif (
        (of := theme(tree, places, rules)) is not None
        and tree.tokens[of].dep in rules.labels["subject"]
        and any(_is_nobody(tree, i, rules) for i in (of, *tree.children[of]))
    ):
        return True
    only = rules.negation["words"]
    for i in range(start - 1, max(-1, start - 4), -1):
        if _is_nobody(tree, i, rules) and tree.words[i] not in only:
            return True
        if tree.tokens[i].pos in ("VERB", "PUNCT"):
            break
    return bool(set(tree.words[max(places) + 1 : max(places) + 2]) & (rules.negation["objects"] - only))


def _is_nobody(tree: Tree, i: int, rules: Grammar) -> bool:
    """Whether a word stands for nobody or nothing: not where it has an article or a number (`une personne`)."""
    if tree.words[i] not in rules.negation["subjects"]:
        return False
    return all(tree.words[c] in rules.negation["subjects"] for c in tree.children[i]
               if tree.tokens[c].pos in ("DET", "NUM"))


def modality(tree: Tree, places: Collection[int], start: int, rules: Grammar) -> tuple[str, ...]:
    """How surely it is said: any of `future`, `possible`, `reported`, `conditional`."""
    last, found = max(places), set()
    span = range(start, last + 1)
    if start and tree.tokens[start - 1].pos == "ADV":
        span = range(start - 1, last + 1)
    words = {tree.words[i] for i in span}
    future = words & rules.modality["future"] or any("Tense=Fut" in tree.tokens[i].morph for i in span)
    # What will stay as it is, is so now: `will remain shut`, `restera fermé` (but `will stay on` tells a decision).
    lasts = any(tree.tokens[i].lemma in rules.modality["lasting"] for i in range(start, last))
    if future and not (lasts and tree.tokens[last].pos in ("ADJ", "VERB")):
        found.add("future")
    for name in ("possible", "reported"):
        if words & rules.modality[name]:
            found.add(name)
    if "reported" not in found and any("Mood=Cnd" in tree.tokens[i].morph for i in span):
        found.add("possible")
    head = head_of(tree, places)
    near = [*tree.children[head], *range(max(0, start - 1), start)]
    if any(tree.words[c] in rules.modality["conditional"] and tree.tokens[c].pos in ("SCONJ", "ADP") for c in near):
        found.add("conditional")
    unable = start > 1 and tree.words[start - 2] in rules.negation["before"]
    if start and tree.words[start - 1] == "to" and not unable and not (start < last and tree.words[start] == "have"):
        found.add("future")
    return tuple(sorted(found))


def theme(tree: Tree, places: Collection[int], rules: Grammar) -> int | None:
    """The token of what is in the state the phrase tells: a passive's subject, a verb's object, else its subject."""
    found = _theme(tree, places, rules)
    if found is not None and _base(tree, found) in rules.group["quantities"]:
        # `deux cents postes`: what is counted stands after the number.
        return next(
            (i for i in range(found + 1, min(found + 4, len(tree.tokens))) if tree.tokens[i].pos == "NOUN"), found
        )
    return found


def _theme(tree: Tree, places: Collection[int], rules: Grammar) -> int | None:
    head = head_of(tree, places)
    token, labels = tree.tokens[head], rules.labels
    if token.pos in ("NOUN", "PROPN"):
        return _noun_theme(tree, head, places, rules)
    below = [c for c in tree.children[head] if c not in places]
    passive = [c for c in below if tree.tokens[c].dep in labels["passive_subject"]]
    objects = [c for c in below if tree.tokens[c].dep in labels["object"] and tree.tokens[c].pos in ("NOUN", "PROPN")]
    subjects = [c for c in below if tree.tokens[c].dep in labels["subject"]]
    if found := passive or objects or subjects:
        return _antecedent(tree, head, min(found, key=lambda c: abs(c - head)), rules)
    if token.dep in labels["modifier"] and tree.tokens[token.head].pos in ("NOUN", "PROPN"):
        return token.head
    if token.head != head and token.dep not in labels["object"]:
        return _inherited(tree, token.head, places, rules)
    return None


def _inherited(tree: Tree, governor: int, places: Collection[int], rules: Grammar) -> int | None:
    """The subject of the verb that governs an infinitive, a participle or a predicative word."""
    for _ in range(3):
        subjects = [
            c for c in tree.children[governor] if tree.tokens[c].dep in rules.labels["subject"] and c not in places
        ]
        if subjects:
            return _antecedent(tree, governor, min(subjects, key=lambda c: abs(c - governor)), rules)
        if tree.tokens[governor].head == governor or tree.tokens[governor].pos == "NOUN":
            break
        governor = tree.tokens[governor].head
    return None


def _noun_theme(tree: Tree, head: int, places: Collection[int], rules: Grammar) -> int | None:
    for child in tree.children[head]:
        if tree.tokens[child].dep not in rules.labels["noun_complement"]:
            continue
        if tree.tokens[child].pos in ("NOUN", "PROPN") and child not in places:
            return child
        for below in tree.children[child]:
            if tree.tokens[below].pos in ("NOUN", "PROPN"):
                return below
    return _inherited(tree, tree.tokens[head].head, places, rules)


def _antecedent(tree: Tree, verb: int, subject: int, rules: Grammar) -> int:
    """The noun a relative pronoun stands for, or the subject itself."""
    governor = tree.tokens[verb].head
    if tree.words[subject] in rules.labels["relatives"] and tree.tokens[governor].pos in ("NOUN", "PROPN"):
        return governor
    return subject
