"""Paths into files, and files into text: what to read, and in which encoding."""
from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from factcheck.errors import InputError
from factcheck.reading.own import is_report, no_report

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm")
LARGEST = 5_000_000
_MAGIC = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x7fELF", b"\x1f\x8b", b"{\\rtf", b"BZh",
          b"\xd0\xcf\x11\xe0", b"RIFF", b"\xfd7zXZ", b"7z\xbc\xaf", b"ID3", b"OggS", b"MZ\x90")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_LEGACY = ["cp1252", "mac_roman", "iso8859_15", "cp850"]
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def collect(paths: Iterable[str | Path]) -> tuple[list[tuple[Path, Path]], list[InputError]]:
    """The files to read for the paths given, each with the folder its name is relative to, and what went wrong.

    A file named outright is taken as it is. A folder gives its files of the kinds read, itself and all below it,
    sorted; hidden files, README files and factcheck's own reports are passed over, as are folders reached a second time
    by a link.
    """
    found: dict[Path, tuple[Path, Path]] = {}
    errors = []
    for path in map(Path, paths):
        try:
            for file, root in _expand(path):
                found.setdefault(file.resolve(), (file, root))
        except InputError as error:
            errors.append(error)
        except (OSError, RuntimeError, ValueError) as error:
            errors.append(InputError(str(path), _reason(error)))
    return list(found.values()), errors


def _expand(path: Path) -> list[tuple[Path, Path]]:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        hint = "a link that leads nowhere" if path.is_symlink() else "no such file or folder"
        raise InputError(str(path), hint) from None
    if not stat.S_ISDIR(mode):
        return [(no_report(path), path.parent)]
    next(path.iterdir(), None)  # a folder that can't be opened is an error; one below it is passed over
    files = sorted(_walk(path))
    if not files:
        raise InputError(str(path), f"no articles in this folder: files in {', '.join(SUFFIXES)} are read")
    return [(file, path) for file in files]


def _walk(folder: Path) -> Iterator[Path]:
    """The articles below a folder; each real folder is entered once, so that a loop of links ends."""
    seen = set()
    for place, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(place)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in names:
            file = Path(place, name)
            if _wanted(name) and file.exists() and not is_report(file):
                yield file


def _wanted(name: str) -> bool:
    path = Path(name)
    return path.suffix.lower() in SUFFIXES and not name.startswith(".") and not path.stem.upper().startswith("README")


def load_text(path: Path) -> str:
    """The text of a file, decoded, line ends and all.

    Raises `InputError` for a file that isn't there, can't be read, is too large, is empty or is no text.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(str(path), "a folder, where a file is needed")
        if not stat.S_ISREG(status.st_mode):
            raise InputError(str(path), "not a regular file")
        if status.st_size > LARGEST:
            size = f"{status.st_size / 1e6:.0f} MB" if status.st_size >= 1e7 else f"{status.st_size / 1e6:.1f} MB"
            raise InputError(str(path), f"too large for an article ({size}; up to {LARGEST // 1_000_000} MB is read)")
        data = path.read_bytes()
    except (OSError, RuntimeError, ValueError) as error:
        raise InputError(str(path), _reason(error)) from None
    if not data.strip():
        raise InputError(str(path), "an empty file")
    text = decode(data)
    if text is None:
        raise InputError(str(path), "not a text file")
    if not text.strip("\ufeff \t\r\n\f\v\x00"):
        raise InputError(str(path), "an empty file")
    return text


def _reason(error: BaseException) -> str:
    """What went wrong with a path, in plain words."""
    if isinstance(error, PermissionError):
        return "no permission to read it"
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return "a loop of links" if isinstance(error, RuntimeError) else "not a usable path"


def decode(data: bytes) -> str | None:
    """Bytes as text, or nothing where they are no text.

    A byte order mark decides, then valid UTF-8, then the page's own `charset`, then, for the 8-bit encodings that
    French and English texts come in, charset-normalizer's judgement of which reads best.
    """
    if data.startswith(_MAGIC):
        return None
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _readable(data.decode(name, errors="replace"))
    wide = _utf16(data)
    if wide:
        return _readable(data.decode(wide, errors="replace"))
    if b"\x00" in data:
        return None
    try:
        return _readable(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _readable(_declared(data) or _damaged_utf8(data) or _legacy(data))


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Western text is nil."""
    sample = data[:2000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.05 * half else None


def _declared(data: bytes) -> str | None:
    """The text in the encoding a page's head names, if it is one and fits."""
    match = _CHARSET.search(data[:4096])
    if not match:
        return None
    name = match[1].decode("ascii", errors="replace").lower()
    try:
        codec = codecs.lookup("cp1252" if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii") else name)
        return data.decode(codec.name) if codec._is_text_encoding else None  # noqa: SLF001
    except (LookupError, UnicodeDecodeError):
        return None


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 with a few broken bytes in it, those replaced; nothing where it isn't mostly UTF-8."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    accented = sum(ord(c) > 127 for c in text) - broken
    return text if accented > 4 * broken else None


def _legacy(data: bytes) -> str:
    """The text in the 8-bit encoding that reads best."""
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_LEGACY, enable_fallback=False).best()
    name = best.encoding if best else "cp1252"
    return data.decode("cp1252" if name == "latin_1" else name, errors="replace")


def _readable(text: str | None) -> str | None:
    """The text, unless control characters show that it is none."""
    if text is None or len(_CONTROL.findall(text)) > 0.01 * len(text) or text.count("\ufffd") > 0.1 * len(text):
        return None
    return text.removeprefix("\ufeff")
