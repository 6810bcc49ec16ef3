"""What is run into the text before its first sentence: the `date 2021-01 ` of copied text, an agency's dateline."""
from __future__ import annotations

import re

from factcheck.reading.dates import CLOCK, Stamp, find_dates
from factcheck.reading.phrases import fold

_PREFIX = re.compile(r"\s*date\s*:?\s+((?:1[89]|20|21)\d\d(?:-\d\d?){0,2})(?!\d)[\s:.,-]*", re.I)
# The dash (or the closing bracket and full stop) that parts the dateline from the text.
_DASH = re.compile(r"\s*(?:[-–—]{1,3}|:)\s+(?=\S)|(?<=\))\.?\s+(?=[A-ZÀ-Þ\"«“])")
# What may stand behind an hour: whose it is.
_ZONE = re.compile(r"\s?(?:[A-Z]{3,4}\b|heure locale|local time)")
_BRACKETS = re.compile(r"\(([^()]{1,40})\)")
_LONGEST = 120


def peel_prefix(text: str) -> tuple[int, Stamp | None]:
    """How long the `date 2021-01 ` at the start of a text is (0 without one), and the date it gives."""
    match = _PREFIX.match(text)
    if not match:
        return 0, None
    year, *rest = (int(n) for n in match[1].split("-"))
    month, day = (*rest, None, None)[:2]
    return match.end(), Stamp(year, month, day, text=match[1])


def peel_dateline(text: str, month_first: bool = False) -> tuple[int, Stamp | None, str | None] | None:
    """The dateline at the start of a paragraph: its length, its date and its agency; nothing without one.

    `LYON, 12 mars (Agence) - Le feu` has all three; `LONDON (AP) — A fire`, `BOSTON, May 19 - A fire` and
    `GENÈVE - Un feu` lack some. The place is in capitals where neither date nor agency vouches for it.
    """
    for dash in _DASH.finditer(text, 0, _LONGEST):
        head = text[:dash.start()]
        if not head.strip():
            continue
        found = _read_head(head, month_first)
        if found and ":" in dash.group() and not found[1] and not head.split(",")[0].isupper():
            return None
        if found is not None:
            return dash.end(), *found
        if re.search(r"[.!?]\s", head):
            return None
    return None


def _read_head(head: str, month_first: bool) -> tuple[Stamp | None, str | None] | None:
    """The date and the agency of what may be a dateline."""
    brackets = list(_BRACKETS.finditer(head))
    stamps = find_dates(head, month_first)
    last = brackets[-1] if brackets and not head[brackets[-1].end():].strip(" .,") else None
    agency = last[1].strip() if last and not find_dates(last[1]) else None
    rest = head
    taken = [(s.start, s.end) for s in stamps] + [m.span() for m in brackets]
    hours = _hours(head, taken) if stamps else []
    for start, end in sorted(taken + hours, reverse=True):
        rest = rest[:start] + " " + rest[end:]
    words = re.findall(r"[^\s,.;/]+", re.sub(r"\b(?:le|on)\s*,?\s*$", "", rest.strip(" ,.")))
    if len(words) > 7 or not _place(words, bool(stamps or agency)):
        return None
    if not words and not agency:
        return None
    return (stamps[0] if stamps else None), agency


def _hours(head: str, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where the hours beside a dateline's date stand, their zones included (`4 mars 2026, 12h30`)."""
    found = []
    for match in CLOCK.finditer(fold(head)):
        zone = _ZONE.match(head, match.end())
        if not any(a < match.end() and match.start() < b for a, b in taken):
            found.append((match.start(), zone.end() if zone else match.end()))
    return found


def _place(words: list[str], vouched: bool) -> bool:
    """Whether words can be the place of a dateline."""
    small = {"de", "la", "le", "les", "sur", "en", "du", "des", "et", "and", "of", "the", "d'", "l'"}
    if not all(w[:1].isupper() or fold(w) in small for w in words):
        return False
    if vouched:
        return True
    return bool(words) and len(words) <= 4 and all(w.isupper() or fold(w) in small for w in words) and len(words[0]) > 2
