"""Markdown: front matter, and the blocks of the text after it, marks of headings, lists and quotations left out."""
from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from factcheck.reading.blocks import Block, make_block, split
from factcheck.reading.dates import Stamp, find_dates
from factcheck.reading.phrases import bare, front_matter_keys

_YAML = re.compile(r"\ufeff?\s*---[ \t]*\r?\n(?P<body>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S | re.M)
_TOML = re.compile(r"\ufeff?\s*\+\+\+[ \t]*\r?\n(?P<body>.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.S | re.M)
_PAIR = re.compile(r"^(?P<key>[^\W\d_][\w .'’-]{0,40}?)[ \t]*:[ \t]*(?P<value>\S.*?)[ \t]*\r?$", re.M)
_UNSEEN = re.compile(r"<!--.*?-->|^(?P<fence>```+|~~~+).*?^(?P=fence)|^\[[^\]\n]+\]:\s+\S+.*?$", re.S | re.M)
_HEADING = re.compile(r"(#{1,6})\s+")
_SETEXT = re.compile(r"\r?\n(=+|-+)[ \t]*$")
_ITEM = re.compile(r"(?:[-*+]|\d{1,2}[.)])\s+")
_QUOTE = re.compile(r"(?:>\s?)+")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)\s*")
_RUN_IN = re.compile(r"(\*\*|__)(?P<head>[^*_\n]{2,80}?[.:?!])(?:\1)\s+(?=\S)"
                     r"|(\*\*|__)(?P<bare>[^*_\n]{2,80}?)\3\s*[.:]\s+(?=\S)")
_TABLE_RULE = re.compile(r"\|?[\s:|-]*-{3,}[\s:|-]*")

# Beside a date that is a whole field, no more letters stand: its weekday, the hour.
_BESIDE_A_DATE = 12


def front_matter(text: str) -> tuple[dict[str, Any], int]:
    """The fields of a text's front matter, their names bare, and where the text after it starts.

    YAML and TOML are read; YAML that doesn't parse is read line by line.
    """
    match = _YAML.match(text)
    if match:
        return _yaml(match["body"]), match.end()
    match = _TOML.match(text)
    if match:
        return _toml(match["body"]), match.end()
    return {}, 0


def _yaml(body: str) -> dict[str, Any]:
    import yaml

    try:
        # BaseLoader keeps dates as written, so that their precision and impossible days can be seen.
        fields = yaml.load(body, Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.YAMLError:
        fields = None
    return _named(fields) if isinstance(fields, dict) else _pairs(body)


def _toml(body: str) -> dict[str, Any]:
    import tomllib

    try:
        fields = tomllib.loads(body.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError:
        return _pairs(body.replace("=", ":"))
    return _named(fields)


def _pairs(body: str) -> dict[str, Any]:
    return {bare(m["key"]): m["value"].strip("\"'") for m in _PAIR.finditer(body)}


def _named(fields: dict[Any, Any]) -> dict[str, Any]:
    return {bare(str(k)): v for k, v in fields.items()}


def field(fields: dict[str, Any], name: str) -> str | None:
    """One field by what it means (`title`, `date`, `outlet`, `author`, `language`), whatever it is called."""
    for key in front_matter_keys(name):
        value = fields.get(key)
        if isinstance(value, list | tuple) and value:
            value = ", ".join(str(v.get("name", v) if isinstance(v, dict) else v) for v in value)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, dt.date | dt.datetime):
            value = value.isoformat()
        if isinstance(value, str | int | float) and str(value).strip():
            return " ".join(str(value).split())
    return None


def dates(fields: dict[str, Any], month_first: bool = False) -> list[Stamp]:
    """The publication dates front matter gives, or the revision's where it gives no other; a bare year is one. Where no
    field is named for one, the whole date that is all a field says."""
    for name in ("date", "updated"):
        found = [s for key in front_matter_keys(name) if isinstance(fields.get(key), str | int | dt.date)
                 for s in _stamps(str(fields[key]), month_first)]
        if found:
            return found
    values = [str(v) for v in fields.values() if isinstance(v, str | dt.date)]
    whole = [(value, stamp) for value in values for stamp in find_dates(value, month_first) if stamp.precision == 3]
    return [stamp for value, stamp in whole if len(value) - (stamp.end - stamp.start) <= _BESIDE_A_DATE]


def _stamps(value: str, month_first: bool) -> list[Stamp]:
    if re.fullmatch(r"\s*(?:19|20|21)\d\d\s*", value):
        return [Stamp(int(value), text=value)]
    return find_dates(value, month_first)[:1]


def blocks(text: str, start: int, own_line: Callable[[str], bool]) -> list[Block]:
    """The blocks of a Markdown text from an offset on, their spans without the marks of Markdown around them."""
    hidden = _UNSEEN.sub(lambda m: re.sub(r"[^\n\r]", " ", m.group()), text[start:])
    found: list[Block] = []
    pictured = False
    for block in split(text[:start] + hidden, start, own_line):
        if not (pictured and not block.apart):  # a line right under a picture is its caption
            found += _unmarked(text, block)
        pictured = bool(_IMAGE.fullmatch(text[block.start:block.end]))
    return found


def _unmarked(text: str, block: Block) -> list[Block]:
    """A block without the marks around it; a run-in heading (`**The clock.** First …`) stands by itself."""
    raw = text[block.start:block.end]
    setext = _SETEXT.search(raw)
    if setext and "\n" not in raw[:setext.start()].strip():
        level = "title" if setext[1][0] == "=" else "heading"
        return _marked(text, block, block.start, block.start + setext.start(), level)
    if _TABLE_RULE.fullmatch(raw):
        return []
    start, markup = block.start, ""
    for pattern, name in ((_QUOTE, "quote"), (_HEADING, "heading"), (_ITEM, "item"), (_IMAGE, "")):
        match = pattern.match(text, start, block.end)
        if match and (name != "item" or markup not in ("title", "heading")):
            start = match.end()
            markup = "title" if name == "heading" and match[1] == "#" else name or markup
    if markup in ("title", "heading"):
        end = start + len(text[start:block.end].rstrip("# \t"))
        return _marked(text, block, start, end, markup)
    run_in = _RUN_IN.match(text, start, block.end)
    if run_in:
        name = "head" if run_in["head"] else "bare"
        return [*_marked(text, block, run_in.start(name), run_in.end(name), "heading"),
                *(replace(b, apart=False) for b in _marked(text, block, run_in.end(), block.end, markup))]
    emphasis = re.fullmatch(r"(\*\*|__|\*|_)(?!\s)([^*_]+)\1", text[start:block.end].strip(), re.S)
    if emphasis and not markup and emphasis[1] in ("**", "__") and len(emphasis[2].split()) <= 15:
        inside = start + text[start:block.end].index(emphasis[2])
        if not re.search(r"[.…]\s*$", emphasis[2]):
            return _marked(text, block, inside, inside + len(emphasis[2]), "heading")
    return _marked(text, block, start, block.end, markup)


def _marked(text: str, block: Block, start: int, end: int, markup: str) -> list[Block]:
    made = make_block(text, start, end, block.apart, markup)
    return [made] if made else []
