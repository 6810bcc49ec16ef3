"""Text from articles made fit for a terminal: harmless, and measured in the columns it takes there."""
from __future__ import annotations

import re

from wcwidth import wcswidth, wrap

# CSI, OSC and the two-character escape sequences of ECMA-48, with their eight-bit forms.
_SEQUENCES = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
                        r"|\x1b[ -/]*[0-~]")
# Controls, marks that turn the direction of writing, invisible joiners, and halves of surrogate pairs.
_UNSAFE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e"
                     "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]")
_APART = re.compile(r" (?=[?!:;»%◂])|(?<=[«◂]) ")
_GLUE = "\N{WORD JOINER}_"  # nothing a clean text can hold, and no place to break
_PARTING = re.compile(r"[-/]|(?<!\u2060)_")  # not the glue
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """The text on one line, without escape sequences, control characters and marks of writing direction."""
    return _SPACES.sub(" ", _UNSAFE.sub("", _SEQUENCES.sub("", text))).strip()


def masked(text: str) -> str:
    """The text with a space for every white space and a replacement mark for what is unsafe: no offset moves."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", re.sub(r"\s", " ", text))


def columns(text: str) -> int:
    """How many columns of a terminal a clean text takes."""
    return max(wcswidth(text), 0)


def clip(text: str, width: int) -> str:
    """A clean text of at most `width` columns: where it is longer, words in its middle are left out."""
    if columns(text) <= width:
        return text
    head, tail = _first_words(text, width * 2 // 3 - 1), _first_words(text[::-1], width // 3 - 2)[::-1]
    return f"{head} … {tail}"


def _first_words(text: str, width: int) -> str:
    """The whole words at the start of a text that fit, or as much as fits of the first one."""
    fitting = text[:width]
    while columns(fitting) > width:
        fitting = fitting[:-1]
    return (fitting if text[len(fitting):len(fitting) + 1] == " " else fitting.rpartition(" ")[0] or fitting).strip()


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """A clean text as lines of at most `width` columns, every line but the first one indented.

    No line starts with a mark that French sets apart from the word before it. A word too long for a line, as a file's
    name may be, is broken after a hyphen, slash or underscore where it has one.
    """
    room = max(width - columns(indent), 4)
    glued = re.sub(r"\S+", lambda word: " ".join(_parts(word[0], room)), _APART.sub(_GLUE, text))
    lines = wrap(glued, max(width, 4), subsequent_indent=indent, break_on_hyphens=False) or [""]
    return [line.replace(_GLUE, " ") for line in lines]


def _parts(word: str, width: int) -> list[str]:
    """A word cut after marks that part it, each piece as long as fits; whole where it fits, or can't be cut so."""
    found, rest = [], word
    while columns(rest) > width:
        cuts = [m.end() for m in _PARTING.finditer(rest, 0, len(rest) - 1) if columns(rest[: m.end()]) <= width]
        if not cuts:
            return [word]
        found.append(rest[: cuts[-1]])
        rest = rest[cuts[-1] :]
    return [*found, rest]


def line_spans(text: str, width: int) -> list[tuple[int, int]]:
    """Where a text breaks into lines of at most `width` columns: the span of each line, offsets kept."""
    lines: list[tuple[int, int]] = []
    for word in re.finditer(r"\S+", text):
        start, end = word.span()
        if lines and columns(text[lines[-1][0]:end]) <= width:
            lines[-1] = (lines[-1][0], end)
            continue
        while columns(text[start:end]) > width:
            cut = start + 1
            while columns(text[start:cut + 1]) <= width:
                cut += 1
            lines.append((start, cut))
            start = cut
        lines.append((start, end))
    return lines
