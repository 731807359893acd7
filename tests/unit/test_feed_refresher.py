"""When sources are read again, that no source is read twice at once, and what is told meanwhile."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from server import clock, sourcing
from server.feed import FeedError, add_source, refresh, schedule
from server.feed.health import health, in_words
from server.feed.readings import readings
from server.feed.refresher import Refresher
from server.store import NotFound, Source, Store
from tests.feeds.site import FeedSite

HERE = ("127.0.0.1",)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FEED = b"<rss version='2.0'><channel><title>News</title><item><title>Wrens nest early</title><link>https://x.example/a</link></item></channel></rss>"


def minutes(source: Source, since: datetime = NOW) -> float:
    assert source.due_at
    return (datetime.fromisoformat(source.due_at) - since).total_seconds() / 60


def allow(store: Store, tmp_path: Path, sources: str = "") -> None:
    file = tmp_path / "programme.yaml"
    file.write_text(f"name: X\npolicy: {{}}\nallow_private: [127.0.0.1]\n{sources}", "utf-8")
    sourcing.use(store, str(file))


def test_a_source_is_due_about_an_hour_after_it_was_read(store: Store, site: FeedSite) -> None:
    source = add_source(store, site.serve("/feed", FEED), allow_private=HERE, now=NOW)
    assert 54 <= minutes(source) <= 66
    dues = {schedule.after_success(NOW, lambda part=part: part / 10) for part in range(11)}
    assert len(dues) == 11 and min(dues) == "2026-11-22T09:54:00Z" and max(dues) == "2026-11-22T10:06:00Z"


def test_each_failure_doubles_the_time_up_to_a_day_and_a_good_reading_ends_that(store: Store, site: FeedSite) -> None:
    source = add_source(store, site.serve("/feed", FEED), allow_private=HERE, now=NOW)
    site.serve("/feed", b"", status=500)
    waits = []
    for failures in range(1, 8):
        failed = refresh(store, source.id, allow_private=HERE, now=NOW)
        assert failed.failures == failures
        waits.append(minutes(failed) / 60)
    assert all(0.9 <= wait / hours <= 1.1 for wait, hours in zip(waits, (1, 2, 4, 8, 16, 24, 24), strict=True))
    site.serve("/feed", FEED)
    mended = refresh(store, source.id, allow_private=HERE, now=NOW)
    assert (mended.failures, mended.last_error) == (0, None) and minutes(mended) <= 66


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_for_time_gets_it(store: Store, site: FeedSite, status: int) -> None:
    source = add_source(store, site.serve("/feed", FEED), allow_private=HERE, now=NOW)
    site.serve("/feed", b"", status=status, retry_after="36000")
    assert 600 <= minutes(refresh(store, source.id, allow_private=HERE, now=NOW)) <= 601
    site.serve("/feed", b"", status=status, retry_after="99999999999")
    assert minutes(refresh(store, source.id, allow_private=HERE, now=NOW)) <= 7 * 24 * 60 + 1
    site.serve("/feed", b"", status=status, retry_after="soon")
    assert minutes(refresh(store, source.id, allow_private=HERE, now=NOW)) <= 4.4 * 60
    when = clock.now() + timedelta(hours=30)
    site.serve("/feed", b"", status=status, retry_after=format_datetime(when, usegmt=True))
    assert abs(minutes(refresh(store, source.id, allow_private=HERE, now=clock.now()), when)) <= 1


def test_only_what_is_due_is_read_and_the_longest_overdue_first(store: Store) -> None:
    for number, due_at in enumerate(("2026-11-22T08:00:00Z", "2026-11-22T10:00:00Z", None, "2026-11-22T07:00:00Z")):
        store.put_source(Source(f"{number}1111111-1111-4111-8111-111111111111", "feed", f"https://{number}.example/", due_at=due_at))
    for kind, url in (("hand", ""), ("programme", "/home/nell/programme.yaml"), ("programme", "https://x.example/programme")):
        store.put_source(Source(f"a{len(url):07}-1111-4111-8111-111111111111", kind, url))
    read: list[str] = []

    def note(_store: Store, id: str) -> Source:
        read.append(id[0])
        return store.source(id)

    Refresher(store, note, now=lambda: NOW).round()
    assert sorted(read[:2]) == ["2", "a"] and read[2:] == ["3", "0"]
    assert store.source("a0000027-1111-4111-8111-111111111111").url == "https://x.example/programme"


def test_a_round_reads_what_is_due_and_leaves_it_until_it_is_due_again(store: Store, site: FeedSite, tmp_path: Path) -> None:
    allow(store, tmp_path, f"sources: [{{url: {site.serve('/feed', FEED)}}}]\n")
    moment = NOW
    refresher = Refresher(store, lambda store, id: sourcing.refresh(store, id, now=moment), now=lambda: moment)
    assert [source.items for source in refresher.round()] == [1]
    assert refresher.round() == [] and len(site.asked) == 1
    moment = NOW + timedelta(minutes=67)
    assert len(refresher.round()) == 1 and len(site.asked) == 2


def test_one_source_that_breaks_does_not_keep_the_others_from_being_read(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    for number in (1, 2, 3):
        store.put_source(Source(f"{number}1111111-1111-4111-8111-111111111111", "feed", f"https://{number}.example/"))

    def read(_store: Store, id: str) -> Source:
        if id[0] == "1":
            raise ZeroDivisionError("words of an entry")
        if id[0] == "2":
            raise NotFound("source", id)
        return store.source(id)

    assert [source.id[0] for source in Refresher(store, read, now=lambda: NOW).round()] == ["3"]
    broken = store.source("11111111-1111-4111-8111-111111111111")
    assert broken.failures == 1 and minutes(broken) >= 54
    assert "ZeroDivisionError" in caplog.text and "words of an entry" not in caplog.text


def test_the_thread_reads_and_stops(store: Store, site: FeedSite, tmp_path: Path) -> None:
    allow(store, tmp_path, f"sources: [{{url: {site.serve('/feed', FEED)}}}]\n")
    done = threading.Event()

    def read(store: Store, id: str) -> Source:
        try:
            return sourcing.refresh(store, id)
        finally:
            done.set()

    refresher = Refresher(store, read, chance=lambda: 0.0)
    refresher.start()
    assert done.wait(20)
    refresher.stop()
    assert not any(thread.name == "refresher" for thread in threading.enumerate())
    assert len(store.items()) == 1


def test_a_refresher_that_was_never_started_stops_as_well(store: Store) -> None:
    Refresher(store, sourcing.refresh).stop()


class Slow:
    """A server that answers once it is let."""

    def __init__(self, site: FeedSite, path: str = "/feed") -> None:
        self.asked, self.go = threading.Event(), threading.Event()
        site.answers[path] = self.answer

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.set()
        self.go.wait(20)
        request.send_response(200)
        request.end_headers()
        request.wfile.write(FEED)


def test_a_source_is_never_read_twice_at_once(store: Store, site: FeedSite) -> None:
    source = add_source(store, site.serve("/feed", FEED), allow_private=HERE)
    slow, results = Slow(site), []
    threads = [threading.Thread(target=lambda: results.append(refresh(store, source.id, allow_private=HERE))) for _ in range(3)]
    threads[0].start()
    assert slow.asked.wait(20)
    assert [(each.source_id, each.place) for each in readings(store).now()] == [(source.id, source.url)]
    for thread in threads[1:]:
        thread.start()
    slow.go.set()
    for thread in threads:
        thread.join()
    assert len(site.asked) == 2  # once when it was added, once for all three
    assert {result.last_error for result in results} == {None} and readings(store).now() == []


def test_what_was_removed_while_it_was_read_stays_removed(store: Store, site: FeedSite) -> None:
    source = add_source(store, site.serve("/feed", FEED), allow_private=HERE)
    slow, caught = Slow(site), []

    def read() -> None:
        try:
            refresh(store, source.id, allow_private=HERE)
        except NotFound as error:
            caught.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    assert slow.asked.wait(20)
    store.remove_source(source.id)
    slow.go.set()
    thread.join()
    assert caught and store.sources() == [] and store.items() == ()


def test_what_people_changed_while_it_was_read_stays(store: Store, site: FeedSite) -> None:
    source = add_source(store, site.serve("/feed", FEED), allow_private=HERE)
    slow = Slow(site)
    thread = threading.Thread(target=lambda: refresh(store, source.id, allow_private=HERE))
    thread.start()
    assert slow.asked.wait(20)
    store.put_source(replace(store.source(source.id), title="Our news", category="employee"))
    slow.go.set()
    thread.join()
    after = store.source(source.id)
    assert (after.title, after.category, after.last_error) == ("Our news", "employee", None)


def test_progress_of_a_long_reading_is_told(store: Store) -> None:
    under_way = readings(store)
    with under_way.alone("s", "https://x.example/") as mine:
        under_way.at("s", 3, 12)
        under_way.at("another", 1, 2)
        assert mine and [(each.number, each.of) for each in under_way.now()] == [(3, 12)]
    assert under_way.now() == []


def test_a_reading_that_breaks_lets_go_of_its_source(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), readings(store).alone("s", "x"):
        raise ZeroDivisionError
    with readings(store).alone("s", "x") as mine:
        assert mine


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({}, "never read yet"),
        ({"last_error": "x: is gone", "failures": 1}, "never read well. Could not be read: x: is gone"),
        ({"last_good_at": "2026-11-22T08:59:30Z", "entries": 40}, "last good just now"),
        (
            {"last_good_at": "2026-11-22T06:00:00Z", "entries": 40, "left_out_why": {"no_link": 2}},
            "last good 3 h ago, 2 of 40 entries left out: no link",
        ),
        (
            {"last_good_at": "2026-11-19T09:00:00Z", "last_error": "x: is gone", "failures": 5, "entries": 9, "left_out_why": {"no_title": 1, "same_title": 3}},
            "last good 3 d ago, 4 of 9 entries left out: the same title as another, no title. Could not be read (5 times in a row): x: is gone",
        ),
        ({"last_good_at": "2026-11-22T08:20:00Z"}, "last good 40 min ago"),
    ],
)
def test_how_a_source_fares_is_said_in_words(state: dict, words: str) -> None:
    assert in_words(health(Source("s", "feed", "x", **state), NOW)) == words


def test_what_was_added_by_hand_is_read_by_nothing() -> None:
    assert in_words(health(Source("s", "hand", ""), NOW)) == "added by hand"


def test_a_programme_at_an_address_is_taken_into_use_again_when_it_is_due(store: Store, site: FeedSite, tmp_path: Path) -> None:
    text = "name: {}\npolicy: {{}}\nallow_private: [127.0.0.1]\n"
    url = site.serve("/programme.yaml", text.format("First").encode())
    sourcing.use(store, url, allow_private=HERE)
    # Using it has read it just now, by the clock on the wall.
    begun = moment = clock.now() + timedelta(hours=2)
    refresher = Refresher(store, lambda store, id: sourcing.refresh(store, id, now=moment), now=lambda: moment)
    site.serve("/programme.yaml", text.format("Second").encode())
    (source,) = refresher.round()
    assert source.title == "Second" and 54 <= minutes(source, begun) <= 66
    site.serve("/programme.yaml", b"", status=503)
    moment = begun + timedelta(hours=2)
    (failed,) = refresher.round()
    assert failed.failures == 1 and failed.last_error and store.programme().text.startswith("name: Second")  # type: ignore[union-attr]
    assert refresher.round() == []


def test_nothing_is_added_where_the_first_reading_fails(store: Store, site: FeedSite) -> None:
    with pytest.raises(FeedError):
        add_source(store, site.serve("/feed", b"", status=500), allow_private=HERE)
    assert store.sources() == [] and readings(store).now() == []
