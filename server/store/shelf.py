"""The data folder as a shelf of drawers, one a file; and the same in memory, for tests and for trying things."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from .backups import Backups
from .codec import BadRecord, UnknownField
from .engine import AtomicStorage, Drawer
from .errors import StoreError, StoreNewer
from .files import TEMPORARY, make_private, remove_leftovers, set_aside, sync_folder, write_whole
from .schema import Envelope, Tables, Unreadable, decode, encode
from .times import Clock, to_moment

P = TypeVar("P")

SINGLE = ("sources", "preferences", "pairings", "programme", "proposals", "imports")
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NAME = re.compile(rf"{'|'.join(SINGLE)}|content/{UUID.pattern}|shares/\d{{4}}-(?:0[1-9]|1[0-2])")


class MemoryShelf:
    """Drawers that are gone with the process."""

    def names(self, concern: str) -> list[str]:
        """The drawers of a concern that has one for each month or source: none yet."""
        return []

    def open(self, name: str, parse: Callable[[Tables], P]) -> tuple[Drawer, P]:
        """A new drawer and what `parse` makes of nothing."""
        return Drawer(), parse({})

    def remove(self, name: str) -> None:
        """Nothing to remove: the drawer goes with its last user."""

    def erase(self) -> None:
        """Nothing to erase, for the same reason."""


class FileShelf:
    """Drawers that are files of `folder`. What could not be read is told, in sentences, in `notices`."""

    def __init__(self, folder: Path, clock: Clock, notices: list[str]) -> None:
        self._folder, self._clock, self._notices = folder, clock, notices
        self._backups = Backups(folder / "backups", clock)
        self._make_folders()
        # Looked for in places of our own alone: the folder may hold other people's files.
        remove_leftovers(file for name in ("content", "shares", "backups") for file in (folder / name).rglob("*"))
        remove_leftovers(folder / f"{name}.json{TEMPORARY}" for name in SINGLE)

    def _make_folders(self) -> None:
        for name in ("content", "shares", "backups"):
            make_private(self._folder / name)
        sync_folder(self._folder)

    def names(self, concern: str) -> list[str]:
        """The drawers of a concern that has one for each month or source, in order; those included of which
        only a backup is left."""
        present = {f"{concern}/{file.stem}" for file in (self._folder / concern).glob("*.json")}
        kept = {name for name in self._backups.names() if name.startswith(f"{concern}/")}
        return sorted(name for name in present | kept if _NAME.fullmatch(name))

    def open(self, name: str, parse: Callable[[Tables], P]) -> tuple[Drawer, P]:
        """The drawer `name` and what `parse` makes of its tables ({} for a new one).

        A file that cannot be read, or that parse refuses with BadRecord, is set aside and the newest good backup
        taken. Raises StoreNewer for a file of a later version, StoreError where we may not read it.
        """
        path = self._path(name)
        problem, data = "was missing", b""
        try:
            data = path.read_bytes()
            found, parsed = self._read(name, data, parse)
        except FileNotFoundError:
            found, parsed = self._from_backup(name, parse, problem)
        except PermissionError:
            raise StoreError(
                f"{path} may not be read by this account. Give it back to its owner and start again.") from None
        except OSError as error:
            found, parsed = self._from_backup(name, parse, f"could not be read ({error.strerror})")
        except (Unreadable, BadRecord) as error:
            found, parsed = self._from_backup(name, parse, f"could not be read ({error})")
        else:
            self._backups.on_start(name, found.generation, data)
        concern = found.concern
        storage = AtomicStorage(path, name, found, self._backups, self._clock)
        return Drawer(storage, self._backups, concern), parsed

    def remove(self, name: str) -> None:
        """Remove a drawer with its backups; the backups first, since a file that is missing comes back from them."""
        self._backups.remove(name)
        self._path(name).unlink(missing_ok=True)
        sync_folder(self._path(name).parent)

    def erase(self) -> None:
        """Remove every file of ours: backups first, then the files and those set aside."""
        self._backups.remove()
        for folder in ("content", "shares"):
            shutil.rmtree(self._folder / folder)
        for name in SINGLE:
            for file in [self._folder / f"{name}.json", *self._folder.glob(f"{name}.json.*")]:
                file.unlink(missing_ok=True)
        self._make_folders()

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} names no file of the store")
        return self._folder / f"{name}.json"

    def _read(self, name: str, data: bytes, parse: Callable[[Tables], P]) -> tuple[Envelope, P]:
        found = decode(data, name.partition("/")[0], str(self._path(name)))
        return found, self._parsed(name, found, parse)

    def _parsed(self, name: str, found: Envelope, parse: Callable[[Tables], P]) -> P:
        try:
            return parse(found.tables)
        except UnknownField as error:
            raise StoreNewer(
                f"{self._path(name)} holds what this version does not know ({error}). It was left as it is. "
                "Update Sayso, or choose another data folder.") from None

    def _from_backup(self, name: str, parse: Callable[[Tables], P], problem: str) -> tuple[Envelope, P]:
        path = self._path(name)
        for envelope in self._backups.read(name):
            try:
                parsed = self._parsed(name, envelope, parse)
            except BadRecord:
                continue
            used = f"The backup of {to_moment(envelope.written_at):%Y-%m-%d %H:%M} UTC is used instead; " \
                   "what was added after it is missing."
            break
        else:
            envelope, parsed = None, parse({})
            used = "There is no backup of it that can be read, so it starts empty."
        present = path.exists()
        if envelope is None and not present:
            return Envelope(name.partition("/")[0], {}, self._backups.newest_generation(name)), parsed
        aside = ""
        if present:
            aside = f" It was set aside as {set_aside(path, f'{self._clock():%Y%m%dT%H%M%SZ}').name}."
        # Above every backup's number, readable or not, so that what is written from here on counts as newer.
        generation = max(self._backups.newest_generation(name), envelope.generation if envelope else 0) + 1
        restored = replace(envelope, generation=generation) if envelope else Envelope(name.partition("/")[0], {})
        if envelope:
            write_whole(path, encode(restored))
        else:
            restored = replace(restored, generation=generation)
        self._notices.append(f"{path.relative_to(self._folder).as_posix()} {problem}.{aside} {used}")
        return restored, parsed
