"""The companion away, slow, restarted, updated, unpaired, or another in its place: each told in the popup as it is,
and each mended from there, nothing reloaded. What the compose box shows of it is tested with the panel."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import connect as connect_to
from tests.browser.extension_side import DRAFT, FromLinkedin, badge, from_popup
from tests.browser.fake_companion import FakeCompanion
from tests.browser.popup_side import add, connect, rows
from tests.support.companion import Companion, sayso


def corner(popup: Page, words: str) -> None:
    expect(popup.get_by_role("banner").get_by_role("status")).to_have_text(words)


def try_again(popup: Page) -> None:
    popup.get_by_role("button", name="Try again").click()
    corner(popup, "Connected")


def open_trouble(popup: Page, title: str, state: str) -> None:
    """Asks anew by a search, as a person who is in the middle of something."""
    popup.get_by_role("searchbox").fill("m")
    expect(popup.get_by_role("heading", name=title)).to_be_visible()
    corner(popup, state)


@pytest.fixture
def listed(connected: Page, fake: FakeCompanion) -> Page:
    """The popup of a browser that is connected, with a share in it."""
    add(fake, "Mine", 1)
    connected.reload()
    expect(rows(connected)).to_have_count(1)
    return connected


def test_away_and_back(listed: Page, fake: FakeCompanion, context: BrowserContext) -> None:
    port = fake.port
    fake.close()
    open_trouble(listed, "The companion isn’t running", "Companion away")
    assert "isn’t running" in badge(context, listed, "–")
    fake.open(port)
    try_again(listed)
    expect(rows(listed)).to_have_count(1)
    assert badge(context, listed, "") == "Sayso"


def test_slow_and_back(listed: Page, fake: FakeCompanion, context: BrowserContext) -> None:
    fake.manners.hold.add("GET health")
    open_trouble(listed, "The companion is slow to answer", "Slow to answer")
    assert "slow" in badge(context, listed, "–")
    fake.manners.hold.clear()
    fake.released.set()
    try_again(listed)


def test_another_program_and_back_without_a_code_where_the_companion_returns(
    listed: Page, fake: FakeCompanion, context: BrowserContext
) -> None:
    fake.manners.honest = False
    open_trouble(listed, f"Another program answers on port {fake.port}", "Another program")
    assert "another program" in badge(context, listed, "?")
    fake.manners.honest = True
    try_again(listed)


def test_unpaired_there_and_connected_anew(listed: Page, fake: FakeCompanion, context: BrowserContext) -> None:
    fake.manners.known_token = False
    open_trouble(listed, "Connect to your companion", "Not connected")
    assert "not connected" in badge(context, listed, "?")
    fake.manners.known_token = True
    connect(listed, fake.code)
    corner(listed, "Connected")
    expect(rows(listed)).to_have_count(1)


@pytest.mark.parametrize(("api", "words"), [("2", "newer than this extension"), ("0", "older than this extension")])
def test_updated_to_another_version_of_the_api_and_back(
    listed: Page, fake: FakeCompanion, context: BrowserContext, api: str, words: str
) -> None:
    fake.manners.api = api
    fake.requests.clear()
    open_trouble(listed, "Companion and extension don’t fit together", "Other version")
    expect(listed.get_by_text(words)).to_be_visible()
    assert "different versions" in badge(context, listed, "–")
    tab = FromLinkedin(context)
    reply = tab.send("check", text=DRAFT)
    assert reply["state"] == "slow" and reply["error"]["code"] == "other_version" and words in reply["error"]["message"]
    # Whoever speaks another language is told nothing, though it has proved to be ours.
    assert {request.path for request in fake.requests} == {"health"}
    fake.manners.api = "1"
    try_again(listed)
    assert tab.send("check", text=DRAFT)["state"] == "ready"


def test_one_of_another_version_that_cannot_prove_itself_is_another_program(listed: Page, fake: FakeCompanion) -> None:
    fake.manners.api, fake.manners.honest = "2", False
    open_trouble(listed, f"Another program answers on port {fake.port}", "Another program")


def test_connecting_to_one_of_another_version_says_which_to_update(popup: Page, fake: FakeCompanion) -> None:
    fake.manners.api = "2"
    connect(popup, fake.code)
    expect(popup.get_by_role("alert")).to_contain_text("newer than this extension")
    assert fake.sent("POST", "pairings") == []


def test_a_real_companion_stopped_and_started_again_is_the_same_to_us(context: BrowserContext, companion: Companion) -> None:
    popup = connect_to(context, companion)
    tab = FromLinkedin(context)
    port = companion.port
    companion.stop()
    assert tab.send("check", text=DRAFT) == {"state": "away"}
    assert from_popup(popup, "state")["state"] == "away"
    with Companion.start(companion.data, port=port):
        assert tab.send("check", text=DRAFT)["state"] == "ready"
        assert from_popup(popup, "state")["state"] == "ready"


def test_a_real_companion_whose_store_was_erased_takes_a_fresh_code(context: BrowserContext, companion: Companion) -> None:
    popup = connect_to(context, companion)
    sayso(companion.data, "shares", "erase", "--yes")
    # Set up anew it has a new key as well: it cannot prove to be the one of before.
    assert from_popup(popup, "state")["state"] == "foreign-port"
    popup.reload()
    popup.get_by_role("textbox", name="Pairing code").fill(companion.code())
    popup.get_by_role("button", name="Connect").click()
    corner(popup, "Connected")
