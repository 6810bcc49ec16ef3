"""What people decided on findings: a file of lines that is only ever added to.

One JSON object a line: `{"finding", "decision", "value", "reason", "reviewer", "time", "question", "places"}`. The last
decision on a finding holds. `docs/decisions.md` describes the file for its users.
"""
from __future__ import annotations

import datetime as dt
import getpass
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeGuard

from factcheck.errors import FactcheckError, InputError

try:
    import fcntl
except ImportError:  # Windows has no flock; a single append is all the protection there
    fcntl = None  # type: ignore[assignment]

FILE = Path("claims/decisions.jsonl")
DECISIONS = ("dismissed", "accepted", "resolved", "baseline", "reopened")
OPEN = "open"
_TEXTS = ("finding", "decision", "reason", "reviewer", "time", "question")


@dataclass(frozen=True)
class Decision:
    """One person's word on a finding.

    `decision` is `dismissed` (no discrepancy, or one that does not matter), `accepted` (a real one), `resolved`
    (`value` is right), `baseline` (known, and left for later) or `reopened` (nothing is decided any more). `time` is
    ISO 8601 in UTC; `question` says what the finding asks, for people who read the file; `places` are digests of the
    answers it was taken on (`factcheck.review.places`).
    """

    finding: str
    decision: str
    value: str | None = None
    reason: str = ""
    reviewer: str = ""
    time: str = ""
    question: str = ""
    places: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.decision not in DECISIONS:
            raise FactcheckError(f"no such decision: {self.decision!r} (there are {', '.join(DECISIONS)})")
        if not self.finding:
            raise FactcheckError("a decision needs the id of a finding")


def is_decided(decision: Decision | None) -> TypeGuard[Decision]:
    """Whether the decision that holds for a finding, if any, leaves nothing to decide."""
    return decision is not None and decision.decision != "reopened"


@dataclass(frozen=True)
class Decisions:
    """All lines of a decisions file in order, and the numbers of those that could not be read."""

    lines: tuple[Decision, ...] = ()
    damaged: tuple[int, ...] = ()
    _last: Mapping[str, Decision] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_last", {d.finding: d for d in self.lines})

    def last(self, finding_id: str) -> Decision | None:
        """The decision that holds for a finding, a reopening included; None where nobody ever decided."""
        return self._last.get(finding_id)

    def state(self, finding_id: str) -> str:
        """`dismissed`, `accepted`, `resolved`, `baseline`, or `open` where nothing is decided."""
        decision = self.last(finding_id)
        return decision.decision if is_decided(decision) else OPEN

    def history(self, finding_id: str) -> tuple[Decision, ...]:
        """Everything ever decided on a finding, the oldest first."""
        return tuple(d for d in self.lines if d.finding == finding_id)


def load(path: str | Path = FILE) -> Decisions:
    """The decisions in a file; none where there is no file.

    Lines that are no decision (one torn by a crash, the marks of a merge conflict) are passed over and their numbers
    kept in `damaged`. Raises `InputError` where the file is there and can't be read.
    """
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError:
        return Decisions()
    except OSError as error:
        raise InputError(str(path), f"can't be read: {error.strerror}") from error
    found, damaged = [], []
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        if (decision := _parsed(line)) is None:
            damaged.append(number)
        else:
            found.append(decision)
    return Decisions(tuple(found), tuple(damaged))


def append(path: str | Path, decision: Decision) -> Decision:
    """Add a decision to a file, as `append_all` does; gives it back as it was written."""
    return append_all(path, [decision])[0]


def append_all(path: str | Path, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Add decisions to a file (made with its folder where there is none), on disk when this returns.

    A missing time is now, a missing reviewer the current user. The lines go in with one write under a lock, so two
    writers never mix theirs; a line torn by an earlier crash is ended first. Raises `InputError`.
    """
    stamped = tuple(_stamped(d) for d in decisions)
    if not stamped:
        return ()
    lines = "".join(json.dumps(asdict(d), ensure_ascii=False, default=str) + "\n" for d in stamped)
    # Half of a surrogate pair can't be encoded; JSON has an escape for it.
    data = lines.encode("utf-8", errors="backslashreplace")
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        with _locked(Path(path)) as file:
            _write(file, (b"\n" if _torn(file) else b"") + data)
            os.fsync(file)
    except OSError as error:
        raise InputError(str(path), f"can't be written: {error.strerror}") from error
    return stamped


def now() -> str:
    """The time as decisions have it: ISO 8601 in UTC, to the second."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def current_user() -> str:
    """The name of the user at work, or "" where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _stamped(decision: Decision) -> Decision:
    given = asdict(decision)
    return Decision(**given | {"time": decision.time or now(), "reviewer": decision.reviewer or current_user()})


def _parsed(line: bytes) -> Decision | None:
    """The decision a line holds, or None; keys this version doesn't know are passed over."""
    try:
        data: Any = json.loads(line.decode("utf-8"))
        value = data.get("value")
        texts = {key: str(data.get(key) or "") for key in _TEXTS}
        places = tuple(p for p in data.get("places") or () if isinstance(p, str))
        return Decision(**texts, value=None if value is None else str(value), places=places)
    except (ValueError, TypeError, AttributeError, RecursionError, FactcheckError):
        return None


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """The file opened for adding, locked against other writers (advisory, released at the end)."""
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    finally:
        os.close(file)


def _torn(file: int) -> bool:
    """Whether the file ends in the middle of a line."""
    size = os.fstat(file).st_size
    if not size:
        return False
    os.lseek(file, size - 1, os.SEEK_SET)
    return os.read(file, 1) != b"\n"


def _write(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data):]
