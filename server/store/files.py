"""Files that are whole or not there: written beside, synced, then put in place. Folders 0700, files 0600."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

TEMPORARY = ".writing"
ASIDE = ".unreadable-"

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


def make_private(folder: Path) -> None:
    """Make `folder`, for its owner alone. One that was there with other things in it keeps its permissions:
    somebody may have named their home as the data folder."""
    new = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for made in new:  # else a power cut takes the folder's name, and all that was answered with it
        sync_folder(made.parent)
    if os.name != "nt" and not any(folder.iterdir()):
        folder.chmod(0o700)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` last through a power cut, where the system can sync a folder at all."""
    if os.name == "nt":  # Windows opens no folder; NTFS journals the rename itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_beside(path: Path, data: bytes) -> Path:
    """Write `data` to a temporary file beside `path`, synced, and return it. On an error none is left."""
    beside = path.with_name(path.name + TEMPORARY)
    beside.unlink(missing_ok=True)
    try:
        handle = os.open(beside, _NEW, 0o600)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view):]
            os.fsync(handle)
        finally:
            os.close(handle)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    return beside


def put_in_place(beside: Path, path: Path) -> None:
    """Give the finished file `beside` the name `path`, for good once this returns."""
    _rename(beside, path)
    sync_folder(path.parent)


def _rename(beside: Path, path: Path) -> None:
    try:
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path`: at every moment, and after a crash, the old file or the new one is there, whole."""
    put_in_place(write_beside(path, data), path)


def link_or_copy(path: Path, to: Path, *, copy: bool) -> bool:
    """Make `to` a second name of the file `path`, replacing what was there; whether it worked.

    Files are never written in place, so the second name keeps today's contents at the price of no data written.
    Where the file system has no hard links, `copy` decides between a copy and nothing.
    """
    beside = to.with_name(to.name + TEMPORARY)
    beside.unlink(missing_ok=True)
    try:
        os.link(path, beside)
    except FileNotFoundError:
        return False
    except OSError:
        if copy:
            write_whole(to, path.read_bytes())
        return copy
    _rename(beside, to)
    beside.unlink(missing_ok=True)  # where both names were of one file already, POSIX lets a rename do nothing
    return True


def remove_leftovers(files: Iterable[Path]) -> None:
    """Remove those of `files` that are temporary: a process was killed while it wrote them."""
    for file in files:
        if file.name.endswith(TEMPORARY):
            file.unlink(missing_ok=True)


def set_aside(path: Path, stamp: str) -> Path:
    """Rename the unreadable `path` so that its bytes are kept, and return the new name."""
    for number in range(1, 10_000):
        target = path.with_name(f"{path.name}{ASIDE}{stamp}" + (f"-{number}" if number > 1 else ""))
        if not target.exists():
            os.rename(path, target)
            sync_folder(path.parent)
            return target
    raise OSError(f"{path} could not be set aside: too many unreadable copies of it are there")
