"""Reports that factcheck wrote, told by how they begin: no articles, though they may lie among them.

A report quotes every side of every finding: read as an article, it would disagree with nobody, or hide who does.
"""
from __future__ import annotations

import re
from pathlib import Path

from factcheck.errors import InputError

GENERATOR = '<meta name="generator" content="factcheck">'
_BEGINNING = 4000  # bytes
_REPORT = re.compile(
    r"\ufeff?\s*(?:Finding +Values +Why\s*━"  # the table
    r"|\| Finding \| Question \| Values \| Why \|\s"  # Markdown
    r"|\d+ articles?: \d+ contradictions?,\s\d+ variants?,\s)")  # either of them where it has nothing to show


def is_report(path: Path) -> bool:
    """Whether a file is a report written by factcheck: a page, a Markdown table, or the table of the terminal."""
    try:
        if not path.is_file():  # opening a pipe would wait for a writer
            return False
        with path.open("rb") as opened:
            start = opened.read(_BEGINNING).decode("utf-8", "replace")
    except (OSError, ValueError):
        return False
    return GENERATOR in start or bool(_REPORT.match(start))


def no_report(path: Path) -> Path:
    """The path as it is. Raises `InputError` for a report, where a person named it as an article."""
    if is_report(path):
        raise InputError(str(path), "a report of factcheck's own, not an article")
    return path
