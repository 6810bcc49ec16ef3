"""The model's dataclasses as plain lists for JSON, and back, by their type hints.

A dataclass is the list of its fields, a choice between two of them is `[number, fields]`. Reading back runs no code
that the data names, so a cache that somebody else can write to is no way in.
"""
from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from factcheck.model import Claim, Finding, Sentence

Convert = Callable[[Any], Any]
_NO_SENTENCE = Sentence("", 0, 0, 0, ())


def claims_to_bytes(claims: Sequence[Claim]) -> bytes:
    """Claims as JSON; a sentence that several share is written once."""
    numbers = {id(c.sentence): c.sentence for c in claims}
    order = {key: n for n, key in enumerate(numbers)}
    return _dump([[_writer(Sentence)(s) for s in numbers.values()],
                  [[order[id(c.sentence)], _writer(Claim)(replace(c, sentence=_NO_SENTENCE))] for c in claims]])


def claims_from_bytes(data: bytes) -> tuple[Claim, ...]:
    """The claims in such JSON. Raises ValueError or TypeError where it is something else."""
    own, claims = json.loads(data)
    sentences = [_reader(Sentence)(s) for s in own]
    return tuple(replace(_reader(Claim)(c), sentence=sentences[n]) for n, c in claims)


def findings_to_bytes(findings: Sequence[Finding]) -> bytes:
    """Findings as JSON."""
    return _dump([_writer(Finding)(f) for f in findings])


def findings_from_bytes(data: bytes) -> tuple[Finding, ...]:
    """The findings in such JSON. Raises ValueError or TypeError where it is something else."""
    return tuple(_reader(Finding)(f) for f in json.loads(data))


def to_bytes(value: Any) -> bytes:
    """Any of the model's dataclasses as JSON."""
    return _dump(_writer(cast(Hashable, type(value)))(value))


def _dump(value: Any) -> bytes:
    # Halves of surrogate pairs stay escapes: they can't be encoded.
    return json.dumps(value, separators=(",", ":")).encode("ascii")


@cache
def _writer(kind: Any) -> Convert:
    """What turns a value of a type into plain lists, strings and numbers."""
    if is_dataclass(kind):
        own = [(name, _writer(hint)) for name, hint in _fields(kind)]
        return lambda value: [write(getattr(value, name)) for name, write in own]
    if (items := _items(kind)) is not None:
        write = _writer(items)
        if get_origin(kind) is frozenset:
            return lambda value: sorted(map(write, value))
        return lambda value: [write(v) for v in value]
    choices = _choices(kind)
    if len(choices) > 1:
        writers = [_writer(c) for c in choices]
        return lambda value: [choices.index(type(value)), writers[choices.index(type(value))](value)]
    if choices:
        write_one = _writer(choices[0])
        return lambda value: None if value is None else write_one(value)
    return lambda value: value


@cache
def _reader(kind: Any) -> Convert:
    """What makes a value of a type of what `_writer` made of it."""
    if is_dataclass(kind):
        readers = [_reader(hint) for _, hint in _fields(kind)]
        make = cast(Convert, kind)
        return lambda data: make(*[read(d) for read, d in zip(readers, data, strict=True)])
    if (items := _items(kind)) is not None:
        read, origin = _reader(items), get_origin(kind)
        return lambda data: origin(read(d) for d in data)
    choices = _choices(kind)
    if len(choices) > 1:
        options = [_reader(c) for c in choices]
        return lambda data: options[data[0]](data[1])
    if choices:
        read_one = _reader(choices[0])
        return lambda data: None if data is None else read_one(data)
    return lambda data: data


def _fields(kind: Any) -> list[tuple[str, Any]]:
    hints = get_type_hints(kind)
    return [(f.name, hints[f.name]) for f in fields(kind)]


def _items(kind: Any) -> Any | None:
    """What a `tuple[X, ...]` or a `frozenset[X]` holds."""
    return get_args(kind)[0] if get_origin(kind) in (tuple, frozenset) else None


def _choices(kind: Any) -> list[Any]:
    """The dataclasses a union chooses from."""
    if get_origin(kind) not in (Union, UnionType):
        return []
    return [c for c in get_args(kind) if c is not NoneType and is_dataclass(c)]
