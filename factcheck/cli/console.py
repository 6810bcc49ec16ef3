"""What goes to the terminal or to a file: results to stdout, everything else to stderr."""
from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from factcheck.errors import InputError
from factcheck.reporting.style import Style, style_for

Progress = Callable[[str, int, int], None]


def complain(message: str) -> None:
    """One line on stderr: what could not be done."""
    from factcheck.reporting.text import clean  # measuring text takes tables that --help can do without

    click.echo(f"factcheck: {clean(message)}", err=True)


def note(message: str, quiet: bool) -> None:
    """One line on stderr that is good to know, unless quiet is asked for."""
    if not quiet:
        complain(message)


def style(output: Path | None) -> Style:
    """How text for people is laid out: for the terminal at hand, or plainly for a file."""
    return Style() if output else style_for(sys.stdout)


def check_output(output: Path | None) -> None:
    """Raise `InputError` where a file can't be written, before any work is done for it."""
    if output is None or _is_device(output):
        return
    folder = output.resolve().parent
    if output.is_dir():
        raise InputError(str(output), "is a folder, not a file to write to")
    if not folder.is_dir():
        raise InputError(str(output), f"can't be written: there is no folder {output.parent}")
    if not os.access(folder, os.W_OK):
        raise InputError(str(output), f"can't be written: no permission to write into {output.parent}")


def emit(text: str, output: Path | None) -> None:
    """Print a result, or write it to a file, whole or not at all. Raises `InputError` where that fails."""
    if output is None:
        click.echo(text, nl=False, color=True)  # colour is the style's decision
        return
    try:
        if _is_device(output):
            output.write_text(text, encoding="utf-8", errors="backslashreplace", newline="")
        else:
            _write(text, output.resolve())
    except OSError as error:
        raise InputError(str(output), f"can't be written: {error.strerror}") from error


def _is_device(output: Path) -> bool:
    """Whether a path is a pipe, a terminal or the like, which must not be replaced by a file."""
    return output.exists() and not output.is_file() and not output.is_dir()


def _write(text: str, output: Path) -> None:
    """Write a file by way of a temporary one beside it, so that no reader meets half of it."""
    number, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    try:
        with os.fdopen(number, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            file.write(text)
        Path(name).chmod(output.stat().st_mode & 0o777 if output.exists() else 0o666 & ~_umask())
        Path(name).replace(output)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Progress | None]:
    """A bar on stderr for each stage of long work, as a function of (stage, done, total); None off a terminal."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    bars: dict[str, tqdm] = {}

    def advance(stage: str, done: int, total: int) -> None:
        if stage not in bars:
            for bar in bars.values():
                bar.close()
            bars[stage] = tqdm(desc=stage, total=total, file=sys.stderr, leave=False, dynamic_ncols=True,
                               bar_format="{desc} {bar:24} {n_fmt}/{total_fmt}")
        bars[stage].total = total
        bars[stage].update(done - bars[stage].n)

    try:
        yield advance
    finally:
        for bar in bars.values():
            bar.close()
