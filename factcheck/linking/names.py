"""Names across all articles: surface forms that stand for one person, organization or place, without a common clause.

Two forms are one entity where they are equal once folded, where one abbreviates the other, or where they differ by a
slip: a small edit distance in one word, the other words alike, and no article that uses both as two entities.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from factcheck.model import Article, Claim, Fact, Mention, Names
from factcheck.values.name import SHORTEST, is_slip

NAME_KINDS = ("person", "organization", "place")


def name_facts(articles: Sequence[Article], claims: Sequence[Claim]) -> list[Fact]:
    """One fact for each name that two articles or more give, alike or with a slip."""
    mentions = [Mention(v, c) for c in claims for v in c.values
                if v.kind in NAME_KINDS and not v.unit and "common" not in v.qualifiers]
    by_form: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_form[_form(mention)].append(mention)
    languages = {a.id: a.language for a in articles}
    heads = _merge(by_form, languages)
    groups: dict[str, list[Mention]] = defaultdict(list)
    for form, found in by_form.items():
        groups[heads[form]] += found
    return [_fact(group) for group in groups.values() if len({m.claim.article for m in group}) > 1]


def _form(mention: Mention) -> str:
    assert isinstance(mention.value.possible, Names)
    return min(mention.value.possible.forms)


def _fact(group: list[Mention]) -> Fact:
    kind = Counter(m.value.kind for m in group).most_common(1)[0][0]
    # One article may have the name for a person, another for an organization: values of two kinds can't be compared.
    group = [replace(m, value=replace(m.value, kind=kind)) for m in group]
    ordered = sorted(group, key=lambda m: (m.claim.article, m.value.start))
    return Fact(kind, "", tuple(ordered))


def _merge(by_form: dict[str, list[Mention]], languages: dict[str, str]) -> dict[str, str]:
    """Each form's head: forms of one entity share it."""
    heads = {form: form for form in by_form}
    forms = sorted(by_form, key=lambda f: (-len(f.split()), -len(by_form[f]), f))
    for i, form in enumerate(forms):
        for other in forms[i + 1 :]:
            if heads[other] != other or heads[form] == other:
                continue
            if abbreviates(other, form, forms) or (
                is_slip(form, other) and _one_entity(by_form[form], by_form[other], languages)
            ):
                heads[other] = heads[form]
    return heads


def abbreviates(short: str, long: str, forms: Sequence[str]) -> bool:
    """Whether a name is the end of one longer name of the event, and of no other."""
    if len(short.split()) >= len(long.split()) or len(short) < SHORTEST or not long.endswith(" " + short):
        return False
    return sum(f.endswith(" " + short) for f in forms) == 1


def _one_entity(first: Sequence[Mention], second: Sequence[Mention], languages: dict[str, str]) -> bool:
    """Whether two near-identical forms behave as one entity: no article uses both, and they are of one kind.

    A lone word that is near another (`France`, `Francs`) needs more: names of persons or both in one language.
    """
    articles, others = ({m.claim.article for m in side} for side in (first, second))
    if articles & others:
        return False
    alone, other_alone = (" " not in _form(side[0]) for side in (first, second))
    one_word = alone or other_alone
    kinds, other_kinds = ({m.value.kind for m in side} for side in (first, second))
    if alone != other_alone and "person" not in kinds | other_kinds:
        return False  # only a person goes by the last word of a name
    if not kinds & other_kinds:
        return not one_word
    return not one_word or bool({languages[a] for a in articles} & {languages[a] for a in others})
