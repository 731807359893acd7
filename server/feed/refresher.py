"""Reads sources again by itself while the companion runs, one after the other, each when it is due."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from datetime import datetime

from server import clock
from server.background import Background
from server.feed.model import FeedError
from server.feed.schedule import Chance, due
from server.feed.sources import failed
from server.store import NotFound, Source, Store, StoreError

_LOOK_SECONDS = 15.0
_FIRST_SECONDS = 5.0

log = logging.getLogger("sayso")


class Refresher(Background):
    """Wakes every 15 seconds, first after a few that differ from companion to companion, and reads what is due.

    `read` reads one source of the store by its id, `now` tells the time, `chance` spreads the first look.
    """

    def __init__(
        self,
        store: Store,
        read: Callable[[Store, str], Source],
        *,
        now: Callable[[], datetime] = clock.now,
        chance: Chance = random.random,
    ) -> None:
        super().__init__("refresher", every=_LOOK_SECONDS, first=_FIRST_SECONDS * chance())
        self._store, self._now, self._read = store, now, read

    def due(self) -> list[Source]:
        """The sources that are to be read now, the longest overdue first."""
        now = self._now()
        return sorted((each for each in self._store.sources() if due(each, now)), key=lambda each: each.due_at or "")

    def round(self) -> list[Source]:
        """Read every source that is due, and return them as they are then."""
        done = []
        for source in self.due():
            if self._stop.is_set():
                break
            try:
                done.append(self._read(self._store, source.id))
            except NotFound:
                continue  # removed meanwhile
            except StoreError as error:
                log.warning("sources are not read: %s", error)
                break
            except Exception as error:  # noqa: BLE001 - one source must not end the reading of all
                # Words of an entry do not belong into a log: what failed is enough. It is tried again like any failure.
                log.error("reading a source failed: %s", type(error).__name__)
                failed(self._store, source.id, FeedError(source.url, "could not be read; try again later"), self._now())
        return done
