"""The programme's items."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint

from server.api.models.base import Page
from server.api.models.content import AnyItem, ItemChange, Items
from server.api.wire import operation
from server.companion import companion
from server.paging import page
from server.store import Item

blueprint = Blueprint("items", __name__)


@operation(blueprint, "GET", "/items", query=Page, reply_model=Items)
def index(query: Page) -> dict[str, Any]:
    """Items, newest first, those that hold the words of `q`."""
    found, total, following = page(companion().store.items(), _when, _words, **query.model_dump())
    return {"items": [asdict(item) for item in found], "total": total, "next": following}


def _when(item: Item) -> tuple[str, str]:
    return item.published_at or item.added_at, item.id


def _words(item: Item) -> list[str]:
    return [item.title, item.summary, *item.topics, *(variant.text for variant in item.variants)]


@operation(blueprint, "GET", "/items/<uuid:item_id>", reply_model=AnyItem)
def show(item_id: Any) -> dict[str, Any]:
    """One item with its variants."""
    return asdict(companion().store.item(str(item_id)))


@operation(blueprint, "PATCH", "/items/<uuid:item_id>", body=ItemChange, reply_model=AnyItem)
def change(item_id: Any, body: ItemChange) -> dict[str, Any]:
    """Change an item; a key left out stays as it is."""
    changes = body.model_dump(exclude_unset=True)
    if "topics" in changes:
        changes["topics"] = tuple(changes["topics"] or ())
    for key in ("title", "summary", "category"):
        if changes.get(key, "") is None:
            del changes[key]
    return asdict(companion().store.update_item(str(item_id), **changes))


@operation(blueprint, "DELETE", "/items/<uuid:item_id>", reply_model=AnyItem)
def delete(item_id: Any) -> dict[str, Any]:
    """Take an item out."""
    return asdict(companion().store.delete_item(str(item_id)))
