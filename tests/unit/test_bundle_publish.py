"""Publishing a programme: what goes into the bundle, its version, and what stops it."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from server import company_packs, programme, sourcing
from server.bundle import BundleError, archive, content, link, seal
from server.bundle.fit import faults_of
from server.bundle.publish import FILE, Published, Unfit, publish
from server.feed import add_source
from server.rules import Engine
from server.store import Item, Proposal, Store, Variant
from server.vetting import Vetting

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
URL = "https://cobaltfinch.example/people/programme.sayso"
TEXT = """\
name: Northlight
languages: [en, de]
contact: news@northlight.example
policy:
  company: {name: Northlight, products: [Whisper Pump], competitors: [Globex]}
  jurisdictions: [uk, de]
mix: {brand: 60, employee: 40}
utm: {source: linkedin, campaign: "{campaign}"}
roles: [engineer]
items:
  - title: The pump that nobody hears
    url: https://northlight.example/pump
    topics: [engineering]
    variants:
      - {text: Three winters of listening tests went into this pump., lang: en}
      - {text: We looked into how pumps hum., lang: en, voice: question, draft: true}
  - {title: Shelved, url: "https://northlight.example/shelved", shelved: true}
  - title: Only a draft
    url: https://northlight.example/draft
    variants: [{text: A first try., lang: en, draft: true}]
sources:
  - {url: "https://northlight.example/feed.xml"}
answers:
  - {proposal: 3f2b8c1e-0d5a-4c7e-9f61-2a4b6c8d0e1f, state: declined, note: Not this time.}
"""
PUMP = "https://northlight.example/pump"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "manager") as store:
        use(store, TEXT)
        yield store


def use(store: Store, text: str) -> None:
    file = store.folder.parent / "programme.yaml"  # type: ignore[union-attr]
    file.write_text(text, "utf-8")
    sourcing.use(store, str(file), now=NOW)


def vetting(store: Store) -> Vetting:
    found = programme.in_force(store)
    assert found
    return Vetting(company_packs.engine(found.policy, found.packs), found.packs)


def publish_(store: Store, **more: Any) -> Published:
    assert store.folder
    return publish(store, vetting(store), folder=store.folder, **{"url": URL, "now": NOW, **more})


def item(store: Store, url: str = PUMP) -> Item:
    return next(each for each in store.items() if each.url == url)


def opened(published: Published) -> tuple[programme.ProgrammeFile, dict[str, bytes]]:
    given = link.parse(published.link or "")
    files = archive.unpack(seal.opened(seal.verify(Path(published.path).read_bytes(), given.pin, NOW), given))
    return content.programme_of(files, URL)[0], files


def test_the_bundle_holds_what_companions_need_and_nothing_of_the_managers(store: Store) -> None:
    add_source(store, str(ROOT / "tests/feeds/newsroom.rss.xml"), category="industry")
    feed = [each for each in store.items() if each.category == "industry"]
    published = publish_(store)
    found, files = opened(published)
    ours = programme.in_force(store)
    assert ours and (found.name, found.policy, found.languages, found.contact, found.mix, found.utm, found.roles) == (
        ours.name, ours.policy, ours.languages, ours.contact, ours.mix, ours.utm, ours.roles
    )  # fmt: skip
    assert {each.url for each in found.items} == {PUMP, *(each.url for each in feed)}
    (pump,) = (each for each in found.items if each.url == PUMP)
    assert [each.text for each in pump.variants] == ["Three winters of listening tests went into this pump."]
    assert found.sources == () and found.answers == ours.answers
    assert (published.items, published.shelved, published.unfinished) == (1 + len(feed), 1, 1)
    assert set(files) == {"programme.json", "items/0001.json"}
    everything = b"".join(files.values())
    assert b"Shelved" not in everything and b"first try" not in everything and str(store.folder).encode() not in everything


def test_an_item_without_a_date_is_dated_the_same_for_everyone(store: Store) -> None:
    found, _ = opened(publish_(store))
    assert found.items[0].published_at == item(store).published_at is not None


def test_the_same_again_is_the_same_bytes_and_a_change_is_the_next_version(store: Store) -> None:
    first = publish_(store)
    data = Path(first.path).read_bytes()
    again = publish_(store, now=datetime(2026, 12, 1, tzinfo=UTC))
    assert (first.version, first.changed, again.version, again.changed) == (1, True, 1, False)
    assert again.made_at == first.made_at and Path(again.path).read_bytes() == data

    store.update_item(item(store).id, title="The pump that you cannot hear")
    changed = publish_(store, now=datetime(2026, 12, 1, tzinfo=UTC))
    assert (changed.version, changed.made_at, changed.link) == (2, "2026-12-01T00:00:00Z", first.link)
    assert Path(changed.path).read_bytes() != data


def test_what_companions_do_not_get_makes_no_new_version(store: Store) -> None:
    publish_(store)
    draft = Variant("5f2b8c1e-0d5a-4c7e-9f61-2a4b6c8d0e1f", "Another try.", "en", draft=True)
    store.update_item(item(store).id, variants=(*item(store).variants, draft))
    assert publish_(store).version == 1


def test_the_order_in_which_items_came_makes_no_new_version(store: Store) -> None:
    second = "  - {title: A second, url: \"https://northlight.example/second\"}\n"
    head, rest = TEXT.split("items:\n")
    use(store, f"{head}items:\n{second}{rest}")
    publish_(store)
    before, after = rest.split("sources:")
    use(store, f"{head}items:\n{before}{second}sources:{after}")
    assert publish_(store).version == 1


def test_from_encrypted_to_public_is_a_new_version(store: Store) -> None:
    sealed, public = publish_(store), publish_(store, public=True)
    assert public.version == 2 and public.link == (sealed.link or "").partition("&key=")[0]
    assert opened(public)[0].name == "Northlight"


def test_a_folder_that_came_back_from_an_older_copy_goes_on_counting(store: Store, tmp_path: Path) -> None:
    output = tmp_path / "www" / "p.sayso"
    note = store.folder / "keys" / "published.json"  # type: ignore[operator]
    publish_(store, output=output)
    older = note.read_bytes()
    store.update_item(item(store).id, title="Second")
    assert publish_(store, output=output).version == 2
    note.write_bytes(older)
    assert publish_(store, output=output).version == 3
    note.write_text("damaged")
    assert publish_(store, output=output).version == 4


def test_a_foreign_file_at_the_place_is_replaced_and_not_counted(store: Store, tmp_path: Path) -> None:
    output = tmp_path / "p.sayso"
    output.write_bytes(b"whatever")
    assert publish_(store, output=output).version == 1
    assert seal.is_bundle(output.read_bytes())


def test_new_keys_begin_anew_with_another_link(store: Store) -> None:
    first = publish_(store)
    second = publish_(store, new_keys=True)
    assert second.version == 1 and second.changed and second.link != first.link
    assert opened(second)[0].name == "Northlight"


def test_the_address_is_asked_for_once(store: Store) -> None:
    without = publish_(store, url=None)
    assert without.link is None and without.address is None
    assert (publish_(store).link or "").startswith(f"{URL}#pin=")
    assert (publish_(store, url=None).link or "").startswith(f"{URL}#pin=")


def test_keys_are_in_no_backup_and_go_with_everything_else(store: Store) -> None:
    from server.companion import Companion

    published = publish_(store)
    folder = store.folder
    assert folder
    if os.name == "posix":
        assert stat.S_IMODE((folder / "keys" / "publishing.json").stat().st_mode) == 0o600
    secret = json.loads((folder / "keys" / "publishing.json").read_text())["signing"].encode()
    holders = [path for path in folder.rglob("*") if path.is_file() and secret in path.read_bytes()]
    assert holders == [folder / "keys" / "publishing.json"]
    Companion(store, 1).erase()
    assert not any((folder / "keys").iterdir()) and not Path(published.path).exists()


BOAST = "Whisper Pump from Northlight is the best pump in the world, guaranteed. Buy one today!"


def with_wording(store: Store, text: str, reason: str | None = None) -> None:
    shown = item(store)
    store.update_item(shown.id, variants=(replace(shown.variants[0], text=text, reason=reason),))


def test_a_wording_that_breaks_the_policy_stops_publishing_by_name(store: Store) -> None:
    with_wording(store, BOAST)
    with pytest.raises(Unfit, match="1 wording breaks the policy.*shelve.*give a reason") as caught:
        publish_(store)
    (fault,) = caught.value.faults
    assert (fault.item_id, fault.variant_id) == (item(store).id, item(store).variants[0].id)
    assert "“The pump that nobody hears” (en, factual): " in str(caught.value) and fault.found
    assert set(fault.jurisdictions) <= {"uk", "de"} and fault.jurisdictions
    assert not (store.folder / FILE).exists()  # type: ignore[operator]


def test_with_a_reason_it_is_published_and_the_reason_stays_here(store: Store) -> None:
    with_wording(store, BOAST, reason="Our lawyers measured it.")
    published = publish_(store)
    found, files = opened(published)
    assert published.excused == 1 and found.items[0].variants[0].text == BOAST
    assert b"lawyers" not in b"".join(files.values())


def test_what_is_shelved_or_a_draft_stops_nothing(store: Store) -> None:
    with_wording(store, BOAST)
    store.update_item(item(store).id, shelved=True)
    assert faults_of(store.items(), vetting(store)) == []


def test_a_finding_about_a_confidential_word_does_not_repeat_it(store: Store) -> None:
    use(store, TEXT.replace("  jurisdictions:", "  confidential: [Heron Seven]\n  jurisdictions:"))
    with_wording(store, "We are proud of Heron Seven.")
    with pytest.raises(Unfit) as caught:
        publish_(store)
    assert "Heron" not in str(caught.value)


def test_in_the_open_nothing_confidential_is_published(store: Store) -> None:
    use(
        store,
        TEXT.replace("  jurisdictions:", "  confidential: [Heron Seven]\n  jurisdictions:").replace(
            "    topics: [engineering]\n", "    embargo_until: 2027-01-01\n"
        ),
    )
    with pytest.raises(BundleError, match="“The pump that nobody hears”") as caught:
        publish_(store, public=True)
    assert "confidential words (1)" in str(caught.value)
    assert "Heron" not in str(caught.value)
    assert publish_(store).version == 1


def test_an_embargo_that_has_passed_is_none(store: Store) -> None:
    use(store, TEXT.replace("    topics: [engineering]\n", "    embargo_until: 2026-11-01\n"))
    assert publish_(store, public=True).public


def test_answers_given_here_are_in_the_bundle_and_ones_own_proposals_are_not(store: Store) -> None:
    made = "https://northlight.example/proposed"
    ids = [f"{number}f2b8c1e-0d5a-4c7e-9f61-2a4b6c8d0e1f" for number in range(4)]
    store.put_proposal(Proposal(ids[0], made, "A", own=False, state="accepted", note="Gladly!"))
    store.put_proposal(Proposal(ids[1], made, "B", own=False, state="sent"))
    store.put_proposal(Proposal(ids[2], made, "C", own=True, state="accepted", note="From elsewhere"))
    store.put_proposal(Proposal(ids[3], made, "D", own=False, state="accepted", note="After all"))
    found, _ = opened(publish_(store))
    assert [(each.proposal[0], each.state, each.note) for each in found.answers] == [
        ("0", "accepted", "Gladly!"),
        ("3", "accepted", "After all"),
    ]


def test_an_item_that_no_companion_could_read_is_named(store: Store) -> None:
    store.update_item(item(store).id, expires_at="2020-01-01T00:00:00Z")
    with pytest.raises(BundleError, match="“The pump that nobody hears” cannot be published: expires_at lies before"):
        publish_(store)


def test_rules_of_the_company_go_along(store: Store) -> None:
    folder = ROOT / "examples" / "packs" / "finance"
    use(store, TEXT + f"rules: {{finance: {json.dumps(str(folder))}}}\n")
    published = publish_(store)
    found, _ = opened(published)
    assert published.rules == len(found.packs["finance"]) == len(list(folder.glob("*.yaml")))
    assert company_packs.engine(found.policy, found.packs).rules


def test_without_a_programme_there_is_nothing_to_publish(tmp_path: Path) -> None:
    with Store.open(tmp_path / "new") as store, pytest.raises(BundleError, match="sayso programme use FILE"):
        publish(store, Vetting(Engine(programme.load_programme("name: X\npolicy: {}\n", "p").policy), {}), folder=tmp_path)


def test_a_place_that_cannot_be_written_is_named(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BundleError, match="cannot be written.*--output"):
        publish_(store, output=tmp_path / "file" / "p.sayso")
