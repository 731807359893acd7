"""A companion as a person has it: `sayso serve` in a process of its own, on a folder of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

ROOT = Path(__file__).resolve().parents[2]
START_S = 20.0
STOP_S = 10.0


class CompanionFailed(RuntimeError):
    """The companion did not start or did not answer; the message holds what it printed."""


def _sayso(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "server.cli", *arguments]


def sayso(data: Path, *arguments: str) -> str:
    """Runs one `sayso` command on the folder and returns what it printed."""
    done = subprocess.run(
        _sayso(*arguments, "--data", str(data)), cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    if done.returncode != 0:
        raise CompanionFailed(f"`sayso {' '.join(arguments)}` ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


class Companion:
    """One running companion. Start with `Companion.start`; end with `stop` (as a service manager does) or `kill`."""

    pages: str
    """The one-time address of its own pages that it printed."""
    first_code: str
    """The pairing code that it printed: good for one use."""

    def __init__(self, data: Path, process: subprocess.Popen[str]) -> None:
        self.data = data
        self._process = process
        self._lines: list[str] = []
        self._changed = threading.Condition()
        self._ended = False
        self._reader = threading.Thread(target=self._read, name="companion output", daemon=True)
        self._reader.start()

    @classmethod
    def start(cls, data: Path, port: int = 0, programme: Path | None = None, options: Sequence[str] = ()) -> "Companion":
        """Starts a companion on the folder and waits until it has told its address and its code.

        `port` 0 takes a free one. `programme` is put in force first, `options` are further ones of `serve`. Raises CompanionFailed with all that was printed.
        """
        data.mkdir(parents=True, exist_ok=True)
        if programme is not None:
            sayso(data, "programme", "use", str(programme))
        # Reading drains both streams, so that the companion can never block on a full pipe.
        process = subprocess.Popen(
            _sayso("serve", "--data", str(data), "--port", str(port), *options),
            cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        companion = cls(data, process)
        try:
            companion.pages = companion.line("pages: ")
            companion.first_code = companion.line("pairing code: ")
        except CompanionFailed:
            companion.kill()
            raise
        return companion

    @property
    def port(self) -> int:
        """The port it listens on."""
        port = urlsplit(self.pages).port
        if port is None:
            raise CompanionFailed(f"no port in {self.pages!r}")
        return port

    @property
    def output(self) -> str:
        """All that it has printed so far, errors included."""
        with self._changed:
            return "\n".join(self._lines)

    @property
    def running(self) -> bool:
        """Whether the process is alive."""
        return self._process.poll() is None

    def line(self, start: str) -> str:
        """Waits for a printed line with this beginning and returns the rest of it."""
        def find() -> str | None:
            return next((line[len(start):].strip() for line in self._lines if line.startswith(start)), None)

        self._wait(lambda: find() is not None or self._ended)
        with self._changed:
            found = find()
        if found is None:
            raise CompanionFailed(f"the companion printed no line {start!r}:\n{self.output}")
        return found

    def code(self) -> str:
        """A fresh pairing code."""
        return str(json.loads(sayso(self.data, "pair", "--json"))["code"])

    @property
    def pid(self) -> int:
        """The process, for those who must signal it themselves."""
        return self._process.pid

    @property
    def address(self) -> str:
        """Where its API is."""
        return f"http://127.0.0.1:{self.port}/api/v1"

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One request of a command on this computer, and its answer."""
        secret = json.loads((self.data / "companion.json").read_text())["secret"]
        headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        request = Request(self.address + path, None if body is None else json.dumps(body).encode(), headers, method=method)
        with build_opener(ProxyHandler({})).open(request, timeout=STOP_S) as response:
            return json.load(response)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ends it as a person (SIGINT) or the system (SIGTERM) does, waits for the end and returns its exit status."""
        self._process.send_signal(number)
        self._finish()
        return self._process.returncode

    def __enter__(self) -> "Companion":
        return self

    def __exit__(self, *_: object) -> None:
        if self.running:
            self.stop()

    def kill(self) -> None:
        """Ends it without a chance to tidy up."""
        self._process.kill()
        self._finish()

    def _finish(self) -> None:
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(STOP_S)
        self._reader.join(STOP_S)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _wait(self, ready: Callable[[], bool]) -> None:
        with self._changed:
            if not self._changed.wait_for(ready, START_S):
                raise CompanionFailed(f"the companion said nothing for {START_S:.0f} s:\n" + "\n".join(self._lines))

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._changed:
                self._lines.append(line.rstrip("\n"))
                self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()
