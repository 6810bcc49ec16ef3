"""A digest of all that decides what an article yields: the program's rules and data, and the models it runs on."""
from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

import factcheck
from factcheck.languages import available, load

# These only show or keep what was worked out.
_NO_PART = ("cli", "reporting", "review", "pytest_plugin.py", "policy.py", "config.py", "__pycache__")


@cache
def version() -> str:
    """The digest, as hexadecimal digits. The pair model's weights have a part in it by the SHA-256 its TOML gives."""
    digest = hashlib.sha256()
    root = Path(factcheck.__file__).parent
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".toml", ".json") and path.relative_to(root).parts[0] not in _NO_PART:
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for name, number in _packages():
        digest.update(f"{name} {number}\0".encode())
    return digest.hexdigest()[:24]


def _packages() -> list[tuple[str, str]]:
    """What is installed of all the program needs, each with its version, and Python's own."""
    needed = {r.partition(";")[0].split("[")[0] for r in metadata.requires("factcheck") or []}
    names = {"".join(c if c.isalnum() or c in "-_." else " " for c in n).split()[0] for n in needed}
    names |= {load(language, "pipeline")["package"] for language in available()}
    found = [("python", sys.version)]
    for name in sorted(names):
        try:
            found.append((name, metadata.version(name)))
        except metadata.PackageNotFoundError:
            found.append((name, ""))
    return found
