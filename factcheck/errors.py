"""What can go wrong by the user's hand; each is shown as one line, never as a traceback."""
from __future__ import annotations


class FactcheckError(Exception):
    """Something could not be done as asked; its text is the one line the user sees."""


class InputError(FactcheckError):
    """A file or folder that can't be read as an article: `path` names it, `message` says what to do."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


class ConfigError(FactcheckError):
    """A setting that makes no sense, with the place it was found."""


class ModelError(FactcheckError):
    """A model file that is missing or damaged."""
