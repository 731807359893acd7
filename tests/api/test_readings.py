"""Readings of a share over the API: figures as numbers or as LinkedIn writes them, and those read from its page."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from server.companion import Companion
from tests.api.conftest import Api

MADE = 1_763_000_000_000
SHARE, ACTIVITY, LATER = (
    f"urn:li:{kind}:{((MADE + later) << 22) + 5}" for kind, later in (("share", 0), ("activity", 400), ("activity", 60_000)))
AT = "2026-11-20T10:00:00Z"


@pytest.fixture
def share(api: Api) -> str:
    return logged(api, urns=[SHARE])


def logged(api: Api, **more: Any) -> str:
    body = {"id": str(uuid.uuid4()), "text": "Finch Roast is here.", "status": "confirmed", **more}
    assert api("POST", "/shares", body).status_code == 201
    return body["id"]


def add(api: Api, share: str, **body: Any) -> Any:
    return api("POST", f"/shares/{share}/readings", {"read_at": AT, **body})


def allow(api: Api, on: bool = True) -> None:
    assert api("PUT", "/preferences", {"takes_rewards": True, "read_pages": on}).json["read_pages"] is on


def found(api: Api, urn: str) -> list[str]:
    return [each["id"] for each in api("GET", f"/shares?urn={urn}").json["shares"]]


def test_texts_become_numbers_and_what_is_none_is_left_out_and_named(api: Api, share: str) -> None:
    texts = {"impressions": "12K", "reactions": "1\u202f234", "comments": "0", "reposts": "–", "clicks": "2 w"}
    reply = add(api, share, texts=texts)
    assert reply.status_code == 201
    assert reply.json["readings"] == [{"read_at": AT, "where": "hand", "impressions": 12_000, "reactions": 1234, "comments": 0}]
    assert reply.json["left_out"] == ["reposts", "clicks"]


@pytest.mark.parametrize(("body", "field"), [
    ({"texts": {"impressions": "many"}}, "texts"),
    ({"texts": {"impressions": "12"}, "impressions": 12}, "texts"),
    ({"texts": {"likes": "12"}}, "texts.likes"),
    ({"texts": {"impressions": "1" * 41}}, "texts.impressions"),
    ({"impressions": 1, "urn": LATER}, "urn"),
    ({"impressions": 1, "urn": "urn:li:person:7"}, "urn"),
])
def test_what_cannot_be_read_is_refused_and_nothing_is_kept(api: Api, share: str, body: dict[str, Any], field: str) -> None:
    reply = add(api, share, **body)
    assert (reply.status_code, reply.json["error"]["field"]) == (422, field)
    assert api("GET", f"/shares/{share}").json["readings"] == []


@pytest.mark.parametrize("said", [None, False])
def test_from_the_page_only_once_it_is_allowed(api: Api, share: str, said: bool | None) -> None:
    if said is not None:
        allow(api, said)
    refused = add(api, share, where="page", impressions=5)
    assert (refused.status_code, refused.json["error"]["code"]) == (403, "not_allowed")
    assert api("GET", f"/shares/{share}").json["readings"] == []
    allow(api)
    assert add(api, share, where="page", impressions=5).status_code == 201


def test_the_same_figures_from_the_page_count_once_a_day(api: Api, share: str) -> None:
    allow(api)
    day = "2026-11-20T"
    for time, figures, status in (
        ("09:00", {"impressions": 5, "reactions": 0}, 201), ("10:00", {"impressions": 5}, 200), ("11:00", {"impressions": 6}, 201),
        ("12:00", {"impressions": 6, "reactions": 0}, 200), ("13:00", {"impressions": 6, "comments": 0}, 201),
    ):
        assert add(api, share, where="page", read_at=f"{day}{time}:00Z", **figures).status_code == status, time
    assert add(api, share, where="page", read_at="2026-11-21T09:00:00Z", impressions=6).status_code == 201
    assert add(api, share, read_at=f"{day}14:00:00Z", impressions=6).status_code == 201
    assert len(api("GET", f"/shares/{share}").json["readings"]) == 5


def test_a_post_is_found_by_either_of_its_numbers(api: Api, share: str) -> None:
    assert found(api, SHARE) == found(api, ACTIVITY) == [share]
    assert found(api, LATER) == []
    add(api, share, impressions=1, urn=ACTIVITY)
    assert api("GET", f"/shares/{share}").json["urns"] == [SHARE, ACTIVITY]


def test_a_post_is_found_by_its_link_and_without_one_by_its_time(api: Api, companion: Companion) -> None:
    linked = logged(api, permalink=f"https://www.linkedin.com/posts/nell_x-activity-{ACTIVITY.rpartition(':')[2]}-ab/")
    assert found(api, ACTIVITY) == [linked]
    timed = logged(api, posted_at="2025-11-13T02:14:10Z")
    assert found(api, LATER) == [timed]
    # Two that could be meant: neither.
    logged(api, posted_at="2025-11-13T02:14:30Z")
    assert found(api, LATER) == []


def test_two_posts_of_one_moment_are_told_apart_by_number_alone(api: Api, share: str) -> None:
    other = logged(api, urns=[f"urn:li:share:{((MADE + 900) << 22) + 5}"])
    assert found(api, SHARE) == [share]
    assert found(api, ACTIVITY) == []
    assert found(api, f"urn:li:ugcPost:{((MADE + 900) << 22) + 5}") == [other]


def test_numbers_of_the_first_years_hold_no_moment(api: Api) -> None:
    logged(api, urns=["urn:li:activity:5711000000"])
    assert found(api, "urn:li:share:5711000001") == []


def test_a_reading_is_taken_out_and_put_back_as_it_was(api: Api) -> None:
    # Of an import and read from a page, though that was never allowed: it is no new reading.
    first = {"read_at": AT, "where": "import", "impressions": 10, "import_id": str(uuid.uuid4())}
    second = {"read_at": "2026-11-20T11:00:00Z", "where": "page", "impressions": 20}
    share = logged(api, readings=[first, second])
    path = f"/shares/{share}/readings"
    assert api("DELETE", path, first).json["readings"] == [second]
    assert api("DELETE", path, first).status_code == 404
    assert api("DELETE", path, {**second, "impressions": 21}).status_code == 404
    assert api("DELETE", path, second).json["readings"] == []
    for reading in (first, second, second):
        assert reading in api("PUT", path, reading).json["readings"]
    assert api("GET", f"/shares/{share}").json["readings"] == [first, second]
