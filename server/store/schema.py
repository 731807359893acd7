"""The form of every file: an envelope round the tables, its version, and the way forward from older versions.

{"sayso": "shares", "schema": 1, "generation": 12, "written_at": "…Z", "tables": {"shares": {"<id>": {…}}}}

`sayso` names the concern, so that a file under a wrong name is noticed. `generation` grows by one with each
write and tells the newer of two copies whatever the clock did.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from .codec import BadRecord
from .errors import StoreNewer
from .times import to_moment

VERSION = 1

Tables = dict[str, dict[str, dict[str, Any]]]

# From version n to n + 1: takes the concern and the tables, returns the tables. A field that older files
# lack needs no step where it has a default; one that older programs would lose needs a new version.
MIGRATIONS: dict[int, Callable[[str, Tables], Tables]] = {}


class Unreadable(Exception):
    """The bytes are not a file of ours, or not a whole one. The message says why, without its contents."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """One file's contents. `generation` 0 is a file that was never written."""

    concern: str
    tables: Tables
    generation: int = 0
    written_at: str = ""


def encode(envelope: Envelope) -> bytes:
    """The bytes of a file."""
    return orjson.dumps({
        "sayso": envelope.concern, "schema": VERSION, "generation": envelope.generation,
        "written_at": envelope.written_at, "tables": envelope.tables,
    }, option=orjson.OPT_APPEND_NEWLINE)


def decode(data: bytes, concern: str, name: str) -> Envelope:
    """The contents of a file of `concern`, brought to the present version.

    `name` is the file as the person knows it. Raises Unreadable, or StoreNewer for a file of a later version.
    """
    try:
        whole = orjson.loads(data)
    except orjson.JSONDecodeError:
        raise Unreadable("it is empty" if not data else "it is not whole JSON") from None
    if not isinstance(whole, dict) or whole.get("sayso") != concern:
        raise Unreadable(f"it is not a file of Sayso's {concern}")
    schema, generation, written_at = whole.get("schema"), whole.get("generation"), whole.get("written_at")
    tables = whole.get("tables")
    if type(schema) is not int or type(generation) is not int or not 0 < generation < 10**15:
        raise Unreadable("its head is damaged")
    try:
        to_moment(written_at)
    except ValueError:
        raise Unreadable("its head is damaged") from None
    if schema > VERSION:
        raise StoreNewer(
            f"{name} was written by a newer Sayso (form {schema}; this one knows {VERSION}). "
            "It was left as it is. Update Sayso, or choose another data folder.")
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise Unreadable("its tables are damaged")
    for version in range(schema, VERSION):
        try:
            tables = MIGRATIONS[version](concern, tables)
        except (KeyError, TypeError, ValueError, AttributeError, BadRecord):
            raise Unreadable(f"it could not be brought from form {version} to {version + 1}") from None
    return Envelope(concern, tables, generation, written_at)
