"""A disk that remembers what was synced: what is left of a folder when the power goes at any moment of a write.

While `recorded` lasts, the calls that change files are noted. `Disk.after(n, …)` then tells what a power cut just after
the nth of them may leave. Held against the worst that POSIX allows: bytes of a file last once the file was synced, names
in a folder once that folder was; of what was not synced anything from nothing to all may be there, a folder's names in
the order in which they were changed.
"""

from __future__ import annotations

import contextlib
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LEFT = ("nothing", "names", "some")  # of what was not synced: nothing, every name and no bytes, or by chance


@dataclass
class File:
    now: bytes = b""
    synced: bytes = b""


@dataclass
class Folder:
    now: dict[str, File | Folder] = field(default_factory=dict)
    synced: dict[str, File | Folder] = field(default_factory=dict)
    changes: list[tuple[str, File | Folder | None]] = field(default_factory=list)  # a move is two, made as one
    ends: list[int] = field(default_factory=list)  # how long `changes` was after each change

    def put(self, *changes: tuple[str, File | Folder | None]) -> None:
        for name, node in changes:
            _set(self.now, name, node)
        self.changes += changes
        self.ends.append(len(self.changes))

    def sync(self) -> None:
        self.synced, self.changes, self.ends = dict(self.now), [], []


def _set(names: dict[str, File | Folder], name: str, node: File | Folder | None) -> None:
    if node is None:
        names.pop(name, None)
    else:
        names[name] = node


class Disk:
    """The calls on what lies below `root`, which is taken as wholly synced at the start."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.calls: list[tuple[Any, ...]] = []
        self._files = {file.relative_to(root): file.read_bytes() for file in root.rglob("*") if file.is_file()}
        self._folders = sorted(folder.relative_to(root) for folder in root.rglob("*") if folder.is_dir())
        self._handles: dict[int, Path] = {}

    @contextlib.contextmanager
    def recorded(self) -> Iterator[None]:
        real = {name: getattr(os, name) for name in ("open", "close", "write", "fsync", "replace", "rename", "link", "unlink",
                                                     "mkdir", "rmdir")}
        for name, call in real.items():
            setattr(os, name, self._noting(name, call))
        try:
            yield
        finally:
            for name, call in real.items():
                setattr(os, name, call)

    def _noting(self, name: str, real: Any) -> Any:
        def call(*arguments: Any, **keys: Any) -> Any:
            paths = [self._within(each, keys.get("dir_fd")) for each in arguments if isinstance(each, str | os.PathLike)]
            was_there = bool(paths) and paths[0] is not None and (self.root / paths[0]).exists()
            done = real(*arguments, **keys)
            if name == "open" and paths[0] is not None:
                self._handles[done] = paths[0]
                if arguments[1] & os.O_CREAT and not was_there:
                    self.calls.append(("create", paths[0]))
                elif arguments[1] & os.O_TRUNC:
                    self.calls.append(("empty", paths[0]))
            elif name == "close":
                self._handles.pop(arguments[0], None)
            elif name in ("write", "fsync") and arguments[0] in self._handles:
                data = (bytes(arguments[1][:done]),) if name == "write" else ()
                self.calls.append((name, self._handles[arguments[0]], *data))
            elif paths and paths[0] is not None:
                self.calls.append(({"rename": "replace"}.get(name, name), *paths))
            return done
        return call

    def _within(self, path: str | os.PathLike[str], dir_fd: int | None) -> Path | None:
        base = self.root / self._handles[dir_fd] if dir_fd in self._handles else Path()
        whole = base / os.fspath(path)
        return whole.relative_to(self.root) if whole.is_relative_to(self.root) else None

    def after(self, count: int, left: str, chance: random.Random, to: Path) -> None:
        """Write to the new folder `to` what a power cut after the first `count` calls leaves."""
        top = Folder()
        for path in self._folders:
            _at(top, path.parent).put((path.name, Folder()))
        for path, data in self._files.items():
            _at(top, path.parent).put((path.name, File(data, data)))
        for folder in (Path(), *self._folders):
            _at(top, folder).sync()
        for call in self.calls[:count]:
            _replay(top, *call)
        _write(top, left, chance, to)


def _at(top: Folder, path: Path) -> Any:
    node: Any = top
    for part in path.parts:
        node = node.now[part]
    return node


def _replay(top: Folder, name: str, path: Path, other: Any = None) -> None:
    folder = _at(top, path.parent)
    match name:
        case "create": folder.put((path.name, File()))
        case "mkdir": folder.put((path.name, Folder()))
        case "empty": folder.now[path.name].now = b""
        case "write": folder.now[path.name].now += other
        case "fsync":
            node = _at(top, path)
            if isinstance(node, Folder):
                node.sync()
            else:
                node.synced = node.now
        case "replace": folder.put((other.name, folder.now[path.name]), (path.name, None))
        case "link": _at(top, other.parent).put((other.name, folder.now[path.name]))
        case "unlink" | "rmdir": folder.put((path.name, None))


def _write(node: File | Folder, left: str, chance: random.Random, to: Path) -> None:
    if isinstance(node, File):
        half = left == "some" and chance.random() < 0.5
        to.write_bytes(node.now[: max(len(node.synced), len(node.now) // 2)] if half else node.synced)
        return
    to.mkdir()
    names = dict(node.synced)
    kept = {"nothing": 0, "names": len(node.ends), "some": chance.randint(0, len(node.ends))}[left]
    for name, child in node.changes[: node.ends[kept - 1] if kept else 0]:
        _set(names, name, child)
    for name, child in names.items():
        _write(child, left, chance, to / name)
