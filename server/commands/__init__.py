"""The commands' groups, one file each, and what all of them share."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click


def data_folder(named: str | None = None) -> Path:
    """The folder with a person's data: the one that was named, else the platform's place for it."""
    if named:
        return Path(named).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("sayso", appauthor=False))


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every command takes."""
    command = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of words.")(command)
    folder = {"callback": lambda _context, _parameter, named: data_folder(named), "help": "The folder with your data."}
    return click.option("--data", envvar="SAYSO_DATA", metavar="DIR", **folder)(command)


def show(content: Any, as_json: bool, words: str) -> None:
    """Print `content` as JSON, or `words`."""
    click.echo(json.dumps(content, ensure_ascii=False) if as_json else words)
