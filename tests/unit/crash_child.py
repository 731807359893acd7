"""Processes that die in the middle of a write. Reads jobs, one JSON object a line: {"folder", "scene", "back", "number"}.

Each job is done by a process of its own, forked from this one, which kills itself by SIGKILL at its `number`th call that
touches the disk (a write: half done). Answered is one line: {"answered": whether the act returned, "at": the last call}.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from server.store import Store
from tests.unit.crash_scenes import SCENES, clock

CALLS = ("open", "write", "fsync", "replace", "rename", "link", "unlink", "mkdir", "rmdir")


def place(arguments: tuple[Any, ...]) -> str:
    return " ".join(Path(each).name for each in arguments if isinstance(each, str | Path))


def die_at(number: int, tell: int) -> None:
    left = [number]
    say = os.write

    def dying(name: str, real: Any) -> Any:
        def call(*arguments: Any, **keys: Any) -> Any:
            left[0] -= 1
            if left[0]:
                return real(*arguments, **keys)
            if name == "write":
                real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
            say(tell, f"{name} {place(arguments)}".encode())
            os.kill(os.getpid(), signal.SIGKILL)
        return call

    for name in CALLS:
        setattr(os, name, dying(name, getattr(os, name)))


def work(job: dict[str, Any], tell: int) -> None:
    os.fsync = lambda handle: None  # a kill loses nothing that was written, synced or not
    store = Store.open(Path(job["folder"]), clock=clock(back=job["back"]))
    say, die = os.write, os._exit
    die_at(job["number"], tell)
    SCENES[job["scene"]].act(store)
    say(tell, b"answered")
    die(0)


def main() -> None:
    for line in sys.stdin:
        heard, tell = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                work(json.loads(line), tell)
            except BaseException as error:  # what is no death by the hook is a fault of the test's or the store's own
                sys.stderr.write(f"{line}{error!r}\n")
                sys.stderr.flush()
            os._exit(3)
        os.close(tell)
        with os.fdopen(heard, "rb") as pipe:
            told = pipe.read().decode()
        _, status = os.waitpid(child, 0)
        ended = "answered" if status == 0 else "killed" if os.WIFSIGNALED(status) else "failed"
        print(json.dumps({"ended": ended, "at": told}), flush=True)


if __name__ == "__main__":
    main()
