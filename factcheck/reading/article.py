"""One file into one article: the format's own reading, then what every format shares."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from factcheck.errors import InputError
from factcheck.languages import available
from factcheck.model import Article, Paragraph
from factcheck.reading import markdown, webpage
from factcheck.reading.blocks import Block, make_block, split
from factcheck.reading.dateline import peel_prefix
from factcheck.reading.dates import Stamp, find_dates, partial_date, settle, weekdays_in, with_year
from factcheck.reading.detect import base, detect
from factcheck.reading.files import load_text
from factcheck.reading.furniture import kind, name_like, parts
from factcheck.reading.layout import Layout, lay_out
from factcheck.reading.page import Known
from factcheck.reading.phrases import bare, front_matter_keys
from factcheck.reading.unseen import masked, without_comments


@dataclass(frozen=True)
class Draft:
    """An article whose date may still lack its year."""

    path: Path
    text: str
    paragraphs: tuple[Paragraph, ...]
    title: str | None
    outlet: str | None
    stamp: Stamp | None
    language: str


def draft(path: Path, language: str | None = None, published: str | None = None) -> Draft:
    """Read a file as far as it goes by itself. Raises `InputError` for what is no article."""
    _check_language(path, language)
    given = _given_date(path, published)
    text, blocks, known = _parse(path, load_text(path))
    layout = lay_out(blocks, known)
    if not layout.paragraphs:
        raise InputError(str(path), "no article found in it")
    words = "\n".join(text[p.start:p.end] for p in layout.paragraphs)
    spoken = base(language) or detect(words, known.language)
    if spoken not in available():
        raise InputError(str(path), f"unknown language: known are {_known_languages()}; if it is one, use --lang")
    stamp = given or _date(path, known, layout)
    return Draft(path, text, without_comments(text, layout.paragraphs), layout.title, layout.outlet, stamp, spoken)


def finish(made: Draft, name: str, others: Sequence[Stamp | None] = ()) -> Article:
    """The article under its id; a date without a year is completed from the others' dates or from its own text."""
    stamp = made.stamp
    if stamp is not None and stamp.year is None:
        stamp = _complete(made, stamp, others)
    return Article(id=name, path=str(made.path), text=made.text, paragraphs=made.paragraphs, title=made.title,
                   outlet=made.outlet, published=partial_date(stamp), language=made.language)


def _known_languages() -> str:
    return ", ".join(available())


def _check_language(path: Path, language: str | None) -> None:
    if language is not None and base(language) not in available():
        raise InputError(str(path), f"unknown language {language!r}: known are {_known_languages()}")


def _given_date(path: Path, published: str | None) -> Stamp | None:
    """The date a user gives, which must be one."""
    if published is None:
        return None
    if re.fullmatch(r"\s*\d{4}\s*", published):
        return Stamp(int(published))
    found = find_dates(published)
    if not found or not found[0].possible or found[0].year is None:
        raise InputError(str(path), f"{published!r} is not a date: write it as 2031-03-12, 2031-03 or 2031")
    return found[0]


def _date(path: Path, known: Known, layout: Layout) -> Stamp | None:
    """The date of publication. A date the calendar lacks is an error where there is no other."""
    stamps = [*known.stamps, *layout.stamps]
    stamp = settle(stamps)
    if stamp is None and stamps:
        raise InputError(str(path), f"its date of publication can't be: {stamps[0].text!r} is not in the calendar")
    return stamp


def _complete(made: Draft, stamp: Stamp, others: Sequence[Stamp | None]) -> Stamp | None:
    """The year of a day and a month: the one nearest to the other articles' dates, or to a full date in the story.

    The weekday the first paragraphs name (`a annoncé jeudi`) must fit where the story alone decides.
    """
    words = " ".join(made.text[p.start:p.end] for p in made.paragraphs[:3])
    weekdays = [stamp.weekday] if stamp.weekday is not None else weekdays_in(words)[:2]
    dated = sorted((s.year, s.month or 6) for s in others if s is not None and s.year is not None)
    if dated and stamp.month:
        year, month = dated[len(dated) // 2]
        nearest = sorted(range(year - 1, year + 2), key=lambda y: abs((y - year) * 12 + (stamp.month or 6) - month))
        return with_year(stamp, nearest[:2], weekdays) or replace(stamp, year=nearest[0])
    told = [s for p in made.paragraphs for s in find_dates(made.text[p.start:p.end]) if s.precision >= 2 and s.possible]
    near = {y for s in told if s.year for y in (s.year, s.year + 1)
            if 0 <= (y - s.year) * 12 + (stamp.month or 0) - (s.month or 0) <= 9}
    fits = [y for y in sorted(near, reverse=True) if with_year(stamp, [y], weekdays[:1])]
    return replace(stamp, year=fits[0]) if len(fits) == 1 else None


# Formats

def _parse(path: Path, text: str) -> tuple[str, list[Block], Known]:
    """The text to count offsets in, its blocks, and what the format says of the article."""
    suffix = path.suffix.lower()
    if suffix in (".html", ".htm") or webpage.is_html(text):
        body, blocks, known = webpage.read_page(text, path.stem)
        if not blocks:
            raise InputError(str(path), "no article found in this page")
        return body, blocks, known
    fields, start = markdown.front_matter(text)
    if not fields and not start:
        fields, start = _header_fields(text)
    known = Known(title=markdown.field(fields, "title"), outlet=markdown.field(fields, "outlet"),
                  authors=tuple(a for a in (markdown.field(fields, "author") or "").split(", ") if a),
                  stamps=tuple(markdown.dates(fields)), language=markdown.field(fields, "language"), stem=path.stem)
    blocks = _title_field(text, start, known)
    if suffix in (".md", ".markdown"):
        return text, blocks + markdown.blocks(text, start, _own_line), known
    seen = masked(text)
    length, stamp = peel_prefix(seen[start:])
    if stamp:
        known = replace(known, stamps=(stamp, *known.stamps))
    plain = split(seen, start + length, _own_line)
    return text, blocks + (_peel_sentences(seen, plain) if stamp else plain), known


def _own_line(line: str) -> bool:
    """Whether a line is never part of a paragraph of several lines; a lone number or full stop may be."""
    return bool(kind(line)) and (kind(line) != "rule" or len(line) > 5 and not line[0].isdigit())


def _header_fields(text: str) -> tuple[dict[str, str], int]:
    """Lines such as `Title: …`, `Date : …` at the head of a plain text, two or more of them, and where they end."""
    names = {key for field in ("title", "date", "outlet", "author", "language") for key in front_matter_keys(field)}
    fields: dict[str, str] = {}
    place = 0
    for line in re.finditer(r"[^\n]*\n?", text[:3000]):
        match = re.match(r"\s*([^\W\d_][\w ’'-]{1,30}?)\s*:\s+(\S.*?)\s*$", line.group())
        if not match or bare(match[1]) not in names:
            break
        fields[bare(match[1])] = match[2]
        place = line.end()
    return (fields, place) if len(fields) >= 2 else ({}, 0)


def _title_field(text: str, start: int, known: Known) -> list[Block]:
    """The title as front matter has it, as a block of the text."""
    if not known.title or not start:
        return []
    place = text.find(known.title, 0, start)
    block = make_block(text, place, place + len(known.title), True, "title") if place >= 0 else None
    return [block] if block else []


def _peel_sentences(text: str, blocks: list[Block]) -> list[Block]:
    """Take title, byline, date and masthead off the first paragraph, where copying ran them into it as sentences."""
    if not blocks:
        return blocks
    first, start = blocks[0], blocks[0].start
    peeled: list[Block] = []
    for _ in range(4):
        match = _RUN_IN.match(text, start, first.end)
        block = make_block(text, start, match.end(1), True, _run_in_markup(match[1])) if match else None
        if match is None or block is None:
            break
        peeled.append(block if block.markup == "title" else replace(block, text=block.text.rstrip(".")))
        start = match.end()
    # Up to the last that is no sentence of the story; what stands before a byline or a date is the title.
    while peeled and not peeled[-1].markup and not kind(peeled[-1].text, head=True):
        peeled.pop()
    if not peeled or any(not b.markup and not kind(b.text, head=True) and b.words > 15 for b in peeled):
        return blocks
    gap = len(text[peeled[-1].end:first.end]) - len(text[peeled[-1].end:first.end].lstrip(" \t\r\n."))
    rest = make_block(text, peeled[-1].end + gap, first.end)
    return [*peeled, *([rest] if rest else []), *blocks[1:]]


_RUN_IN = re.compile(r"(.{3,150}?\w{2,}[.!?])\s+(?=[\"«“'‘]?\s?[A-ZÀ-Þ\d])")


def _run_in_markup(sentence: str) -> str:
    """What a sentence run in before the text shows itself to be: a title in capitals, a masthead, or nothing."""
    if kind(sentence.rstrip("."), head=True):
        return ""
    if sentence.isupper() and len(sentence.split()) >= 3:
        return "title"
    return "masthead" if _names_paper(sentence) else ""


def _names_paper(sentence: str) -> bool:
    """Whether a sentence run in before the text is a masthead: names only (`Radio Vallée, Politique.`)."""
    pieces = [q for p in parts(sentence) for q in p.split(",")]
    return len(sentence.split()) <= 9 and all(name_like(p.strip(" .")) for p in pieces if p.strip(" .")) \
        and len(sentence.split()) >= 2
