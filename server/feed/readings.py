"""What is being read just now: never one source twice at once, and how far it has come, for everyone who asks."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from server.store import Store


@dataclass(frozen=True, slots=True)
class Progress:
    """One source being read. `number` of `of` counts what a long reading goes through: pages, or sources in a round."""

    source_id: str
    place: str
    number: int = 0
    of: int = 0


class Readings:
    """The readings under way on one store."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ended = threading.Condition(self._lock)
        self._now: dict[str, Progress] = {}

    @contextmanager
    def alone(self, source_id: str, place: str) -> Iterator[bool]:
        """Hold the source for one reading: True for who reads it, False, once that is done, for who came meanwhile."""
        with self._lock:
            mine = source_id not in self._now
            if mine:
                self._now[source_id] = Progress(source_id, place)
            else:
                self._ended.wait_for(lambda: source_id not in self._now)
        try:
            yield mine
        finally:
            if mine:
                self._end(source_id)

    @contextmanager
    def held(self, source_id: str, place: str) -> Iterator[None]:
        """Hold the source for something else than a reading; whoever reads it just now is waited for."""
        with self._lock:
            self._ended.wait_for(lambda: source_id not in self._now)
            self._now[source_id] = Progress(source_id, place)
        try:
            yield
        finally:
            self._end(source_id)

    def at(self, source_id: str, number: int, of: int) -> None:
        """Say how far the reading of a source has come."""
        with self._lock:
            if source_id in self._now:
                self._now[source_id] = replace(self._now[source_id], number=number, of=of)

    def _end(self, source_id: str) -> None:
        with self._lock:
            del self._now[source_id]
            self._ended.notify_all()

    def now(self) -> list[Progress]:
        """Each reading under way, in the order in which they began."""
        with self._lock:
            return list(self._now.values())


_OF: weakref.WeakKeyDictionary[Store, Readings] = weakref.WeakKeyDictionary()
_OF_LOCK = threading.Lock()


def readings(store: Store) -> Readings:
    """The readings of a store: one for all that work on it."""
    with _OF_LOCK:
        return _OF.setdefault(store, Readings())
