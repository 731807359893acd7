"""A file that cannot be read is set aside and its backup used; what a crash between two files leaves is mended."""

import errno
import json
import uuid
from datetime import timedelta
from pathlib import Path

import pytest

from server.store import Store, StoreError
from tests.unit.store_folder import EACH, ONE, Clock, a_share, contents, damaged, fill


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


@pytest.mark.parametrize("how", ["cut", "empty", "zeros", "list", "swapped", "headless", "time", "row"])
@pytest.mark.parametrize("name", EACH)
def test_a_damaged_file_is_set_aside_and_its_backup_used(folder, clock, name, how):
    before = fill(folder, clock)
    Store.open(folder, clock=clock).close()  # a start keeps what changed since the newest backup
    bytes_ = damaged(folder / f"{name}.json", how)
    with Store.open(folder, clock=clock) as store:
        assert contents(store) == before
        [notice] = store.notices
    asides = list(folder.rglob("*.unreadable-*"))
    assert [aside.read_bytes() for aside in asides] == [bytes_]
    assert f"{name}.json could not be read" in notice and asides[0].name in notice
    assert "The backup of 2026-10-21 09:30 UTC is used" in notice
    with Store.open(folder, clock=clock) as store:
        assert contents(store) == before
        assert store.notices == []


@pytest.mark.parametrize("field, value", [
    ("posted_at", "soon"), ("updated_at", "zzz"), ("id", "00000000-0000-0000-0000-000000000002"), ("text", None),
    ("urns", "x"), ("own_words", True), ("findings", [1])])
def test_a_share_whose_fields_are_damaged_counts_as_a_damaged_file(folder, clock, field, value):
    before = fill(folder, clock)
    path = folder / "shares/2026-10.json"
    whole = json.loads(path.read_bytes())
    whole["tables"]["shares"][a_share(1).id][field] = value
    path.write_bytes(json.dumps(whole).encode())
    with Store.open(folder, clock=clock) as store:
        assert contents(store) == before
        assert len(store.notices) == 1


@pytest.mark.parametrize("name", EACH)
def test_a_file_that_vanished_comes_back_from_its_backup(folder, clock, name):
    before = fill(folder, clock)
    Store.open(folder, clock=clock).close()
    (folder / f"{name}.json").unlink()
    with Store.open(folder, clock=clock) as store:
        assert contents(store) == before
        assert [f"{name}.json was missing" in notice for notice in store.notices] == [True]


def test_without_a_start_in_between_at_most_the_last_write_is_lost(folder, clock):
    with Store.open(folder, clock=clock) as store:
        for number in range(1, 6):
            store.add_share(a_share(number))
    damaged(folder / "shares/2026-10.json", "cut")
    with Store.open(folder, clock=clock) as store:
        assert {share.text for share in store.shares()} == {f"Post {number}" for number in range(1, 5)}


def test_a_damaged_file_and_damaged_backups_fall_back_to_the_newest_good_one(folder, clock):
    for day in range(3):
        with Store.open(folder, clock=clock) as store:
            store.add_share(a_share(1 + day))
        clock.now += timedelta(days=1)
    backups = sorted((folder / "backups/shares/2026-10").glob("*.json"))
    assert len(backups) > 2
    for file in [folder / "shares/2026-10.json", *backups[1:]]:
        damaged(file, "cut")
    with Store.open(folder, clock=clock) as store:
        assert [share.text for share in store.shares()] == ["Post 1"]
        store.add_share(a_share(7))
    damaged(folder / "shares/2026-10.json", "cut")
    with Store.open(folder, clock=clock) as store:
        assert [share.text for share in store.shares()] == ["Post 1"]
        assert len(store.notices) == 1


def test_what_is_written_after_a_recovery_counts_as_newer_than_every_older_backup(folder, clock):
    with Store.open(folder, clock=clock) as store:
        for number in range(1, 6):
            store.add_share(a_share(number))
    Store.open(folder, clock=clock).close()
    damaged(folder / "shares/2026-10.json", "cut")
    with Store.open(folder, clock=clock) as store:
        store.add_share(a_share(6))
        store.add_share(a_share(7))
    damaged(folder / "shares/2026-10.json", "cut")
    with Store.open(folder, clock=clock) as store:
        assert {share.text for share in store.shares()} == {f"Post {number}" for number in range(1, 7)}


def test_a_damaged_file_without_any_backup_is_set_aside_and_the_rest_is_there(folder, clock):
    fill(folder, clock)
    for backup in (folder / "backups/shares").rglob("*.json"):
        backup.unlink()
    bytes_ = damaged(folder / "shares/2026-10.json", "cut")
    with Store.open(folder, clock=clock) as store:
        assert store.shares() == [] and len(store.items()) == 1
        assert "starts empty" in store.notices[0]
        store.add_share(a_share(8))
    assert [aside.read_bytes() for aside in folder.rglob("*.unreadable-*")] == [bytes_]


def test_files_damaged_twice_in_one_second_are_both_kept(folder, clock):
    fill(folder, clock)
    kept = []
    for how in ("cut", "zeros"):
        kept.append(damaged(folder / "shares/2026-10.json", how))
        Store.open(folder, clock=clock).close()
    assert sorted(aside.read_bytes() for aside in folder.rglob("*.unreadable-*")) == sorted(kept)


def test_items_outlive_a_list_of_sources_that_is_lost_and_can_still_be_removed(folder, clock):
    fill(folder, clock)
    damaged(folder / "sources.json", "cut")
    for backup in (folder / "backups/sources").glob("*.json"):
        backup.unlink()
    with Store.open(folder, clock=clock) as store:
        assert len(store.items()) == 1 and store.sources() == []
        assert "add their source again" in store.notices[-1]
        store.remove_source(ONE)
        assert store.items() == ()


def test_a_file_that_may_not_be_read_is_an_error_and_stays(folder, clock, monkeypatch):
    fill(folder, clock)
    real = Path.read_bytes

    def read_bytes(path):
        if path.name == "preferences.json":
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path)

    before = real(folder / "preferences.json")
    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    with pytest.raises(StoreError, match="preferences.json may not be read"):
        Store.open(folder, clock=clock)
    monkeypatch.undo()
    assert real(folder / "preferences.json") == before
    Store.open(folder, clock=clock).close()  # and the lock is free


# What a crash between two files leaves

def copy_of_share(folder, from_month, to_month, **fields):
    source = json.loads((folder / f"shares/{from_month}.json").read_bytes())
    rows = source["tables"]["shares"]
    for row in rows.values():
        row.update(fields)
    (folder / f"shares/{to_month}.json").write_bytes(json.dumps(source).encode())


@pytest.mark.parametrize("to_month", ["2026-09", "2026-11"])
@pytest.mark.parametrize("text, updated_at", [("Newer", "2026-10-22T00:00:00Z"), ("Older", "2026-10-20T00:00:00Z")])
def test_of_a_share_that_is_in_two_months_the_newest_stays(folder, clock, to_month, text, updated_at):
    fill(folder, clock)
    copy_of_share(folder, "2026-10", to_month, text=text, updated_at=updated_at, posted_at=f"{to_month}-21T09:00:00Z")
    for _ in range(2):
        with Store.open(folder, clock=clock) as store:
            assert [share.text for share in store.shares()] == ["Newer" if text == "Newer" else "Post 1"]
    rows = [json.loads(file.read_bytes())["tables"]["shares"] for file in (folder / "shares").glob("*.json")]
    assert sorted(len(row) for row in rows) == [0, 1]


def test_a_share_in_the_file_of_another_month_is_still_found_changed_and_deleted(folder, clock):
    fill(folder, clock)
    (folder / "shares/2026-10.json").rename(folder / "shares/2020-01.json")
    for file in (folder / "backups/shares/2026-10").glob("*.json"):
        file.unlink()
    with Store.open(folder, clock=clock) as store:
        store.update_share(a_share(1).id, text="Corrected")
    with Store.open(folder, clock=clock) as store:
        assert [share.text for share in store.shares()] == ["Corrected"]
        store.delete_share(a_share(1).id)
    with Store.open(folder, clock=clock) as store:
        assert store.shares() == []


@pytest.mark.parametrize("updated_at, kept", [("2026-10-22T00:00:00Z", "Newer"), ("2026-10-20T00:00:00Z", "Item")])
@pytest.mark.parametrize("other", [str(uuid.UUID(int=0)), str(uuid.UUID(int=5))])
def test_of_an_item_that_is_in_two_sources_the_newest_stays(folder, clock, updated_at, kept, other):
    fill(folder, clock)
    whole = json.loads((folder / f"content/{ONE}.json").read_bytes())
    for row in whole["tables"]["items"].values():
        row.update(source_id=other, title="Newer", updated_at=updated_at)
    (folder / f"content/{other}.json").write_bytes(json.dumps(whole).encode())
    for _ in range(2):
        with Store.open(folder, clock=clock) as store:
            assert [item.title for item in store.items()] == [kept]
