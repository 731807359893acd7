"""What was done last on the pages, kept for a while so that it can be undone. In memory alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from server.access import digest
from server.store import Store

LIFE_S = 600
MOST = 100

T = TypeVar("T")


@dataclass(frozen=True)
class Undoable:
    """One thing done to the content: the sentence `said.NAME` with its values tells it, `back` undoes it."""

    name: str
    back: Callable[[Store], object]
    values: Mapping[str, Any] = field(default_factory=dict)


class UndoSlots(Generic[T]):
    """One slot a page session: what it did last, for ten minutes or until a restart."""

    def __init__(self, now: Callable[[], float] = time.monotonic, most: int = MOST) -> None:
        self._now, self._most = now, most
        self._lock = threading.Lock()
        self._slots: dict[str, tuple[float, T]] = {}

    def put(self, session: str, done: T) -> None:
        """Keep `done` for the session; what it held before is forgotten."""
        with self._lock:
            self._forget_old()
            self._slots.pop(digest(session), None)
            if len(self._slots) >= self._most:
                del self._slots[next(iter(self._slots))]
            self._slots[digest(session)] = (self._now() + LIFE_S, done)

    def look(self, session: str) -> T | None:
        """What can be undone, which stays; None where there is nothing."""
        with self._lock:
            self._forget_old()
            return self._slots.get(digest(session), (0.0, None))[1]

    def holds(self, session: str) -> bool:
        """Whether there is something to undo."""
        return self.look(session) is not None

    def take(self, session: str) -> T | None:
        """What is kept for the session, which is then no longer kept; None where there is none any more."""
        with self._lock:
            self._forget_old()
            return self._slots.pop(digest(session), (0.0, None))[1]

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._slots.clear()

    def _forget_old(self) -> None:
        now = self._now()
        self._slots = {session: slot for session, slot in self._slots.items() if slot[0] > now}


def undone(slots: UndoSlots[Undoable], session: str | None, store: Store) -> Undoable | None:
    """Undo what a session did last, and return it; None where there is nothing any more. Raises what `back` raises."""
    last = slots.take(session or "")
    if last is None:
        return None
    try:
        last.back(store)
    except BaseException:
        slots.put(session or "", last)  # not undone, so still to be had
        raise
    return last
