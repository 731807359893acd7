"""Chromium with the extension loaded, its worker and its popup: for the browser tests and for the tour."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Worker

EXTENSION = Path(__file__).resolve().parents[2] / "extension"
NAMES = ("chromium", "chromium-browser", "chrome-for-testing")

# Nothing but this machine can be reached, whatever a part of the browser may want.
OFFLINE = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost"
ARGUMENTS = (
    "--headless=new", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", f"--host-resolver-rules={OFFLINE}",
)


class NoChromium(RuntimeError):
    """No browser was found that loads unpacked extensions; the message says what to do."""


def chromium(playwright: Playwright) -> Path:
    """The browser to use: SAYSO_CHROMIUM, else an installed Chromium, else Playwright's own download."""
    named = os.environ.get("SAYSO_CHROMIUM")
    found = [named] if named else [shutil.which(name) for name in NAMES] + [playwright.chromium.executable_path]
    for path in found:
        if path and Path(path).is_file():
            return Path(path)
    raise NoChromium(f"SAYSO_CHROMIUM names no file: {named}" if named else
                     "No Chromium was found: install it, or set SAYSO_CHROMIUM to its executable.")


def launch(
    playwright: Playwright, profile: Path, *, extension: Path | None = EXTENSION, lang: str = "en", dark: bool = False,
    width: int = 1280, height: int = 900, scale: float = 1,
) -> BrowserContext:
    """Starts a browser on a fresh profile folder with the extension (None: without), and waits for its worker.

    `lang` is the browser's own language, `dark` what the system prefers; LinkedIn's are options of the fixture site.
    The caller closes the context.
    """
    context = playwright.chromium.launch_persistent_context(
        str(profile),
        executable_path=str(chromium(playwright)),
        # Playwright's own headless switch would pick a shell that loads no extension.
        headless=False,
        args=[
            *ARGUMENTS, f"--lang={lang}",
            *([f"--disable-extensions-except={extension}", f"--load-extension={extension}"] if extension else []),
        ],
        ignore_default_args=["--disable-extensions"],
        env={**os.environ, "LANGUAGE": lang},
        locale=lang,
        color_scheme="dark" if dark else "light",
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
    )
    if extension:
        worker(context)
    return context


def launch_plain(playwright: Playwright) -> Browser:
    """Starts a browser without the extension. Each of its contexts is a person of their own; the caller closes it."""
    return playwright.chromium.launch(
        executable_path=str(chromium(playwright)), headless=False, args=list(ARGUMENTS), env={**os.environ})


def worker(context: BrowserContext) -> Worker:
    """The extension's service worker, once it is there."""
    return context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")


def extension_id(context: BrowserContext) -> str:
    """The id under which the extension was loaded."""
    found = re.match(r"chrome-extension://([a-p]{32})/", worker(context).url)
    if found is None:
        raise RuntimeError(f"not an extension's worker: {worker(context).url}")
    return found[1]


def rest(context: BrowserContext) -> Page:
    """The browser's first page, resting at an address of the popup's that runs no code: messages from it are its."""
    page = context.pages[0]
    address = f"chrome-extension://{extension_id(context)}/popup/popup.css"
    if page.url != address:
        page.goto(address)
    return page


def open_popup(context: BrowserContext) -> Page:
    """The popup, opened as a tab of the size it has as a popup."""
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 600})
    page.goto(f"chrome-extension://{extension_id(context)}/popup/popup.html")
    return page


def open_beside(context: BrowserContext) -> Page:
    """The side panel of the one tab on LinkedIn, opened as a tab of its size."""
    tab = worker(context).evaluate(
        "async () => (await chrome.tabs.query({ url: 'https://www.linkedin.com/*' }))[0].id")
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 720})
    page.goto(f"chrome-extension://{extension_id(context)}/sidepanel/sidepanel.html?tab={tab}")
    return page


def press_button(context: BrowserContext, page: Page) -> None:
    """Presses the extension's button in the toolbar while this page is in front, as a person does.

    Its popup opens, which is no page that tests can use; what matters is that Chromium now lets the extension read
    this one tab. A popup opened as a tab (`open_popup`) is let just so.
    """
    page.bring_to_front()
    assert context.browser
    session = context.browser.new_browser_cdp_session()
    tabs = session.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
    [tab] = [tab["targetId"] for tab in tabs if tab["url"] == page.url]
    session.send("Extensions.triggerAction", {"id": extension_id(context), "targetId": tab})
    session.detach()
