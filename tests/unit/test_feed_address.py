"""Addresses as identities."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.feed.address import canonical, item_id


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("HTTPS://Example.COM:443/A", "https://example.com/A"),
        ("http://example.com:80", "http://example.com/"),
        ("http://example.com:8080/a", "http://example.com:8080/a"),
        ("https://example.com./a", "https://example.com/a"),
        ("https://example.com/a#part", "https://example.com/a"),
        ("https://example.com/#!/post/1", "https://example.com/#!/post/1"),
        (
            "https://example.com/a?id=3&utm_source=x&UTM_Campaign=y&b=&fbclid=1&gclid=2&mc_cid=3",
            "https://example.com/a?id=3&b=",
        ),
        ("https://example.com/a?utm_source=x", "https://example.com/a"),
        ("https://example.com/a?source=x&id=", "https://example.com/a?source=x&id="),
        ("https://example.com/a/../b/./c/", "https://example.com/b/c/"),
        ("https://example.com/ä b", "https://example.com/%C3%A4%20b"),
        ("https://example.com/%7euser/%c3%a4", "https://example.com/~user/%C3%A4"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("  https://example.com/a\n", "https://example.com/a"),
        ("http://[::1]:80/a", "http://[::1]/a"),
    ],
)
def test_an_address_has_one_clean_form(written: str, clean: str) -> None:
    assert canonical(written) == clean


@pytest.mark.parametrize(
    "written",
    [
        "",
        "example.com/a",
        "/a",
        "javascript:alert(1)",
        "ftp://example.com/a",
        "file:///etc/passwd",
        "data:text/html,a",
        "http://",
        "https://user:secret@example.com/",
        "https://exa mple.com/",
        "http://exa\u200bmple.com/",
        "http://[::1/",
        "http://x:99999/",
        "https://example.com/" + "a" * 3_000,
    ],
)
def test_what_is_no_address_of_a_web_page_is_refused(written: str) -> None:
    assert canonical(written) is None


def test_a_relative_address_is_resolved() -> None:
    assert canonical("../c?d=1", "https://example.com/a/b/") == "https://example.com/a/c?d=1"
    assert canonical("//cdn.example/x", "https://example.com/") == "https://cdn.example/x"


def test_an_address_to_fetch_keeps_its_whole_query() -> None:
    assert canonical("https://example.com/feed?utm_source=x", as_asked=True) == "https://example.com/feed?utm_source=x"


def test_one_page_has_one_id_with_or_without_last_slash_and_tls() -> None:
    ids = {
        item_id(canonical(url))
        for url in ("https://example.com/a", "http://EXAMPLE.com/a/", "https://example.com/a/?utm_medium=x#y")
    }
    assert len(ids) == 1


def test_other_pages_have_other_ids() -> None:
    ids = {
        item_id(canonical(url))
        for url in (
            "https://example.com/a",
            "https://example.com/A",
            "https://example.com/a?p=1",
            "https://example.com/a?p=2",
            "https://example.com/",
        )
    }
    assert len(ids) == 5


@given(st.text(max_size=40), st.sampled_from(["https://example.com/", "http://example.com/a?", "https://"]))
def test_cleaning_twice_changes_nothing(tail: str, head: str) -> None:
    clean = canonical(head + tail)
    if clean is not None:
        assert canonical(clean) == clean
        assert clean.isascii()
