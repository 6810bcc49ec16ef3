"""The cache itself: a table of keys and values in one SQLite file, which several runs can use at once."""
from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from time import time

from factcheck.cache import plain
from factcheck.cache.version import version
from factcheck.model import Article, Claim, Finding

FOLDER_VARIABLE = "FACTCHECK_CACHE_DIR"
_LARGEST = 500_000_000  # bytes, after which a cache is begun anew
_UNUSED = 30 * 24 * 3600  # seconds after which the cache of another version is removed
_AT_ONCE = 500  # keys a query


def default_folder() -> Path:
    """Where the cache is kept: the folder that the environment names, else the system's place for such things."""
    if named := os.environ.get(FOLDER_VARIABLE):
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("factcheck", appauthor=False)


class Cache:
    """Claims, scores and findings of earlier runs. Every method copes with a cache that fails: nothing is found."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made where it is missing."""
        self._file = folder / f"{version()}.sqlite"
        self.asked = self.found = 0
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            _tidy(folder, self._file)

    def claims(self, article: Article) -> tuple[Claim, ...] | None:
        """The claims of an article, if they are known."""
        data = self.many([_article_key(article)])
        try:
            return plain.claims_from_bytes(next(iter(data.values()))) if data else None
        except (ValueError, TypeError, IndexError):
            return None

    def keep_claims(self, article: Article, claims: Sequence[Claim]) -> None:
        """Keep the claims of an article."""
        self.keep({_article_key(article): plain.claims_to_bytes(claims)})

    def findings(self, articles: Sequence[Article], options: str) -> tuple[Finding, ...] | None:
        """The findings on a set of articles under the options named, if they are known."""
        data = self.many([_set_key(articles, options)])
        try:
            return plain.findings_from_bytes(next(iter(data.values()))) if data else None
        except (ValueError, TypeError, IndexError):
            return None

    def keep_findings(self, articles: Sequence[Article], options: str, findings: Sequence[Finding]) -> None:
        """Keep the findings on a set of articles."""
        self.keep({_set_key(articles, options): plain.findings_to_bytes(findings)})

    def many(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """What is kept under some keys; those under which there is nothing are left out."""
        found: dict[bytes, bytes] = {}
        with suppress(sqlite3.Error, OSError):
            if self._file.exists():
                with closing(self._open()) as base:
                    for start in range(0, len(keys), _AT_ONCE):
                        part = keys[start:start + _AT_ONCE]
                        marks = ",".join("?" * len(part))
                        found.update(base.execute(f"SELECT key, value FROM kept WHERE key IN ({marks})", part))
        self.asked += len(keys)
        self.found += len(found)
        return {k: v for k, v in found.items() if isinstance(v, bytes)}

    def keep(self, entries: Mapping[bytes, bytes]) -> None:
        """Keep values under their keys, all or none."""
        with suppress(sqlite3.Error, OSError), closing(self._open()) as base, base:
            base.execute("CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID")
            base.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", entries.items())

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._file, timeout=20)


def key(*parts: bytes) -> bytes:
    """A key made of all that what is kept under it depends on."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


def _article_key(article: Article) -> bytes:
    return key(b"claims", plain.to_bytes(article))


def _set_key(articles: Iterable[Article], options: str) -> bytes:
    return key(b"findings", options.encode(), *(plain.to_bytes(a) for a in articles))


def _tidy(folder: Path, own: Path) -> None:
    """Remove what other versions left and nobody used for long, and a cache that grew too large or is damaged."""
    for file in folder.glob("*.sqlite"):
        status = file.stat()
        if file != own and time() - status.st_mtime > _UNUSED or status.st_size > _LARGEST or not _is_sqlite(file):
            file.unlink()


def _is_sqlite(file: Path) -> bool:
    with file.open("rb") as opened:
        start = opened.read(16)
    return not start or start == b"SQLite format 3\0"
