"""Sources and items: sources in one file, the items of each source in a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from .base import Base, changed, check_uuid, locked, rows_of, settled
from .engine import Drawer
from .errors import ItemChanged, NotFound, StoreFull
from .records import Item, Source
from .times import later, sort_key, to_text

MOST_ITEMS = 50_000


class ContentMethods(Base):
    """The store's methods on sources and items."""

    def _load_content(self) -> None:
        self._source_drawer, self._sources = self._shelf.open("sources", rows_of("sources", Source))
        self._items: dict[str, dict[str, Item]] = {}
        self._item_drawers: dict[str, Drawer] = {}
        self._source_of: dict[str, str] = {}
        self._listed: tuple[Item, ...] | None = None
        for name in self._shelf.names("content"):
            self._open_items(name.partition("/")[2])
        for source_id in list(self._items):
            self._settle_doubles(source_id)

    def _open_items(self, source_id: str) -> Drawer:
        if source_id not in self._item_drawers:
            self._item_drawers[source_id], self._items[source_id] = self._shelf.open(
                f"content/{source_id}", rows_of("items", Item))
        return self._item_drawers[source_id]

    def _settle_doubles(self, source_id: str) -> None:
        # An item that moved between sources while the process was killed is in both: the newest stays.
        stale = []
        for item in list(self._items[source_id].values()):
            other = self._source_of.get(item.id)
            if other and sort_key(self._items[other][item.id].updated_at) >= sort_key(item.updated_at):
                stale.append(item.id)
                continue
            if other:
                self._drop_items(other, [item.id])
            self._source_of[item.id] = source_id
        if stale:
            self._drop_items(source_id, stale)

    def _drop_items(self, source_id: str, ids: Iterable[str]) -> None:
        self._item_drawers[source_id].change("items", remove=ids)
        self._listed = None
        for id in ids:
            self._items[source_id].pop(id, None)

    def _counted(self, source: Source) -> Source:
        return replace(source, items=len(self._items.get(source.id, ())))

    @locked
    def sources(self) -> list[Source]:
        """All sources, oldest first; `items` is counted here, whatever was put."""
        return [self._counted(source) for source in self._sources.values()]

    @locked
    def source(self, id: str) -> Source:
        """One source. Raises NotFound."""
        if id not in self._sources:
            raise NotFound("source", id)
        return self._counted(self._sources[id])

    @locked
    def put_source(self, source: Source) -> Source:
        """Add a source, or replace the one of its id; `added_at` is kept, and set where it is empty.

        Raises ValueError where the id is no UUID.
        """
        check_uuid(source.id, "source")
        known = self._sources.get(source.id)
        added_at = known.added_at if known else source.added_at or to_text(self._clock())
        record, row = settled(replace(source, added_at=added_at))
        if record != known:
            self._source_drawer.change("sources", {record.id: row})
            self._sources[record.id] = record
        return self._counted(record)

    @locked
    def remove_source(self, id: str) -> None:
        """Remove a source, its items and their backups. Raises NotFound."""
        if id not in self._sources and id not in self._items:
            raise NotFound("source", id)
        # The items first: where the process ends in between, the source is still there to be removed again.
        if id in self._items:
            self._shelf.remove(f"content/{id}")
            del self._item_drawers[id]
            self._listed = None
            for item_id in self._items.pop(id):
                del self._source_of[item_id]
        if id in self._sources:
            self._source_drawer.change("sources", remove=[id])
            del self._sources[id]

    @locked
    def items(self) -> tuple[Item, ...]:
        """All items, by source, in the order they were put; the very same tuple for as long as nothing changes."""
        if self._listed is None:
            self._listed = tuple(item for items in self._items.values() for item in items.values())
        return self._listed

    @locked
    def item(self, id: str) -> Item:
        """One item. Raises NotFound."""
        if id not in self._source_of:
            raise NotFound("item", id)
        return self._items[self._source_of[id]][id]

    @locked
    def put_items(self, source_id: str, items: Iterable[Item]) -> tuple[int, int]:
        """Put items of a source, replacing those of the same id; the source's other items stay.

        Returns how many are new and how many differ from what was there; an item that is as it was is not touched.
        `added_at` is kept; `added_at` and `updated_at` are set where empty. An item of that id in another source
        moves to this one. Raises NotFound for an unknown source, StoreFull beyond 50,000 items in all; then nothing
        is put.
        """
        if source_id not in self._sources:
            raise NotFound("source", source_id)
        drawer = self._open_items(source_id)
        now = to_text(self._clock())
        rows, records, added = {}, {}, set()
        for item in items:
            known = self.item(item.id) if item.id in self._source_of else None
            record, row = settled(replace(
                item, source_id=source_id, added_at=known.added_at if known else item.added_at or now,
                updated_at=item.updated_at or (later(self._clock(), known.updated_at) if known else now)))
            if known and replace(record, updated_at=known.updated_at) == known:
                # The same id twice in one call: the last wins, so what came before it must not.
                rows.pop(item.id, None), records.pop(item.id, None)
                continue
            rows[item.id], records[item.id] = row, record
            if not known:
                added.add(item.id)
        if added and len(self._source_of) + len(added) > MOST_ITEMS:
            raise StoreFull(
                f"{len(added):,} new items, and there are {len(self._source_of):,} already: Sayso keeps {MOST_ITEMS:,} in "
                "all. Remove a source that you no longer need, or take a smaller one.")
        if rows:
            drawer.change("items", rows)
            for id, record in records.items():
                elsewhere = self._source_of.get(id, source_id)
                if elsewhere != source_id:
                    self._drop_items(elsewhere, [id])
                self._items[source_id][id], self._source_of[id] = record, source_id
            self._listed = None
        return len(added), len(records) - len(added)

    @locked
    def renew_items(self, source_id: str, make: Callable[[], Iterable[Item]]) -> tuple[int, int]:
        """Put the items that `make` returns, which nothing can change between its look at the store and the writing.

        Otherwise as `put_items`.
        """
        return self.put_items(source_id, make())

    @locked
    def update_item(self, id: str, /, **changes: Any) -> Item:
        """Change fields of an item (not its id, source or times). Raises NotFound, ValueError."""
        known = self.item(id)
        new = changed(known, ("id", "source_id", "added_at", "updated_at"), changes)
        record, row = settled(replace(new, updated_at=later(self._clock(), known.updated_at)))
        self._item_drawers[record.source_id].change("items", {id: row})
        self._items[record.source_id][id] = record
        self._listed = None
        return record

    @locked
    def revise_item(self, id: str, seen: str | None, revise: Callable[[Item], Mapping[str, Any]]) -> Item:
        """Change fields of an item to what `revise` returns for it, which nothing can change between that look at it and
        the writing.

        `seen` is its `updated_at` as the caller saw it, None where that does not matter. Raises ItemChanged where it has
        another by now, else as `update_item`.
        """
        item = self.item(id)
        if seen not in (None, item.updated_at):
            raise ItemChanged(item)
        changes = revise(item)
        return self.update_item(id, **changes) if changes else item

    @locked
    def delete_items(self, ids: Iterable[str]) -> None:
        """Remove items, in one write a source. Raises NotFound for the first that is not there; then none is removed."""
        by_source: dict[str, list[str]] = {}
        for id in ids:
            by_source.setdefault(self.item(id).source_id, []).append(id)
        for source_id, gone in by_source.items():
            self._drop_items(source_id, gone)
            for id in gone:
                del self._source_of[id]

    @locked
    def delete_item(self, id: str) -> Item:
        """Remove an item and return it. Raises NotFound."""
        item = self.item(id)
        self._drop_items(item.source_id, [id])
        del self._source_of[id]
        return item
