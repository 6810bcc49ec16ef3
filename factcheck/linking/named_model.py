"""Models that the user names, loaded by the sentence-transformers library: a folder, or a name on its hub."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from factcheck.errors import ModelError

_LONGEST = 200


def load_named(option: str, kind: str, name: str) -> Any:
    """The model of that name or folder, as the class of sentence-transformers called `kind`; `option` is named where
    that library isn't installed. A folder is read without asking the network for anything.

    Raises `ModelError` where the model can't be loaded.
    """
    folder = Path(name).expanduser()
    if not folder.exists() and _is_path(name):
        raise ModelError(f"{name}: there is no such folder")
    if folder.exists() and not folder.is_dir():
        raise ModelError(f"{name}: is a file, not a model's folder")
    try:
        import sentence_transformers
    except ImportError as error:
        raise ModelError(f"{option} needs sentence-transformers: pip install 'factcheck[models]'") from error
    local = folder.is_dir()
    try:
        with _quiet():
            return getattr(sentence_transformers, kind)(str(folder) if local else name, device="cpu",
                                                        local_files_only=local)
    except Exception as error:  # the library raises many kinds for what it can't load
        lacking = "" if local else "there is no such folder, and by that name there is "
        raise ModelError(f"{name}: {lacking}no {kind} that can be loaded: {_first_line(error)}") from error


def _is_path(name: str) -> bool:
    """Whether a name is meant as a path: those on the hub are `model` or `owner/model`, and no folder is the owner."""
    return (name.startswith((".", "~", "/")) or name.endswith("/") or "\\" in name or name.count("/") > 1
            or ("/" in name and Path(name).parent.is_dir()))


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the library's progress bars and notes, which would stand among our own."""
    from transformers.utils.logging import disable_progress_bar, enable_progress_bar, is_progress_bar_enabled

    level, bar = logging.root.manager.disable, is_progress_bar_enabled()
    logging.disable(logging.WARNING)
    disable_progress_bar()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(level)
        if bar:
            enable_progress_bar()


def _first_line(error: Exception) -> str:
    line = re.split(r"\n|(?<=\w)\. ", str(error).strip())[0] or type(error).__name__
    return line if len(line) <= _LONGEST else line[:_LONGEST].rpartition(" ")[0] + " …"
