"""The page of one item: editing, wordings and what the checks say of them, items by hand, two people at once."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from server.companion import Companion
from server.editing import HAND_ID, add_item, edit_item
from server.programme import SAMPLE
from server.store import NotFound, Variant
from tests.feeds.site import FeedSite

from .conftest import snapshot
from .pages import ITEM, LANGUAGES, Visitor, come_in, fields

PAGE = f"/items/{ITEM}"
BAD = "Finch Roast cures headaches."
FINE = "I work at Cobalt & Finch, and the new roast is on the shelves."
NEW = {"title": "Frost in Huila", "url": "https://cobaltfinch.example/frost", "lang": "en", "category": "industry"}


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return come_in(app)


def form(visitor: Visitor, path: str = PAGE) -> dict[str, str]:
    return fields(visitor.get(path).text, "item")


def press(visitor: Visitor, sent: dict[str, Any], path: str = PAGE, **button: str) -> TestResponse:
    return visitor.post(path, **{**sent, **(button or {"do": "save"})})


def texts(page: str) -> list[str]:
    return [each.text.removeprefix("\n") for each in BeautifulSoup(page, "html.parser").select(".wording textarea")]


# -- editing --


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_item_saved_as_it_stands_is_not_touched(companion: Companion, visitor: Visitor, lang: str) -> None:
    before = companion.store.items()
    for item in before:
        sent = fields(visitor.get(f"/items/{item.id}", Accept_Language=lang).text, "item")
        assert press(visitor, sent, f"/items/{item.id}").headers["Location"].endswith("said=same")
    assert companion.store.items() is before


def test_every_field_can_be_changed(companion: Companion, visitor: Visitor) -> None:
    sent = form(visitor) | {
        "title": "Another title", "summary": "Line one.\r\nLine two.", "category": "employee", "lang": "de",
        "topics": "a, b ,a", "audience": "sales", "regions": "Leeds; York", "tags": "coffee #tea",
        "campaign": "Autumn", "reward": "none", "image": "https://cobaltfinch.example/i.jpg",
        "embargo_until": "2026-05-01T10:00", "expires_at": "2099-05-01T10:00", "v0-text": FINE, "v0-voice": "question", "v0-lang": "fr",
    }
    reply = press(visitor, sent)
    assert reply.status_code == 303 and "Saved." in visitor.text(reply.headers["Location"])
    item = companion.store.item(ITEM)
    assert (item.title, item.summary, item.category, item.lang) == ("Another title", "Line one.\nLine two.", "employee", "de")
    assert (item.topics, item.audience, item.regions, item.tags) == (("a", "b"), ("sales",), ("Leeds", "York"), ("#coffee", "#tea"))
    assert (item.campaign, item.reward, item.image) == ("Autumn", "none", "https://cobaltfinch.example/i.jpg")
    assert item.embargo_until and item.expires_at and item.expires_at.startswith("2099-0")
    assert (item.variants[0].text, item.variants[0].voice, item.variants[0].lang) == (FINE, "question", "fr")
    assert {"title", "topics", "variants", "expires_at"} <= set(item.edited)
    assert "url" not in item.edited and item.url == "https://cobaltfinch.example/stories/finch-roast"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": " "}, "It needs a title."),
        ({"expires_at": "soon"}, "Give a day, or a day and a time."),
        ({"embargo_until": "2026-05-02T10:00", "expires_at": "2026-05-01T10:00"}, "before the item is first shown"),
        ({"summary": "x" * 2001}, "This is too long."),
        ({"image": "javascript:alert(1)"}, "Give a web address"),
        ({"v0-text": ""}, "This wording is still empty."),
        ({"v0-text": "x" * 3001}, "A post on LinkedIn holds 3,000 characters."),
    ],
)
def test_what_cannot_be_saved_stays_in_the_form(companion: Companion, visitor: Visitor, wrong: dict[str, str], words: str) -> None:
    before = snapshot(companion)
    reply = press(visitor, form(visitor) | {"campaign": "Kept in the form"} | wrong)
    assert reply.status_code == 422 and words in html.unescape(reply.text)
    assert 'value="Kept in the form"' in reply.text
    assert snapshot(companion) == before


def test_wordings_are_added_and_removed_in_the_form_and_kept_by_saving(companion: Companion, visitor: Visitor) -> None:
    count = len(companion.store.item(ITEM).variants)
    sent = form(visitor)
    page = press(visitor, sent, do="add").text
    assert len(texts(page)) == count + 1 and "Not saved yet." in page
    page = press(visitor, fields(page, "item"), remove=sent["v0-id"]).text
    assert sent["v0-text"] not in texts(page) and len(companion.store.item(ITEM).variants) == count
    sent = fields(page, "item") | {f"v{count - 1}-text": FINE}
    assert press(visitor, sent).status_code == 303
    kept = companion.store.item(ITEM).variants
    assert len(kept) == count and kept[-1].text == FINE and sent["v0-id"] in {each.id for each in kept}


def test_drafted_wordings_come_as_drafts_and_are_released_one_by_one(companion: Companion, visitor: Visitor) -> None:
    item = add_item(companion.store, {"url": "https://cobaltfinch.example/frost", "title": "Frost in Huila", "summary": "It froze twice.", "lang": "en"})
    path = f"/items/{item.id}"
    page = press(visitor, form(visitor, path), path, do="draft").text
    assert len(texts(page)) == 3 and all("Frost in Huila" in text for text in texts(page))
    press(visitor, fields(page, "item"), path)
    kept = companion.store.item(item.id).variants
    assert [each.draft for each in kept] == [True, True, True]
    press(visitor, form(visitor, path), path, release=kept[0].id)
    kept = companion.store.item(item.id).variants
    assert [each.draft for each in kept] == [False, True, True]
    press(visitor, form(visitor, path), path, hold=kept[0].id)
    assert all(each.draft for each in companion.store.item(item.id).variants)
    assert "There is nothing to draft" in html.unescape(press(visitor, form(visitor, path), path, do="draft").text)


# -- the checks --


def test_a_wording_that_breaks_the_policy_waits_for_a_reason(companion: Companion, visitor: Visitor) -> None:
    bad = Variant("bad", BAD, "en", "factual", draft=True)
    edit_item(companion.store, ITEM, {"variants": (*companion.store.item(ITEM).variants, bad)})
    reply = press(visitor, form(visitor) | {"campaign": "Saved all the same"}, release="bad")
    page = html.unescape(reply.text)
    assert reply.status_code == 200 and "say why it is fine" in page and BAD in texts(reply.text)
    item = companion.store.item(ITEM)
    assert item.campaign == "Saved all the same" and item.variants[-1].draft
    sent = fields(reply.text, "item")
    number = next(name.split("-")[0] for name, value in sent.items() if value == "bad")
    assert press(visitor, sent | {f"{number}-reason": "A quote from the study."}, release="bad").status_code == 303
    released = companion.store.item(ITEM).variants[-1]
    assert (released.draft, released.reason) == (False, "A quote from the study.")


def test_a_wording_that_is_changed_for_the_worse_goes_back_to_draft(companion: Companion, visitor: Visitor) -> None:
    press(visitor, form(visitor) | {"v1-text": BAD})
    variants = companion.store.item(ITEM).variants
    assert variants[1].text == BAD and variants[1].draft
    assert not variants[0].draft


def test_the_page_shows_each_wording_as_posted_with_fold_and_verdict_by_country(companion: Companion, visitor: Visitor) -> None:
    page = BeautifulSoup(visitor.get(PAGE).text, "html.parser")
    item = companion.store.item(ITEM)
    sights = page.select("#look details")
    assert len(sights) == len(item.variants)
    post = sights[0].select_one(".post")
    assert post and "#ad I tasted sample 7" in post.text and "…more on a phone" in post.text and "cobaltfinch.example" in post.text
    assert post.text.index("…more on a phone") < post.text.index("https://cobaltfinch.example/stories/finch-roast")
    rows = page.select("#overview tbody tr")
    assert len(rows) == len(item.variants)
    assert [cell.text for cell in page.select("#overview thead th")] == ["Wording", "United Kingdom", "France", "Germany"]
    assert all(row.text.count("Label in place") == 3 for row in rows)


def test_the_preview_follows_the_form_and_keeps_nothing(companion: Companion, visitor: Visitor) -> None:
    before = snapshot(companion)
    sent = form(visitor) | {"title": "A title in the making", "v0-text": BAD}
    reply = visitor.post("/items/preview", **sent)
    piece = html.unescape(reply.text)
    assert reply.status_code == 200 and BAD in piece and "A title in the making" in piece and "data-grave" in piece
    assert "<html" not in piece
    page = press(visitor, sent, do="preview")
    assert page.status_code == 200 and BAD in html.unescape(page.text) and "Not saved yet." in page.text
    assert snapshot(companion) == before


@pytest.mark.parametrize("text", ["\u200b" * 300, "🙂" * 500, "</details><script>x</script>", "x" * 3000, "a\n" * 900])
def test_odd_wordings_are_previewed_without_a_crash(visitor: Visitor, text: str) -> None:
    reply = visitor.post("/items/preview", **(form(visitor) | {"v0-text": text, "expires_at": "nonsense", "category": "?"}))
    assert reply.status_code == 200 and "<script" not in reply.text


# -- two people --


def test_the_second_person_sees_both_versions_and_decides(app: Flask, companion: Companion, visitor: Visitor) -> None:
    mine = form(visitor) | {"title": "My title", "v0-text": FINE}
    other = come_in(app)
    theirs = fields(press(other, form(other), do="add").text, "item")
    last = max(int(name[1:].partition("-")[0]) for name in theirs if re.match(r"v\d+-id", name))
    press(other, theirs | {"title": "Their title", "summary": "Their summary.", f"v{last}-text": "A wording of theirs."})
    reply = press(visitor, mine)
    page = html.unescape(reply.text)
    assert reply.status_code == 409 and "Someone changed this item meanwhile" in page
    assert "Their title" in page and 'value="My title"' in page
    assert FINE in texts(reply.text) and "A wording of theirs." in texts(reply.text)
    assert companion.store.item(ITEM).title == "Their title"
    assert press(visitor, fields(reply.text, "item")).status_code == 303
    item = companion.store.item(ITEM)
    # What only the other one changed was not undone by saving what was seen before.
    assert (item.title, item.summary) == ("My title", "Their summary.")
    assert {FINE, "A wording of theirs."} <= {each.text for each in item.variants}


def test_what_only_one_of_two_people_changed_is_put_together(app: Flask, companion: Companion, visitor: Visitor) -> None:
    mine = form(visitor)
    edit_item(companion.store, ITEM, {"campaign": "Theirs", "variants": companion.store.item(ITEM).variants[1:]})
    reply = press(visitor, mine | {"topics": "mine", "v1-text": FINE})
    page = html.unescape(reply.text)
    assert reply.status_code == 409 and "and so are yours" in page and "<dd>" not in page
    press(visitor, fields(reply.text, "item"))
    item = companion.store.item(ITEM)
    assert (item.campaign, item.topics) == ("Theirs", ("mine",))
    assert item.variants[0].text == FINE and mine["v0-id"] not in {each.id for each in item.variants}


@pytest.mark.parametrize("base", ["", "{", "[]", '{"values": 3, "wordings": []}'])
def test_without_knowing_what_was_there_nothing_is_lost(companion: Companion, visitor: Visitor, base: str) -> None:
    mine = form(visitor) | {"base": base, "title": "My title"}
    edit_item(companion.store, ITEM, {"summary": "Their summary."})
    reply = press(visitor, mine)
    assert reply.status_code == 409 and "Their summary." in html.unescape(reply.text)
    assert len(texts(reply.text)) == len(companion.store.item(ITEM).variants)


# -- shelve, delete, by hand --


def test_an_item_is_shelved_taken_back_and_undone(companion: Companion, visitor: Visitor) -> None:
    reply = visitor.post(f"{PAGE}/shelve")
    assert companion.store.item(ITEM).shelved and "is shelved" in visitor.text(reply.headers["Location"])
    visitor.post("/undo")
    assert not companion.store.item(ITEM).shelved
    visitor.post(f"{PAGE}/shelve")
    visitor.post(f"{PAGE}/shelve")
    assert not companion.store.item(ITEM).shelved


def test_only_what_was_added_by_hand_can_be_deleted_and_comes_back_whole(companion: Companion, visitor: Visitor) -> None:
    assert visitor.post(f"{PAGE}/delete").status_code == 409 and companion.store.item(ITEM)
    assert f"{PAGE}/delete" in visitor.get(PAGE).text and 'form="delete"' not in visitor.get(PAGE).text
    made = add_item(companion.store, NEW)
    visitor.post(f"/items/{made.id}/delete")
    with pytest.raises(NotFound):
        companion.store.item(made.id)
    visitor.post("/undo")
    assert companion.store.item(made.id) == made


def test_an_item_by_hand_begins_with_a_form(companion: Companion, visitor: Visitor) -> None:
    sent = form(visitor, "/items/new") | NEW
    page = press(visitor, sent, "/items/new", do="add").text
    assert len(texts(page)) == 1 and 'value="https://cobaltfinch.example/frost"' in page
    reply = press(visitor, fields(page, "item") | {"v0-text": FINE}, "/items/new")
    assert reply.status_code == 303
    made = companion.store.item(reply.headers["Location"].split("/")[2].partition("?")[0])
    assert (made.source_id, made.title, made.variants[0].text) == (HAND_ID, "Frost in Huila", FINE)
    assert made.published_at


@pytest.mark.parametrize(("url", "words"), [("frost", "Give a web address"), ("https://cobaltfinch.example/stories/finch-roast", "an item for this address already")])
def test_an_item_by_hand_needs_an_address_of_its_own(companion: Companion, visitor: Visitor, url: str, words: str) -> None:
    count = len(companion.store.items())
    reply = press(visitor, form(visitor, "/items/new") | NEW | {"url": url}, "/items/new")
    assert reply.status_code == 422 and words in html.unescape(reply.text)
    assert 'value="Frost in Huila"' in reply.text and len(companion.store.items()) == count


def test_an_address_that_is_there_already_leads_to_its_item(visitor: Visitor) -> None:
    reply = visitor.post("/items/new", do="read", address="https://cobaltfinch.example/stories/finch-roast?utm_source=x")
    assert reply.headers["Location"] == f"{PAGE}?said=known"


def test_a_page_fills_the_form_and_nothing_is_kept_yet(companion: Companion, visitor: Visitor, tmp_path: Path) -> None:
    programme = tmp_path / "programme.yaml"
    programme.write_text(SAMPLE.read_text("utf-8").replace("policy:\n", "allow_private: [127.0.0.1]\n\npolicy:\n", 1), "utf-8")
    companion.use_programme(str(programme))
    before = companion.store.items()
    words = b"<html lang=fr><title>Le gel</title><meta name=description content='Il a gel&eacute; deux fois.'><p>"
    with FeedSite() as site:
        reply = visitor.post("/items/new", do="read", address=site.serve("/gel", words + b"Du texte. " * 60, content_type="text/html"))
    sent = fields(reply.text, "item")
    assert reply.status_code == 200 and "Not saved yet." in reply.text
    assert (sent["title"], sent["summary"], sent["lang"]) == ("Le gel", "Il a gelé deux fois.", "fr")
    assert sent["url"].endswith("/gel") and companion.store.items() is before
    page = press(visitor, sent, "/items/new", do="draft").text
    assert "Je travaille chez Cobalt & Finch" in "".join(texts(page))


@pytest.mark.parametrize("address", ["", "nonsense", "file:///etc/passwd", "http://127.0.0.1:1/", "http://169.254.169.254/"])
def test_an_address_that_cannot_be_read_says_so_and_keeps_the_form(visitor: Visitor, address: str) -> None:
    reply = visitor.post("/items/new", do="read", address=address)
    assert reply.status_code == 422 and "The page could not be read." in reply.text and 'id="item"' in reply.text
