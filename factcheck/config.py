"""Settings kept in a file: `factcheck.toml`, or the table `[tool.factcheck]` of a `pyproject.toml`.

A key at the top holds for every command that has an option of that name; a table named after a command holds for
that command alone, and goes before.
"""
from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from factcheck.errors import ConfigError

FILE = "factcheck.toml"
PROJECT_FILE = "pyproject.toml"
POLICY = ("kinds", "paths")  # tables that are no options: factcheck.policy reads them
_SHAPES: dict[type, str] = {bool: "true or false", float: "a number", str: "a string",
                            list: "a string or a list of strings"}


@dataclass(frozen=True)
class Setting:
    """What a key may hold: `shape` is bool, float, str or list (of str); `check` raises ValueError for the rest."""

    shape: type
    check: Callable[[Any], object] = lambda value: value


@dataclass(frozen=True)
class Settings:
    """The settings of a file, as it has them; without a file there are none."""

    path: Path | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


def find(start: Path) -> Settings:
    """The nearest settings at or above a folder: in `factcheck.toml`, else in `[tool.factcheck]`.

    Raises `ConfigError` where the nearest file can't be read.
    """
    for folder in (start, *start.parents):
        for name in (FILE, PROJECT_FILE):
            if (folder / name).is_file() and (found := read(folder / name)) is not None:
                return found
    return Settings()


def read(path: Path) -> Settings | None:
    """The settings in a file; None for a `pyproject.toml` that has none. Raises `ConfigError`."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path}: can't be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    if path.name != PROJECT_FILE:
        return Settings(path, data)
    table = data.get("tool", {}).get("factcheck")
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: tool.factcheck must be a table")
    return None if table is None else Settings(path, table)


def defaults(settings: Settings, commands: Mapping[str, Mapping[str, Setting]]) -> dict[str, dict[str, Any]]:
    """For every command the values its options get from the settings, by the option's name.

    `commands` says which options each command has. Raises `ConfigError`, with file and key, for a key that no command
    knows or a value that none of them takes.
    """
    found: dict[str, dict[str, Any]] = {name: {} for name in commands}
    everywhere = {key for options in commands.values() for key in options}
    tables = {key: value for key, value in settings.values.items() if key in commands}
    for key, value in settings.values.items():
        if key in tables or key in POLICY:
            continue
        name = _known(settings, key, key, everywhere | set(commands))
        taken = {c: _taken(settings, key, value, options[name]) for c, options in commands.items() if name in options}
        if not any(complaint is None for complaint in taken.values()):
            raise ConfigError(next(filter(None, taken.values()), f"{settings.path}: {key} must be a table"))
        for command, complaint in taken.items():
            if complaint is None:
                found[command][name] = _listed(value, commands[command][name])
    for command, table in tables.items():
        if not isinstance(table, dict):
            raise ConfigError(f"{settings.path}: {command} must be a table of that command's options")
        for key, value in table.items():
            name = _known(settings, f"{command}.{key}", key, commands[command])
            if complaint := _taken(settings, f"{command}.{key}", value, commands[command][name]):
                raise ConfigError(complaint)
            found[command][name] = _listed(value, commands[command][name])
    return found


def _known(settings: Settings, where: str, key: str, known: Iterable[str]) -> str:
    """The option a key names, with `-` for `_`."""
    name, names = key.replace("_", "-"), sorted(known)
    if name in names:
        return name
    near = get_close_matches(name, names, n=1)
    hint = f"did you mean {near[0]}?" if near else f"known keys: {', '.join(names)}"
    raise ConfigError(f"{settings.path}: unknown key {where}: {hint}")


def _taken(settings: Settings, where: str, value: Any, setting: Setting) -> str | None:
    """Why an option doesn't take a value, as the line to show, or None where it does."""
    if not _fits(value, setting.shape):
        return f"{settings.path}: {where} must be {_SHAPES[setting.shape]}, not {value!r}"
    try:
        setting.check(_listed(value, setting))
    except ValueError as error:
        return f"{settings.path}: {where}: {error}"
    return None


def _listed(value: Any, setting: Setting) -> Any:
    """A value as an option takes it: a string, where a list is meant, is a list of one."""
    return [value] if setting.shape is list and isinstance(value, str) else value


def _fits(value: Any, shape: type) -> bool:
    if shape is list:
        return isinstance(value, str) or isinstance(value, list) and all(isinstance(item, str) for item in value)
    if shape is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, shape)
