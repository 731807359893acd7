"""Leaves out texts once they are older than the person keeps them, while the companion runs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from server import clock
from server.background import Background
from server.shares.ledger import forget_texts
from server.store import Store, StoreError

# Hourly, and not once in 24 hours: the hours that a laptop sleeps through do not count for a timer.
EVERY_SECONDS = 3600.0

log = logging.getLogger("sayso")


class Retention(Background):
    """Looks every hour; `round` looks at once, as the companion does before it answers anybody.

    `now` tells the time, `every` is in seconds.
    """

    def __init__(self, store: Store, *, now: Callable[[], datetime] = clock.now, every: float = EVERY_SECONDS) -> None:
        super().__init__("retention", every=every, first=every)
        self._store, self._now = store, now

    def round(self) -> int:
        """Leave out what is too old now; how many texts. What could not be written is tried again in the next round."""
        try:
            return forget_texts(self._store, self._now())
        except (StoreError, OSError) as error:
            log.warning("old texts could not be left out (%s); this is tried again within the hour", type(error).__name__)
            return 0
