"""What a person does in the popup, and a history to do it with."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, Page

from tests.browser.fake_companion import FakeCompanion

LINK = "https://www.linkedin.com/feed/update/urn:li:share:7/"


def connect(popup: Page, code: str) -> None:
    """Types a code and presses Connect."""
    popup.get_by_role("textbox", name="Pairing code").fill(code)
    popup.get_by_role("button", name="Connect", exact=True).click()


def moment(days_ago: float) -> str:
    """A time as the companion writes it."""
    return (datetime.now(UTC) - timedelta(days=days_ago)).strftime("%Y-%m-%dT%H:%M:%SZ")


def add(fake: FakeCompanion, text: str, days_ago: float, **fields: object) -> str:
    """Puts a share into the history; returns its id."""
    share_id = str(uuid.uuid4())
    fake.add(id=share_id, text=text, posted_at=moment(days_ago), **fields)
    return share_id


def rows(popup: Page) -> Locator:
    """The shares in the list."""
    return popup.get_by_role("list", name="Shares").get_by_role("listitem")
