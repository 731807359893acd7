"""The zip for the store, unpacked: what people will have runs as what we have here."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from playwright.sync_api import Playwright, expect

from tests.browser.extension_side import PATIENCE_MS, FromLinkedin, from_popup
from tests.support.browser import extension_id, launch, open_popup
from tools.package_extension import contents, packed


def test_the_zips_own_extension_loads_and_its_parts_speak_to_each_other(playwright: Playwright, tmp_path: Path) -> None:
    zipfile.ZipFile(io.BytesIO(packed(contents()))).extractall(tmp_path / "unpacked")
    browser = launch(playwright, tmp_path / "profile", extension=tmp_path / "unpacked")
    browser.set_default_timeout(PATIENCE_MS)
    try:
        # Without the manifest's key it goes by another id, as it will in the store.
        assert extension_id(browser) != "imaeooecohggadgjmimghhoicnakipje"
        faults: list[str] = []
        browser.on("weberror", lambda fault: faults.append(str(fault.error)))
        popup = open_popup(browser)
        expect(popup.get_by_role("heading", name="Connect to your companion")).to_be_visible()
        assert from_popup(popup, "state")["state"] == "unpaired"
        tab = FromLinkedin(browser)
        assert tab.send("hello")["state"] == "unpaired"
        assert tab.evaluate("Object.keys(globalThis).filter((name) => name.startsWith('Sayso')).length") > 10
        assert faults == []
    finally:
        browser.close()
