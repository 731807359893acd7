"""How long the popup takes to open on a long history, in real Chromium with a real companion.

    python -m benchmarks.popup [--shares 5000] [--months 36] [--rounds 30]

A time begins where the browser begins to open the popup's page and ends when the frame is drawn that holds this week and the
list of shares. `awake`: the extension's worker runs, as it does while somebody writes; `asleep`: Chromium has ended it, as it does
after half a minute of rest, and starts it for the popup. Measured is the extension as it is packed. An empty page of the same
extension, in turn with it, tells what the browser and the machine alone take.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import uuid
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from server import clock
from server.shares.receipts import receipt
from server.store import Share, Store
from tests.browser.extension_side import stop_worker
from tests.support.browser import EXTENSION, extension_id, launch, open_popup
from tests.support.companion import ROOT, Companion
from tests.support.panel import WORDS
from tools.package_extension import contents

PROGRAMME = ROOT / "server" / "sample" / "programme.yaml"
POST = ("We tasted eleven lots on Tuesday and bought the one nobody could place. It comes from a washing station above "
        "Huila that dries its coffee under the roof. I kept a bag for the office. ").split()
GOAL_MS = 150
# Told by the page itself, since asking it from outside would cost what is measured.
DRAWN = """
    globalThis.drawn = new Promise((done) => addEventListener("DOMContentLoaded", () => {
        const look = () => {
            if (!document.querySelector("main li .n") || !document.querySelector(".week")) return false;
            requestAnimationFrame(() => setTimeout(() => done(performance.now())));
            return true;
        };
        const watch = new MutationObserver(() => look() && watch.disconnect());
        look() || watch.observe(document.body, {childList: true, subtree: true});
    }));
"""


# What the script above waits for, and nothing else.
EMPTY = '<!doctype html><main><ul><li><b class="n">1</b></ul><p class="week">2</main>'


def unpacked(folder: Path) -> Path:
    """The extension as it is packed, with its own id, and an empty page."""
    files = contents()
    made = json.loads(files["manifest.json"])
    made["key"] = json.loads((EXTENSION / "manifest.json").read_text())["key"]
    files |= {"manifest.json": json.dumps(made).encode(), "popup/empty.html": EMPTY.encode()}
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def fill(folder: Path, count: int, months: int) -> None:
    """Put `count` shares evenly over `months` up to now, each with a receipt and two readings."""
    random, now = Random(1), clock.now()
    step = timedelta(days=30.4 * months) / count

    def share(number: int) -> Share:
        moment = now - step * number - timedelta(minutes=90)
        id, text = str(uuid.UUID(int=number + (4 << 76) + (8 << 60))), " ".join(random.choices(POST, k=100))[:550]
        at = clock.stamp(moment)
        reading = {"read_at": clock.stamp(moment + timedelta(minutes=30)), "where": "page", "impressions": 400 + number % 900,
                   "reactions": number % 60, "comments": number % 9}
        later = {**reading, "read_at": clock.stamp(moment + timedelta(minutes=60)), "impressions": 900 + number % 900}
        return Share(
            id=id, text=text, posted_at=at, lang="en", disclosure="present", own_words=0.7, item_title="Finch Roast is here",
            permalink=f"https://www.linkedin.com/feed/update/urn:li:share:{number}/", urns=(f"urn:li:share:{number}",),
            topics=("coffee",), policy_version="3f2b8c1e0d5a", logged_at=at, updated_at=at, readings=(reading, later),
            receipts=(receipt(id, text, made_at=at, policy_version="3f2b8c1e0d5a", disclosure="present", findings=[]),),
        )

    store = Store.open(folder)
    try:
        store.put_shares(share(number) for number in range(count))
    finally:
        store.close()


def pair(context: BrowserContext, companion: Companion) -> Page:
    """Connects the extension and answers what is asked at first; returns a page of ours to act from."""
    popup = open_popup(context)
    popup.get_by_role("textbox", name=WORDS["en"]["code"]).fill(companion.first_code)
    popup.get_by_role("button", name=WORDS["en"]["connect"]).click()
    expect(popup.get_by_role("heading", name="Your shares")).to_be_visible()
    return popup


def opened(context: BrowserContext, name: str = "popup") -> float:
    """Opens the popup, or another page beside it, and returns how long it took, in ms."""
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 600})
    page.add_init_script(DRAWN)
    page.goto(f"chrome-extension://{extension_id(context)}/popup/{name}.html")
    took: float = page.evaluate("globalThis.drawn")
    page.close()
    return took


def at(values: list[float], part: float) -> float:
    """The value below which this part of the values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shares", type=int, default=5000)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()

    empty: list[float] = []
    awake: list[float] = []
    asleep: list[float] = []
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        data = Path(folder) / "data"
        fill(data, options.shares, options.months)
        with Companion.start(data, programme=PROGRAMME) as companion:
            context = launch(playwright, Path(folder) / "profile", extension=unpacked(Path(folder) / "extension"))
            ours = pair(context, companion)
            opened(context)
            for number in range(options.rounds):
                print(f"round {number + 1} of {options.rounds} …", file=sys.stderr, end="\r")
                empty.append(opened(context, "empty"))
                awake.append(opened(context))
                stop_worker(context, ours)
                asleep.append(opened(context))
            version = context.browser.version if context.browser else "?"
            context.close()
    print(f"| the popup opens with {options.shares:,} shares | best ms | p50 ms | p95 ms | goal |\n|---|---|---|---|---|")
    for what, values, goal in (("worker awake", awake, GOAL_MS), ("worker asleep", asleep, GOAL_MS), ("an empty page of ours", empty, "")):
        print(f"| {what} | {min(values):.0f} | {at(values, .5):.0f} | {at(values, .95):.0f} | {goal} |")
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"\n({options.rounds} rounds, Chromium {version}, {platform.machine()}, {os.cpu_count()} cores{load}.)")


if __name__ == "__main__":
    main()
