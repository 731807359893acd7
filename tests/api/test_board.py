"""The content page: the board, what is looked for, the mix, and moving an item."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from server import clock
from server.companion import Companion
from server.editing import edit_item
from server.store import Item, Proposal, Source, Variant
from server.web.board import IN_COLUMN, ON_PAGE
from server.web.shown import mix
from server.words import ALL

from .pages import ITEM, LANGUAGES, Visitor, come_in, log_share

SOURCE = Source("11111111-1111-4111-8111-111111111111", "feed", "https://news.example/feed.xml", "Newsroom")


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return come_in(app)


def in_days(days: float) -> str:
    return clock.stamp(clock.now() + timedelta(days=days))


def days_to(days: float) -> int:
    """How many midnights lie before the time in so many days."""
    now = clock.now()
    return ((now + timedelta(days=days)).astimezone().date() - now.astimezone().date()).days


def add(companion: Companion, count: int, **changes: Any) -> list[Item]:
    companion.store.put_source(SOURCE)
    items = [
        Item(**{
            "id": f"22222222-2222-4222-8222-{number:012}", "source_id": SOURCE.id, "title": f"Story {number:03}",
            "url": f"https://news.example/{number}", "category": "industry", "published_at": in_days(-number - 1),
            "variants": (Variant(f"v{number}", "Text", "en"),), **changes,
        })
        for number in range(count)
    ]
    companion.store.put_items(SOURCE.id, items)
    return items


def columns(text: str) -> dict[str, list[str]]:
    """The titles in each column of the board."""
    soup = BeautifulSoup(text, "html.parser")
    return {col["data-category"]: [h3.get_text(strip=True) for h3 in col.select("h3")] for col in soup.select("[data-category]")}


def test_every_category_has_its_column_even_without_an_item(companion: Companion, visitor: Visitor) -> None:
    for item in companion.store.items():
        edit_item(companion.store, item.id, {"category": "brand"})
    found = columns(visitor.text("/feed"))
    assert list(found) == ["brand", "employer_brand", "industry", "employee"]
    assert len(found["brand"]) == IN_COLUMN and found["industry"] == []


def test_a_long_column_goes_on_on_a_page_of_its_own(companion: Companion, visitor: Visitor) -> None:
    companion.store.erase()
    add(companion, ON_PAGE + 5)
    text = visitor.text("/feed")
    assert columns(text)["industry"] == [f"Story {number:03}" for number in range(IN_COLUMN)]
    assert f"{ON_PAGE + 5 - IN_COLUMN} more" in text
    seen: list[str] = []
    path: str | None = "/feed?category=industry"
    while path:
        text = visitor.text(path)
        seen += columns(text)["industry"]
        further = re.search(r'href="(/feed\?[^"]*from=[^"]+)"', text)
        path = further[1] if further else None
    assert seen == [f"Story {number:03}" for number in range(ON_PAGE + 5)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_card_says_its_state_in_words(companion: Companion, visitor: Visitor, lang: str) -> None:
    draft = Variant("d", "Draft", "de", "question", draft=True)
    t = ALL[lang]
    companion.store.erase()
    for changes, wanted in (
        ({"expires_at": in_days(2)}, t.count("feed.ends_in", 2)),
        ({"expires_at": in_days(1.9)}, t.count("feed.ends_in", days_to(1.9))),
        ({"expires_at": in_days(0.2)}, t.count("feed.ends_in", 1) if days_to(0.2) else t("feed.ends_today")),
        ({"shelved": True}, t("feed.shelved")),
        ({"variants": (draft,)}, t.count("feed.drafts_n", 1)),
        ({"topics": ("late rain",)}, "late rain"),
        ({"reward": "5 points"}, "5 points"),
    ):
        add(companion, 1, **changes)
        card = BeautifulSoup(visitor.text("/feed", Accept_Language=lang), "html.parser").select_one(".item")
        assert card and str(wanted) in card.get_text(" ", strip=True).replace("\n", " ")


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("q=STORY", ["Story 000"]),
        ("q=nothing+such", []),
        ("show=shelved", ["Story 000"]),
        ("show=live", []),
        ("show=expiring", []),
        (f"source={SOURCE.id}", ["Story 000"]),
        ("lang=nl", ["Story 000"]),
        ("show=%3Cb%3E&category=sport", ["Story 000"]),
    ],
)
def test_the_board_is_narrowed_by_its_address(companion: Companion, visitor: Visitor, query: str, wanted: list[str]) -> None:
    companion.store.erase()
    add(companion, 1, shelved=True, expires_at=in_days(3), variants=(Variant("v", "Tekst", "nl"),))
    text = visitor.text(f"/feed?{query}")
    assert [title for titles in columns(text).values() for title in titles] == wanted
    assert wanted or "No item is like that." in text


def test_what_was_never_shared_and_what_ends_soon_is_one_press_away(companion: Companion, visitor: Visitor) -> None:
    assert "You haven’t shared any of them yet." in visitor.text("/feed")
    log_share(companion, item_id=ITEM)
    companion.store.update_item(ITEM, expires_at=in_days(13))
    others = len(companion.store.items()) - 1
    text = visitor.text("/feed")
    assert f"You haven’t shared {others} of them yet." in text and "One ends within a fortnight." in text
    unused = [title for titles in columns(visitor.text("/feed?show=unused&category=brand")).values() for title in titles]
    assert unused and companion.store.item(ITEM).title not in unused
    expiring = [title for titles in columns(visitor.text("/feed?show=expiring")).values() for title in titles]
    assert expiring == [companion.store.item(ITEM).title]


def test_the_mix_is_what_can_be_shared_now_beside_what_was_meant(companion: Companion, visitor: Visitor) -> None:
    now, t = clock.stamp(), ALL["en"]
    companion.store.erase()
    items = add(companion, 10)
    items = [*items[:4], *(Item(**{**_plain(item), "category": "brand"}) for item in items[4:6]), *items[6:]]
    items += [Item(**{**_plain(items[0]), "id": "x", "shelved": True, "category": "employee"})]
    shares = {share.category: share for share in mix(items, {"brand": 40, "industry": 60}, now, t)}
    assert (shares["industry"].part, shares["industry"].said) == (80, "80\u00a0%, meant 60")
    assert (shares["brand"].part, shares["brand"].said) == (20, "20\u00a0%, meant 40: room here")
    assert (shares["employee"].part, shares["employee"].said) == (0, "0\u00a0%, as meant")
    assert mix(items, {}, now, t)[0].meant is None
    assert mix([], {"brand": 100}, now, t)[0].part == 0
    reply = visitor.get("/feed")
    assert 'width="100%"' in reply.text and " style=" not in reply.text


def _plain(item: Item) -> dict[str, Any]:
    return {name: getattr(item, name) for name in Item.__slots__}


def test_an_item_is_moved_and_moved_back(companion: Companion, visitor: Visitor) -> None:
    before = companion.store.item(ITEM)
    reply = visitor.post(f"/feed/move/{ITEM}", category="industry", q="roast")
    assert reply.status_code == 303
    moved = companion.store.item(ITEM)
    assert moved.category == "industry" and moved.edited == ("category",)
    text = visitor.text(reply.headers["Location"])
    assert f"“{before.title}” is now under Industry." in text and 'value="roast"' in text
    # The card that was moved has the focus, wherever its column would end.
    assert re.search(rf'href="/items/{ITEM}" autofocus', text)
    visitor.post("/undo")
    back = companion.store.item(ITEM)
    assert (back.category, back.edited) == ("brand", ())
    assert "more than ten minutes ago" in visitor.text(visitor.post("/undo").headers["Location"])


def test_undoing_a_move_leaves_what_was_changed_since(companion: Companion, visitor: Visitor) -> None:
    visitor.post(f"/feed/move/{ITEM}", category="industry")
    edit_item(companion.store, ITEM, {"title": "Changed since"})
    visitor.post("/undo")
    back = companion.store.item(ITEM)
    assert (back.category, back.title, back.edited) == ("brand", "Changed since", ("title",))


@pytest.mark.parametrize("category", ["", "sport", "brand'"])
def test_a_category_that_is_none_moves_nothing(companion: Companion, visitor: Visitor, category: str) -> None:
    assert visitor.post(f"/feed/move/{ITEM}", category=category).status_code == 422
    assert companion.store.item(ITEM).category == "brand"


def test_what_one_visit_did_another_cannot_undo(app: Flask, companion: Companion, visitor: Visitor) -> None:
    visitor.post(f"/feed/move/{ITEM}", category="industry")
    come_in(app).post("/undo")
    assert companion.store.item(ITEM).category == "industry"


def test_proposals_that_wait_have_a_column(companion: Companion, visitor: Visitor) -> None:
    made = {"url": "https://blog.example/x", "why": "Customers ask.", "made_at": clock.stamp()}
    companion.store.put_proposal(Proposal("55555555-5555-4555-8555-555555555555", title="From a colleague", own=False, **made))
    companion.store.put_proposal(Proposal("66666666-6666-4666-8666-666666666666", title="My own", own=True, **made))
    text = visitor.text("/feed")
    assert "From a colleague" in text and "Customers ask." in text and "My own" not in text


def test_who_follows_a_programme_is_not_asked_to_publish_it(companion: Companion, visitor: Visitor) -> None:
    assert 'href="/publish"' in visitor.get("/feed").text
    kept = companion.store.programme()
    assert kept
    companion.store.set_programme(replace(kept, link="https://cdn.example/programme.sayso#pin=x"))
    assert 'href="/publish"' not in visitor.get("/feed").text
