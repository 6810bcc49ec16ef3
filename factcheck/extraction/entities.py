"""The entities of one article: names gathered under one head, with the aliases and pronouns that stand for them."""
from __future__ import annotations

import math
import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources

from factcheck.extraction.name_cues import FORENAME, KNOWN_BODY, KNOWN_PLACE, ROAD
from factcheck.extraction.names import NameMention
from factcheck.extraction.trees import SUBJECTS, children
from factcheck.languages import load
from factcheck.model import Entity, EntityMention, Sentence

_ACRONYM_AFTER = re.compile(r"\s*\(\s*([A-Z][A-Z0-9.&-]{1,7})\s*\)")
# What a name can name.
KINDS = ("person", "organization", "place")
# The chance from which a kind is believed.
_LIKELY = 0.5
# What a well-known place's name tells beyond the fitted weights: invented events, on which these are fitted, have few.
_KNOWN = 1.5
_PRONOUNS = {"il": "Masc", "elle": "Fem", "he": "Masc", "she": "Fem", "him": "Masc", "her": "Fem"}


@lru_cache(1 << 16)
def fold(name: str) -> str:
    """A name without case, accents, hyphens and possessive, for comparison."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", re.sub(r"[’']s\b", "", plain)).strip()


def resolve(sentences: Sequence[Sentence], names: Sequence[NameMention], language: str) -> list[EntityMention]:
    """The mentions of an article's entities, in order of place.

    A name that is the end or the start of a longer one of the article is taken for it; so is an acronym given in
    parentheses after a name, or made of its initials. A pronoun subject stands for the person last named; a
    description (`the company`, `le réseau social`) for what is no person and has been named most.
    """
    short = acronyms(sentences, names)
    full = groups(names, short)
    cues: dict[str, Counter[str]] = defaultdict(Counter)
    mentioned = Counter(full[fold(name.text)] for name in names)
    for name in names:
        cues[full[fold(name.text)]].update(name.cues)
    entities = {target: Entity(_best_form(target, names, full), _kind(own, mentioned[target]))
                for target, own in cues.items()}
    mentions = []
    for name in names:
        target = full[fold(name.text)]
        how = "name" if fold(name.text) == target else "acronym" if name.text in short else "alias"
        mentions.append(EntityMention(entities[target], name.text, name.start, name.end, how))
    others = [*_pronouns(sentences, mentions), *_descriptions(sentences, mentions, language)]
    return sorted(mentions + others, key=lambda m: (m.start, m.end))


def groups(names: Sequence[NameMention], short: Mapping[str, str]) -> dict[str, str]:
    """The folded names of an article, each with the folded name of the entity that it stands for; `short` has the
    article's `acronyms`."""
    heads = _heads(names)
    full: dict[str, str] = {}
    for name in names:
        key = fold(name.text)
        full.setdefault(key, short.get(name.text) or heads.get(key, key))
    return full


def strengths(counted: Mapping[str, int]) -> dict[str, float]:
    """How strongly an entity has each cue, of how many of its mentions have it: a cue told twice tells little more than
    one told once."""
    return {cue: math.log2(1 + n) for cue, n in counted.items()}


def _kind(counted: Mapping[str, int], mentions: int) -> str:
    """What an entity is likely to be, by the cues of its mentions; a `thing` where no kind is likely."""
    if ROAD in counted:
        return "place"
    if KNOWN_BODY in counted:  # invented events, on which the weights are fitted, have no such names
        return "organization"
    own = strengths(counted)
    scores = {kind: offset + sum(weights.get(cue, 0.0) * strength for cue, strength in own.items())
              for kind, (offset, weights) in _weights().items()}
    if counted.get(KNOWN_PLACE) == mentions and FORENAME not in counted:
        scores["place"] += _KNOWN
    best = max(scores, key=lambda kind: scores[kind])
    others = sum(math.exp(score - scores[best]) for score in scores.values())
    return best if 1 / others >= _LIKELY else "thing"


@cache
def _weights() -> dict[str, tuple[float, dict[str, float]]]:
    text = resources.files("factcheck.extraction").joinpath("name_kinds.toml").read_text(encoding="utf-8")
    return {kind: (own["offset"], own["cues"]) for kind, own in tomllib.loads(text).items()}


def _best_form(target: str, names: Sequence[NameMention], full: dict[str, str]) -> str:
    forms = (Counter(n.text for n in names if fold(n.text) == target)
             or Counter(n.text for n in names if full[fold(n.text)] == target))
    return re.sub(r"\s+", " ", max(forms, key=lambda f: (forms[f], len(f))))


def _heads(names: Sequence[NameMention]) -> dict[str, str]:
    """Short names and the longer ones they abbreviate (`Hartnell` for `Priya Hartnell`), both folded."""
    keys = list(dict.fromkeys(fold(n.text) for n in names))
    heads = {}
    for key in keys:
        longer = [k for k in keys if k != key and len(k.split()) <= len(key.split()) + 2
                  and (k.endswith(" " + key) or k.startswith(key + " "))]
        ends = [k for k in longer if k.endswith(" " + key)]
        if len(set(ends)) == 1:
            heads[key] = ends[0]
        elif not ends and len(set(longer)) == 1:
            heads[key] = longer[0]
    for key, head in list(heads.items()):
        heads[key] = heads.get(head, head)
    return heads


def acronyms(sentences: Sequence[Sentence], names: Sequence[NameMention]) -> dict[str, str]:
    """Acronyms and the folded names they stand for."""
    found = {}
    for name in names:
        sentence = sentences[name.sentence]
        if match := _ACRONYM_AFTER.match(sentence.text, name.end - sentence.start):
            found[match.group(1)] = fold(name.text)
    for name in names:
        initials = "".join(w[0] for w in name.text.split() if w[:1].isupper())
        if len(initials) >= 2:
            found.setdefault(initials, fold(name.text))
    return {a: n for a, n in found.items() if any(m.text == a for m in names)}


def _pronouns(sentences: Sequence[Sentence], mentions: Sequence[EntityMention]) -> list[EntityMention]:
    """Subject pronouns, each taken for the person last named in its sentence or the two before."""
    found: list[EntityMention] = []
    for i, sentence in enumerate(sentences):
        for token in sentence.tokens:
            if token.text.lower() not in _PRONOUNS or token.dep not in SUBJECTS:
                continue
            near = [m for m in mentions if m.entity.kind == "person" and m.end <= token.start
                    and m.start >= sentences[max(0, i - 2)].start]
            if near:
                found.append(EntityMention(near[-1].entity, token.text, token.start, token.end, "pronoun"))
    return found


def _descriptions(sentences: Sequence[Sentence], mentions: Sequence[EntityMention],
                  language: str) -> list[EntityMention]:
    """Definite descriptions of organizations: each stands for the name it is put beside somewhere in the article
    (`le réseau social Norva`, `Norva, a charity`), else for what was named most before it."""
    data = load(language, "names")
    nouns, definite = set(data["descriptions"]), set(data["definite"])
    things = [m for m in mentions if m.entity.kind != "person" or " " not in m.entity.name]
    beside = _beside(sentences, [m for m in things if m.entity.kind == "organization"], nouns)
    found = []
    for sentence in sentences:
        for i, token in enumerate(sentence.tokens):
            if token.lemma not in nouns or token.pos not in ("NOUN", "PROPN"):
                continue
            below = [sentence.tokens[c] for c in children(sentence, i)]
            if not any(t.text.lower() in definite and t.start < token.start for t in below):
                continue
            if any(t.pos in ("PROPN", "X") or t.dep in ("nmod", "appos", "prep") for t in below):
                continue  # `la société Norvalis`, `le site de la mairie` say themselves what they are
            named = beside[token.lemma]
            if token.lemma not in data["of_their_own"]:
                named = named or Counter(m.entity for m in things if m.end <= token.start)
            if named:
                entity = named.most_common(1)[0][0]
                found.append(EntityMention(entity, token.text, token.start, token.end, "description"))
    return found


def _beside(sentences: Sequence[Sentence], things: Sequence[EntityMention],
            nouns: set[str]) -> dict[str, Counter[Entity]]:
    """How often each describing noun stands right before a name, or after it between a comma and an article."""
    found: dict[str, Counter[Entity]] = defaultdict(Counter)
    for sentence in sentences:
        for mention in (m for m in things if sentence.start <= m.start < sentence.end):
            before = [t for t in sentence.tokens if t.end <= mention.start][-2:]
            after = [t for t in sentence.tokens if t.start >= mention.end][:4]
            near = before + (after if after and after[0].text == "," else [])
            for token in near:
                if token.lemma in nouns and "Number=Plur" not in token.morph:  # `les sociétés Internet` name none
                    found[token.lemma][mention.entity] += 1
    return found
