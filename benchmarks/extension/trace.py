"""A recording of what a tab's main thread did, by Chromium's own tracing; times are in milliseconds.

A task's cost is the processor time that it took (`tdur`) and not the time that passed: other programs lengthen the
second much more than the first.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import CDPSession, Page

CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline"]
OURS = "chrome-extension://"
# The events within which a script of a page or an extension runs.
SCRIPTS = {"FunctionCall", "EvaluateScript"}
LONG_MS = 50.0

Event = dict[str, Any]


class Trace:
    """What was recorded; filled when the recording ends."""

    def __init__(self) -> None:
        self.pid = 0
        self._events: list[Event] = []

    def fill(self, events: list[Event]) -> None:
        """Keeps what the tab's main thread did."""
        frames = [frame for each in events if each["name"] == "TracingStartedInBrowser"
                  for frame in each["args"]["data"]["frames"] if frame["isOutermostMainFrame"]]
        self.pid = frames[-1]["processId"]
        threads = {each["tid"] for each in events if each["pid"] == self.pid and each["name"] == "thread_name"
                   and each["args"]["name"] == "CrRendererMain"}
        self._events = sorted((each for each in events if each["pid"] == self.pid and each["tid"] in threads),
                              key=lambda each: each["ts"])

    def named(self, *names: str) -> list[Event]:
        """Events of these names that have a length, or stand for a moment."""
        return [each for each in self._events if each["name"] in names and each["ph"] in ("X", "I")]

    def moment(self, name: str) -> float:
        """When the page called `console.timeStamp(name)`."""
        return next(each["ts"] for each in self.named("TimeStamp") if each["args"]["data"]["message"] == name)

    def keys(self) -> list[float]:
        """When the tasks began in which a key came in."""
        begun = [each["ts"] for each in self._tasks()]
        pressed = [each["ts"] for each in self.named("EventDispatch") if each["args"]["data"]["type"] == "keydown"]
        return [begun[bisect_right(begun, ts) - 1] for ts in pressed]

    def cost(self, start: float, end: float) -> float:
        """Processor time of the tasks that began in this stretch."""
        return sum(each["tdur"] for each in self._tasks() if start <= each["ts"] < end) / 1000

    def long_tasks(self, start: float, end: float) -> int:
        """How many tasks took more than 50 ms of it."""
        return sum(each["tdur"] > LONG_MS * 1000 for each in self._tasks() if start <= each["ts"] < end)

    def own(self, start: float = 0, end: float = float("inf")) -> list[Event]:
        """The outermost runs of the extension's own scripts."""
        found: list[Event] = []
        for each in self.named(*SCRIPTS):
            within = bool(found) and each["ts"] < found[-1]["ts"] + found[-1]["dur"]
            if start <= each["ts"] < end and not within and _of(each).startswith(OURS):
                found.append(each)
        return found

    def own_cost(self, start: float, end: float) -> float:
        """Processor time of the extension's own scripts."""
        return sum(each.get("tdur", 0) for each in self.own(start, end)) / 1000

    def own_timers(self) -> int:
        """How many timers the extension's scripts have set."""
        runs = self.own()
        return sum(any(run["ts"] <= each["ts"] <= run["ts"] + run["dur"] for run in runs)
                   for each in self.named("TimerInstall"))

    def _tasks(self) -> list[Event]:
        return [each for each in self.named("RunTask") if each["ph"] == "X" and "tdur" in each]


def _of(event: Event) -> str:
    return event["args"].get("data", {}).get("url", "")


def _read(session: CDPSession, stream: str) -> str:
    parts = []
    while True:
        part = session.send("IO.read", {"handle": stream, "size": 1 << 20})
        parts.append(part["data"])
        if part.get("eof"):
            session.send("IO.close", {"handle": stream})
            return "".join(parts)


@contextmanager
def recording(page: Page) -> Iterator[Trace]:
    """Records the tab while the block runs; the trace is complete after it."""
    session = page.context.new_cdp_session(page)
    ended: list[Any] = []
    session.on("Tracing.tracingComplete", lambda event: ended.append(event))
    config = {"includedCategories": CATEGORIES, "excludedCategories": ["*"]}
    session.send("Tracing.start", {"transferMode": "ReturnAsStream", "traceConfig": config})
    trace = Trace()
    yield trace
    session.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(20)
    trace.fill(json.loads(_read(session, ended[0]["stream"]))["traceEvents"])
    session.detach()
