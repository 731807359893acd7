"""The store: all that the companion remembers, behind methods that speak of sources, items, shares and people.

On disk (`Store.open`) it is one JSON file a concern; what a method has returned from has been synced to the disk.
In memory (`Store.in_memory`) it behaves the same and is gone with the process. Reads come from memory. Every record
given out is frozen; the dicts inside findings and readings are the store's own and are not to be changed.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from server.clock import now

from .base import locked
from .content import ContentMethods
from .errors import StoreError
from .files import make_private
from .history import ShareMethods
from .imports import ImportMethods
from .lock import FolderLock
from .person import PersonMethods
from .shelf import FileShelf, MemoryShelf
from .times import Clock


class Store(ContentMethods, ShareMethods, ImportMethods, PersonMethods):
    """Made by `Store.open` or `Store.in_memory`. Any thread may call any method."""

    folder: Path | None = None
    _folder_lock: FolderLock | None = None

    @classmethod
    def open(cls, folder: Path, *, clock: Clock = now) -> Store:
        """The store in `folder`, made where it does not exist.

        Raises StoreLocked where another process has it, StoreNewer where a newer version wrote it, StoreError where
        the folder cannot be used. Sentences on what was recovered are in `notices`.
        """
        folder = Path(folder).absolute()
        try:
            make_private(folder)
            folder_lock = FolderLock(folder, clock)
        except OSError as error:
            raise StoreError(
                f"The data folder {folder} cannot be used: {error.strerror}. Choose another with --data.") from None
        try:
            notices: list[str] = []
            store = cls(FileShelf(folder, clock, notices), clock)
            store.folder, store.notices, store._folder_lock = folder, notices, folder_lock
            store._load()
        except BaseException as error:
            folder_lock.release()
            if isinstance(error, OSError):
                raise StoreError(
                    f"The data folder {folder} cannot be used: {error.strerror}. Make room if the disk is full, then "
                    "start again.") from None
            raise
        return store

    @classmethod
    def in_memory(cls, *, clock: Clock = now) -> Store:
        """An empty store that writes nothing anywhere."""
        store = cls(MemoryShelf(), clock)
        store.notices = []
        store._load()
        return store

    def _load(self) -> None:
        self._load_content()
        self._load_shares()
        self._load_imports()
        self._load_person()
        lost = sum(len(items) for id, items in self._items.items() if id not in self._sources)
        if lost:
            self.notices.append(f"{lost} items belong to a source that is no longer known; add their source again.")

    @locked
    def erase(self) -> None:
        """Remove everything: records, health key, backups, and files that were set aside as unreadable.

        The store is then empty and usable. The names are gone; that the disk's blocks are overwritten is not in
        our hands.
        """
        self._shelf.erase()
        self.notices.clear()
        self._load()

    def close(self) -> None:
        """Let go of the folder; a second call does nothing."""
        with self._lock:
            if not self._closed and self._folder_lock:
                self._folder_lock.release()
            self._closed = True

    def __enter__(self) -> Store:
        return self

    def __exit__(
            self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
