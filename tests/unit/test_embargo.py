"""What a draft may not name yet."""

from __future__ import annotations

from dataclasses import replace

from server.embargo import Embargo
from server.store import Item

THEN, NOW, LATER = "2026-11-01T08:00:00Z", "2026-11-10T08:00:00Z", "2026-11-20T08:00:00Z"


def item(number: int, title: str, until: str | None, campaign: str | None = None) -> Item:
    url = f"https://cobaltfinch.example/{number}"
    return Item(f"id-{number}", "source", title, url, embargo_until=until, campaign=campaign)


def test_an_item_is_secret_until_its_day_by_title_campaign_and_link() -> None:
    embargo, items = Embargo(), (item(1, "Lyon opens", LATER, "Opening"), item(2, "Out by now", THEN))
    assert embargo.names(items, NOW) == ("Lyon opens", "Opening", "https://cobaltfinch.example/1")
    assert embargo.names(items, LATER) == ()


def test_what_a_live_item_says_too_is_no_secret() -> None:
    items = (item(1, "Lyon opens", LATER, "Opening"), item(2, "What we plan", None, "Opening"))
    assert "Opening" not in Embargo().names(items, NOW)


def test_what_an_item_says_whose_embargo_has_ended_is_no_secret_any_more() -> None:
    embargo, items = Embargo(), (item(1, "Lyon opens", LATER, "Opening"), item(2, "Our plan", NOW, "Opening"))
    assert "Opening" in embargo.names(items, THEN)
    assert embargo.names(items, NOW) == ("Lyon opens", "https://cobaltfinch.example/1")


def test_other_items_are_looked_at_anew() -> None:
    embargo, first = Embargo(), item(1, "Lyon opens", LATER)
    assert embargo.names((first,), NOW)
    assert embargo.names((replace(first, embargo_until=None),), NOW) == ()
