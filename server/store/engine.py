"""TinyDB, and nothing else of the store knows it: one database a file, written whole and synced.

TinyDB gives the tables and the seam to storage. Its own searches are not used (they take 50 ms over 5,000
records): the store reads from memory that it fills once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
        self.keep_before = True

    def read(self) -> Tables:
        # TinyDB puts changed tables into the dict it is given; a copy, so that a failed write changes nothing.
        return dict(self._found.tables)

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
        self._found = new
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

    def change(self, table: str, put: Mapping[str, Row] | None = None, remove: Iterable[str] = ()) -> None:
        """Put and remove rows of one table, in one write. On an error nothing has changed."""
        self._database.table(table).change(put or {}, remove)

    def forget(self, table: str, id: str) -> None:
        """Remove one row, from the backups of its concern too.

        From the backups first: where the process ends in between, the record is still there to be removed again.
        """
        if self._storage is None or self._backups is None:
            self.change(table, remove=[id])
            return
        self._backups.forget(self._concern, table, id)
        self._storage.keep_before = False
        try:
            self.change(table, remove=[id])
        finally:
            self._storage.keep_before = True
