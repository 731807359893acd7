"""Subscribing: one companion publishes, another follows, over a real web server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from server import company_packs, programme, sourcing
from server.bundle import archive, keys, link, seal
from server.bundle.publish import Published, publish
from server.editing import edit_item
from server.programme_file import SOURCE_ID
from server.shares.export import export
from server.store import Item, Programme, Proposal, Store
from server.strict import StrictError
from server.vetting import Vetting
from tests.feeds.shelf import upload
from tests.feeds.site import FeedSite

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
PATH = "/people/programme.sayso"
MINE = "3f2b8c1e-0d5a-4c7e-9f61-2a4b6c8d0e1f"
ROOT = Path(__file__).parents[2]
TEXT = """\
name: Northlight
policy:
  company: {name: Northlight, products: [Whisper Pump]}
  confidential: [Heron Seven]
  jurisdictions: [uk]
items:
  - title: The pump that nobody hears
    url: https://northlight.example/pump
    variants: [{text: Three winters of listening went into this., lang: en}]
  - {title: How we test pumps, url: "https://northlight.example/tests"}
"""


class Manager:
    """A data folder from which a programme is published to a site."""

    def __init__(self, folder: Path, site: FeedSite) -> None:
        self.store, self.site, self.file = Store.open(folder), site, folder.parent / f"{folder.name}.yaml"
        self.use(TEXT)

    def use(self, text: str) -> None:
        self.file.write_text(text, "utf-8")
        sourcing.use(self.store, str(self.file), now=NOW)

    def publish(self, *, public: bool = False, new_keys: bool = False, now: datetime = NOW) -> Published:
        found = programme.in_force(self.store)
        assert found and self.store.folder
        vetting = Vetting(company_packs.engine(found.policy, found.packs), found.packs)
        published = publish(
            self.store, vetting, folder=self.store.folder, url=self.site.url(PATH), public=public, new_keys=new_keys, now=now
        )
        upload(self.site, PATH, Path(published.path).read_bytes())
        return published


@pytest.fixture
def manager(tmp_path: Path, site: FeedSite) -> Iterator[Manager]:
    manager = Manager(tmp_path / "manager", site)
    with manager.store:
        yield manager


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "employee") as store:
        yield store


def state(store: Store) -> tuple[Programme | None, tuple[Item, ...], list[tuple[str, str, int]]]:
    return store.programme(), store.items(), [(each.id, each.url, each.items) for each in store.sources()]


def follow(store: Store) -> str | None:
    """What the hourly look does; returns what went wrong."""
    return sourcing.refresh(store, SOURCE_ID).last_error


def refused(store: Store, given: str) -> str:
    before = state(store)
    with pytest.raises(StrictError) as caught:
        sourcing.use(store, given, now=NOW)
    assert state(store) == before
    assert link.text_of(link.parse(given).key or b"nothing here") not in str(caught.value)
    return str(caught.value)


def test_whoever_subscribes_has_the_items_the_policy_and_the_version(manager: Manager, store: Store, site: FeedSite) -> None:
    published = manager.publish()
    found = sourcing.use(store, published.link or "", now=NOW)
    assert {each.title for each in store.items()} == {"The pump that nobody hears", "How we test pumps"}
    assert [each.variants for each in found.items] == [each.variants for each in sorted(manager.store.items(), key=lambda x: x.url)]
    kept = store.programme()
    assert kept and (kept.origin, kept.version, kept.made_at) == (site.url(PATH), 1, published.made_at)
    in_force = programme.in_force(store)
    assert in_force and in_force.policy.confidential == ("Heron Seven",) and in_force.name == "Northlight"


def test_the_server_sees_neither_pin_nor_key_nor_content(manager: Manager, store: Store, site: FeedSite) -> None:
    published = manager.publish()
    sourcing.use(store, published.link or "", now=NOW)
    (path, headers), fragment = site.asked[-1], (published.link or "").partition("#")[2]
    for part in (fragment, *fragment.replace("=", "&").split("&")[1::2]):
        assert part not in path + json.dumps(headers)
    lying = Path(published.path).read_bytes()
    assert b"Heron" not in lying and b"northlight.example" not in lying


def test_a_change_arrives_with_the_next_look(manager: Manager, store: Store) -> None:
    sourcing.use(store, manager.publish().link or "", now=NOW)
    manager.use(TEXT.replace("How we test pumps", "How we test every pump") + "  - {title: New, url: \"https://northlight.example/new\"}\n")
    manager.publish()
    assert follow(store) is None
    assert {each.title for each in store.items()} == {"The pump that nobody hears", "How we test every pump", "New"}
    manager.use(TEXT.partition("  - {title: How")[0])
    manager.publish()
    assert follow(store) is None
    kept = store.programme()
    assert [each.title for each in store.items()] == ["The pump that nobody hears"] and kept and kept.version == 3


def test_what_has_not_changed_is_not_sent_again(manager: Manager, store: Store, site: FeedSite) -> None:
    sourcing.use(store, manager.publish().link or "", now=NOW)
    before, etag = state(store), store.source(SOURCE_ID).etag
    assert follow(store) is None
    assert site.asked[-1][1].get("If-None-Match") == etag and etag
    assert state(store) == before


def test_a_server_without_etags_changes_nothing_either(manager: Manager, store: Store, site: FeedSite) -> None:
    published = manager.publish()
    site.serve(PATH, Path(published.path).read_bytes())
    sourcing.use(store, published.link or "", now=NOW)
    before = state(store)
    assert follow(store) is None and state(store) == before


def test_away_from_the_network_the_last_one_stays(manager: Manager, store: Store, site: FeedSite) -> None:
    sourcing.use(store, manager.publish().link or "", now=NOW)
    before = state(store)
    del site.answers[PATH]
    assert "is not there (404)" in (follow(store) or "")
    assert state(store) == before and programme.in_force(store)
    upload(site, PATH, b"<!doctype html><p>We moved.</p>")
    assert "is a web page where a published programme should lie" in (follow(store) or "")
    assert state(store) == before
    manager.publish()
    assert follow(store) is None


def test_it_is_there_when_the_companion_starts_offline(manager: Manager, tmp_path: Path) -> None:
    with Store.open(tmp_path / "laptop") as store:
        sourcing.use(store, manager.publish().link or "", now=NOW)
    with Store.open(tmp_path / "laptop") as store:
        found = programme.in_force(store)
        assert found and found.policy.company and len(store.items()) == 2


def test_an_older_version_is_refused(manager: Manager, store: Store, site: FeedSite) -> None:
    first = manager.publish()
    older = Path(first.path).read_bytes()
    manager.use(TEXT.replace("How we", "How they"))
    sourcing.use(store, manager.publish().link or "", now=NOW)
    upload(site, PATH, older)
    assert "is version 1 of 2026-11-21, older than version 2" in refused(store, first.link or "")
    assert "older than version 2" in (follow(store) or "")


def test_of_two_bundles_of_one_version_the_later_counts(manager: Manager, store: Store) -> None:
    first = manager.publish()
    sourcing.use(store, first.link or "", now=NOW)
    (manager.store.folder / "keys" / "published.json").unlink()  # type: ignore[operator]
    Path(first.path).unlink()
    manager.use(TEXT.replace("How we", "How they"))
    assert manager.publish(now=NOW + timedelta(hours=1)).version == 1
    assert follow(store) is None
    assert "How they test pumps" in {each.title for each in store.items()}


def test_another_signer_is_refused_until_somebody_gives_the_new_link(manager: Manager, store: Store) -> None:
    first = manager.publish()
    sourcing.use(store, first.link or "", now=NOW)
    second = manager.publish(new_keys=True)
    assert "signed by another than the link names" in refused(store, first.link or "")
    assert "signed by another" in (follow(store) or "")
    assert sourcing.use(store, second.link or "", now=NOW).name == "Northlight"
    assert follow(store) is None


def test_half_a_bundle_is_refused(manager: Manager, store: Store, site: FeedSite) -> None:
    published = manager.publish()
    sourcing.use(store, published.link or "", now=NOW)
    data = Path(published.path).read_bytes()
    upload(site, PATH, data[: len(data) // 2])
    assert "is not whole" in refused(store, published.link or "")


def test_one_from_the_future_is_refused(manager: Manager, store: Store) -> None:
    published = manager.publish(now=NOW + timedelta(days=2))
    assert "lies ahead of this computer's clock" in refused(store, published.link or "")


def test_a_wrong_content_key_is_refused(manager: Manager, store: Store) -> None:
    given = link.parse(manager.publish().link or "")
    assert "does not open with the key in the link" in refused(store, str(replace(given, key=bytes(32))))


def test_a_program_in_a_well_signed_bundle_is_refused_whole(manager: Manager, store: Store, site: FeedSite) -> None:
    published = manager.publish()
    ours = keys.of(manager.store.folder)  # type: ignore[arg-type]
    packed = archive.squeezed(archive.pack({"programme.json": b'{"name":"X","policy":{}}', "rules/x/y.py": b"1"}))
    upload(site, PATH, seal.seal(packed, ours, version=9, made_at=published.made_at, public=False))
    assert "“rules/x/y.py”, which does not belong" in refused(store, published.link or "")


def test_a_bundle_larger_than_any_is_not_even_read(manager: Manager, store: Store, site: FeedSite) -> None:
    published = manager.publish()
    site.stream(PATH, bytes(100_000), content_type="application/octet-stream")
    assert "is larger than 30 MB" in refused(store, published.link or "")


def test_a_redirect_keeps_the_pin(manager: Manager, store: Store, site: FeedSite) -> None:
    published = manager.publish()
    given = link.parse(published.link or "")
    moved = str(replace(given, address=site.redirect("/old", PATH)))
    sourcing.use(store, moved, now=NOW)
    kept = store.programme()
    assert kept and kept.origin == site.url("/old") and kept.link == moved
    manager.publish(new_keys=True)
    assert "signed by another" in (follow(store) or "")


def test_a_redirect_into_the_company_network_is_refused(manager: Manager, store: Store, site: FeedSite) -> None:
    given = link.parse(manager.publish().link or "")
    site.redirect("/old", site.url(PATH, host="127.0.0.2"))
    asked = len(site.asked)
    assert "private address" in refused(store, str(replace(given, address=site.url("/old"))))
    assert len(site.asked) == asked + 1


def test_an_address_without_its_fragment_is_told_what_is_missing(manager: Manager, store: Store, site: FeedSite) -> None:
    manager.publish()
    with pytest.raises(StrictError, match="whole subscription link, with the part after #"):
        sourcing.use(store, site.url(PATH), allow_private=["127.0.0.1"])
    copy = Path(manager.publish().path)
    with pytest.raises(StrictError, match="whole subscription link"):
        sourcing.use(store, str(copy))


def test_a_public_bundle_needs_no_key(manager: Manager, store: Store) -> None:
    manager.use(TEXT.replace("  confidential: [Heron Seven]\n", ""))
    published = manager.publish(public=True)
    assert "key=" not in (published.link or "")
    assert sourcing.use(store, published.link or "", now=NOW).name == "Northlight"


def test_answers_reach_the_one_who_proposed(manager: Manager, store: Store) -> None:
    page = "https://northlight.example/proposed"
    store.put_proposal(Proposal(MINE, page, "A page", state="sent"))
    other = MINE.replace("3", "4", 1)
    store.put_proposal(Proposal(other, page, "Another's", own=False, state="sent"))
    for id in (MINE, other):
        manager.store.put_proposal(Proposal(id, page, "A page", own=False, state="accepted", note="Gladly!"))
    sourcing.use(store, manager.publish().link or "", now=NOW)
    mine = store.proposal(MINE)
    assert (mine.state, mine.note, mine.answered_at) == ("accepted", "Gladly!", "2026-11-21T09:30:00Z")
    assert store.proposal(other).state == "sent"


def test_what_a_person_changed_in_an_item_stays(manager: Manager, store: Store) -> None:
    sourcing.use(store, manager.publish().link or "", now=NOW)
    pump = next(each for each in store.items() if "pump that" in each.title)
    edit_item(store, pump.id, {"title": "My own title"})
    manager.use(TEXT.replace("The pump that nobody hears", "Renamed").replace("Three winters", "Four winters"))
    manager.publish()
    assert follow(store) is None
    again = store.item(pump.id)
    assert again.title == "My own title" and again.variants[0].text.startswith("Four winters")


def test_the_link_is_in_no_export(manager: Manager, store: Store) -> None:
    published = manager.publish()
    sourcing.use(store, published.link or "", now=NOW)
    exported = json.dumps(export(store))
    for part in (published.link or "").partition("#")[2].replace("=", "&").split("&")[1::2]:
        assert part not in exported


def test_a_file_in_its_place_ends_the_subscription(manager: Manager, store: Store, tmp_path: Path) -> None:
    sourcing.use(store, manager.publish().link or "", now=NOW)
    own = tmp_path / "own.yaml"
    own.write_text("name: Own\npolicy: {}\n")
    sourcing.use(store, str(own), now=NOW)
    kept = store.programme()
    assert kept and kept.link is None and kept.version == 0 and store.items() == ()
    assert store.source(SOURCE_ID).etag is None


def test_rules_of_the_company_are_in_force_for_whoever_subscribes(manager: Manager, store: Store) -> None:
    folder = ROOT / "examples" / "packs" / "finance"
    manager.use(TEXT + f"rules: {{finance: {json.dumps(str(folder))}}}\n")
    sourcing.use(store, manager.publish().link or "", now=NOW)
    found = programme.in_force(store)
    assert found and "finance" in found.packs
    assert any(rule.pack == "finance" for rule in company_packs.engine(found.policy, found.packs).rules)
