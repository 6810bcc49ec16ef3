"""The settings file as the defaults of the commands' options."""
from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from factcheck import config
from factcheck.cli.options import ModelType
from factcheck.errors import ConfigError


def load(path: Path | None) -> config.Settings:
    """The settings in a file; without one named, in the nearest at or above the working directory."""
    settings = config.find(Path.cwd()) if path is None else config.read(path)
    if settings is None:
        raise ConfigError(f"{path}: there is no table [tool.factcheck] in it")
    return settings


def default_map(group: click.Group, settings: config.Settings) -> dict[str, dict[str, Any]]:
    """The defaults every command of a group takes from the settings, as click's `default_map`."""
    options = {name: _options(command) for name, command in group.commands.items()}
    found = config.defaults(settings, {name: {key: _setting(option) for key, option in own.items()}
                                       for name, own in options.items()})
    return {name: {str(options[name][key].name): _placed(value, options[name][key], settings.path)
                   for key, value in values.items()} for name, values in found.items()}


def _placed(value: Any, option: click.Option, source: Path | None) -> Any:
    """A setting's value; a path is meant from the folder of the settings file."""
    if source is None or not isinstance(option.type, click.Path | ModelType):
        return value
    folder = source.parent if source.parent.resolve() != Path.cwd() else Path()
    if isinstance(option.type, ModelType) and not (folder / value).is_dir():
        return value
    return [str(folder / v) for v in value] if option.multiple else str(folder / value)


def _options(command: click.Command) -> dict[str, click.Option]:
    """A command's options by their long names; those that end the program at once are no settings."""
    return {name.lstrip("-"): option for option in command.params
            if isinstance(option, click.Option) and not option.is_eager
            for name in option.opts if name.startswith("--")}


def _setting(option: click.Option) -> config.Setting:
    if option.is_flag:
        return config.Setting(bool)
    shape = list if option.multiple else float if isinstance(option.type, click.types.FloatParamType) else str

    def check(value: Any) -> None:
        for item in value if option.multiple else [value]:
            try:
                option.type.convert(item, option, None)
            except click.BadParameter as error:
                raise ValueError(error.message.rstrip(".")) from error

    return config.Setting(shape, check)
