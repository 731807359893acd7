"""One process per data folder, by a lock of the operating system: free again after a kill, whatever happened."""

from __future__ import annotations

import os
from pathlib import Path

import filelock
import orjson

from .errors import StoreLocked
from .files import write_whole
from .times import Clock, to_moment, to_text

LOCK, HOLDER = "sayso.lock", "sayso.lock.holder"


class FolderLock:
    """The lock on one data folder, taken when made. Raises StoreLocked where another holds it."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._holder = folder / HOLDER
        # Not per thread: the thread that closes the store is not always the one that opened it.
        self._lock = filelock.FileLock(folder / LOCK, timeout=0, mode=0o600, thread_local=False)
        try:
            self._lock.acquire()
        except (filelock.Timeout, RuntimeError):  # RuntimeError: held by this very thread
            raise StoreLocked(
                f"Another Sayso{_who(self._holder)} is using the data folder {folder}. "
                "Stop it, or choose another folder with --data.") from None
        # A file beside the lock, since Windows lets nobody read a locked one.
        write_whole(self._holder, orjson.dumps({"pid": os.getpid(), "since": to_text(clock())}))

    def release(self) -> None:
        """Give the folder free."""
        self._holder.unlink(missing_ok=True)
        self._lock.release()


def _who(holder: Path) -> str:
    try:
        found = orjson.loads(holder.read_bytes())
        since = to_moment(found["since"])
        return f" (process {int(found['pid'])}, since {since:%Y-%m-%d %H:%M} UTC)"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
