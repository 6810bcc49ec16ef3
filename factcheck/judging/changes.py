"""Whether a difference can be a change over time: the later article tells a later state."""
from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from factcheck.languages import load
from factcheck.model import Article, Intervals, Mention
from factcheck.values import _function
from factcheck.values.counted import counted_class
from factcheck.values.sets import hull

# Counts that only grow while an event unfolds, as classes of what is counted.
_GROWING = frozenset({"dead", "injured", "arrested", "evacuated", "sick", "charged", "rescued", "infected",
                      "destroyed"})
# Kinds in which a plan can be moved.
_PLANNED = ("date", "money", "cause", "duration")


def is_update(earlier: Sequence[Mention], later: Sequence[Mention], articles: Mapping[str, Article]) -> bool:
    """Whether all articles of one side came out on earlier days than those of the other, and the thing asked changes:
    a count that grows, a state that follows on the other, a plan that was moved, or words that say so."""
    if not _came_after(earlier, later, articles):
        return False
    if any(_has_cue(m, articles[m.claim.article].language) for m in later):
        return True
    kind = earlier[0].value.kind
    if kind == "count":
        return _grows(earlier, later, articles)
    if kind == "outcome":
        return any(_function("outcome", "succession")(a.value, b.value) for a in earlier for b in later)
    return kind in _PLANNED and any(m.claim.modality in ("future", "possible") for m in earlier)


def _came_after(earlier: Sequence[Mention], later: Sequence[Mention], articles: Mapping[str, Article]) -> bool:
    last = [_day(articles[m.claim.article], True) for m in earlier]
    first = [_day(articles[m.claim.article], False) for m in later]
    if None in last or None in first:
        return False
    return max(d for d in last if d) < min(d for d in first if d)


def _day(article: Article, latest: bool) -> dt.date | None:
    published = article.published
    return None if published is None else published.last if latest else published.first


def _has_cue(mention: Mention, language: str) -> bool:
    text = f" {mention.claim.sentence.text.casefold()} "
    return any(cue in text for cue in load(language, "updates")["cues"])


def _grows(earlier: Sequence[Mention], later: Sequence[Mention], articles: Mapping[str, Article]) -> bool:
    """Whether what is counted only grows while an event unfolds, and the later count is the larger."""
    before, after = earlier[0].value.possible, later[0].value.possible
    if not isinstance(before, Intervals) or not isinstance(after, Intervals):
        return False
    counted = {counted_class(m.value, articles[m.claim.article].language) for m in (*earlier, *later)}
    return bool(counted & _GROWING) and hull(before).low < hull(after).high
