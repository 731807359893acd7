"""The programme's items."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any

from flask import Blueprint

from server.api.models.base import Done, Page
from server.api.models.content import AnyItem, ItemChange, Items
from server.api.wire import Refused, operation
from server.companion import companion
from server.editing import EditFault, edit_item
from server.paging import page
from server.store import Item, ItemChanged, Variant

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
    seen = changes.pop("updated_at", None)
    for key, empty in _NEVER_NULL.items():
        if changes.get(key, "") is None:
            if empty is None:
                del changes[key]
            else:
                changes[key] = empty
    if "variants" in changes:
        changes["variants"] = tuple(_variant(str(item_id), given) for given in changes["variants"])
    try:
        return asdict(edit_item(companion().store, str(item_id), changes, seen))
    except ItemChanged as conflict:
        raise Refused(409, "changed_meanwhile", str(conflict)) from None
    except EditFault as fault:
        raise Refused(422, "invalid", str(fault), fault.field) from None


# What null stands for in a field that is never null; where it is None, null changes nothing.
_NEVER_NULL: dict[str, Any] = {
    "title": None,
    "category": None,
    "shelved": None,
    "summary": "",
    "topics": (),
    "audience": (),
    "regions": (),
    "tags": (),
    "variants": (),
}


def _variant(item_id: str, given: dict[str, Any]) -> Variant:
    """A wording; a new one gets an id made of its words, as those of a programme do."""
    made = uuid.uuid5(uuid.UUID(item_id), f"{given['lang']}|{given.get('voice', 'factual')}|{given['text']}")
    return Variant(**{**given, "id": given.get("id") or str(made)})


@operation(blueprint, "POST", "/items/<uuid:item_id>/decline", reply_model=Done)
def decline(item_id: Any) -> dict[str, Any]:
    """Not for me: this item is not suggested to the person any more."""
    companion().decline(str(item_id))
    return {"done": True}


@operation(blueprint, "DELETE", "/items/<uuid:item_id>/decline", reply_model=Done)
def undo_decline(item_id: Any) -> dict[str, Any]:
    """Take a decline back; where there is none, nothing changes."""
    companion().decline(str(item_id), undo=True)
    return {"done": True}


@operation(blueprint, "DELETE", "/items/<uuid:item_id>", reply_model=AnyItem)
def delete(item_id: Any) -> dict[str, Any]:
    """Take an item out."""
    return asdict(companion().store.delete_item(str(item_id)))
