"""Backups: for each file the state before its last write, and one of each of the last seven days it changed.

backups/shares/2026-10/last.json            the file as it was before the last write
backups/shares/2026-10/2026-10-21.12.json   the newest state kept on that day, and its generation

Made at the day's first write (a second name of the old file: no data is written), at the start of the companion
where the file changed since the newest one, and once after a file's very first write.
"""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from .files import link_or_copy, sync_folder, write_whole
from .schema import Envelope, Unreadable, decode, encode
from .times import Clock

KEPT_DAYS = 7
_FEW = 5  # ids that are looked for in a backup's bytes, before it is decoded
_LAST = "last.json"
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})\.(\d{1,15})\.json")


def days_in(root: Path) -> list[str]:
    """The days of which a backup of anything lies below `root`, oldest first."""
    return sorted({match[1] for file in root.rglob("*.json") if (match := _DATED.fullmatch(file.name))})


def _has(data: bytes, ids: Collection[str]) -> bool:
    return any(id.encode() in data for id in ids)


class Backups:
    """The backups below one folder. Concerns are named as in the data folder, without `.json`."""

    def __init__(self, root: Path, clock: Clock) -> None:
        self._root, self._clock = root, clock
        self._day_done: dict[str, str] = {}

    def names(self) -> set[str]:
        """The concerns that have a backup."""
        return {file.parent.relative_to(self._root).as_posix() for file in self._root.rglob("*.json")}

    def on_start(self, name: str, generation: int, data: bytes) -> None:
        """Keep `data`, the file as it was found and read, unless that state is kept already."""
        dated = self._dated(name)
        if generation and not any(number == generation for _, number, _ in dated):
            write_whole(self._new(name, generation), data)
            self._day_done[name] = self._today()
            self._prune(name)
        elif dated:
            self._day_done[name] = dated[-1][0]

    def before_write(self, name: str, path: Path, generation: int) -> None:
        """Keep the file at `path`, about to be replaced."""
        if not generation:
            return
        folder = self._root / name
        if self._day_done.get(name) != self._today():
            link_or_copy(path, self._new(name, generation), copy=True)
            self._day_done[name] = self._today()
            self._prune(name)
        link_or_copy(path, folder / _LAST, copy=False)

    def after_write(self, name: str, generation: int, data: bytes) -> None:
        """Keep a file's first state: from then on there is always one to go back to.

        What could not be kept for want of room is kept at the next write: the file itself is on the disk.
        """
        if name not in self._day_done and not self._dated(name):
            with contextlib.suppress(OSError):
                write_whole(self._new(name, generation), data)
                self._day_done[name] = self._today()

    def read(self, name: str) -> Iterator[Envelope]:
        """The contents of the readable backups of `name`, newest first. Raises StoreNewer as decode() does."""
        found = []
        for file in (self._root / name).glob("*.json"):
            try:
                found.append(decode(file.read_bytes(), name.partition("/")[0], f"The backup {file}"))
            except (OSError, Unreadable):
                continue
        return iter(sorted(found, key=lambda envelope: envelope.generation, reverse=True))

    def newest_generation(self, name: str) -> int:
        """The highest generation that a backup of `name` bears, readable or not; 0 without any."""
        return max((number for _, number, _ in self._dated(name)), default=0)

    def forget(self, concern: str, table: str, ids: Collection[str], instead: Mapping[str, Any]) -> None:
        """Take records out of every backup of `concern`, or put what `instead` has of them in their place.

        A backup that has one and cannot be read is removed.
        """
        for file in sorted((self._root / concern).rglob("*.json")):
            data = file.read_bytes()
            if len(ids) < _FEW and not _has(data, ids):
                continue
            try:
                envelope = decode(data, concern, f"The backup {file}")
            except Unreadable:
                if _has(data, ids):
                    file.unlink()
                    sync_folder(file.parent)
                continue
            before = envelope.tables.get(table, {})
            rows = {id: instead.get(id, row) for id, row in before.items() if id in instead or id not in ids}
            if rows != before:
                tables = {**envelope.tables, table: rows}
                write_whole(file, encode(Envelope(concern, tables, envelope.generation, envelope.written_at)))

    def remove(self, name: str = "") -> None:
        """Remove the backups of one concern, or all, for good once this returns."""
        folder = self._root / name
        if folder.is_dir():
            shutil.rmtree(folder)
            sync_folder(folder.parent)
        if name:
            self._day_done.pop(name, None)
        else:
            self._day_done.clear()
            self._root.mkdir(mode=0o700)

    def _today(self) -> str:
        return f"{self._clock():%Y-%m-%d}"

    def _new(self, name: str, generation: int) -> Path:
        folder = self._root
        for part in ("", *name.split("/")):  # each by itself: mkdir gives parents that it makes no mode
            folder = folder / part
            folder.mkdir(mode=0o700, exist_ok=True)
        return self._root / name / f"{self._today()}.{generation}.json"

    def _dated(self, name: str) -> list[tuple[str, int, Path]]:
        """(day, generation, file) of the dated backups, oldest generation first."""
        folder = self._root / name
        matches = ((_DATED.fullmatch(file.name), file) for file in folder.glob("*.json"))
        return sorted(((match[1], int(match[2]), file) for match, file in matches if match), key=lambda entry: (entry[1], entry[0]))

    def _prune(self, name: str) -> None:
        newest_of_day = {day: file for day, _, file in self._dated(name)}
        keep = set(list(newest_of_day.values())[-KEPT_DAYS:])
        for _, _, file in self._dated(name):
            if file not in keep:
                file.unlink(missing_ok=True)
