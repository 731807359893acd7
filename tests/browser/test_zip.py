"""The zip for the store, unpacked: what people will have runs as what we have here."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Playwright, expect

from tests.browser.extension_side import PATIENCE_MS, FromLinkedin, from_popup
from tests.browser.test_story import panel, rewarded, test_a_suggestion_is_used_posted_and_remembered  # noqa: F401 - run here too
from tests.support.browser import EXTENSION, launch, open_popup
from tools.package_extension import contents, packed


@pytest.fixture
def context(playwright: Playwright, tmp_path: Path) -> Iterator[BrowserContext]:
    """A browser with the extension of the zip, under the id that companions know: the store's will be known from the store."""
    unpacked = tmp_path / "unpacked"
    zipfile.ZipFile(io.BytesIO(packed(contents()))).extractall(unpacked)
    there = json.loads((unpacked / "manifest.json").read_text("utf-8"))
    key = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))["key"]
    (unpacked / "manifest.json").write_text(json.dumps(there | {"key": key}), "utf-8")
    browser = launch(playwright, tmp_path / "profile", extension=unpacked)
    browser.set_default_timeout(PATIENCE_MS)
    yield browser
    browser.close()


def test_the_zips_own_extension_loads_and_its_parts_speak_to_each_other(context: BrowserContext) -> None:
    faults: list[str] = []
    context.on("weberror", lambda fault: faults.append(str(fault.error)))
    popup = open_popup(context)
    expect(popup.get_by_role("heading", name="Connect to your companion")).to_be_visible()
    assert from_popup(popup, "state")["state"] == "unpaired"
    tab = FromLinkedin(context)
    assert tab.send("hello")["state"] == "unpaired"
    assert tab.evaluate("Object.keys(globalThis).filter((name) => name.startsWith('Sayso')).length") > 10
    assert faults == []
