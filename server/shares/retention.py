"""Leaves out texts once they are older than the person keeps them, while the companion runs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from server import clock
from server.shares.ledger import forget_texts
from server.store import Store, StoreError

# Hourly, and not once in 24 hours: the hours that a laptop sleeps through do not count for a timer.
EVERY_SECONDS = 3600.0

log = logging.getLogger("sayso")


class Retention:
    """A thread that looks every hour; `round` looks at once, as the companion does before it answers anybody.

    `now` tells the time, `every` is in seconds.
    """

    def __init__(self, store: Store, *, now: Callable[[], datetime] = clock.now, every: float = EVERY_SECONDS) -> None:
        self._store, self._now, self._every = store, now, every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="retention", daemon=True)

    def start(self) -> None:
        """Begin, an hour from now."""
        self._thread.start()

    def stop(self, seconds: float = 2.0) -> None:
        """End; wait for a round under way for at most so many seconds."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(seconds)

    def round(self) -> int:
        """Leave out what is too old now; how many texts. What could not be written is tried again in the next round."""
        try:
            return forget_texts(self._store, self._now())
        except (StoreError, OSError) as error:
            log.warning("old texts could not be left out (%s); this is tried again within the hour", type(error).__name__)
            return 0

    def _run(self) -> None:
        while not self._stop.wait(self._every):
            self.round()
