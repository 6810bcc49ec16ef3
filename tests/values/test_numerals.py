"""Numbers in digits, words and fractions."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.values.numerals import parse_numerals

FRENCH = {
    "quatre virgule deux": 4.2, "trois virgule cinq millions": 3_500_000,
    "onze": 11, "vingt et un": 21, "trente et une": 31, "soixante-dix": 70, "soixante et onze": 71,
    "soixante-dix-sept": 77, "quatre-vingts": 80, "quatre-vingt-un": 81, "quatre-vingt-dix-sept": 97, "septante": 70,
    "huitante-trois": 83, "nonante et un": 91, "cent": 100, "cent un": 101, "cent vingt": 120, "deux cents": 200,
    "deux cent quarante-six": 246, "mille": 1000, "mille deux cents": 1200, "deux mille quatre": 2004,
    "vingt et un mille": 21000, "cent mille": 100000, "deux cent mille": 200000, "un million": 1e6,
    "trois cents millions": 3e8, "un million deux cent mille": 1.2e6, "deux millions et demi": 2.5e6,
    "un demi-milliard": 5e8, "1,2 million": 1.2e6, "900.000": 900000, "8.140": 8140, "1 140": 1140,
    "22\u202f000": 22000, "3\u00a0400\u00a0000": 3400000, "1'350": 1350, "1,40": 1.4, "2½": 2.5, "0,5": 0.5,
    "640 mln": 640e6, "deux douzaines": 24, "une dizaine de milliers": 10000,
}
ENGLISH = {
    "four point two": 4.2, "forty-eight point six": 48.6, "three point one four": 3.14,
    "two point five million": 2_500_000,
    "eleven": 11, "twenty-one": 21, "twenty seven": 27, "ninety": 90, "a hundred": 100, "one hundred and one": 101,
    "a hundred and fifty": 150, "two hundred": 200, "twelve hundred": 1200, "a thousand": 1000,
    "two thousand and four": 2004, "one hundred and fifty thousand": 150000, "two million": 2e6, "half a million": 5e5,
    "two and a half million": 2.5e6, "three-quarters of a billion": 7.5e8, "a quarter of a million": 250000,
    "1.2bn": 1.2e9, "40million": 4e7, "22,000": 22000, "1,234,567.89": 1234567.89, "8.5": 8.5, "22 000": 22000,
    "a dozen": 12, "two dozen": 24, "half a dozen": 6, "12 thousand": 12000, "one and a half": 1.5, "1½": 1.5,
}
FRACTIONS = {("fr", "les deux tiers"): 2 / 3, ("fr", "la moitié"): 0.5, ("fr", "trois quarts"): 0.75,
             ("fr", "un tiers des"): 1 / 3, ("en", "two-thirds"): 2 / 3, ("en", "half"): 0.5,
             ("en", "a third of"): 1 / 3, ("en", "three quarters"): 0.75, ("en", "a tenth of"): 0.1}
ORDINALS = {("fr", "la 67e minute"): 67, ("fr", "le septième rang"): 7, ("fr", "la vingt et unième"): 21,
            ("en", "the 67th minute"): 67, ("en", "third place"): 3, ("en", "the twenty-first"): 21, ("en", "3rd"): 3}
UNITS = ["", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
         "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"]
TENS = ["", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt"]
ONES = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
DECADES = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


@pytest.mark.parametrize(("language", "words"), [("fr", w) for w in FRENCH] + [("en", w) for w in ENGLISH])
def test_a_number_is_read_whole(language: str, words: str) -> None:
    wanted = (FRENCH if language == "fr" else ENGLISH)[words]
    numerals = parse_numerals(words, language)
    assert [(n.value, n.start, n.end) for n in numerals] == [(pytest.approx(wanted), 0, len(words))]


@pytest.mark.parametrize(("language", "words"), FRACTIONS)
def test_fractions_are_told_as_such(language: str, words: str) -> None:
    assert [(n.value, n.form) for n in parse_numerals(words, language)] == [
        (pytest.approx(FRACTIONS[language, words]), "fraction")]


@pytest.mark.parametrize(("language", "words"), ORDINALS)
def test_ordinals_are_told_as_such(language: str, words: str) -> None:
    assert [(n.value, n.ordinal) for n in parse_numerals(words, language)] == [(ORDINALS[language, words], True)]


@pytest.mark.parametrize(("language", "text", "wanted"), [
    ("fr", "entre vingt et trente", [20, 30]), ("fr", "deux, trois", [2, 3]), ("fr", "30 pour cent", [30]),
    ("fr", "vingt pour cent", [20]), ("en", "between one hundred and two hundred", [100, 200]),
    ("en", "two three", [2, 3]), ("fr", "A380, F-16, Covid-19, 5G", []), ("fr", "le 12/03/2021", []),
    ("fr", "appelez le 01 02 03 04 05", []), ("en", "half past six", [6]), ("fr", "le quart de finale", []),
])
def test_numbers_side_by_side_stay_apart(language: str, text: str, wanted: list[float]) -> None:
    assert [n.value for n in parse_numerals(text, language)] == wanted


@given(st.integers(1, 999_999))
def test_french_words_of_any_number_are_read_back(number: int) -> None:
    words = french(number)
    assert [(n.value, n.end) for n in parse_numerals(words, "fr")] == [(number, len(words))]


@given(st.integers(1, 999_999))
def test_english_words_of_any_number_are_read_back(number: int) -> None:
    words = english(number)
    assert [(n.value, n.end) for n in parse_numerals(words, "en")] == [(number, len(words))]


@given(st.integers(0, 10**12), st.sampled_from(["\u202f", "\u00a0", " ", "."]))
def test_grouped_digits_are_read_back(number: int, separator: str) -> None:
    written = f"{number:,}".replace(",", separator)
    assert [(n.value, n.start, n.end) for n in parse_numerals(written, "fr")] == [(number, 0, len(written))]


@given(st.text(alphabet="un deux cent mille et demi quatre-vingt tiers moitié, 0123456789.½d'", max_size=40))
def test_any_text_gives_spans_in_order_and_apart(text: str) -> None:
    for language in ("fr", "en"):
        numerals = parse_numerals(text, language)
        ends = [0, *(n.end for n in numerals)]
        assert all(0 <= end <= n.start < n.end <= len(text) for end, n in zip(ends, numerals, strict=False))


def french(number: int) -> str:
    """A number from 1 to 999 999 in French words, spelled as schools teach it."""
    if number >= 1000:
        thousands, rest = divmod(number, 1000)
        head = "" if thousands == 1 else french(thousands).removesuffix("s") + " " if thousands % 100 in (0, 80) \
            else french(thousands) + " "
        return f"{head}mille {french(rest) if rest else ''}".strip()
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        head = "cent" if hundreds == 1 else f"{UNITS[hundreds]} cent{'' if rest else 's'}"
        return f"{head} {french(rest) if rest else ''}".strip()
    if number < 20:
        return UNITS[number]
    tens, unit = divmod(number, 10)
    if tens in (7, 9):
        unit += 10
    if unit in (1, 11) and tens < 8:
        return f"{TENS[tens]} et {UNITS[unit]}"
    if not unit:
        return TENS[tens] + ("s" if tens == 8 else "")
    return f"{TENS[tens]}-{UNITS[unit]}"


def english(number: int) -> str:
    """A number from 1 to 999 999 in British English words."""
    if number >= 1000:
        thousands, rest = divmod(number, 1000)
        joined = f" {'and ' if rest < 100 else ''}{english(rest)}" if rest else ""
        return f"{english(thousands)} thousand{joined}"
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        return f"{ONES[hundreds]} hundred" + (f" and {english(rest)}" if rest else "")
    if number < 20:
        return ONES[number]
    tens, unit = divmod(number, 10)
    return DECADES[tens] + (f"-{ONES[unit]}" if unit else "")
