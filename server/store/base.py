"""What the parts of the store share: the lock round each method, and the way records go in and out."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from .codec import BadRecord, from_plain, to_plain
from .errors import StoreError
from .schema import Tables
from .shelf import UUID, FileShelf, MemoryShelf
from .times import Clock

R = TypeVar("R")
P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", bound="Base")


class Base:
    """The store's common state. One lock round each whole public method: a read between two steps of a write, or
    two writes at once, cannot happen (a lock inside the storage lost two of three concurrent writes)."""

    folder: Path | None
    notices: list[str]

    def __init__(self, shelf: FileShelf | MemoryShelf, clock: Clock) -> None:
        self._shelf, self._clock = shelf, clock
        self._lock = threading.RLock()
        self._closed = False


def locked(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """Run a method of the store alone, and only while the store is open."""

    @functools.wraps(method)
    def alone(self: S, *args: P.args, **kwargs: P.kwargs) -> T:
        with self._lock:
            if self._closed:
                raise StoreError("The store is closed.")
            return method(self, *args, **kwargs)

    return alone


def rows_of(table: str, kind: type[R]) -> Callable[[Tables], dict[str, R]]:
    """A parser of the rows of one table, each of `kind`, by id."""

    def parse(tables: Tables) -> dict[str, R]:
        records = {}
        for key, row in tables.get(table, {}).items():
            record = from_plain(kind, row)
            id = getattr(record, "id", key)
            if id != key:
                raise BadRecord(f"{kind.__name__} under the id of another")
            records[id] = record  # under the record's own, which is held once; not the key, which is another copy of it
        return records

    return parse


def settled(record: R) -> tuple[R, dict[str, Any]]:
    """`record` exactly as it will be read back, and its row. Raises ValueError where it cannot be stored."""
    row = to_plain(record)
    try:
        return from_plain(type(record), row), row
    except BadRecord as error:
        raise ValueError(f"This {type(record).__name__.lower()} cannot be stored: {error}.") from None


def changed(record: R, fixed: tuple[str, ...], changes: dict[str, Any]) -> R:
    """`record` with `changes`; ValueError for a field that does not exist or is not the caller's to change."""
    known = {field.name for field in fields(record)} - set(fixed)  # type: ignore[arg-type]
    for name in changes:
        if name not in known:
            raise ValueError(f"{name} of a {type(record).__name__.lower()} cannot be changed")
    return replace(record, **changes)  # type: ignore[type-var]


def check_uuid(id: str, what: str) -> None:
    """Raise ValueError unless `id` is a UUID in lower case: it becomes part of a file's name, or came from outside."""
    if not isinstance(id, str) or not UUID.fullmatch(id):
        raise ValueError(f"the id of a {what} is a UUID in lower case, such as 3f2b8c1e-0d5a-4c7e-9f61-2a4b6c8d0e1f")
