"""Backups: which are kept, and what leaves them."""

import errno
import json
import os
from datetime import timedelta

import pytest

from server.store import Store
from tests.unit.store_folder import ONE, Clock, a_share, damaged, fill, json_files


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


def backups_of(folder, name):
    return sorted(file.name for file in (folder / "backups" / name).glob("*.json"))


def test_a_backup_a_day_is_kept_for_seven_days_and_the_state_before_the_last_write(folder, clock):
    with Store.open(folder, clock=clock) as store:
        for day in range(10):
            for number in range(3):
                store.add_share(a_share(1 + day * 3 + number))
            clock.now += timedelta(days=1)
    assert backups_of(folder, "shares/2026-10") == [
        "2026-10-24.9.json", "2026-10-25.12.json", "2026-10-26.15.json", "2026-10-27.18.json", "2026-10-28.21.json",
        "2026-10-29.24.json", "2026-10-30.27.json", "last.json"]


def test_a_start_keeps_what_changed_and_copies_nothing_that_did_not(folder, clock):
    fill(folder, clock)
    Store.open(folder, clock=clock).close()
    before = {file: file.stat().st_mtime_ns for file in (folder / "backups").rglob("*.json")}
    clock.now += timedelta(days=1)
    Store.open(folder, clock=clock).close()
    assert {file: file.stat().st_mtime_ns for file in (folder / "backups").rglob("*.json")} == before


def test_backups_are_made_where_the_file_system_has_no_links(folder, clock, monkeypatch):
    def no_link(*args, **kwargs):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_link)
    with Store.open(folder, clock=clock) as store:
        store.add_share(a_share(1))
        clock.now += timedelta(days=1)
        store.add_share(a_share(2))
        store.add_share(a_share(3))
    assert backups_of(folder, "shares/2026-10") == ["2026-10-21.1.json", "2026-10-22.1.json"]


def test_a_deleted_share_leaves_no_text_in_files_or_backups_and_the_others_stay(folder, clock):
    secret = "Words that I want gone"
    with Store.open(folder, clock=clock) as store:
        store.add_share(a_share(1))
        for day in range(4):
            store.add_share(a_share(10 + day))
            if day == 1:
                store.add_share(a_share(2, text=secret))
            if day == 2:
                store.update_share(a_share(2).id, posted_at="2026-11-05T09:00:00Z")
            clock.now += timedelta(days=1)
    with Store.open(folder, clock=clock) as store:
        holding = [file for file in json_files(folder) if secret in file.read_text()]
        assert len(holding) > 2
        damaged_backup = next(file for file in holding if "2026-11" in str(file) and "backups" in file.parts)
        damaged_backup.write_text(damaged_backup.read_text()[:-20])
        store.delete_share(a_share(2).id)
    assert [file for file in folder.rglob("*") if file.is_file() and secret in file.read_text()] == []
    for file in folder.rglob("2026-10*.json"):
        assert json.loads(file.read_bytes())["sayso"] == "shares"
    damaged(folder / "shares/2026-10.json", "cut")
    with Store.open(folder, clock=clock) as store:
        assert {share.text for share in store.shares()} == {"Post 1", *(f"Post {10 + day}" for day in range(4))}


def test_a_disconnected_browser_is_not_let_in_again_by_a_restored_file(folder, clock):
    fill(folder, clock)
    with Store.open(folder, clock=clock) as store:
        key = store.health_key()
        store.remove_pairing(ONE)
    damaged(folder / "pairings.json", "cut")
    with Store.open(folder, clock=clock) as store:
        assert store.pairings() == [] and store.health_key() == key


def test_erase_leaves_no_byte_of_it_on_files(folder, clock):
    fill(folder, clock)
    for name in ("shares/2026-10", "pairings"):
        damaged(folder / f"{name}.json", "cut")
    with Store.open(folder, clock=clock) as store:
        store.erase()
        assert [file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("sayso.lock")] == []
        store.add_share(a_share(1, text="After"))
    with Store.open(folder, clock=clock) as store:
        assert [share.text for share in store.shares()] == ["After"] and store.notices == []


def test_a_removed_source_does_not_come_back_from_its_backup(folder, clock):
    fill(folder, clock)
    with Store.open(folder, clock=clock) as store:
        store.remove_source(ONE)
    with Store.open(folder, clock=clock) as store:
        assert (store.items(), store.sources(), store.notices) == ((), [], [])
