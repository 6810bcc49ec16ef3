"""Whether a difference can be a change over time: the later article tells a later state."""
from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from factcheck.languages import load
from factcheck.linking.weights import Weights, read_weights
from factcheck.model import Article, Intervals, Mention
from factcheck.values.counted import counted_class
from factcheck.values.measure import base_value
from factcheck.values.outcome import succession
from factcheck.values.sets import hull
from factcheck.values.tense import verb_form_at

# Counts that only grow while an event unfolds, as classes of what is counted.
_GROWING = frozenset({"dead", "injured", "arrested", "evacuated", "sick", "charged", "rescued", "infected",
                      "destroyed"})
_AHEAD = ("future", "possible")
_NOT_YET = frozenset({"future", "possible", "conditional"})
# The forms of a verb that tell whether a state may have changed since (`verb_form_at`).
_FORMS = ("present", "past", "imperfect", "perfect", "pluperfect")
# The least chance of a change where a toll grew from one day to the next: sure enough by itself.
_GREW = 0.9


@cache
def update_weights() -> Weights:
    """The shipped weights of what tells a change over time from a contradiction."""
    return read_weights(Path(__file__).with_name("update.toml"))


def change_chance(
    earlier: Sequence[Mention],
    later: Sequence[Mention],
    articles: Mapping[str, Article],
    weights: Weights | None = None,
) -> float:
    """The chance (0 to 1) that the answer of one side took the place of the other's: its articles came out after those
    of the other (else 0), and the thing asked changes over time: a count that grows, a state that follows on the other,
    what was awaited and has come, words that say so."""
    told = change_signals(earlier, later, articles)
    if told is None:
        return 0.0
    kind = earlier[0].value.kind
    grew = bool(kind == "count" and told["grows"] and told["a later day"])
    return max(_GREW if grew else 0.0, (weights or update_weights()).probability(kind, told))


def came_about(mentions: Sequence[Mention], articles: Mapping[str, Article]) -> tuple[list[int], list[int]] | None:
    """Of outcomes that can all be the same, those told before something came about and those told after, as indexes:
    what was announced and is done by a later day (`will appeal`, `has appealed`), or a state and one that a later day
    adds to it (taken to hospital, back home). None where there are no two such groups."""
    if mentions[0].value.kind != "outcome" or not all(articles[m.claim.article].published for m in mentions):
        return None
    ahead = [_is_ahead(m) for m in mentions]
    left = [any(succession(m.value, n.value) and not succession(n.value, m.value) for n in mentions) for m in mentions]
    for before in (ahead, left):
        parts = [i for i, b in enumerate(before) if b], [i for i, b in enumerate(before) if not b]
        earlier, later = ([mentions[i] for i in part] for part in parts)
        if earlier and later and _strictly_later(earlier, later, articles):
            return parts
    return None


def _is_ahead(mention: Mention) -> bool:
    """Whether what is told has not come about, as far as its article knows."""
    return mention.claim.modality in _AHEAD or bool(_NOT_YET & set(mention.value.qualifiers))


def change_signals(
    earlier: Sequence[Mention], later: Sequence[Mention], articles: Mapping[str, Article]
) -> dict[str, float] | None:
    """What tells that the answer of `later` took the place of that of `earlier` (numbers from 0 to 1), or None where
    it didn't come out later."""
    days = _days_between(earlier, later, articles)
    if days is None:
        return None
    kind = earlier[0].value.kind
    return {
        "days between": min(1.0, math.log1p(days) / math.log(365)),
        "a later day": float(_strictly_later(earlier, later, articles)),
        "still open before": _any_cue(earlier, articles, "waiting"),
        "expected before": max(float(m.claim.modality in _AHEAD) for m in earlier),
        "announced before": _any_cue(earlier, articles, "ahead"),
        "still expected": max(float(m.claim.modality in _AHEAD) for m in later),
        "news": _any_cue(later, articles, "cues"),
        "grows": float(_grows(earlier, later, articles)),
        "denied before": float(any(m.claim.polarity == "negative" for m in earlier)),
        "denied later": float(any(m.claim.polarity == "negative" for m in later)),
        "state that follows": float(kind == "outcome" and any(
            succession(a.value, b.value) for a in earlier for b in later)),
        **_forms(earlier, "before"),
        **_forms(later, "later"),
        **_days_told(earlier, later, articles),
    }


def _forms(mentions: Sequence[Mention], when: str) -> dict[str, float]:
    """How many of the mentions stand in each form of the verb: what `is closed` may reopen, what was rejected stays
    so."""
    found = [verb_form_at(m.claim.sentence, m.value.start, m.value.end) for m in mentions]
    return {f"{form} {when}": found.count(form) / len(found) for form in _FORMS}


def _days_told(
    earlier: Sequence[Mention], later: Sequence[Mention], articles: Mapping[str, Article]
) -> dict[str, float]:
    """Whether the later side dates what it tells after the earlier one's articles, or before: then they had known."""
    told = max(d.toordinal() for m in earlier if (d := _day(articles[m.claim.article], True)))
    first, then = ([hull(v.possible) for m in side for v in m.claim.values if v.kind == "date"
                    and isinstance(v.possible, Intervals) and v.possible.parts] for side in (earlier, later))
    return {
        "dated before": float(bool(first)),
        "dated since": float(any(d.low >= told for d in then)),
        "dated to before": float(any(d.high < told for d in then)),
    }


def _days_between(
    earlier: Sequence[Mention], later: Sequence[Mention], articles: Mapping[str, Article]
) -> int | None:
    """How many days lie between the two sides' articles, at most; None where some article of `later` is the older, or
    all are of one day."""
    last = [_day(articles[m.claim.article], True) for m in earlier]
    first = [_day(articles[m.claim.article], False) for m in later]
    before, after = [d for d in last if d], [d for d in first if d]
    if len(before) < len(last) or len(after) < len(first) or max(before) > min(after):
        return None
    days = (max(after) - min(before)).days
    return days if days > 0 else None


def _strictly_later(
    earlier: Sequence[Mention], later: Sequence[Mention], articles: Mapping[str, Article]
) -> bool:
    """Whether every article of the one side came out on a day before every article of the other."""
    last = [_day(articles[m.claim.article], True) for m in earlier]
    first = [_day(articles[m.claim.article], False) for m in later]
    return max(d for d in last if d) < min(d for d in first if d)


def _day(article: Article, latest: bool) -> dt.date | None:
    published = article.published
    return None if published is None else published.last if latest else published.first


def _any_cue(mentions: Sequence[Mention], articles: Mapping[str, Article], which: str) -> float:
    return float(any(_cues(articles[m.claim.article].language, which).search(m.claim.sentence.text) for m in mentions))


@cache
def _cues(language: str, which: str) -> re.Pattern[str]:
    words = (re.escape(cue).replace("'", "['’]") for cue in load(language, "updates")[which])
    return re.compile(r"(?<!\w)(?:" + "|".join(words) + r")(?!\w)", re.IGNORECASE)


def _grows(earlier: Sequence[Mention], later: Sequence[Mention], articles: Mapping[str, Article]) -> bool:
    """Whether what is counted only grows while an event unfolds, or may (the land that burnt), and the later figure is
    the larger."""
    before, after = earlier[0].value.possible, later[0].value.possible
    if not isinstance(before, Intervals) or not isinstance(after, Intervals):
        return False
    if earlier[0].value.kind == "measure":
        one, other = base_value(earlier[0].value), base_value(later[0].value)
        return one[1].dimension == other[1].dimension == "area" and hull(one[0]).low < hull(other[0]).high
    counted = {counted_class(m.value, articles[m.claim.article].language) for m in (*earlier, *later)}
    return bool(counted & _GROWING) and hull(before).low < hull(after).high
