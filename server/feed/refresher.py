"""Reads sources again by itself while the companion runs, one after the other, each when it is due."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from datetime import datetime

from server import clock
from server.feed.model import FeedError
from server.feed.schedule import Chance, due
from server.feed.sources import failed, refresh
from server.store import NotFound, Source, Store, StoreError

_LOOK_SECONDS = 15.0
_FIRST_SECONDS = 5.0

log = logging.getLogger("sayso")


class Refresher:
    """A thread that wakes every 15 seconds and reads what is due. `start` and `stop` it; or call `round` oneself.

    `now` tells the time, `chance` spreads the first look, `read` reads one source of the store by its id.
    """

    def __init__(
        self,
        store: Store,
        *,
        now: Callable[[], datetime] = clock.now,
        chance: Chance = random.random,
        read: Callable[[Store, str], Source] | None = None,
    ) -> None:
        self._store, self._now, self._chance = store, now, chance
        self._read = read or (lambda store, id: refresh(store, id, now=now()))
        self._stop = threading.Event()
        # A daemon: a server that does not answer must not keep the companion from ending.
        self._thread = threading.Thread(target=self._run, name="refresher", daemon=True)

    def start(self) -> None:
        """Begin, after a few seconds that differ from companion to companion."""
        self._thread.start()

    def stop(self, seconds: float = 2.0) -> None:
        """End; wait for a reading under way for at most so many seconds. What it would store later, it does not."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(seconds)

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

    def _run(self) -> None:
        wait = _FIRST_SECONDS * self._chance()
        while not self._stop.wait(wait):
            self.round()
            wait = _LOOK_SECONDS
