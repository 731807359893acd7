"""A browser on the companion's own pages, for the tests of them."""

from __future__ import annotations

import html
import re
from datetime import datetime
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server import clock
from server.companion import Companion
from server.feed import item_id
from server.store import Share

PAGES = "http://sayso.localhost:7297"
COOKIE = "sayso-7297"
SHARE = "4f1d2c9a-6f0e-4b58-9a57-0d5c4b6f3a11"
OTHER = "5f1d2c9a-6f0e-4b58-9a57-0d5c4b6f3a12"
READ = {"read_at": "2026-03-05T10:00:00Z", "where": "page", "impressions": 1200, "reactions": 40, "clicks": 12}
TEXT = "I tasted sample 7 blind and asked for it twice."
DRAFT = "Everyone should try our new Finch Roast, it is the best coffee in the world!"
VIEWS = ("/", "/feed", "/history", "/check", "/charter")
INNER = ("/programme", "/sources", "/proposals", "/publish", "/figures", "/items/new")  # reached from the content page
ITEM = item_id("https://cobaltfinch.example/stories/finch-roast")
LANGUAGES = ("en", "fr", "de")


def noon(day: str) -> str:
    """The stamp of a day's noon where the tests run, by whatever clock the pages show it."""
    return clock.stamp(datetime.fromisoformat(f"{day}T12:00:00").astimezone())


class Visitor:
    """A browser on the pages' host, with its own cookies."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(path, base_url=PAGES, headers=named)

    def text(self, path: str, **headers: str) -> str:
        """What a page says that has to be there, entities resolved."""
        reply = self.get(path, **headers)
        assert reply.status_code == 200, reply.text
        return html.unescape(reply.text)

    def token(self) -> str:
        """The form token of this visit."""
        found = re.search(r'name="form_token" value="([^"]+)"', self.get("/check").text)
        assert found
        return found[1]

    def post(self, path: str, **form: Any) -> TestResponse:
        form.setdefault("form_token", self.token())
        return self.client.post(path, base_url=PAGES, data=form, headers={"Origin": PAGES})


def fields(text: str, form: str) -> dict[str, str]:
    """What a browser would send of the form with this id, no button pressed."""
    soup = BeautifulSoup(text, "html.parser")
    found = soup.find("form", id=form)
    assert found
    sent = {each["name"]: each.get("value", "") for each in found.find_all("input") if each.get("name")}
    sent |= {each["name"]: each.text.removeprefix("\n") for each in found.find_all("textarea")}
    for each in found.find_all("select"):
        chosen = each.find("option", selected=True) or each.find("option")
        sent[each["name"]] = chosen.get("value", chosen.text)
    return sent


def come_in(app: Flask) -> Visitor:
    """A visitor who followed a one-time link."""
    visitor = Visitor(app.test_client())
    assert visitor.get(f"/enter?key={app.extensions['sayso'].pages.link_key()}").status_code == 303
    return visitor


def log_share(companion: Companion, text: str = TEXT, **more: Any) -> Share:
    """A share in the history."""
    at = "2026-03-04T10:00:00Z"
    share = Share(text=text, **{"id": SHARE, "posted_at": at, "logged_at": at, "updated_at": at, **more})
    companion.store.add_share(share)
    return share
