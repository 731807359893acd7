"""The commands' groups, one file each, and what all of them share."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import click


def data_folder(named: str | None = None) -> Path:
    """The folder with a person's data: the one that was named, else the platform's place for it."""
    if named:
        return Path(named).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("sayso", appauthor=False))


def an_id(listed_by: str) -> Callable[..., str | None]:
    """A callback for a parameter that is an id: one that cannot be is wrong use, told with the command that lists them."""

    def checked(_context: click.Context, _parameter: click.Parameter, given: str | None) -> str | None:
        try:
            return given and str(UUID(given))
        except ValueError:
            raise click.BadParameter(f"{given} is no id. All there are: {listed_by}") from None

    return checked


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every command takes."""
    command = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of words.")(command)
    folder = {"callback": lambda _context, _parameter, named: data_folder(named), "help": "The folder with your data."}
    return click.option("--data", envvar="SAYSO_DATA", metavar="DIR", **folder)(command)


def counted(number: int, noun: str) -> str:
    """As in `1 item` and `1,204 items`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def write(text: str, output: Path, mode: int = 0o666) -> None:
    """Write to the file, byte for byte; a new one gets this mode, less what the person's umask takes. Raises Trouble."""
    from server.trouble import Trouble

    try:
        with open(output, "wb", opener=lambda path, flags: os.open(path, flags, mode)) as file:
            file.write(text.encode("utf-8", "replace"))
    except OSError as error:
        raise Trouble(f"{output} cannot be written: {error.strerror}") from None


def show(content: Any, as_json: bool, words: str) -> None:
    """Print `content` as JSON, or `words`."""
    click.echo(json.dumps(content, ensure_ascii=False) if as_json else words)
