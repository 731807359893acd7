"""What was deleted last on the pages, kept for a while so that it can be put back. In memory alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from server.access import digest
from server.store import Share

LIFE_S = 600
MOST = 100


class UndoSlots:
    """One slot a page session: the share that it deleted last, for ten minutes or until a restart."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._slots: dict[str, tuple[float, Share]] = {}

    def put(self, session: str, share: Share) -> None:
        """Keep `share` for the session; what it held before is forgotten."""
        with self._lock:
            self._forget_old()
            self._slots.pop(digest(session), None)
            if len(self._slots) >= MOST:
                del self._slots[next(iter(self._slots))]
            self._slots[digest(session)] = (self._now() + LIFE_S, share)

    def holds(self, session: str) -> bool:
        """Whether there is something to put back."""
        with self._lock:
            self._forget_old()
            return digest(session) in self._slots

    def take(self, session: str) -> Share | None:
        """The share kept for the session, which is then no longer kept; None where there is none any more."""
        with self._lock:
            self._forget_old()
            _, share = self._slots.pop(digest(session), (0.0, None))
            return share

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._slots.clear()

    def _forget_old(self) -> None:
        now = self._now()
        self._slots = {session: slot for session, slot in self._slots.items() if slot[0] > now}
