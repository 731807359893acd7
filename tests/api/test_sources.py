"""Sources over the API: kinds, what is offered where there is no feed, how they fare, and what is being read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server.companion import Companion
from server.feed.readings import readings
from tests.feeds.site import FeedSite

FEED = b"<rss version='2.0'><channel><title>News</title><item><title>Wrens nest early</title><link>https://x.example/a</link></item><item><title>No link</title></item></channel></rss>"
PROGRAMME = "name: {}\npolicy: {{company: {{name: {}}}}}\nallow_private: [127.0.0.1]\n"


@pytest.fixture
def site() -> Iterator[FeedSite]:
    with FeedSite() as site:
        yield site


@pytest.fixture(autouse=True)
def allowed(companion: Companion, tmp_path: Path) -> Path:
    file = tmp_path / "programme.yaml"
    file.write_text(PROGRAMME.format("X", "X"), "utf-8")
    companion.use_programme(str(file))
    return file


def test_a_source_is_told_with_how_it_fares(api: Any, site: FeedSite) -> None:
    added = api("POST", "/sources", {"url": site.serve("/feed", FEED), "category": "industry"})
    assert added.status_code == 201
    told = next(each for each in api("GET", "/sources").json["sources"] if each["id"] == added.json["id"])
    assert (told["kind"], told["category"], told["entries"], told["items"], told["failures"]) == ("feed", "industry", 2, 1, 0)
    assert told["reading"] is False and told["due_at"] > told["refreshed_at"] == told["last_good_at"]
    assert told["health"]["words"] == "last good just now, 1 of 2 entries left out: no link"
    assert (told["health"]["state"], told["health"]["left_out"], told["health"]["why"]) == ("good", 1, ["no_link"])


def test_a_page_without_a_feed_is_refused_with_the_kinds_to_choose_from(api: Any, site: FeedSite) -> None:
    site.serve("/news", b"<!doctype html><title>News</title><body>Nothing here</body>")
    refused = api("POST", "/sources", {"url": site.url("/news")})
    assert (refused.status_code, refused.json["error"]["code"]) == (422, "no_feed")
    assert "--kind page" in refused.json["error"]["message"] and "--kind newsroom" in refused.json["error"]["message"]


@pytest.mark.parametrize("kind", ["hand", "programme", "file", "rss", ""])
def test_a_kind_that_nobody_can_add_is_refused(api: Any, kind: str) -> None:
    assert api("POST", "/sources", {"url": "https://x.example/", "kind": kind}).status_code == 422


def test_a_table_and_a_folder_are_added_by_commands(local: Any, api: Any, tmp_path: Path) -> None:
    table = tmp_path / "stories.csv"
    table.write_text("title,url\nOne,https://x.example/1\n", "utf-8")
    assert local("POST", "/sources", {"file": str(table)}).json["kind"] == "csv"
    assert api("POST", "/sources", {"file": str(table)}).status_code == 403
    table.write_text("title,adress\nOne,https://x.example/1\n", "utf-8")
    other = local("POST", "/sources", {"file": str(table)})
    assert other.status_code == 422 and "The columns are: title and url" in other.json["error"]["message"]


def test_what_is_being_read_is_told(api: Any, companion: Companion, site: FeedSite) -> None:
    source = api("POST", "/sources", {"url": site.serve("/feed", FEED)}).json
    with readings(companion.store).alone(source["id"], source["url"]):
        readings(companion.store).at(source["id"], 3, 12)
        told = api("GET", "/sources").json
    assert told["progress"] == [{"source_id": source["id"], "place": source["url"], "number": 3, "of": 12}]
    assert [each["id"] for each in told["sources"] if each["reading"]] == [source["id"]]
    assert api("GET", "/sources").json["progress"] == []


def test_a_programme_that_changed_counts_once_it_was_read_again(local: Any, api: Any, companion: Companion, allowed: Path) -> None:
    programme = next(each for each in api("GET", "/sources").json["sources"] if each["kind"] == "programme")
    engine = companion.engine
    assert local("POST", f"/sources/{programme['id']}/refresh").status_code == 200 and companion.engine is engine
    allowed.write_text(PROGRAMME.format("Y", "Yarrow"), "utf-8")
    local("POST", f"/sources/{programme['id']}/refresh")
    assert api("GET", "/policy").json["company"] == "Yarrow"


def test_a_source_that_fails_says_since_when_and_why(api: Any, site: FeedSite) -> None:
    source = api("POST", "/sources", {"url": site.serve("/feed", FEED)}).json
    site.serve("/feed", b"", status=503, retry_after="7200")
    failed = api("POST", f"/sources/{source['id']}/refresh").json
    assert (failed["failures"], failed["health"]["state"], failed["items"]) == (1, "failing", 1)
    assert failed["health"]["words"].startswith("last good just now, 1 of 2 entries left out: no link. Could not be read: http")
