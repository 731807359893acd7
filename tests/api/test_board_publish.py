"""The publishing page: what will go, what stops it, and what to give to people."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from server.app import create_app
from server.bundle.link import parse
from server.companion import Companion
from server.editing import edit_item
from server.programme import SAMPLE
from server.store import Proposal, Store, Variant

from .pages import ITEM, OTHER, Visitor, come_in

ADDRESS = "https://cdn.example/programme.sayso"
BAD = Variant("bad", "Finch Roast cures headaches.", "en")


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """A companion that keeps its things on disk: keys and bundle lie in its folder."""
    app = create_app(Store.open(tmp_path / "data"))
    app.extensions["sayso"].use_programme(str(SAMPLE))
    return app


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return come_in(app)


def publish(visitor: Visitor, **sent: str) -> str:
    reply = visitor.post("/publish", **{"url": ADDRESS, "reach": "sealed", **sent})
    assert reply.status_code == 303, html.unescape(reply.text)
    return visitor.text(reply.headers["Location"].partition("#")[0])


def test_what_was_just_made_stands_first(visitor: Visitor) -> None:
    made, later = publish(visitor), visitor.text("/publish")
    assert made.index('id="result"') < made.index('id="going"') and later.index('id="result"') > later.index('id="going"')


def test_the_page_says_what_has_changed_since_the_last_version(companion: Companion, visitor: Visitor) -> None:
    publish(visitor)
    assert "Nothing has changed since version 1." in visitor.text("/publish")
    first, second, *_ = companion.store.items()
    edit_item(companion.store, first.id, {"title": "Another title"})
    edit_item(companion.store, second.id, {"shelved": True})
    assert "Since version 1: 1 item changed, 1 item taken out." in visitor.text("/publish")
    assert "Version 2" in publish(visitor) and "Nothing has changed since version 2." in visitor.text("/publish")
    edit_item(companion.store, second.id, {"shelved": False})
    assert "Since version 2: 1 new item." in visitor.text("/publish")
    companion.store.put_proposal(Proposal(id=OTHER, url="https://x.example/", title="A page", own=False, state="declined"))
    assert "Since version 2: 1 new item, 1 answer to a proposal." in visitor.text("/publish")
    companion.store.remove_proposal(OTHER)
    # A bundle that is not whole tells nothing, and stops nothing.
    assert companion.store.folder
    (companion.store.folder / "published" / "programme.sayso").write_bytes(b"half")
    assert "Since version" not in visitor.text("/publish")


def link(page: str) -> str:
    found = BeautifulSoup(page, "html.parser").select_one("code.secret")
    assert found
    return found.text


def test_the_page_says_what_will_go(companion: Companion, visitor: Visitor) -> None:
    first, second, third = [item.id for item in companion.store.items()][:3]
    edit_item(companion.store, first, {"shelved": True})
    edit_item(companion.store, second, {"variants": [replace(BAD, draft=True)]})
    edit_item(companion.store, third, {"embargo_until": "2099-01-01T00:00:00Z"})
    text = visitor.text("/publish")
    total = len(companion.store.items())
    for words in (f"{total - 2} items", "1 shelved item stays here", "1 item stays here, it has drafts only",
                  "1 of them under embargo", "2 confidential words"):
        assert words in text
    assert "Project Heron" not in text


def test_publishing_gives_a_file_and_a_link_that_belong_together(app: Flask, companion: Companion, visitor: Visitor) -> None:
    text = publish(visitor)
    assert "Version 1" in text and "Whoever has this link can read the programme" in text
    found = parse(link(text))
    assert found.address == ADDRESS and found.key
    reply = visitor.get("/publish/programme.sayso")
    assert reply.status_code == 200 and "attachment" in reply.headers["Content-Disposition"]
    assert companion.store.folder
    assert reply.data == (companion.store.folder / "published" / "programme.sayso").read_bytes()
    again = publish(visitor)
    assert "Version 1" in again and "Nothing has changed since." in again and link(again) == link(text)
    edit_item(companion.store, ITEM, {"title": "Another title"})
    assert "Version 2" in publish(visitor) and link(visitor.text("/publish")) == link(text)


def test_without_an_address_there_is_a_file_but_no_link_yet(visitor: Visitor) -> None:
    text = publish(visitor, url="")
    assert "Version 1" in text and "code class" not in text and "Publish with an address" in text


def test_a_wording_that_breaks_the_policy_stops_it_and_is_one_press_away(companion: Companion, visitor: Visitor) -> None:
    edit_item(companion.store, ITEM, {"variants": [BAD]})
    for reply in (visitor.get("/publish"), visitor.post("/publish", url=ADDRESS)):
        assert "One wording is to be looked at first" in reply.text
        assert f'href="/items/{ITEM}"' in reply.text and "United Kingdom" in reply.text
    assert visitor.get("/publish/programme.sayso").status_code == 404
    edit_item(companion.store, ITEM, {"variants": [replace(BAD, reason="Quoted from the study.")]})
    assert "Quoted from the study." in visitor.text("/publish") and "Version 1" in publish(visitor)


def test_what_everybody_could_read_holds_no_secret(companion: Companion, visitor: Visitor) -> None:
    assert "Not with confidential words or embargoed items in it." in visitor.text("/publish")
    reply = visitor.post("/publish", url=ADDRESS, reach="public")
    assert reply.status_code == 422 and 'role="alert"' in reply.text and "Project Heron" not in reply.text
    assert visitor.get("/publish/programme.sayso").status_code == 404


def test_a_public_programme_says_that_everybody_can_read_it(companion: Companion, visitor: Visitor, tmp_path: Path) -> None:
    open_one = tmp_path / "open.yaml"
    open_one.write_text(re.sub(r"  confidential: .*\n", "", SAMPLE.read_text("utf-8")), "utf-8")
    companion.use_programme(str(open_one))
    text = publish(visitor, reach="public")
    assert "Everybody can read this programme." in text and parse(link(text)).key is None


@pytest.mark.parametrize("url", ["nonsense", "file:///etc/passwd", "https://"])
def test_an_address_that_is_none_is_refused_and_kept_in_the_form(visitor: Visitor, url: str) -> None:
    reply = visitor.post("/publish", url=url)
    assert reply.status_code == 422 and f'value="{url}"' in reply.text and 'role="alert"' in reply.text


def test_a_followed_programme_is_published_where_it_is_made(companion: Companion, visitor: Visitor) -> None:
    kept = companion.store.programme()
    assert kept
    companion.store.set_programme(replace(kept, link=f"{ADDRESS}#pin=x", origin=ADDRESS))
    text = visitor.text("/publish")
    assert f"This programme comes from {ADDRESS}." in text and 'action="/publish"' not in text
    assert visitor.post("/publish", url=ADDRESS).status_code == 422
