"""Work that goes on beside the answering of requests, now and then, for as long as the companion runs."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod


class Background(ABC):
    """A thread that calls `round` every `every` seconds, first after `first` seconds."""

    def __init__(self, name: str, *, every: float, first: float) -> None:
        self._every, self._first = every, first
        self._stop = threading.Event()
        # A daemon: a server elsewhere that does not answer must not keep the companion from ending.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, seconds: float = 2.0) -> None:
        """End; wait for a round under way for at most so many seconds. What it would store later, it does not."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(seconds)

    @abstractmethod
    def round(self) -> object:
        """Do what is due now. Also for whoever does not want to wait."""

    def _run(self) -> None:
        wait = self._first
        while not self._stop.wait(wait):
            self.round()
            wait = self._every
