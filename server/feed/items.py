"""From the entries of a reading to the items of the store: which entry is which item, and what of it is renewed."""

from __future__ import annotations

import uuid
from dataclasses import replace
from functools import cached_property
from typing import Any

from server.feed.address import item_id, page_of
from server.feed.leaving import LeftOut
from server.feed.model import Entry, Feed
from server.feed.plain import tidy
from server.feed.titles import Story, Titles, folded
from server.store import Item, Source, Store, Variant


def title_variant(id: str, title: str, lang: str | None) -> Variant:
    """The wording of an item for which nobody has written one: its title, and nothing invented."""
    lang = lang or "en"
    return Variant(str(uuid.uuid5(uuid.UUID(id), f"{lang}|factual|{title}")), title, lang, "factual")


def items_of(store: Store, source: Source, feed: Feed, left_out: LeftOut) -> list[Item]:
    """The feed's entries as items of `source`; those that are not taken are noted in `left_out`.

    An entry is the item of its canonical address, or else the one that its source calls by the same id. What another
    source has is left to it, and of two entries with the same title the first is kept. What people set in an item stays.
    """
    known = _Known(store, source, feed)
    items: list[Item] = []
    for entry in feed.entries:
        old = known.item(entry)
        name = f"“{tidy(entry.title, 60)}”"
        if old is None:
            other = known.like(entry)
            if other is not None:
                left_out.add("same_title", f"{name}: it has the same title as {known.whose(other)}.")
                continue
            new = _new(item_id(entry.url), source, entry)
            known.note(entry, new)
            items.append(new)
        elif old.source_id != source.id:
            left_out.add("elsewhere", f"{name}: {known.name(old.source_id)} has it already.")
        elif old.id in known.claimed:
            left_out.add("same_page", f"{name}: it is the same as an entry before it.")
        else:
            known.claimed.add(old.id)
            items.append(_renewed(old, source, entry))
    return items


class _Known:
    """The items that are there, by all that an entry can be recognised by."""

    def __init__(self, store: Store, source: Source, feed: Feed) -> None:
        self._items = store.items()
        self._source = source
        self._names = {each.id: each.title or each.url for each in store.sources()}
        # An item whose address changed keeps its id, which was made of the first one.
        self._by_id = {item.id: item for item in self._items}
        self._by_page = {page_of(item.url): item for item in self._items}
        self._by_guid = {item.guid: item for item in self._items if item.guid and item.source_id == source.id}
        self._present = {page_of(entry.url) for entry in feed.entries}
        self.claimed: set[str] = set()

    @cached_property
    def _titles(self) -> Titles:
        # Only where an entry is new, which at most readings none is.
        titles = Titles()
        for item in self._items:
            titles.add(Story(item.title, item.published_at, item.lang, item))
        return titles

    @cached_property
    def _gone(self) -> dict[str, Item]:
        ours = (item for item in self._items if item.source_id == self._source.id)
        return {folded(item.title): item for item in ours if page_of(item.url) not in self._present}

    def item(self, entry: Entry) -> Item | None:
        """The item that this entry is, if there is one."""
        there = self._by_page.get(page_of(entry.url)) or self._by_id.get(item_id(entry.url))
        if there is not None:
            return there
        named = self._by_guid.get(entry.guid) if entry.guid else None
        if named is not None and named.id not in self.claimed and not _another(named, entry):
            return named
        moved = self._gone.get(folded(entry.title))
        if moved is not None and moved.id not in self.claimed and self.like(entry) is moved:
            return moved  # the same source, the same title, and the old address is no longer in it
        return None

    def like(self, entry: Entry) -> Item | None:
        """The item whose title says the same."""
        if entry.untitled:
            return None
        story = self._titles.like(Story(entry.title, entry.published_at, entry.lang, entry))
        return story.holder if story else None

    def note(self, entry: Entry, item: Item) -> None:
        """A new item is among those known from now on."""
        self.claimed.add(item.id)
        self._by_page[page_of(item.url)] = item
        self._titles.add(Story(entry.title, entry.published_at, entry.lang, item))

    def name(self, source_id: str) -> str:
        return f"“{self._names.get(source_id, 'another source')}”"

    def whose(self, item: Item) -> str:
        if item.source_id == self._source.id:
            return f"another entry, {item.url}"
        return f"an item of {self.name(item.source_id)}"


def _another(item: Item, entry: Entry) -> bool:
    """Whether an entry of the same id is another story all the same: some generators use their ids again."""
    if not (item.published_at and entry.published_at) or item.published_at == entry.published_at:
        return False
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(folded(item.title), folded(entry.title)) < 50


def _new(id: str, source: Source, entry: Entry) -> Item:
    return _renewed(Item(id=id, source_id=source.id, title="", url=entry.url, category=source.category), source, entry)


def _renewed(old: Item, source: Source, entry: Entry) -> Item:
    """The item with what the entry says now, but for the fields that a person edited."""
    said: dict[str, Any] = {
        "title": entry.title,
        "url": entry.url,
        "summary": entry.summary,
        "image": entry.image,
        "lang": entry.lang,
        "topics": entry.topics,
        "published_at": entry.published_at or old.published_at,
        "guid": entry.guid or old.guid,
        **entry.fields,
    }
    if "category" in said:
        said["category"] = said["category"] or source.category
    new = replace(old, **{name: value for name, value in said.items() if name not in old.edited}, updated_at="")
    if "variants" in old.edited:
        return new
    written = tuple(_variant(old.id, *each) for each in entry.variants)
    if written:
        return replace(new, variants=written)
    # Without any, the title is offered, and follows it for as long as nobody has written another wording.
    untouched = not old.variants or old.variants == (title_variant(old.id, old.title, old.lang),)
    return replace(new, variants=(title_variant(old.id, new.title, new.lang),)) if untouched else new


def _variant(item: str, text: str, lang: str, voice: str) -> Variant:
    return Variant(str(uuid.uuid5(uuid.UUID(item), f"{lang}|{voice}|{text}")), text, lang, voice)
