"""TinyDB, and nothing else of the store knows it: one database a file, written whole and synced.

TinyDB gives the tables and the seam to storage. Its own searches are not used (they take 50 ms over 5,000
records): the store reads from memory that it fills once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import MemoryStorage, Storage
from tinydb.table import Table

from .backups import Backups
from .files import put_in_place, write_beside
from .schema import Envelope, Tables, encode
from .times import Clock, to_text

Row = dict[str, Any]


class AtomicStorage(Storage):
    """TinyDB's storage seam over one file that is, at every moment, the old one or the new one."""

    def __init__(self, path: Path, name: str, found: Envelope, backups: Backups, clock: Clock) -> None:
        self._path, self._name, self._found = path, name, found
        self._backups, self._clock = backups, clock
        self._lender: Callable[[], Tables] | None = None
        self.keep_before = True

    def borrow(self, lender: Callable[[], Tables]) -> None:
        """Ask `lender` for the tables from now on, instead of keeping them here."""
        self._lender, self._found = lender, replace(self._found, tables={})

    def read(self) -> Tables:
        # TinyDB puts changed tables into the dict it is given; a copy, so that a failed write changes nothing.
        return self._lender() if self._lender else dict(self._found.tables)

    def write(self, data: Tables) -> None:
        new = Envelope(self._found.concern, data, self._found.generation + 1, to_text(self._clock()))
        encoded = encode(new)
        beside = write_beside(self._path, encoded)
        try:
            if self.keep_before:
                self._backups.before_write(self._name, self._path, self._found.generation)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        put_in_place(beside, self._path)
        self._found = replace(new, tables={}) if self._lender else new
        self._backups.after_write(self._name, new.generation, encoded)


class _Rows(Table):
    """A TinyDB table whose records have their own id as key, and which changes many in one write."""

    document_id_class = str  # type: ignore[assignment]

    def change(self, put: Mapping[str, Row], remove: Iterable[str]) -> None:
        def apply(table: dict) -> None:
            for id in remove:
                table.pop(id, None)
            table.update(put)

        self._update_table(apply)


class _Database(TinyDB):
    table_class = _Rows


class Drawer:
    """One file's tables. What change() returned from is on the disk."""

    def __init__(self, storage: AtomicStorage | None = None, backups: Backups | None = None, concern: str = "") -> None:
        self._storage, self._backups, self._concern = storage, backups, concern
        self._database = _Database(storage=(lambda: storage) if storage else MemoryStorage)

    def change(
        self, table: str, put: Mapping[str, Row] | None = None, remove: Iterable[str] = (), *, keep_before: bool = True
    ) -> None:
        """Put and remove rows of one table, in one write. On an error nothing has changed.

        Without `keep_before` no backup is made of the state before.
        """
        if self._storage:
            self._storage.keep_before = keep_before
        self._database.table(table).change(put or {}, remove)

    def borrow(self, lender: Callable[[], Tables]) -> None:
        """Take the tables as they are before a change from `lender`, who has them in memory anyhow."""
        if self._storage:
            self._storage.borrow(lender)

    def purge(self, table: str, ids: Collection[str], instead: Mapping[str, Row] | None = None) -> None:
        """Take rows out of all backups of the concern, or put there what `instead` has of them; the file stays as it is.

        Where something is to be forgotten this comes first: if the process ends before the file is changed, the rows
        are still there to be forgotten again.
        """
        if self._backups:
            self._backups.forget(self._concern, table, ids, instead or {})

    def forget(self, table: str, *ids: str) -> None:
        """Remove rows, from the backups of their concern too."""
        self.purge(table, ids)
        self.change(table, remove=ids, keep_before=False)
