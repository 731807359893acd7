"""A look at the data folder without taking it, for commands that only read."""

from __future__ import annotations

from pathlib import Path

from .base import rows_of
from .errors import StoreError
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
