"""One browser a language for many tests: starting one takes longer than most tests, and is the same each time."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp

from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright

from tests.support.browser import launch, rest, worker

LINKEDIN = "https://www.linkedin.com"


class SharedBrowser:
    """A browser with the extension, which each test finds as if it had just been installed.

    Its first page stays open (`rest`): through it the storage is emptied between tests, and without any page Chromium
    would end.
    """

    def __init__(self, playwright: Playwright, folder: Path, lang: str, patience_ms: int) -> None:
        self.context: BrowserContext = launch(playwright, Path(mkdtemp(dir=folder)) / "profile", lang=lang)
        self.context.set_default_timeout(patience_ms)
        self._keeper: Page = rest(self.context)
        self._session: CDPSession = self.context.new_cdp_session(self._keeper)
        self._states: list[str] = []
        self._session.on("ServiceWorker.workerVersionUpdated", self._note)
        self._session.send("ServiceWorker.enable")

    def _note(self, event: dict) -> None:
        self._states.extend(version["runningStatus"] for version in event["versions"])

    def renew(self) -> None:
        """Takes away what a test left: pages, answers to requests, permissions, what is stored, and what the worker knows."""
        for page in self.context.pages:
            if page is not self._keeper:
                page.close()
        self.context.unroute_all()
        self.context.clear_permissions()
        self.context.clear_cookies()
        self._session.send("Storage.clearDataForOrigin", {"origin": LINKEDIN, "storageTypes": "all"})
        self._stop_worker()
        self._keeper.evaluate("""async () => {
            await Promise.all([chrome.storage.local.clear(), chrome.storage.session.clear(), chrome.alarms.clearAll(),
                chrome.action.setBadgeText({ text: "" })]);
            // It begins anew, as after a start.
            await chrome.runtime.sendMessage({ kind: "state" });
        }""")
        worker(self.context)

    def _stop_worker(self) -> None:
        if not self.context.service_workers:
            return
        self._states.clear()
        self._session.send("ServiceWorker.stopAllWorkers")
        while "stopped" not in self._states:
            self._keeper.evaluate("0")  # lets what the browser tells come in

    def close(self) -> None:
        """Ends the browser."""
        self.context.close()
