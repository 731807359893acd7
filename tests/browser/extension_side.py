"""The extension as its own parts see it: messages to the worker, its storage, its alarms, its badge."""

from __future__ import annotations

import json
import uuid
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.support.browser import worker

PATIENCE_MS = 10_000
DRAFT = "Proud of our new roast. Nobody else shall read this before I post it."


class FromLinkedin:
    """A tab on LinkedIn, and the content scripts' own world in it: from there messages are sent."""

    def __init__(self, context: BrowserContext) -> None:
        feed = "<!doctype html><title>Feed</title>"
        context.route("https://www.linkedin.com/**", lambda route: route.fulfill(body=feed, content_type="text/html"))
        self.page = context.new_page()
        self._session = context.new_cdp_session(self.page)
        self._worlds: list[dict[str, Any]] = []
        self._session.on("Runtime.executionContextCreated", lambda event: self._worlds.append(event["context"]))
        self._session.send("Runtime.enable")
        self.page.goto("https://www.linkedin.com/feed/")

    def evaluate(self, expression: str) -> Any:
        """The value of an expression in the content scripts' world; a promise is waited for."""
        world = [w["id"] for w in self._worlds if w["origin"].startswith("chrome-extension://")][-1]
        result = self._session.send(
            "Runtime.evaluate",
            {"expression": expression, "contextId": world, "awaitPromise": True, "returnByValue": True},
        )
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["exception"].get("description"))
        return result["result"].get("value")

    def send(self, kind: str, **fields: Any) -> Any:
        """A message to the worker, and its answer."""
        return self.evaluate(f"chrome.runtime.sendMessage({json.dumps({'kind': kind, **fields})})")


def press(**fields: Any) -> dict[str, Any]:
    """A share as the compose box tells it when Post is pressed."""
    return {"id": str(uuid.uuid4()), "text": DRAFT, "posted_at": "2026-11-18T08:40:00.000Z", **fields}


def from_popup(popup: Page, kind: str, **fields: Any) -> Any:
    return popup.evaluate("message => chrome.runtime.sendMessage(message)", {"kind": kind, **fields})


def ring(context: BrowserContext) -> None:
    """The alarm, as if its time had come."""
    worker(context).evaluate("chrome.alarms.create('outbox', {when: Date.now()})")


def stored(context: BrowserContext) -> list[dict[str, Any]]:
    """What the outbox holds."""
    everything = worker(context).evaluate("chrome.storage.local.get(null)")
    return [record for key, record in everything.items() if key.startswith("share:")]


def until(popup: Page, condition: str, arg: Any = None) -> None:
    """Waits until an asynchronous condition holds in the popup; the question itself takes its time."""
    popup.evaluate(f"""async (arg) => {{
        const holds = {condition};
        const end = Date.now() + {PATIENCE_MS};
        while (!(await holds(arg))) if (Date.now() > end) throw new Error("this never came true: " + holds);
    }}""", arg)


def wait_until_empty(popup: Page) -> None:
    until(popup, "async () => !Object.keys(await chrome.storage.local.get(null)).some(key => key.startsWith('share:'))")


def badge(context: BrowserContext, popup: Page, text: str) -> str:
    """Waits for the text on the button in the toolbar; returns its title."""
    until(popup, "async text => (await chrome.action.getBadgeText({})) === text", arg=text)
    return worker(context).evaluate("chrome.action.getTitle({})")


def stop_worker(context: BrowserContext, popup: Page) -> None:
    """Ends the service worker, as Chromium does after half a minute of rest."""
    states: list[str] = []

    def note(event: dict[str, Any]) -> None:
        states.extend(version["runningStatus"] for version in event["versions"])

    session = context.new_cdp_session(popup)
    session.on("ServiceWorker.workerVersionUpdated", note)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    for _ in range(1000):
        if "stopped" in states:
            return
        popup.evaluate("0")  # lets what the browser tells come in
    raise AssertionError(f"the worker did not stop: {states}")
