"""The suggester for the items as they are now: made when it is first asked for, and brought up to date where they change."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from server.store import Item, Store
from server.suggest.suggester import Suggester

if TYPE_CHECKING:
    from server.suggest.meaning import Meaning


class Current:
    """The one suggester of a store. Any thread may ask for it."""

    def __init__(self, store: Store) -> None:
        self.meaning: Meaning | None = None  # with the extra `semantic`, once it is served
        self._store = store
        self._served = False  # else a command uses it, and is gone before anybody asks for suggestions
        self._known: tuple[tuple[Item, ...], Suggester] | None = None
        self._indexing = threading.Lock()

    def suggester(self) -> Suggester:
        """The index over the items as they are now; when they change, only what is new is read."""
        with self._indexing:
            items = self._store.items()
            known = self._known
            if known is None or known[0] is not items:
                known = self._known = (items, known[1].updated(items) if known else Suggester(items, self.meaning))
                if self.meaning:
                    self.meaning.refresh(items)
            return known[1]

    def serve(self, meaning: Meaning | None = None) -> None:
        """From now on somebody may ask: read what there is, and let `meaning` count where it is given."""
        self._served = True
        if meaning:
            self.meaning, self._known = meaning, None
        self.index_beside()

    def index_beside(self) -> None:
        """Where it is served, read what is new into the index now: 10,000 items take two seconds, and they are not to be
        those of whoever writes the next post."""
        if self._served:
            threading.Thread(target=self.suggester, name="index", daemon=True).start()

    def forget(self) -> None:
        """Drop all that is known of the items, and of what was written."""
        with self._indexing:  # not while one of what was there is being made
            self._known = None
            if self.meaning:
                self.meaning.forget()
