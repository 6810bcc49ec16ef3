"""Patterns of paths, as settings and facts name the files they hold for."""
from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path


def fits(path: str, pattern: str, root: Path) -> bool:
    """Whether a path is meant by a pattern relative to `root`: `*` stands for anything, `/` too, and a folder for all
    beneath it."""
    try:
        path = Path(path).resolve().relative_to(root.resolve()).as_posix()
    except (ValueError, OSError):
        path = Path(path).as_posix()
    pattern = pattern.removeprefix("./").rstrip("/")
    return pattern in ("", ".") or fnmatchcase(path, pattern) or fnmatchcase(path, f"{pattern}/*")
