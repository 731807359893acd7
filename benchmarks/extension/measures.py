"""What is measured in one tab, and in the worker."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page

from benchmarks.checks import POSTS, posts_from_file
from benchmarks.extension.pages import Browser, lengthen
from benchmarks.extension.trace import Trace, recording
from tests.support.browser import open_popup, worker
from tests.support.linkedin import Linkedin
from tests.support.panel import Panel

PAUSE_MS = 150
WARM_KEYS = 10
QUICK = "and that is how the harvest came in on a wet and windy week "
QUICK_MS = 80
SLOW = "so much for the rest"
SLOW_MS = 650
# Of a check that a pause set off: how long it may still keep the main thread.
CHECK_MS = 500
WHEEL_STEPS = 120
ROUND_TRIPS = 200
OBSERVERS = ("MutationObserver", "ResizeObserver", "IntersectionObserver", "PerformanceObserver")

# From a key until the panel has told all that came of it and this was drawn.
WATCH = """(panel) => {
    let [key, told] = [0, 0];
    window.saysoTimes = [];
    const note = () => { if (key && told) saysoTimes.push(told - key); [key, told] = [0, 0]; };
    addEventListener("keydown", (event) => { note(); key = event.timeStamp; }, true);
    const drawn = new MessageChannel();
    drawn.port1.onmessage = () => { told = performance.now(); };
    new MutationObserver(() => {
        if (panel.getAttribute("aria-busy") === "false") requestAnimationFrame(() => drawn.port2.postMessage(0));
    }).observe(panel, {attributes: true, childList: true, characterData: true, subtree: true});
    window.saysoDone = () => { note(); return saysoTimes; };
}"""

# Which of the two goes first changes each time. The token is the extension's own.
ROUND_TRIP = """async (texts) => {
    const {connection: {port, token}} = await chrome.storage.local.get("connection");
    const timed = async (path, options) => {
        const begun = performance.now();
        const how = {cache: "no-store", credentials: "omit", ...options};
        const response = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`, how);
        await response.text();
        if (!response.ok) throw new Error(`${path}: ${response.status}`);
        return performance.now() - begun;
    };
    const headers = {"Authorization": `Bearer ${token}`, "Content-Type": "application/json"};
    const found = {empty: [], check: []};
    const runs = {
        empty: () => timed("health"),
        check: (text) => timed("checks", {method: "POST", headers, body: JSON.stringify({text})}),
    };
    for (const [number, text] of texts.entries()) {
        const order = number % 2 ? ["empty", "check"] : ["check", "empty"];
        for (const each of order) found[each].push(await runs[each](text));
    }
    return found;
}"""
ASKED = """async (texts) => {
    const found = [];
    for (const text of texts) {
        const begun = performance.now();
        const {state} = await chrome.runtime.sendMessage({kind: "check", text});
        if (state !== "ready") throw new Error(state);
        found.push(performance.now() - begun);
    }
    return found;
}"""


@dataclass
class Figures:
    """One round in one browser; times in ms, sizes in bytes. Keys of `memory`: closed, open."""

    keys: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    left_out: int = 0
    slow_keys: list[float] = field(default_factory=list)
    long_tasks: int = 0
    scroll: float = 0
    own_in_feed: int = 0
    timers_in_feed: int = 0
    observers_in_feed: int = 0
    elements_in_feed: int = 0
    panel: list[float] = field(default_factory=list)
    heap: dict[str, float] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)


def one_round(browser: Browser, form: str) -> Figures:
    """All that one tab can tell."""
    figures = Figures()
    tab = browser.tab(form)
    _feed(browser, tab, figures)
    browser.compose(tab)
    _size(tab.page, figures, "open")
    _typing(tab, figures)
    _pausing(browser, tab, figures)
    tab.page.close()
    return figures


def _feed(browser: Browser, tab: Linkedin, figures: Figures) -> None:
    page = tab.page
    with recording(page) as trace:
        tab.visit()
        page.wait_for_timeout(500)
        figures.elements_in_feed = len(tab.foreign())
        lengthen(tab)
        page.mouse.move(600, 500)
        page.wait_for_timeout(500)
        page.evaluate("console.timeStamp('scroll')")
        for step in range(WHEEL_STEPS):
            page.mouse.wheel(0, 150 if step < WHEEL_STEPS * 2 / 3 else -300)
            page.wait_for_timeout(16)
        page.evaluate("console.timeStamp('rest')")
    start, end = trace.moment("scroll"), trace.moment("rest")
    figures.scroll = trace.cost(start, end)
    figures.own_in_feed = len(trace.own(start, end))
    figures.timers_in_feed = trace.own_timers()
    if browser.has_extension:
        figures.observers_in_feed = _observers(page)
    _size(page, figures, "closed")


def _typing(tab: Linkedin, figures: Figures) -> None:
    """Quick keys: no pause is long enough for a check. Where a busy machine made one, its keys are left out."""
    with recording(tab.page) as trace:
        for letter in QUICK:
            tab.page.keyboard.press(letter if letter != " " else "Space")
            tab.page.wait_for_timeout(QUICK_MS)
    stretches = _stretches(trace)[WARM_KEYS:]
    quick = _unbroken(stretches)
    figures.keys = [trace.cost(*each) for each in quick]
    figures.own = [trace.own_cost(*each) for each in quick]
    figures.left_out = len(stretches) - len(quick)
    figures.long_tasks += trace.long_tasks(stretches[0][0], float("inf"))


def _pausing(browser: Browser, tab: Linkedin, figures: Figures) -> None:
    """Keys with a pause after each, so that each is followed by a check and a panel drawn anew."""
    if browser.has_extension:
        Panel(tab.page).root.evaluate(WATCH)
    with recording(tab.page) as trace:
        for letter in SLOW:
            tab.page.keyboard.press(letter if letter != " " else "Space")
            tab.page.wait_for_timeout(SLOW_MS)
    figures.slow_keys = [trace.cost(*each) for each in _stretches(trace)]
    figures.long_tasks += trace.long_tasks(0, float("inf"))
    if browser.has_extension:
        figures.panel = [each - PAUSE_MS for each in tab.page.evaluate("saysoDone()")]


def _stretches(trace: Trace) -> list[tuple[float, float]]:
    """From each key to the next; what follows the last is left out."""
    return list(pairwise(trace.keys()))


def _unbroken(stretches: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Without those that are as long as the pause before a check, or come while that check may still be at work."""
    found, calm_from = [], 0.0
    for start, end in stretches:
        if end - start >= PAUSE_MS * 1000:
            calm_from = end + CHECK_MS * 1000
        elif start >= calm_from:
            found.append((start, end))
    return found


def _observers(page: Page) -> int:
    """Observers alive in the content scripts' own world of the top document."""
    session = page.context.new_cdp_session(page)
    worlds: list[dict[str, Any]] = []
    session.on("Runtime.executionContextCreated", lambda event: worlds.append(event["context"]))
    session.send("Runtime.enable")
    top = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    [world] = [each["id"] for each in worlds
               if each["origin"].startswith("chrome-extension://") and each["auxData"]["frameId"] == top]
    found = sum(_alive(session, world, name) for name in OBSERVERS)
    session.detach()
    return found


def _alive(session: CDPSession, world: int, name: str) -> int:
    kind = session.send("Runtime.evaluate", {"expression": f"{name}.prototype", "contextId": world})["result"]
    found = session.send("Runtime.queryObjects", {"prototypeObjectId": kind["objectId"]})["objects"]
    count = {"functionDeclaration": "function () { return this.length; }", "objectId": found["objectId"]}
    return session.send("Runtime.callFunctionOn", {**count, "returnByValue": True})["result"]["value"]


def _size(page: Page, figures: Figures, state: str) -> None:
    """Heap of the scripts, and the memory that the tab's process has for itself, once what is unused was freed."""
    session = page.context.new_cdp_session(page)
    for _ in range(2):
        session.send("HeapProfiler.collectGarbage")
    figures.heap[state] = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    if sys.platform == "linux":
        with recording(page) as trace:
            page.wait_for_timeout(100)
        rolled = Path(f"/proc/{trace.pid}/smaps_rollup").read_text()
        figures.memory[state] = 1024 * sum(
            int(line.split()[1]) for line in rolled.splitlines() if line.startswith("Private_")
        )


def round_trips(browser: Browser) -> dict[str, list[float]]:
    """`empty` and `check`: bare requests of the worker in turn; `asked`: a check by a message, proof included."""
    posts = posts_from_file(POSTS)
    texts = [posts[number % len(posts)] for number in range(ROUND_TRIPS)]
    found = worker(browser.context).evaluate(ROUND_TRIP, texts)
    popup = open_popup(browser.context)
    popup.get_by_role("searchbox").or_(popup.get_by_role("heading")).first.wait_for()
    found["asked"] = popup.evaluate(ASKED, texts)
    popup.close()
    return found
