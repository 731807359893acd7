"""Taking a programme into use: what it leaves in the store, and that a mistake changes nothing."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server import programme, sourcing
from server.editing import add_item, edit_item
from server.feed import add_source, refresh
from server.store import Store, content
from server.strict import StrictError
from tests.feeds.site import FeedSite
from tests.unit.test_programme import FULL, minimal

ROOT = Path(__file__).parents[2]


def write(folder: Path, text: str, name: str = "programme.yaml") -> str:
    (folder / name).write_text(text, "utf-8")
    return str(folder / name)


def test_use_stores_text_items_and_sources(store: Store, tmp_path: Path) -> None:
    file = write(tmp_path, FULL)
    used = sourcing.use(store, file, now=datetime(2026, 11, 20, 9, tzinfo=UTC))
    kept = store.programme()
    assert kept and (kept.text, kept.origin, kept.used_at) == (FULL, file, "2026-11-20T09:00:00Z")
    assert programme.in_force(store) == used
    assert [item.title for item in store.items()] == ["A quieter pump", "Second"]
    assert [(source.kind, source.url) for source in store.sources()] == [
        ("programme", file),
        ("feed", "https://www.northlight.example/feed?format=rss&utm_medium=x"),
        ("file", str(tmp_path.resolve() / "feeds/own.xml")),
        ("newsroom", "https://www.northlight.example/news"),
    ]


def test_used_again_newsrooms_and_what_was_added_by_hand_stay(store: Store, tmp_path: Path) -> None:
    add_item(store, {"url": "https://x.example/by-hand", "title": "By hand"})
    file = write(tmp_path, FULL)
    sourcing.use(store, file)
    before = [(source.id, source.kind) for source in store.sources()]
    sourcing.use(store, file)
    assert [(source.id, source.kind) for source in store.sources()] == before
    assert {kind for _, kind in before} == {"hand", "programme", "feed", "file", "newsroom"}
    sourcing.use(store, write(tmp_path, minimal()))
    assert {source.kind for source in store.sources()} == {"hand", "programme"}
    assert [item.title for item in store.items()] == ["By hand"]


def test_what_a_person_changed_stays_and_the_rest_follows_the_file(store: Store, tmp_path: Path) -> None:
    sourcing.use(store, write(tmp_path, FULL))
    pump = store.items()[0]
    edit_item(store, pump.id, {"summary": "My own summary."})
    edit_item(store, pump.id, {"shelved": True})
    sourcing.use(store, write(tmp_path, FULL.replace("A quieter pump", "Quiet").replace("It hums.", "It sings.")))
    again = store.item(pump.id)
    assert (again.title, again.summary, again.shelved) == ("Quiet", "My own summary.", True)


def test_more_items_than_are_kept_are_refused_before_anything_changes(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Of fifty thousand, only the number is of interest here.
    monkeypatch.setattr(programme, "MOST_ITEMS", 3)
    monkeypatch.setattr(content, "MOST_ITEMS", 3)
    sourcing.use(store, write(tmp_path, FULL))
    add_item(store, {"url": "https://x.example/by-hand", "title": "By hand"})
    before = store.programme(), store.items(), store.sources()
    three = "".join(f"  - {{title: T{number}, url: https://x.example/{number}}}\n" for number in range(3))
    with pytest.raises(StrictError, match="has 3 items, and Sayso keeps 3 in all, and 1 of other sources"):
        sourcing.use(store, write(tmp_path, minimal(three)))
    assert (store.programme(), store.items(), store.sources()) == before
    # With as many as there is room for, the old ones make it.
    sourcing.use(store, write(tmp_path, minimal(three.rpartition("  - ")[0])))
    assert sorted(item.title for item in store.items()) == ["By hand", "T0", "T1"]


def test_nothing_is_in_force_before_the_first_use(store: Store) -> None:
    assert programme.in_force(store) is None


def test_an_item_without_a_date_is_published_when_it_is_first_used(store: Store, tmp_path: Path) -> None:
    file = write(tmp_path, FULL)
    sourcing.use(store, file, now=datetime(2026, 11, 20, 9, tzinfo=UTC))
    sourcing.use(store, file, now=datetime(2026, 11, 25, 9, tzinfo=UTC))
    assert [item.published_at for item in store.items()] == ["2026-11-17T00:00:00Z", "2026-11-20T09:00:00Z"]


def test_the_next_programme_takes_its_items_and_sources_away_and_leaves_the_persons(
    store: Store, tmp_path: Path
) -> None:
    own = add_source(store, str(ROOT / "tests/feeds/people.feed.json"))
    sourcing.use(store, write(tmp_path, FULL))
    sourcing.use(store, write(tmp_path, minimal("  - {title: Only, url: https://x.example/only}\n"), "other.yaml"))
    assert {source.kind for source in store.sources()} == {"programme", "file"}
    assert own.id in {source.id for source in store.sources()}
    assert {item.title for item in store.items()} == {"Only", "Mira misst den Wind", "Tom, at night", "No title."}


def test_a_source_that_the_person_added_already_stays_theirs(store: Store, tmp_path: Path) -> None:
    feed = ROOT / "tests/feeds/people.feed.json"
    own = add_source(store, str(feed))
    sourcing.use(store, write(tmp_path, minimal(more=f"sources:\n  - {{file: {json.dumps(str(feed))}}}\n")))
    assert [source.id for source in store.sources() if source.kind == "file"] == [own.id]
    sourcing.use(store, write(tmp_path, minimal()))
    assert own.id in {source.id for source in store.sources()}


def test_used_again_a_source_keeps_its_items_and_takes_its_new_category(store: Store, tmp_path: Path) -> None:
    text = minimal(
        more=f"sources:\n  - {{file: {json.dumps(str(ROOT / 'tests/feeds/people.feed.json'))}, category: employee}}\n"
    )
    sourcing.use(store, write(tmp_path, text))
    source = next(source for source in store.sources() if source.kind == "file")
    assert refresh(store, source.id).items == 3
    sourcing.use(store, write(tmp_path, text.replace("employee", "industry")))
    assert store.source(source.id).items == 3
    assert {item.category for item in store.items()} == {"industry"}


def test_a_page_of_a_feed_becomes_the_programmes_item_when_it_names_it(store: Store, tmp_path: Path) -> None:
    add_source(store, str(ROOT / "tests/feeds/people.feed.json"))
    sourcing.use(store, write(tmp_path, minimal("  - {title: Mira, url: https://people.northlight.example/mira}\n")))
    assert sorted(item.title for item in store.items()) == ["Mira", "No title.", "Tom, at night"]


BROKEN = [
    ("not there", None),
    ("broken key", b"name: X\npolicy: {}\nitms: []\n"),
    ("not UTF-8", "name: Café\npolicy: {}\n".encode("latin-1")),
    ("not YAML", b"name: [\n"),
    ("empty", b""),
    ("aliases", b"name: X\npolicy: {}\nlanguages: &a [en]\nitems: [*a, *a]\n"),
    ("a page", b"<!DOCTYPE html><html></html>"),
    ("zeros", bytes(100)),
]


@pytest.mark.parametrize(("name", "content"), BROKEN, ids=[name for name, _ in BROKEN])
def test_on_any_mistake_nothing_changes(store: Store, tmp_path: Path, name: str, content: bytes | None) -> None:
    sourcing.use(store, write(tmp_path, FULL))
    before = store.programme(), store.items(), store.sources()
    file = tmp_path / "next.yaml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(StrictError) as caught:
        sourcing.use(store, str(file))
    assert str(caught.value).startswith(str(file))
    assert (store.programme(), store.items(), store.sources()) == before


def test_a_programme_is_fetched_with_the_same_guard(store: Store) -> None:
    with FeedSite() as site:
        url = site.serve("/programme.yaml", minimal("  - {title: One, url: https://x.example/1}\n").encode())
        with pytest.raises(StrictError, match="private address"):
            sourcing.use(store, url)
        assert site.asked == [] and store.programme() is None
        sourcing.use(store, url, allow_private=["127.0.0.1"])
        kept = store.programme()
        assert kept and kept.origin == url
        with pytest.raises(StrictError, match=re.escape("is not there (404)")):
            sourcing.use(store, site.url("/other.yaml"), allow_private=["127.0.0.1"])
    with pytest.raises(StrictError, match="it has to begin with https:// or http://"):
        sourcing.use(store, "ftp://x.example/programme.yaml")


def test_a_programme_from_the_web_cannot_name_files_of_this_machine() -> None:
    with pytest.raises(StrictError, match="cannot name a file of this computer"):
        programme.load_programme(
            minimal(more="sources:\n  - {file: /etc/hostname}\n"), "https://x.example/programme.yaml"
        )
