"""What takes longer than a click: done beside the page, which meanwhile says how far it has come."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from server.access import digest
from server.bundle import BundleError
from server.feed import FeedError
from server.store import StoreError
from server.strict import StrictError

PATIENCE_S = 1.2  # most things are done by then, and the next page shows them at once
MOST = 100

log = logging.getLogger("sayso")


@dataclass
class Job:
    """One thing being done: `page` is whose it is, `place` what it reads, `result` or `error` how it ended, once it
    is `over`."""

    page: str
    place: str
    told: dict[str, Any] = field(default_factory=dict)
    over: threading.Event = field(default_factory=threading.Event)
    result: Any = None
    error: Exception | None = None


class Jobs:
    """The latest job of each page session."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}

    def start(self, session: str, page: str, place: str, work: Callable[[], Any], **told: Any) -> Job:
        """Do `work` in a thread and wait for it a moment. `told` is kept with the job for the page."""
        job = Job(page, place, told)
        with self._lock:
            self._jobs.pop(digest(session), None)
            if len(self._jobs) >= MOST:
                del self._jobs[next(iter(self._jobs))]
            self._jobs[digest(session)] = job
        # A daemon: a server that does not answer must not keep the companion from ending.
        threading.Thread(target=self._run, args=(job, work), name="pages job", daemon=True).start()
        job.over.wait(PATIENCE_S)
        return job

    def of(self, session: str, page: str) -> Job | None:
        """The session's latest job, None where there is none or it is another page's."""
        with self._lock:
            job = self._jobs.get(digest(session))
            return job if job and job.page == page else None

    def forget(self, session: str) -> None:
        """The page has told how it ended."""
        with self._lock:
            job = self._jobs.get(digest(session))
            if job and job.over.is_set():
                del self._jobs[digest(session)]

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._jobs.clear()

    @staticmethod
    def _run(job: Job, work: Callable[[], Any]) -> None:
        try:
            job.result = work()
        except Exception as error:  # noqa: BLE001 - told on the page, whatever it is
            job.error = error
            if not isinstance(error, (FeedError, StoreError, StrictError, BundleError)):
                # Neither words of an entry nor of a draft may come into a log: what failed is enough.
                log.error("a job of the pages failed: %s", type(error).__name__)
        finally:
            job.over.set()
