"""Every kind of write, cut off at every call that touches the disk: by a kill, a full disk, a power cut; with a right
clock and one that was set back. What was answered is there exactly once, nothing is half there, every file can be read.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import random
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from server.store import Store
from tests.unit.crash_scenes import SCENES, SECRET, Scene, State, both, clock, nothing, prepare, state
from tests.unit.power_cut import LEFT, Disk

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the matrix forks; test_store_kill.py runs everywhere")

PHASES = {  # each is the call before which a run has to have died
    "before the temporary file": "open 2024-03.json.writing",
    "in the middle of its bytes": "write",
    "before it is put in place": "replace 2024-03.json.writing 2024-03.json",
    "before a sync": "fsync",
    "before a backup": "link 2024-03.json last.json.writing",
    "in the middle of a backup": "replace last.json.writing last.json",
    "between two months": "open 2024-04.json.writing",
    "in the middle of forgetting": "open last.json.writing",
    "in the middle of removing": "unlink",
}


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here rests on a real sync: a kill loses nothing that was written, and power cuts are reckoned."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where the system has one: thousands of files are made here."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as name:
        yield Path(name)


class Forge:
    """The process that forks those who die (see crash_child.py)."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.unit.crash_child"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)

    def die(self, **job: Any) -> tuple[bool, str]:
        """Whether the act was answered, and the call before which the process died."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        assert told["ended"] != "failed", job
        return told["ended"] == "answered", told["at"]

    def close(self) -> None:
        with self._process as process:
            assert process.stdin
            process.stdin.close()


@pytest.fixture(scope="module")
def forge() -> Iterator[Forge]:
    forge = Forge()
    yield forge
    forge.close()


class Matrix:
    """The runs of one scene, each in a copy of the folder in its first state."""

    def __init__(self, place: Path, scene: Scene, back: bool) -> None:
        self.scene, self.back, self.runs = scene, back, 0
        self._template, self._tmp = place / "template" / "data", place
        self._template.parent.mkdir()
        prepare(scene, self._template)
        self.before, self.after = both(scene)

    @contextlib.contextmanager
    def run(self, name: str) -> Iterator[Path]:
        copy = self._tmp / f"run {name}"
        shutil.copytree(self._template.parent, copy)
        yield copy / "data"
        self.runs += 1
        shutil.rmtree(copy)

    def open(self, folder: Path) -> Store:
        return Store.open(folder, clock=clock(back=self.back))

    def look(self, folder: Path, answered: bool) -> None:
        """Open what a crash left, hold it against what may be there, and have the act done again."""
        scene = self.scene
        with self.open(folder) as store:
            found = state(store)
            self.held(found, answered)
            assert store.notices == [] or scene.name == "erase everything" and not answered
            assert_files_whole(folder, found)
            # What an import has brought can be taken out again, however far it came.
            assert {share.id for share in store.shares() if share.import_id} <= {id for done in store.imports() for id in done.added}
            if found != self.after:
                scene.act(store)
                self.finished(state(store))
            if scene.forgets:
                assert_forgotten(folder)
        with self.open(folder) as store:
            self.finished(state(store))

    def held(self, found: State, answered: bool) -> None:
        if answered:
            assert found == self.after
        elif self.scene.whole:
            assert found in (self.before, self.after)
        for table, rows in found.items():
            for id in {*rows, *self.before[table], *self.after[table]}:
                assert rows.get(id) in (self.before[table].get(id), self.after[table].get(id))

    def finished(self, found: State) -> None:
        assert found == self.after

    def killed(self, forge: Forge, step: int) -> list[str]:
        """Die at every `step`th call; returns the calls."""
        died, number, answered = [], 1 + self.runs % step, False
        while not answered:
            with self.run(f"killed {number}") as folder:
                answered, at = forge.die(folder=str(folder), scene=self.scene.name, back=self.back, number=number)
                self.look(folder, answered)
            died.append(at)
            number += step
        return died[:-1]

    def full(self, step: int) -> None:
        """No room from every `step`th call on, until the act has failed; then there is room again."""
        if self.scene.name == "erase everything":
            return  # it makes room
        number, reached = 1, True
        while reached:
            with self.run(f"full {number}") as folder:
                with self.open(folder) as store:
                    with no_room(number) as calls:
                        try:
                            self.scene.act(store)
                            answered = True
                        except OSError as error:
                            assert error.errno == errno.ENOSPC
                            answered = False
                    reached = calls[0] >= number
                    self.held(state(store), answered)
                    copy = folder.parent / "copy"
                    shutil.copytree(folder, copy)
                    with self.open(copy) as other:
                        assert state(other) == state(store)
                    if not answered:
                        self.scene.act(store)
                    self.finished(state(store))
                self.look(folder, True)
            number += step

    def power(self, step: int, chance: random.Random) -> None:
        """A power cut after every `step`th call, and after the answer, whatever was left of what was not synced."""
        with self.run("power") as folder:
            if self.scene.before is nothing:
                shutil.rmtree(folder)  # made in this very run, it is there only once its own name was synced
            disk = Disk(folder.parent)
            with disk.recorded(), self.open(folder) as store:
                self.scene.act(store)
                total = len(disk.calls)
            for number in sorted({*range(0, total, step), total}):
                for left in LEFT:
                    rest = self._tmp / f"cut {number} {left}"
                    disk.after(number, left, chance, rest)
                    self.look(rest / "data", answered=number == total)
                    shutil.rmtree(rest)
                    self.runs += 1


def assert_files_whole(folder: Path, found: State) -> None:
    for file in folder.rglob("*.json*"):
        assert file.suffix == ".json", file
        assert orjson.loads(file.read_bytes())["tables"] is not None
    rows = [id for file in (folder / "shares").glob("*.json")
            for id in orjson.loads(file.read_bytes())["tables"].get("shares", {})]
    assert sorted(rows) == sorted(found["shares"])


def assert_forgotten(folder: Path) -> None:
    assert [file for file in folder.rglob("*") if file.is_file() and SECRET.encode() in file.read_bytes()] == []


@contextlib.contextmanager
def no_room(number: int) -> Iterator[list[int]]:
    """From the `number`th call on that needs room on the disk, there is none. Yields how many there were."""
    calls = [0]
    real = {name: getattr(os, name) for name in ("open", "write", "fsync", "link", "mkdir")}

    def short(name: str) -> Any:
        def call(*arguments: Any, **keys: Any) -> Any:
            if name == "open" and not arguments[1] & os.O_CREAT:
                return real[name](*arguments, **keys)
            if name == "fsync" and stat.S_ISDIR(os.fstat(arguments[0]).st_mode):
                return real[name](*arguments, **keys)  # room for a name was found when it was made
            calls[0] += 1
            if calls[0] < number:
                return real[name](*arguments, **keys)
            if name == "write":
                real[name](arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return call

    for name in real:
        setattr(os, name, short(name))
    try:
        yield calls
    finally:
        for name, call in real.items():
            setattr(os, name, call)


@pytest.mark.parametrize("name", SCENES)
def test_a_write_that_is_cut_off_is_done_or_not(place: Path, forge: Forge, name: str) -> None:
    back = len(name) % 2 == 0
    matrix = Matrix(place, SCENES[name], back)
    matrix.killed(forge, step=11)
    matrix.full(step=17)
    matrix.power(step=37, chance=random.Random(name))
    assert matrix.runs > 6


@pytest.mark.long
def test_every_write_cut_off_at_every_call_is_done_or_not(place: Path, forge: Forge) -> None:
    runs, died = {"killed": 0, "full": 0, "power": 0}, []
    for number, scene in enumerate(SCENES.values()):
        for back in (False, True):
            (place / f"{number}{back}").mkdir()
            matrix = Matrix(place / f"{number}{back}", scene, back)
            for kind in runs:
                before = matrix.runs
                match kind:
                    case "killed": died += matrix.killed(forge, step=1)
                    case "full": matrix.full(step=1)
                    case "power": matrix.power(step=1, chance=random.Random(number))
                runs[kind] += matrix.runs - before
    for phase, call in PHASES.items():
        assert [at for at in died if at.startswith(call)], phase
    print(runs)
    assert sum(runs.values()) > 1000
