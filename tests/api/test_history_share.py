"""One share on the history's own pages, and what the popup asks for."""

from __future__ import annotations

import html
import json
from datetime import datetime, timedelta

import pytest
from flask import Flask

from server import clock
from server.companion import Companion
from server.shares.receipts import verified
from server.shares.weeks import monday

from .conftest import Api
from .pages import OTHER, READ, SHARE, TEXT, Visitor, come_in, log_share


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return come_in(app)


# -- one share --


def test_one_share_tells_what_the_check_said_and_how_it_went(companion: Companion, visitor: Visitor) -> None:
    finding = {"rule": "advertising-label", "level": "required", "category": "disclosure"}
    log_share(companion, disclosure="missing", findings=(finding,), own_words=0.7, readings=(READ,), dismissed=("x",), topics=("Craft",))
    text = visitor.text(f"/history/{SHARE}")
    for words in (TEXT, "Label missing", "Needed · Label", "Mostly yours", "1,200", "read on LinkedIn", "waved one rule away", "Topics: Craft"):
        assert words in text
    assert 'role="img"' in text and "not known" in text  # comments were never read


@pytest.mark.parametrize(("given", "count"), [("1,234", 1234), ("1.234", 1234), ("1 234", 1234), ("12K", 12_000), ("1,2 k", 1200), ("0", 0)])
def test_a_reading_is_written_as_linkedin_shows_it(companion: Companion, visitor: Visitor, given: str, count: int) -> None:
    log_share(companion)
    reply = visitor.post(f"/history/{SHARE}/readings", impressions=given, comments="–")
    assert reply.status_code == 303 and "Reading added." in visitor.text(reply.headers["Location"])
    (reading,) = companion.store.share(SHARE).readings
    assert {key: reading[key] for key in reading if key != "read_at"} == {"where": "hand", "impressions": count}


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"impressions": "many"}, "no whole number"), ({"impressions": "1,234K"}, "no whole number"), ({}, "no figure yet"),
        ({"impressions": "5", "read_at": "2999-01-01T10:00"}, "lies ahead"), ({"impressions": "5", "read_at": "2020-01-01T10:00"}, "before the post"),
        ({"impressions": "5", "read_at": "yesterday"}, "That is no time"), ({"clicks": "-3"}, "no whole number"),
    ],
)
def test_a_reading_that_cannot_be_is_refused_with_what_was_typed(
    companion: Companion, visitor: Visitor, form: dict[str, str], says: str
) -> None:
    log_share(companion)
    reply = visitor.post(f"/history/{SHARE}/readings", **form)
    text = html.unescape(reply.text)
    assert reply.status_code == 422 and says in text and 'aria-invalid="true"' in text
    for value in form.values():
        assert f'value="{value}"' in text
    assert companion.store.share(SHARE).readings == ()


def test_a_reading_is_taken_out_and_put_back(companion: Companion, visitor: Visitor) -> None:
    second = {"read_at": "2026-03-06T10:00:00Z", "where": "hand", "impressions": 1}
    log_share(companion, readings=(READ, second))
    reply = visitor.post(f"/history/{SHARE}/readings/0/remove", read_at=READ["read_at"])
    assert companion.store.share(SHARE).readings == (second,)
    assert "Reading taken out." in visitor.text(reply.headers["Location"])
    # A page that is behind takes no other reading out.
    visitor.post(f"/history/{SHARE}/readings/0/remove", read_at=READ["read_at"])
    assert companion.store.share(SHARE).readings == (second,)
    visitor.post("/history/undo")
    assert set(map(str, companion.store.share(SHARE).readings)) == {str(READ), str(second)}


def test_a_corrected_text_gets_its_own_receipt_and_one_changed_byte_breaks_it(companion: Companion, visitor: Visitor) -> None:
    assert companion.store.preferences().keep_text
    log_share(companion, disclosure="present")
    reply = visitor.post(f"/history/{SHARE}/text", text="First line.\r\nSecond line.")
    assert "receipt of its own" in visitor.text(reply.headers["Location"])
    assert companion.store.share(SHARE).text == "First line.\nSecond line."
    reply = visitor.get(f"/history/{SHARE}/receipt")
    assert reply.headers["Content-Disposition"].startswith("attachment;")
    document = json.loads(reply.data)
    assert [each["holds"] for each in verified(document)] == [True]
    assert [each["holds"] for each in verified({**document, "text": "First line.\nSecond line!"})] == [False]
    assert "does not prove the time to a stranger" in visitor.text(f"/history/{SHARE}")


@pytest.mark.parametrize("text", ["", " \r\n "])
def test_a_text_cannot_be_corrected_away(companion: Companion, visitor: Visitor, text: str) -> None:
    log_share(companion)
    reply = visitor.post(f"/history/{SHARE}/text", text=text)
    assert reply.status_code == 422 and "There is no text" in reply.text
    assert companion.store.share(SHARE).text == TEXT


def test_two_records_of_one_post_become_one_and_two_again(companion: Companion, visitor: Visitor) -> None:
    log_share(companion, readings=(READ,), urns=("urn:li:share:7434000000000000001",))
    log_share(companion, "The same, shortened", id=OTHER, urns=("urn:li:activity:7434000000000000002",), permalink="https://www.linkedin.com/x")
    log_share(companion, "A week later", id="6f1d2c9a-6f0e-4b58-9a57-0d5c4b6f3a13", posted_at="2026-03-12T10:00:00Z")
    before = companion.store.shares()
    text = visitor.text(f"/history/{SHARE}")
    assert "The same, shortened" in text and "A week later" not in text
    reply = visitor.post(f"/history/{SHARE}/merge", other=OTHER)
    kept = companion.store.share(SHARE)
    assert len(companion.store.shares()) == 2 and len(kept.urns) == 2 and kept.permalink and kept.readings == (READ,)
    assert "The two records are one now." in visitor.text(reply.headers["Location"])
    visitor.post("/history/undo")
    assert companion.store.shares() == before
    assert visitor.post(f"/history/{SHARE}/merge", other=SHARE).status_code == 303
    assert visitor.post(f"/history/{SHARE}/merge", other="nonsense").status_code == 404
    assert companion.store.shares() == before


# -- what the popup asks for --


def test_the_week_at_a_glance_is_small_and_whole(companion: Companion, api: Api) -> None:
    log_share(companion, posted_at=clock.stamp(), readings=(READ, {**READ, "read_at": clock.stamp()}))
    log_share(companion, "My garden", id=OTHER, posted_at=clock.stamp(), about_work=False)
    week = api("GET", "/week").json
    assert [each["posts"] for each in week["weeks"]] == [0] * 7 + [2] and (week["company"], week["per_week"]) == (1, 3)
    assert week["readings"] == 1
    last = week["weeks"][-1]
    assert (last["start"], last["impressions"], last["comments"], last["where"], last["read"]) == (str(monday()), 1200, None, "page", 1)
    # Whether figures may be read is asked about until it is answered, whatever the answer.
    assert week["ask"] is True
    assert api("PUT", "/preferences", {"takes_rewards": False, "read_pages": False}).status_code == 200
    assert api("GET", "/week").json["ask"] is False


def test_a_link_can_lead_to_the_history_or_one_share_and_nowhere_else(app: Flask, companion: Companion) -> None:
    for query, place in (
        ("to=history", "/history"), (f"share={SHARE}", f"/history/{SHARE}"), ("share=//evil.example", "/"), ("to=//evil.example", "/"), ("", "/"),
    ):
        reply = Visitor(app.test_client()).get(f"/enter?key={companion.pages.link_key()}&{query}")
        assert (reply.status_code, reply.headers["Location"]) == (303, place)


def again_at(api: Api, id: str) -> str:
    """When the item of a share may be shared again, as the list tells it."""
    return {share["id"]: share["again_at"] for share in api("GET", "/shares").json["shares"]}[id]


def test_a_share_tells_its_worth_and_when_its_item_fits_again(companion: Companion, api: Api, visitor: Visitor) -> None:
    (_, used) = companion.store.items()[:2]
    log_share(companion, item_id=used.id, readings=(READ,))
    more = api("GET", f"/shares/{SHARE}/more").json
    assert more["value"]["shares"] == 1 and more["link"].startswith(used.url.split("?")[0])
    assert again_at(api, SHARE) <= clock.stamp()
    page = visitor.text(f"/history/{SHARE}")
    assert "It fits again." in page and more["link"] in page and "https://www.linkedin.com/feed/?shareActive=true" in page
    # Shared this week: the next is the earliest.
    log_share(companion, "Again", id=OTHER, item_id=used.id, posted_at=clock.stamp())
    following = again_at(api, SHARE)
    assert following > clock.stamp() and monday(datetime.fromisoformat(following)) == monday() + timedelta(weeks=1)
    page = visitor.text(f"/history/{SHARE}")
    assert "Fits from " in page and "shareActive" not in page
    companion.store.update_share(OTHER, item_id=None, about_work=False)
    assert again_at(api, SHARE) <= clock.stamp() and again_at(api, OTHER) is None
    assert api("GET", f"/shares/{OTHER}/more").json == {"value": None, "link": None}
    assert "Fits from " not in visitor.text(f"/history/{OTHER}")


def test_a_full_week_puts_sharing_again_off(companion: Companion, api: Api) -> None:
    used = companion.store.items()[0]
    log_share(companion, item_id=used.id)
    for number in range(companion.policy.cadence_per_week or 0):
        log_share(companion, f"Post {number}", id=f"6f1d2c9a-6f0e-4b58-9a57-00000000000{number}", posted_at=clock.stamp())
    assert again_at(api, SHARE) > clock.stamp()


def test_a_reading_ahead_of_time_is_refused(companion: Companion, api: Api) -> None:
    log_share(companion)
    ahead = clock.stamp(clock.now() + timedelta(hours=1))
    reply = api("POST", f"/shares/{SHARE}/readings", {"impressions": 5, "read_at": ahead})
    assert (reply.status_code, reply.json["error"]["code"], reply.json["error"]["field"]) == (422, "future", "read_at")
    assert companion.store.share(SHARE).readings == ()
