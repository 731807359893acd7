"""Fetching from a real server on this machine: what is let in, how far, how long, and where it may never connect."""

from __future__ import annotations

import gzip
import itertools
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from server.feed import FeedError, fetch
from tests.feeds.site import FeedSite

HERE = ("127.0.0.1",)
DOCUMENT = b"<rss version='2.0'><channel><title>T</title></channel></rss>" * 20


def refusal(url: str, **options: object) -> str:
    with pytest.raises(FeedError) as caught:
        fetch(url, **{"allow_private": HERE, **options})
    assert caught.value.source == url
    return caught.value.message


def test_a_document_comes_with_what_is_needed_to_ask_again(site: FeedSite) -> None:
    url = site.serve(
        "/feed",
        DOCUMENT,
        content_type="application/rss+xml; charset=utf-8",
        etag='"7"',
        last_modified="Tue, 17 Nov 2026 09:00:00 GMT",
    )
    got = fetch(url, allow_private=HERE)
    assert (got.url, got.unchanged, got.data) == (url, False, DOCUMENT)
    assert (got.content_type, got.etag, got.last_modified) == (
        "application/rss+xml; charset=utf-8",
        '"7"',
        "Tue, 17 Nov 2026 09:00:00 GMT",
    )


def test_nothing_of_the_persons_is_sent(site: FeedSite) -> None:
    fetch(site.serve("/feed", DOCUMENT, set_cookie="id=1"), allow_private=HERE)
    fetch(site.url("/feed"), allow_private=HERE)
    for _path, headers in site.asked:
        assert {name.lower() for name in headers} == {"host", "user-agent", "accept", "accept-encoding"}


def test_an_unchanged_document_is_not_sent_again(site: FeedSite) -> None:
    url = site.serve("/feed", b"", status=304, etag='"7"')
    got = fetch(url, etag='"7"', last_modified="Tue, 17 Nov 2026 09:00:00 GMT", allow_private=HERE)
    assert got.unchanged and got.data == b""
    asked = {name.lower(): value for name, value in site.asked[0][1].items()}
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"7"', "Tue, 17 Nov 2026 09:00:00 GMT")


def test_a_304_that_was_not_asked_for_is_an_error(site: FeedSite) -> None:
    assert "304" in refusal(site.serve("/feed", b"", status=304))


@pytest.mark.parametrize("packing", ["gzip", "two members", "zlib", "raw deflate"])
def test_a_packed_document_is_unpacked(site: FeedSite, packing: str) -> None:
    raw = zlib.compressobj(wbits=-15)
    body, name = {
        "gzip": (gzip.compress(DOCUMENT), "gzip"),
        "two members": (gzip.compress(DOCUMENT[:100]) + gzip.compress(DOCUMENT[100:]) + b"\0\0", "gzip"),
        "zlib": (zlib.compress(DOCUMENT), "deflate"),
        "raw deflate": (raw.compress(DOCUMENT) + raw.flush(), "deflate"),
    }[packing]
    assert fetch(site.serve("/feed", body, content_encoding=name), allow_private=HERE).data == DOCUMENT


def test_redirects_are_followed_and_the_last_address_is_told(site: FeedSite) -> None:
    site.redirect("/a", "/b")
    site.redirect("/b", site.serve("/c", DOCUMENT))
    got = fetch(site.url("/a"), allow_private=HERE)
    assert (got.url, got.data) == (site.url("/c"), DOCUMENT)


def test_five_redirects_are_followed_and_six_are_not(site: FeedSite) -> None:
    for step in range(6):
        site.redirect(f"/{step}", f"/{step + 1}")
    site.serve("/6", DOCUMENT)
    assert fetch(site.url("/1"), allow_private=HERE).data == DOCUMENT
    assert "leads on more than 5 times" in refusal(site.url("/0"))
    site.redirect("/round", "/round")
    assert "leads on more than 5 times" in refusal(site.url("/round"))


@pytest.mark.parametrize(
    "place", ["file:///etc/hostname", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "javascript:alert(1)"]
)
def test_a_redirect_away_from_the_web_is_not_followed(site: FeedSite, place: str) -> None:
    assert "not a web address" in refusal(site.redirect("/a", place))


def test_a_redirect_to_nowhere_is_refused(site: FeedSite) -> None:
    assert "without saying where to" in refusal(site.serve("/a", b"", status=302))
    assert "cannot be read" in refusal(site.redirect("/b", "http://[::1"))
    assert "user name" in refusal(site.redirect("/c", "http://user:word@127.0.0.1/"))


# How much, and how long.


def test_fifty_megabytes_are_refused_before_they_travel(site: FeedSite) -> None:
    message = refusal(site.stream("/feed", b"x" * 1_000, content_length=str(50_000_000)))
    assert "larger than 10 MB" in message


def test_an_endless_document_is_cut_off(site: FeedSite) -> None:
    assert "larger than 0.5 MB" in refusal(site.stream("/feed", b"<item/>" * 1_000), most_bytes=500_000)


def test_a_packed_bomb_is_refused_while_it_unpacks(site: FeedSite) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < 60_000
    assert "larger than 10 MB" in refusal(site.serve("/feed", bomb, content_encoding="gzip"))
    assert "larger than 10 MB" in refusal(
        site.serve("/deflate", zlib.compress(bytes(50_000_000)), content_encoding="deflate")
    )


def test_a_document_of_just_the_size_allowed_is_taken(site: FeedSite) -> None:
    plain = site.serve("/plain", b"x" * 5_000)
    packed = site.serve("/packed", gzip.compress(b"x" * 5_000), content_encoding="gzip")
    for url in (plain, packed):
        assert len(fetch(url, allow_private=HERE, most_bytes=5_000).data) == 5_000
        assert "larger than" in refusal(url, most_bytes=4_999)


def slow_clock() -> Iterator[float]:
    """A clock on which a second passes at each look."""
    return itertools.count().__next__


def test_an_endless_drip_ends_with_the_time_for_the_whole(site: FeedSite) -> None:
    assert "took too long" in refusal(site.stream("/feed", b"."), clock=slow_clock(), most_seconds=20)


def test_headers_that_never_end_are_cut_off_as_well(site: FeedSite) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            request.wfile.write(b"X-More: 1\r\n")

    site.answers["/feed"] = answer
    message = refusal(site.url("/feed"), clock=slow_clock(), most_seconds=20)
    assert "took too long" in message or "broke off" in message


def test_the_time_counts_across_redirects(site: FeedSite) -> None:
    site.redirect("/a", "/b")
    site.serve("/b", DOCUMENT)
    looks = itertools.count()
    fetch(site.url("/a"), allow_private=HERE, clock=lambda: float(next(looks)), most_seconds=10_000)
    assert "took too long" in refusal(site.url("/a"), clock=slow_clock(), most_seconds=next(looks) - 3)


# What else can go wrong.


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "asks for a login"),
        (403, "does not let Sayso read it"),
        (404, "is not there"),
        (410, "gone for good"),
        (429, "too many requests"),
        (418, "answered with 418"),
        (500, "an error of its own (500)"),
        (503, "try again later"),
    ],
)
def test_an_error_of_the_server_is_told_with_advice(site: FeedSite, status: int, words: str) -> None:
    assert words in refusal(site.serve("/feed", b"", status=status))


def test_a_cut_document_is_not_taken_for_a_whole_one(site: FeedSite) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("content-length", "1000")
        request.end_headers()
        request.wfile.write(b"x" * 10)

    site.answers["/feed"] = answer
    assert "broke off" in refusal(site.url("/feed"))
    assert "broke off" in refusal(site.serve("/packed", gzip.compress(DOCUMENT)[:-20], content_encoding="gzip"))


def test_a_damaged_or_unknown_packing_is_told(site: FeedSite) -> None:
    assert "arrived damaged" in refusal(site.serve("/a", b"not gzip", content_encoding="gzip"))
    assert "packed in a way" in refusal(site.serve("/b", b"x", content_encoding="br"))


def test_what_does_not_speak_http_is_told(site: FeedSite) -> None:
    site.answers["/feed"] = lambda request: request.wfile.write(b"SSH-2.0-OpenSSH_9.9\r\n\r\n")
    assert "broke off" in refusal(site.url("/feed"))


def test_a_closed_port_and_an_unknown_host_are_told(site: FeedSite) -> None:
    with FeedSite() as other:
        closed = other.url("/feed")
    assert "cannot be reached" in refusal(closed)

    def unknown(_host: str, _port: int) -> list[str]:
        raise OSError("[Errno -2] Name or service not known")

    assert "there is no such host" in refusal("http://nowhere.example/", resolver=unknown)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "ftp://x.example/",
        "feeds.example/rss",
        "",
        "http://",
        "http://[::1",
        "http://a b/",
        "https://me:word@x.example/",
    ],
)
def test_what_is_no_web_address_is_never_asked_for(url: str) -> None:
    with pytest.raises(FeedError):
        fetch(url, resolver=lambda *_: pytest.fail("resolved"))
