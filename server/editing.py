"""Items as people set them: changed field by field, or made by hand.

A field that a person set is named in the item's `edited`, so that no later reading of its source overwrites it.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from server.feed.address import canonical, item_id
from server.store import CATEGORIES, VOICES, Item, NotFound, Source, Store, Variant

HAND_ID = str(uuid.uuid5(uuid.NAMESPACE_URL, "added by hand"))
MOST_POST = 3000  # characters of a post, as LinkedIn takes them
FIELDS = (
    "title", "summary", "image", "lang", "category", "topics", "audience", "regions", "tags", "variants",
    "published_at", "embargo_until", "expires_at", "campaign", "reward", "shelved",
)
_one_at_a_time = threading.Lock()


class EditFault(ValueError):
    """A change that cannot be made: `field` is where, `code` what is wrong with it, a word in `fault` of the words."""

    def __init__(self, field: str, code: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field, self.code = field, code


def edit_item(store: Store, id: str, changes: Mapping[str, Any], updated_at: str | None = None) -> Item:
    """Change fields of an item as a person asks for, and note which: a field set to what it was is not noted.

    `updated_at` is the item's as the person saw it. Raises NotFound, EditFault, and ItemChanged where the item has
    another by now; then nothing is changed.
    """
    wanted = {name: _settled(value) for name, value in changes.items()}
    for name in wanted.keys() - set(FIELDS):
        raise EditFault(name, "unknown", "this cannot be changed")

    def revise(item: Item) -> Mapping[str, Any]:
        new = {name: value for name, value in wanted.items() if value != getattr(item, name)}
        if not new:
            return {}
        _check(replace(item, **new))
        return {**new, "edited": tuple(dict.fromkeys([*item.edited, *(name for name in FIELDS if name in new)]))}

    return store.revise_item(id, updated_at, revise)


def add_item(store: Store, fields: Mapping[str, Any]) -> Item:
    """A new item by hand; `fields` are those of an item, `url` and `title` among them.

    Raises EditFault; with the code `known` where there is an item for that address already.
    """
    values = {name: _settled(value) for name, value in fields.items()}
    url = canonical(str(values.pop("url", "") or ""))
    if not url:
        raise EditFault("url", "no_address", "a web address is wanted, as in https://example.com/story")
    id = item_id(url)
    item = Item(id=id, source_id=HAND_ID, url=url, **values)
    _check(item)
    with _one_at_a_time:
        if known(store, url):
            raise EditFault("url", "known", "there is an item for this address already")
        source = hand_source(store)
        store.put_items(source.id, [replace(item, edited=tuple(name for name in FIELDS if name in values))])
        return store.item(id)


def import_table(store: Store, data: bytes, name: str, category: str) -> tuple[int, int, list[str]]:
    """Bring in the items of a table (CSV) once, as if added by hand; `name` is the file's, `category` of those that
    state none.

    (how many are new, how many changed, a sentence for each line left out). Raises FeedError.
    """
    from server.feed.items import items_of
    from server.feed.leaving import LeftOut
    from server.feed.table import read_table

    table = read_table(data, name)
    left_out = LeftOut()
    with _one_at_a_time:
        source = hand_source(store)
        items = items_of(store, replace(source, category=category), table, left_out)
        new, changed = store.put_items(source.id, items)
    return new, changed, [*table.left_out, *left_out.sentences()]


def known(store: Store, url: str) -> Item | None:
    """The item that is there for an address already, or None."""
    found = canonical(url)
    try:
        return store.item(item_id(found)) if found else None
    except NotFound:
        return None


def hand_source(store: Store) -> Source:
    """The source of what people add themselves; made when first needed."""
    try:
        return store.source(HAND_ID)
    except NotFound:
        return store.put_source(Source(HAND_ID, "hand", "", "", category="employee"))


def _settled(value: Any) -> Any:
    """A value as an item holds it: no blanks around words, no word twice, None for nothing."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, (list, tuple)):
        return tuple(dict.fromkeys(each.strip() if isinstance(each, str) else each for each in value if each != ""))
    return value


def _check(item: Item) -> None:
    """Raise EditFault for what no item may be."""
    if not item.title:
        raise EditFault("title", "no_title", "a title is wanted")
    if item.category not in CATEGORIES:
        raise EditFault("category", "unknown", f"one of {', '.join(CATEGORIES)} is wanted")
    if item.expires_at and item.expires_at <= max(item.embargo_until or "", item.published_at or ""):
        raise EditFault("expires_at", "ends_early", "this lies before the item is first shown")
    seen: set[str] = set()
    for variant in item.variants:
        _check_variant(variant)
        if variant.id in seen:
            raise EditFault("variants", "unknown", "the id of a wording stands twice")
        seen.add(variant.id)


def _check_variant(variant: Variant) -> None:
    if not variant.text.strip():
        raise EditFault("variants", "no_text", "a wording without a word")
    if len(variant.text) > MOST_POST:
        raise EditFault("variants", "long_text", f"a post holds {MOST_POST:,} characters")
    if variant.voice not in VOICES:
        raise EditFault("variants", "unknown", f"one of {', '.join(VOICES)} is wanted")
    if not (variant.lang.isascii() and variant.lang.isalpha() and 2 <= len(variant.lang) <= 3):
        raise EditFault("variants", "unknown", "a language such as en, fr or de is wanted")
