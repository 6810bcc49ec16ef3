"""The words of the review page and of the HTML report in a reader's language."""
from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from factcheck.languages import available, load
from factcheck.model import Article

TOPIC = "interface"
DEFAULT = "en"
_ISO_DAY = re.compile(r"\b(\d{4})-(\d\d)(?:-(\d\d))?\b")
_RANGE = re.compile(r"\s*([a-zA-Z]+[\w-]*)\s*(?:;\s*q\s*=\s*([01](?:\.\d*)?)\s*)?")


@dataclass(frozen=True)
class Interface:
    """The strings of one language; called with the dotted name of one (`review.left`), it gives the text."""

    language: str
    strings: Mapping[str, Any]

    def __call__(self, name: str, **values: object) -> str:
        """The text of that name, with its `{places}` filled; `count` picks the singular or the plural."""
        text = self._find(name)
        if isinstance(text, dict):
            text = text["one" if values.get("count") in self.strings["singular"] else "other"]
        return str(text).format(**values)

    def _find(self, name: str) -> Any:
        found: Any = self.strings
        for part in name.split("."):
            found = found[part]
        return found

    def percent(self, share: float) -> str:
        """A share from 0 to 1 as a percentage, never rounded up to certainty: `97%`."""
        return str(self.strings["percent"]).format(number=int(share * 100 + 1e-9))

    def decimal(self, number: float) -> str:
        """A signed number with two decimals, as evidence is weighed: `+1.40`, `−0.62`."""
        sign = "−" if number < 0 else "+"
        return sign + f"{abs(number):.2f}".replace(".", self.strings["decimal"])

    def quoted(self, text: str) -> str:
        """The text between the language's quotation marks."""
        opening, closing = self.strings["quotes"]
        return f"{opening}{text}{closing}"

    def date(self, iso: str, weekday: bool = False) -> str:
        """A date of ISO 8601 in words, as precise as it is: `15 January 2021`, `January 2021`, `2021`."""
        parts = [int(p) for p in iso.split("-")]
        if len(parts) == 1 or not 1 <= parts[1] <= 12:
            return iso
        month = self.strings["months"][parts[1] - 1]
        if len(parts) == 2:
            return f"{month} {parts[0]}"
        text = str(self.strings["day"]).format(day=parts[2], month=month, year=parts[0])
        return f"{self._weekday(parts)} {text}" if weekday else text

    def _weekday(self, parts: list[int]) -> str:
        try:
            return str(self.strings["weekdays"][dt.date(*parts).weekday()])
        except ValueError:
            return ""

    def reason(self, text: str) -> str:
        """Why a finding has its relation, said in English by an earlier stage, in this language with dates in words."""
        return self._translated("reasons", text)

    def meaning(self, text: str) -> str:
        """What a value stands for, as `reporting.meaning` says it in English, in this language with dates in words."""
        return self._translated("meanings", text)

    def question(self, text: str, answer: str) -> str:
        """What a finding asks. A label of the program's own is told in this language, with the first answer, since it
        is the same for many findings; an article's words are left as they are."""
        label = self.strings["questions"].get(text)
        return f"{label} – {answer}" if label else text

    def published(self, iso: str) -> str:
        """When an article was published, as precisely as it is known."""
        return self("finding.published" if len(iso) == 10 else "finding.published_in", date=self.date(iso))

    def _translated(self, table: str, text: str) -> str:
        for pattern, replacement in self.strings[table]:
            text = re.sub(pattern, replacement, text)
        return _ISO_DAY.sub(lambda match: self.date(match.group()), text)

    def evidence(self, name: str) -> str:
        """The name of a piece of evidence, as it is where the data has no word for it."""
        return str(self.strings["evidence"].get(name, name))


@cache
def interface(language: str) -> Interface:
    """The interface in a language, in English where there is none."""
    return Interface(language, load(language, TOPIC)) if language in languages() else interface(DEFAULT)


@cache
def languages() -> tuple[str, ...]:
    """The languages there is an interface in."""
    return tuple(code for code in available() if _has_interface(code))


def _has_interface(code: str) -> bool:
    try:
        return bool(load(code, TOPIC))
    except KeyError:
        return False


def preferred(accept_language: str) -> str:
    """The language of a browser's `Accept-Language` header that fits best (RFC 9110, section 12.5.4)."""
    wishes = []
    for match in filter(None, map(_RANGE.fullmatch, accept_language[:200].split(","))):
        name, quality = match[1], match[2] or "1"
        wishes.append((float(quality), name.split("-")[0].lower()))
    for quality, code in sorted(wishes, key=lambda wish: -wish[0]):
        if quality and code in languages():
            return code
    return DEFAULT


def language_of(articles: Iterable[Article]) -> str:
    """The language most of the articles are in, where there is an interface in it."""
    counts = Counter(a.language for a in articles if a.language in languages())
    return counts.most_common(1)[0][0] if counts else DEFAULT
