"""What was imported into the history: the record of each import, by which it can be taken back."""

from __future__ import annotations

from dataclasses import replace

from .base import Base, check_uuid, locked, rows_of, settled
from .errors import NotFound
from .records import Import
from .times import to_text


class ImportMethods(Base):
    """The store's methods on what imports brought."""

    def _load_imports(self) -> None:
        self._import_drawer, self._imports = self._shelf.open("imports", rows_of("imports", Import))

    @locked
    def imports(self) -> list[Import]:
        """What was imported, newest first."""
        return sorted(self._imports.values(), key=lambda each: each.made_at, reverse=True)

    @locked
    def put_import(self, done: Import) -> Import:
        """Add what was imported or replace the record of its id; `made_at` is set where empty."""
        check_uuid(done.id, "import")
        record, row = settled(replace(done, made_at=done.made_at or to_text(self._clock())))
        self._import_drawer.change("imports", {record.id: row})
        self._imports[record.id] = record
        return record

    @locked
    def remove_import(self, id: str) -> Import:
        """Remove the record of an import, and nothing else, and return it. Raises NotFound."""
        if id not in self._imports:
            raise NotFound("import", id)
        self._import_drawer.forget("imports", id)
        return self._imports.pop(id)
