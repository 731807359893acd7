"""The outside of a bundle: link, keys, signature, encryption, and each way in which it can be wrong."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server.bundle import BundleError, keys, link, seal
from server.bundle.keys import Keys
from server.bundle.link import Link

OURS = Keys(bytes(range(32)), bytes(range(32, 64)))
THEIRS = Keys(bytes(range(1, 33)), bytes(range(32, 64)))
MADE = "2026-11-21T09:30:00Z"
NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
LINK = Link("https://x.example/p.sayso", OURS.pin, OURS.content)


def sealed(content: bytes = b"content", who: Keys = OURS, version: int = 3, made_at: str = MADE, public: bool = False) -> bytes:
    return seal.seal(content, who, version=version, made_at=made_at, public=public)


def open_(data: bytes, given: Link = LINK) -> bytes:
    return seal.opened(seal.verify(data, given.pin, NOW), given)


@pytest.mark.parametrize("public", [False, True])
def test_what_was_sealed_comes_out_again(public: bool) -> None:
    data = sealed(public=public)
    assert open_(data) == b"content"
    header = seal.verify(data, OURS.pin, NOW).header
    assert (header.version, header.made_at, header.encrypted) == (3, MADE, not public)
    assert (b"content" in data) is public


def test_the_same_content_and_version_give_the_same_bytes_and_others_do_not() -> None:
    assert sealed() == sealed()
    assert len({sealed(), sealed(version=4), sealed(b"Content"), sealed(made_at="2026-11-21T09:30:01Z")}) == 4


def test_the_file_holds_no_private_key() -> None:
    data = sealed(public=True)
    for secret in (OURS.signing, OURS.content):
        assert secret not in data and link.text_of(secret).encode() not in data


def test_every_changed_byte_is_noticed() -> None:
    data = sealed()
    for place in range(len(data)):
        with pytest.raises(BundleError):
            open_(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])


def test_every_cut_is_noticed() -> None:
    data = sealed()
    for end in range(len(data)):
        with pytest.raises(BundleError, match="whole|is something else"):
            open_(data[:end])


WRONG = [
    ("signed by another", sealed(who=THEIRS), LINK, "signed by another than the link names"),
    ("cut in half", sealed(b"x" * 1000)[:600], LINK, "is not whole: .* of 1,016 bytes are there"),
    ("something more", sealed() + b"x", LINK, "is not whole"),
    ("from the future", sealed(made_at="2026-11-22T10:00:01Z"), LINK, "lies ahead of this computer's clock"),
    ("a newer format", sealed().replace(b"bundle 1\n", b"bundle 2\n", 1), LINK, "newer Sayso. Update Sayso"),
    ("a newer format, all else unknown", b"sayso-bundle 12\nanything\n", LINK, "newer Sayso"),
    ("wrong content key", sealed(), Link(LINK.address, OURS.pin, bytes(32)), "does not open with the key in the link"),
    ("no content key", sealed(), Link(LINK.address, OURS.pin), "lacks the part key="),
    ("a web page", b"<!DOCTYPE html><html>", LINK, "is a web page where a published programme should lie"),
    ("a programme file", b"name: X\npolicy: {}\n", LINK, "is something else where"),
    ("nothing", b"", LINK, "is something else"),
    ("zeros", bytes(500), LINK, "is something else"),
    ("no version", sealed().replace(b',"version":3', b"", 1), LINK, "is damaged"),
    ("a version of another kind", sealed().replace(b'"version":3', b'"version":true', 1), LINK, "is damaged"),
    ("deep nonsense", b"sayso-bundle 1\n" + b"[" * 900 + b"\nx\n", LINK, "is damaged|is not whole"),
]


@pytest.mark.parametrize(("name", "data", "given", "words"), WRONG, ids=[row[0] for row in WRONG])
def test_what_is_wrong_is_said_with_what_to_do(name: str, data: bytes, given: Link, words: str) -> None:
    with pytest.raises(BundleError, match=words) as caught:
        open_(data, given)
    assert any(verb in str(caught.value) for verb in ("ask", "Ask", "ry again", "copy", "Update", "Open", "Set")), caught.value


def test_a_day_ahead_is_a_clock_that_differs() -> None:
    assert open_(sealed(made_at="2026-11-22T10:00:00Z")) == b"content"


def test_a_link_is_read_as_it_was_written() -> None:
    text = str(LINK)
    assert text.startswith("https://x.example/p.sayso#pin=") and "&key=" in text
    assert link.parse(f" {text}\n") == LINK and link.is_link(text)
    assert link.parse(str(Link(LINK.address, OURS.pin))).key is None
    assert link.text_of(OURS.content) not in repr(LINK) and link.text_of(OURS.content) not in repr(OURS)


@pytest.mark.parametrize(
    "text",
    [
        str(LINK)[:-3],
        str(LINK) + "A",
        str(LINK).replace("pin=", "pim="),
        str(LINK) + "&more=1",
        str(LINK).replace("#pin", "#key=AAAA&pin"),
        "https://x.example/p#key=" + link.text_of(OURS.content),
        "https://x.example/p#pin=" + "é" * 43,
        "https://user@x.example/p#" + str(LINK).partition("#")[2],
    ],
)
def test_a_damaged_link_is_refused_and_never_repeated(text: str) -> None:
    with pytest.raises(BundleError) as caught:
        link.parse(text)
    assert link.text_of(OURS.content)[:12] not in str(caught.value)


def test_what_is_no_link_is_taken_for_none() -> None:
    for text in ("https://x.example/p.yaml", "https://x.example/#/page", "/home/nell/a#pin=b", "p.yaml"):
        assert not link.is_link(text)


def test_keys_are_made_once_for_their_owner_alone(tmp_path: Path) -> None:
    first = keys.of(tmp_path)
    assert keys.of(tmp_path) == first and first != keys.of(tmp_path / "other")
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "keys" / "publishing.json").stat().st_mode) == 0o600
        assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_new_keys_leave_the_old_ones_aside(tmp_path: Path) -> None:
    first = keys.of(tmp_path)
    second = keys.renew(tmp_path)
    assert second != first and keys.of(tmp_path) == second
    (aside,) = (tmp_path / "keys").glob("publishing.json.*")
    aside.rename(tmp_path / "keys" / "publishing.json")
    assert keys.of(tmp_path) == first


@pytest.mark.parametrize("content", ["", "{", "[]", '{"signing": "AA", "content": "AA"}', '{"signing": 1}'])
def test_damaged_keys_are_never_replaced_by_themselves(tmp_path: Path, content: str) -> None:
    keys.of(tmp_path)
    file = tmp_path / "keys" / "publishing.json"
    file.write_text(content)
    with pytest.raises(BundleError, match="Put your copy of that file back.*--new-keys"):
        keys.of(tmp_path)
    assert file.read_text() == content
