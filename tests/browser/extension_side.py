"""The extension as its own parts see it: messages to the worker, its storage, its alarms, its badge."""

from __future__ import annotations

import json
import uuid
from contextlib import suppress
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Worker

from tests.support.browser import worker

PATIENCE_MS = 10_000
DRAFT = "Proud of our new roast. Nobody else shall read this before I post it."


class World:
    """The content scripts' own world in a tab's top frame."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._worlds: dict[int, dict[str, Any]] = {}
        on = self._session.on
        on("Runtime.executionContextCreated", lambda event: self._add(event["context"]))
        on("Runtime.executionContextDestroyed", lambda event: self._worlds.pop(event["executionContextId"], None))
        on("Runtime.executionContextsCleared", lambda event: self._worlds.clear())
        self._session.send("Runtime.enable")

    def _add(self, world: dict[str, Any]) -> None:
        self._worlds[world["id"]] = world

    def __call__(self, expression: str, *arguments: Any) -> Any:
        """The value of an expression; `$0`, `$1` … stand for the arguments; a promise is waited for."""
        for number, value in enumerate(arguments):
            expression = expression.replace(f"${number}", json.dumps(value))
        top = self._session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        [world] = [key for key, each in self._worlds.items()
                   if each["origin"].startswith("chrome-extension://") and each["auxData"]["frameId"] == top]
        result = self._session.send(
            "Runtime.evaluate",
            {"expression": expression, "contextId": world, "awaitPromise": True, "returnByValue": True},
        )
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["exception"].get("description"))
        return result["result"].get("value")


class FromLinkedin:
    """A tab on LinkedIn, and the content scripts' own world in it: from there messages are sent."""

    def __init__(self, context: BrowserContext) -> None:
        feed = "<!doctype html><title>Feed</title>"
        context.route("https://www.linkedin.com/**", lambda route: route.fulfill(body=feed, content_type="text/html"))
        self.page = context.new_page()
        self.evaluate = World(self.page)
        self.page.goto("https://www.linkedin.com/feed/")

    def send(self, kind: str, **fields: Any) -> Any:
        """A message to the worker, and its answer."""
        return self.evaluate("chrome.runtime.sendMessage($0)", {"kind": kind, **fields})

    def post(self, share: dict[str, Any] | None = None, **outcome: Any) -> dict[str, Any]:
        """A press of Post and what came of it, which is a confirmed post unless told otherwise; returns the share."""
        share = share or press()
        self.send("pressed", share=share)
        self.send("outcome", id=share["id"], **{"outcome": "confirmed", **outcome})
        return share


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


def reload_extension(place: Worker | Page) -> None:
    """As an update does it, from the worker or a page of ours, which ends before it can answer."""
    with suppress(Error):
        place.evaluate("chrome.runtime.reload()")


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
