"""Comments (`<!-- … -->`) in a text: for the people and programs that write it, no part of the article's words."""
from __future__ import annotations

import re
from collections.abc import Iterable

from factcheck.model import Paragraph

_COMMENT = re.compile(r"<!--.*?-->", re.S)


def masked(text: str) -> str:
    """The text with spaces for its comments, every offset and line kept."""
    return _COMMENT.sub(lambda match: re.sub(r"[^\r\n]", " ", match[0]), text) if "<!--" in text else text


def without_comments(text: str, paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs of a text, cut where a comment stands inside."""
    if "<!--" not in text:
        return tuple(paragraphs)
    comments = [m.span() for m in _COMMENT.finditer(text)]
    found = []
    for paragraph in paragraphs:
        at = paragraph.start
        inside = [(s, e) for s, e in comments if s < paragraph.end and e > paragraph.start]
        for start, end in [*inside, (paragraph.end, paragraph.end)]:
            part = text[at:start]
            if part.strip():
                before = len(part) - len(part.lstrip())
                found.append(Paragraph(at + before, at + len(part.rstrip()), paragraph.role))
            at = max(at, end)
    return tuple(found)
