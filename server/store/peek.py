"""A look at the data folder without taking it, for commands that only read."""

from __future__ import annotations

from pathlib import Path

from .backups import days_in
from .base import rows_of
from .errors import StoreError
from .files import ASIDE
from .records import Programme
from .schema import Unreadable, decode


def programme_in(folder: Path) -> Programme | None:
    """The programme in force in a data folder, held by another process or not; None where there is none.

    Raises StoreError where its file cannot be read.
    """
    path = folder / "programme.json"
    try:
        tables = decode(path.read_bytes(), "programme", str(path)).tables
        return rows_of("programme", Programme)(tables).get("programme")
    except FileNotFoundError:
        return None
    except (OSError, Unreadable, ValueError) as error:
        raise StoreError(f"{path} cannot be read ({error}). Start the companion once: it mends what it can.") from None


def set_aside_in(folder: Path) -> list[str]:
    """The files of a data folder that could not be read at some start, as paths within it, oldest first."""
    found = [file for place in (folder, folder / "content", folder / "shares") for file in place.glob(f"*.json{ASIDE}*")]
    return [file.relative_to(folder).as_posix() for file in sorted(found, key=lambda file: file.name.partition(ASIDE)[2])]


def backups_in(folder: Path) -> list[str]:
    """The days (2026-10-21) of which a data folder holds a backup of anything, oldest first."""
    return days_in(folder / "backups")
