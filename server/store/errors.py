"""What can go wrong in the store, each with a message that can be shown as it stands."""

from __future__ import annotations

from .records import Item


class StoreError(Exception):
    """Base of the store's own errors; the message is a sentence that says what to do."""


class StoreLocked(StoreError):
    """Another process works on the data folder."""


class StoreNewer(StoreError):
    """A file was written by a newer version than this one; it was left as it is."""


class StoreFull(StoreError):
    """There are as many items as the store keeps; nothing was put."""


class NotFound(StoreError, LookupError):
    """There is no record of that id."""

    def __init__(self, kind: str, id: str) -> None:
        self.kind, self.id = kind, id
        super().__init__(f"There is no {kind} with the id {id}.")


class ItemChanged(StoreError):
    """An item is not as it was seen; nothing was changed. `item` is it as it is now."""

    def __init__(self, item: Item) -> None:
        self.item = item
        super().__init__("Someone changed this item meanwhile. Load it again, then make your change.")


class ShareConflict(StoreError):
    """A share of that id exists already, with another text."""

    def __init__(self, id: str) -> None:
        self.id = id
        super().__init__(f"The share {id} exists already with another text; a new post needs a new id.")
