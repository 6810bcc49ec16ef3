"""Paragraphs into sentences: by punctuation, with each language's abbreviations, and apart where copying glued them.

A parser's own boundaries follow its guess at the syntax and break at quotation marks; punctuation does better on news.
"""
from __future__ import annotations

import re
from functools import cache

from factcheck.languages import load

_OPENERS = "«“\"‘'(\\[—–\\-"
# A sentence's end: the mark, what closes after it, then white space, or nothing where two sentences were glued.
_END = re.compile(rf"(?P<word>[\w.’'-]*)(?P<mark>[.!?…]+)(?P<close>(?:\s?[»”]|[\"’')\]])*)"
                  rf"(?P<gap>\s+|(?=[{_OPENERS}]?\s?[A-ZÀ-ÖØ-Þ«“])|$)")
_STARTS = re.compile(rf"[{_OPENERS}\s]*[A-ZÀ-ÖØ-Þ0-9]")
_LETTER = re.compile(r"[^\W\d_]")


@cache
def _abbreviations(language: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    data = load(language, "sentences")
    return frozenset(data["abbreviations"]), frozenset(data["may_close"]), frozenset(data["starters"])


def sentence_spans(text: str, language: str) -> list[tuple[int, int]]:
    """The spans of the sentences of one paragraph, in order, without the white space between them."""
    spans, start = [], 0
    for match in _END.finditer(text):
        if match.end() < len(text) and not _ends_here(text, match, language):
            continue
        spans.append((start, match.end("close")))
        start = match.end()
    spans.append((start, len(text)))
    trimmed = (_trim(text, a, b) for a, b in spans)
    return [(a, b) for a, b in trimmed if _LETTER.search(text, a, b) or any(c.isdigit() for c in text[a:b])]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _ends_here(text: str, match: re.Match[str], language: str) -> bool:
    """Whether the punctuation found closes a sentence."""
    word, glued = match["word"].lower().strip("'’-"), match["gap"] == ""
    if not _STARTS.match(text, match.end()):
        return False
    if match["mark"] != ".":
        return not glued or bool(match["close"]) or match["mark"] in ("…", "!", "?")
    known, may_close, starters = _abbreviations(language)
    word = re.split(r"[’']", word)[-1]
    if glued and not match["close"]:
        return word not in known and _glued_end(text, match, word, starters)
    if match["close"] or not (word in known or _initial(word, match["word"])):
        return True
    return word in may_close and _word_after(text, match.end()) in starters


def _initial(word: str, written: str) -> bool:
    """Whether it is the initial of a name (`John F. Kennedy`) or of an abbreviation (`U.S.`)."""
    return len(word.rsplit(".", 1)[-1]) == 1 and word.isascii() and written[-1:].isupper()


def _word_after(text: str, start: int) -> str:
    found = re.compile(r"[\W_]*([^\W\d_]+)").match(text, start)
    return found.group(1).lower() if found else ""


def _glued_end(text: str, match: re.Match[str], word: str, starters: frozenset[str]) -> bool:
    """Whether a full stop with a capital right behind it parts two sentences (`contractuel.Parler a`), not a name."""
    if not word:
        return text[match.start("mark") - 1:match.start("mark")] in set("»”\")]")
    last = re.split(r"[’']", match["word"])[-1]
    if "." in word or len(last) < 2:
        return False
    # An acronym's full stop parts it from a sentence's first word (`chez ARS.La plainte`), not from a domain's end.
    return last[-1].islower() or last.isupper() and len(last) > 2 and _word_after(text, match.end()) in starters
