"""Numerals in a text: digits, words, fractions and their multipliers, as numbers.

The words and their arithmetic are data (`languages/<code>/numbers.toml`); this module knows only that numbers are built
from small words, a hundred, scales, and nouns that count by a round number (`vingtaine`, `dozen`).
"""
from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from factcheck.languages import load

_VULGAR = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅛": (1, 8)}
_WORD = r"[^\W\d_]+"
# Digits that are part of something else: dates, versions, phone numbers, names with a letter stuck to the figure.
_GLUED = re.compile(r"(?<![\w.,])(?:0\d*(?:[ -]\d+)+|0\d+(?:\.\d+)+|(?!\d{1,3}(?:\.\d{3})+(?!\d))\d+([./:])\d+\1\d+"
                    r"|\d+(?:[ .]\d\d){4})(?!\w)"
                    r"|(?<!\w)[2-6]G(?!\w)"
                    r"|(?<!\w)(?!\d+m\d\d(?!\w))\w*[^\W\d_][-‑]?\d\w*(?:[.,-]\d+)*")
_GAP = re.compile(r"\s+|[-‐‑]")


@dataclass(frozen=True)
class Numeral:
    """A number as written: `value`, and the span of the figure in the text.

    `form` is `digits`, `words` or `fraction`. `step` is the unit of its last significant place (100 for `300`, 100000
    for `1.2 million`). `ordinal` numbers a place in a row (`third`, `67e`); `collective` is a round number by its very
    word (`une vingtaine`, `a dozen`); `scale` is the multiplier it ends with (1e6 for `1.2 million`).
    """

    start: int
    end: int
    value: float
    form: str
    step: float = 1
    ordinal: bool = False
    collective: bool = False
    scale: float = 1


@dataclass(frozen=True)
class _Piece:
    """A figure or a word of the text."""

    text: str
    start: int
    end: int
    number: float | None = None
    step: float = 1
    ordinal: bool = False


@dataclass(frozen=True)
class _Lexicon:
    """A language's number words, ready for look-up."""

    pieces: re.Pattern[str]
    groups: frozenset[str]
    decimal: str
    small: dict[str, float]
    addends: dict[float, tuple[float, float]]
    products: frozenset[tuple[float, float]]
    hundred: frozenset[str]
    scales: dict[str, float]
    short_scales: dict[str, float]
    letters: dict[str, float]
    after_letters: frozenset[str]
    collectives: dict[str, float]
    ordinals: dict[str, float]
    joiners: frozenset[str]
    join_before: frozenset[float]
    join_after_hundred: bool
    link: dict[str, Any]
    fractions: dict[str, Any]


@cache
def _lexicon(language: str) -> _Lexicon:
    data = load(language, "numbers")
    digits, joiner = data["digits"], data["joiner"]
    separators = "|".join(re.escape(g) for g in digits["groups"])
    figure = (rf"(?<![\w.,])(?:\d{{1,3}}(?P<group>{separators})\d{{3}}(?:(?P=group)\d{{3}})*(?!\d)|\d+)"
              rf"(?:[.,]\d+)?")
    suffix = rf"(?P<ordinal>(?:{data['ordinals']['suffix']})(?!\w))?"
    return _Lexicon(
        pieces=re.compile(rf"(?P<figure>{figure}){suffix}|(?P<vulgar>[{''.join(_VULGAR)}])|(?P<word>{_WORD})"),
        groups=frozenset(digits["groups"]), decimal=digits["decimal"], small=data["small"],
        addends={float(k): (v[0], v[1]) for k, v in data["addends"].items()},
        products=frozenset((p["factors"][0], p["factors"][1]) for p in data.get("products", ())),
        hundred=frozenset(data["hundred"]["words"]), scales=data["scales"], short_scales=data["short_scales"],
        letters=data["letters"]["scales"], after_letters=frozenset(data["letters"]["before"]),
        collectives=data["collectives"], ordinals=data["ordinals"]["words"], joiners=frozenset(joiner["words"]),
        join_before=frozenset(joiner.get("before", ())), join_after_hundred=joiner.get("after_hundred", False),
        link=data["link"], fractions=data["fractions"])


@lru_cache(maxsize=4096)
def parse_numerals(text: str, language: str) -> tuple[Numeral, ...]:
    """The numerals of a text in a language (`fr`, `en`), in order, without overlap.

    Articles count where a scale or a fraction follows (`a hundred`, `half a million`); modifiers (`plus de`, `about`)
    are no part of a numeral. Digits inside names, dates in figures and phone numbers are left out. Raises `KeyError`
    for a language without data.
    """
    lexicon = _lexicon(language)
    pieces = _pieces(text, lexicon)
    found, i = [], 0
    while i < len(pieces):
        numeral, after = _numeral(text, pieces, i, lexicon)
        if numeral:
            found.append(numeral)
        i = max(after, i + 1)
    return tuple(found)


def _pieces(text: str, lexicon: _Lexicon) -> list[_Piece]:
    """The figures and the words of a text, in order."""
    glued = [m.span() for m in _GLUED.finditer(text)]
    pieces = []
    for match in lexicon.pieces.finditer(text):
        start, end = match.span()
        if any(a <= start < b for a, b in glued) and not match["word"]:
            continue
        if match["figure"]:
            value, step = _figure(match["figure"], lexicon)
            pieces.append(_Piece(match[0].lower(), start, end, value, step, bool(match["ordinal"])))
        elif match["vulgar"]:
            top, bottom = _VULGAR[match[0]]
            pieces.append(_Piece(match[0], start, end, top / bottom, 0.05))
        else:
            pieces.append(_Piece(match[0].lower(), start, end))
    return pieces


def _figure(written: str, lexicon: _Lexicon) -> tuple[float, float]:
    """The number that digits stand for, and its step."""
    whole, decimals = written, ""
    mark = max(written.rfind("."), written.rfind(","))
    if mark >= 0:
        grouped = written[mark] in lexicon.groups and len(written) - mark == 4 and not written.startswith("0")
        other = "." if written[mark] == "," else ","
        if not grouped or other in written[mark:]:
            whole, decimals = written[:mark], written[mark + 1:]
    plain = re.sub(r"\D", "", whole)
    if decimals:
        return float(f"{plain}.{decimals}"), 10.0 ** -len(decimals)
    return _number(float(plain)), _step(float(plain))


def _number(value: float) -> float:
    """A whole number as an `int`, so that it prints without a point."""
    return int(value) if math.isfinite(value) and value == int(value) else value


def _step(value: float) -> float:
    """The unit of a number's last place that isn't zero: 100 for 300."""
    if value == 0 or value != int(value):
        return 1
    whole = int(value)
    step = 1
    while whole % (step * 10) == 0:
        step *= 10
    return step


def _adjacent(text: str, before: _Piece, after: _Piece) -> bool:
    """Whether only white space or a hyphen stands between two pieces."""
    return bool(_GAP.fullmatch(text, before.end, after.start))


def _word(pieces: list[_Piece], i: int) -> str:
    return pieces[i].text if 0 <= i < len(pieces) else ""


def _numeral(text: str, pieces: list[_Piece], i: int, lexicon: _Lexicon) -> tuple[Numeral | None, int]:
    """The numeral that starts at piece `i`, and the index after it."""
    fraction = _fraction(text, pieces, i, lexicon)
    if fraction:
        return fraction
    piece = pieces[i]
    if piece.number is not None:
        if piece.ordinal:
            return Numeral(piece.start, piece.end, piece.number, "digits", 1, ordinal=True), i + 1
        base, after = Numeral(piece.start, piece.end, piece.number, "digits", piece.step), i + 1
        if after < len(pieces) and pieces[after].text in _VULGAR:
            value = piece.number + (pieces[after].number or 0)
            base, after = Numeral(piece.start, pieces[after].end, value, "digits", 0.05), after + 1
    else:
        spelled, after = _spelled(text, pieces, i, lexicon)
        if spelled is None:
            return None, i + 1
        base = spelled
        if base.ordinal:
            return base, after
        base, after = _pointed(text, pieces, base, after, lexicon)
    base, after = _and_half(text, pieces, base, after, lexicon)
    base, after = _scaled(text, pieces, base, after, lexicon)
    return _and_half(text, pieces, base, after, lexicon)


def _spelled(text: str, pieces: list[_Piece], i: int, lexicon: _Lexicon) -> tuple[Numeral | None, int]:
    """The number written in words from piece `i` on, articles before a scale included."""
    first = i
    if _word(pieces, i) in lexicon.link["articles"]:
        following = _word(pieces, i + 1)
        if following in lexicon.collectives or (following in lexicon.link["fillers"]
                                                and _word(pieces, i + 2) in lexicon.collectives):
            return Numeral(pieces[i].start, pieces[i].end, 1, "words"), i + 1
        if following not in lexicon.hundred and following not in lexicon.scales:
            return None, i + 1
        first = i + 1
    if _percent_word(pieces, first, lexicon):
        return None, first + 1
    total, hundreds, below = 0.0, 0.0, 0.0
    smallest, ordinal, previous = math.inf, False, ""
    j, last = first, first - 1
    while j < len(pieces):
        word = pieces[j].text
        if j > first and not _adjacent(text, pieces[j - 1], pieces[j]):
            break
        if word in lexicon.joiners and last >= first and _joins(text, pieces, j, below, previous, lexicon):
            j += 1
            continue
        if word in lexicon.small:
            composed = _compose(below, lexicon.small[word], lexicon)
            if composed is None or (lexicon.small[word] == 0 and last >= first):
                break
            below, previous = composed, "small"
        elif word in lexicon.hundred:
            if hundreds or (not below and last >= first and not total) or _percent_word(pieces, j, lexicon):
                break
            hundreds, below, previous = (below or 1) * 100, 0.0, "hundred"
        elif word in lexicon.scales:
            scale = lexicon.scales[word]
            if scale >= smallest or (not hundreds + below and word.endswith("s")):
                break
            total, smallest = total + (hundreds + below or 1) * scale, scale
            hundreds, below, previous = 0.0, 0.0, "scale"
        elif word in lexicon.ordinals:
            composed = _compose(below, lexicon.ordinals[word], lexicon)
            if composed is None or (last >= first and not _hyphened(text, pieces, j)):
                break
            below, ordinal, last = composed, True, j
            break
        else:
            break
        last = j
        j += 1
    if last < first:
        return None, i + 1
    value = total + hundreds + below
    numeral = Numeral(pieces[i].start, pieces[last].end, _number(value), "words", _step(value), ordinal=ordinal,
                      scale=smallest if smallest < math.inf and not hundreds + below else 1)
    return numeral, last + 1


def _pointed(text: str, pieces: list[_Piece], base: Numeral, after: int, lexicon: _Lexicon) -> tuple[Numeral, int]:
    """The numeral with the decimals that are spelt out behind it (`four point two`), but for `at one point`."""
    first = after - 2
    if _word(pieces, after) not in lexicon.link["point"] or _word(pieces, first) in lexicon.link["before_no_point"]:
        return base, after
    digits, j = "", after + 1
    while lexicon.small.get(_word(pieces, j), 10) < 10 and _adjacent(text, pieces[j - 1], pieces[j]):
        digits += str(int(lexicon.small[pieces[j].text]))
        j += 1
    if not digits or not _adjacent(text, pieces[after - 1], pieces[after]):
        return base, after
    value, step = float(f"{int(base.value)}.{digits}"), 10.0 ** -len(digits)
    return Numeral(base.start, pieces[j - 1].end, value, base.form, step), j


def _hyphened(text: str, pieces: list[_Piece], j: int) -> bool:
    return not text[pieces[j - 1].end:pieces[j].start].isspace() or pieces[j - 1].text in ("et", "and")


def _percent_word(pieces: list[_Piece], j: int, lexicon: _Lexicon) -> bool:
    """Whether the word for a hundred at `j` is the end of `pour cent` after a figure."""
    if _word(pieces, j) not in lexicon.hundred or _word(pieces, j - 1) not in lexicon.link["not_hundred_after"]:
        return False
    before = pieces[j - 2] if j >= 2 else None
    return before is not None and (before.number is not None or before.text in lexicon.small
                                   or before.text in lexicon.hundred or before.text in lexicon.collectives)


def _compose(below: float, value: float, lexicon: _Lexicon) -> float | None:
    """What a small word makes of the tens before it, or nothing where it can't follow them."""
    if below == 0:
        return value
    if (below, value) in lexicon.products:
        return below * value
    low, high = lexicon.addends.get(below, (0, -1))
    return below + value if low <= value <= high else None


def _joins(text: str, pieces: list[_Piece], j: int, below: float, previous: str, lexicon: _Lexicon) -> bool:
    """Whether the conjunction at `j` ties two parts of one number."""
    if j + 1 >= len(pieces) or not _adjacent(text, pieces[j], pieces[j + 1]):
        return False
    following = lexicon.small.get(pieces[j + 1].text, lexicon.ordinals.get(pieces[j + 1].text))
    if following is None:
        return False
    if not lexicon.join_after_hundred:
        return previous == "small" and below >= 20 and below % 10 == 0 and following in lexicon.join_before
    if previous not in ("hundred", "scale") or _word(pieces, j + 2) in lexicon.hundred:
        return False
    opener = any(p.text in lexicon.link["range_openers"] for p in pieces[max(0, j - 6):j])
    return not opener


def _and_half(text: str, pieces: list[_Piece], base: Numeral, after: int,
              lexicon: _Lexicon) -> tuple[Numeral, int]:
    """The numeral with a half or a quarter of its own scale added (`deux millions et demi`, `two and a half`)."""
    for phrase, part in zip(lexicon.link["and_half"], lexicon.link["and_half_values"], strict=True):
        words = phrase.split()
        taken = pieces[after:after + len(words)]
        if [p.text for p in taken] != words or not _tied(text, pieces, after - 1, after + len(words)):
            continue
        scale = next((s for s in lexicon.scales.values() if base.step >= s and _word(pieces, after - 1) in
                      lexicon.scales and lexicon.scales[_word(pieces, after - 1)] == s), 1)
        value = base.value + part * scale
        return Numeral(base.start, taken[-1].end, _number(value), base.form, scale * 0.1,
                       scale=base.scale), after + len(words)
    return base, after


def _tied(text: str, pieces: list[_Piece], first: int, end: int) -> bool:
    return all(_adjacent(text, pieces[k], pieces[k + 1]) for k in range(first, end - 1))


def _scaled(text: str, pieces: list[_Piece], base: Numeral, after: int, lexicon: _Lexicon) -> tuple[Numeral, int]:
    """The numeral times the scale or the counting noun that follows it (`1,2 million`, `two dozen`)."""
    collective = base.collective
    while after < len(pieces):
        piece, linked = pieces[after], after
        if piece.text in lexicon.link["fillers"] and base.value == 1 and after + 1 < len(pieces):
            linked, piece = after + 1, pieces[after + 1]
            if piece.text not in lexicon.collectives:
                break
        if piece.text in lexicon.link["of"] and collective and after + 1 < len(pieces):
            linked, piece = after + 1, pieces[after + 1]
        factor = _factor(text, pieces, base, linked, lexicon)
        if factor is None:
            break
        collective = collective or piece.text in lexicon.collectives
        base = Numeral(base.start, piece.end, _number(round(base.value * factor, 6)), base.form,
                       base.step * factor, collective=collective,
                       scale=base.scale * (1 if piece.text in lexicon.collectives else factor))
        after = linked + 1
    return base, after


def _factor(text: str, pieces: list[_Piece], base: Numeral, i: int, lexicon: _Lexicon) -> float | None:
    """What the word at `i` multiplies the numeral by, if it does."""
    word = pieces[i].text
    gap = text[base.end:pieces[i].start]
    if word in lexicon.link["of"] or not re.fullmatch(r"\s*|[-‑]|\s*\w{1,2}['’\s]\s*|\s\w+\s", gap):
        return None
    if base.form == "digits" and not gap.strip() and word in lexicon.short_scales:
        return lexicon.short_scales[word]
    if base.form == "digits" and not gap and word in lexicon.letters and _word(pieces, i + 1) in lexicon.after_letters:
        return lexicon.letters[word]
    if word in lexicon.collectives:
        return lexicon.collectives[word]
    if word in lexicon.scales and (base.form != "words" or base.collective or base.step < 1):
        return lexicon.scales[word]
    if word in lexicon.hundred and (base.collective or base.form == "digits" and base.value < 100):
        return 100
    return None


def _fraction(text: str, pieces: list[_Piece], i: int, lexicon: _Lexicon) -> tuple[Numeral, int] | None:
    """The fraction that starts at piece `i` (`two-thirds`, `la moitié`, `half a million`), and the index after it."""
    parts = lexicon.fractions
    word, following = _word(pieces, i), _word(pieces, i + 1)
    share, end = None, i
    if following in parts["parts"] and _adjacent(text, pieces[i], pieces[i + 1]):
        top = pieces[i].number if pieces[i].number is not None else lexicon.small.get(word)
        if word in parts["one"]:
            top = 1
        if top is not None and (top < parts["parts"][following] or top == 1) and _is_part(pieces, i, top, lexicon):
            share, end = top / parts["parts"][following], i + 1
    if share is None and word in parts["whole"]:
        share, end = parts["whole"][word], i
    if share is None and pieces[i].text in _VULGAR:
        share, end = pieces[i].number, i
    bare = share is None and word in parts["parts"] and word not in parts["singular_ordinals"]
    if bare and following in lexicon.link["of"]:
        share, end = 1 / parts["parts"][word], i
    if share is None or _barred(pieces, i, end, lexicon):
        return None
    found = _of_scale(text, pieces, i, end, share, lexicon)
    return None if bare and found[1] == end + 1 else found


def _is_part(pieces: list[_Piece], i: int, top: float, lexicon: _Lexicon) -> bool:
    """Whether the word after `i` is a part of a whole there, and not an ordinal or a third party."""
    word, after = pieces[i + 1].text, _word(pieces, i + 2)
    parts = lexicon.fractions
    if top > 1:
        return True
    return word not in parts["singular_ordinals"] or after in parts["followed_by"] or not after


def _barred(pieces: list[_Piece], i: int, end: int, lexicon: _Lexicon) -> bool:
    """Whether the words around make something else of it (`second half`, `quart de finale`)."""
    parts = lexicon.fractions
    following = " ".join(p.text for p in pieces[end + 1:end + 3])
    barred = any(following == p or following.startswith(p + " ") for p in parts["not_followed_by"])
    return barred or _word(pieces, i - 1) in parts["not_preceded_by"]


def _of_scale(text: str, pieces: list[_Piece], i: int, end: int, share: float,
              lexicon: _Lexicon) -> tuple[Numeral, int]:
    """The fraction, times the scale it is a part of, where there is one (`three-quarters of a billion`)."""
    j, fillers = end + 1, (*lexicon.link["of"], *lexicon.link["articles"], "un", "une")
    while _word(pieces, j) in fillers and j - end <= 3:
        j += 1
    scale = {**lexicon.scales, **lexicon.collectives, **dict.fromkeys(lexicon.hundred, 100.0)}.get(_word(pieces, j))
    if scale is None or (j > end + 1 and _word(pieces, j).endswith("s")):
        return Numeral(pieces[i].start, pieces[end].end, share, "fraction", 0.05), end + 1
    collective = _word(pieces, j) in lexicon.collectives
    numeral = Numeral(pieces[i].start, pieces[j].end, _number(round(share * scale, 6)), "fraction", scale * 0.05,
                      collective=collective, scale=1 if collective else scale)
    return numeral, j + 1
