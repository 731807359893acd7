"""The data folder: whole files, their versions, and the lock."""

import errno
import json
import os
import stat
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from server.store import Item, Preferences, Store, StoreError, StoreLocked, StoreNewer, schema
from tests.unit.store_folder import EACH, ONE, Clock, a_share, contents, fill, json_files


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


# Whole files

def test_each_concern_is_a_file_of_its_own_and_shares_lie_by_month(folder, clock):
    fill(folder, clock)
    with Store.open(folder, clock=clock) as store:
        store.add_share(a_share(5, month="2024-02"))
    found = {file.relative_to(folder).as_posix() for file in json_files(folder) if "backups" not in file.parts}
    assert found == {f"{name}.json" for name in [*EACH, "shares/2024-02"]}
    assert list(json.loads((folder / "shares/2024-02.json").read_bytes())["tables"]["shares"]) == [a_share(5).id]


def test_folder_and_files_are_the_owners_alone(folder, clock):
    before = os.umask(0)
    try:
        fill(folder, clock)
    finally:
        os.umask(before)
    # Windows knows read-only alone; a person's own folders are private there by their place.
    wanted = {"file": 0o600, "folder": 0o700} if os.name != "nt" else {"file": 0o666, "folder": 0o777}
    for path in [folder, *folder.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == wanted["folder" if path.is_dir() else "file"], path


def test_a_folder_with_other_things_in_it_keeps_its_permissions_and_its_files(tmp_path, clock):
    (tmp_path / "thesis.txt").write_text("mine")
    (tmp_path / "thesis.json.writing").write_text("mine too")
    tmp_path.chmod(0o755)
    with Store.open(tmp_path, clock=clock) as store:
        store.add_share(a_share(1))
        store.erase()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == (0o755 if os.name != "nt" else 0o777)
    assert {(tmp_path / name).read_text() for name in ("thesis.txt", "thesis.json.writing")} == {"mine", "mine too"}


def test_a_folder_that_cannot_be_used_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be used.*--data"):
        Store.open(tmp_path / "file")


def test_a_killed_writers_leftovers_are_removed_and_never_read(folder, clock):
    before = fill(folder, clock)
    leftovers = [folder / f"{name}.json.writing" for name in EACH] + [folder / "backups/sources/last.json.writing"]
    for leftover in leftovers:
        leftover.write_bytes(b'{"sayso": "shar')
    with Store.open(folder, clock=clock) as store:
        assert contents(store) == before
        assert store.notices == []
    assert [leftover for leftover in leftovers if leftover.exists()] == []


@pytest.mark.parametrize("step", ["open", "fsync", "replace"])
def test_a_write_that_fails_changes_nothing_and_leaves_nothing(folder, clock, monkeypatch, step):
    before = fill(folder, clock)
    real = getattr(os, step)

    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    with Store.open(folder, clock=clock) as store:
        files = {file: file.read_bytes() for file in json_files(folder)}
        monkeypatch.setattr(os, step, full)
        for write in (lambda: store.add_share(a_share(9)), lambda: store.set_preferences(Preferences()),
                      lambda: store.put_items(ONE, [Item(str(uuid.UUID(int=9)), ONE, "Item", "https://x.example/9")]),
                      lambda: store.update_share(a_share(1).id, text="Other")):
            with pytest.raises(OSError, match="No space"):
                write()
        monkeypatch.setattr(os, step, real)
        assert contents(store) == before
        assert list(folder.rglob("*.writing")) == []
        live = {file: data for file, data in files.items() if "backups" not in file.parts}
        assert {file: file.read_bytes() for file in live} == live
        assert store.add_share(a_share(9)) is True
    with Store.open(folder, clock=clock) as store:
        assert {share.text for share in store.shares()} == {"Post 1", "Post 9"}


def test_a_share_is_answered_only_once_file_and_name_are_synced(folder, clock, monkeypatch):
    with Store.open(folder, clock=clock) as store:
        store.add_share(a_share(1))
        done, real_sync, real_replace = [], os.fsync, os.replace

        def sync(handle):
            real_sync(handle)
            done.append("sync folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "sync file")

        def replace(old, new):
            real_replace(old, new)
            if "backups" not in Path(new).parts:
                done.append("replace")

        monkeypatch.setattr(os, "fsync", sync)
        monkeypatch.setattr(os, "replace", replace)
        store.add_share(a_share(2))
        assert done == ["sync file", "replace"] + (["sync folder"] if os.name != "nt" else [])


def test_a_share_that_moved_is_in_one_file_alone(folder, clock):
    with Store.open(folder, clock=clock) as store:
        store.add_share(a_share(1))
        store.update_share(a_share(1).id, posted_at="2026-11-01T00:00:00Z")
    assert a_share(1).id not in (folder / "shares/2026-10.json").read_text()
    assert a_share(1).id in (folder / "shares/2026-11.json").read_text()


# Versions

@pytest.mark.parametrize("name", EACH)
def test_a_file_of_a_newer_version_is_refused_and_untouched(folder, clock, name):
    fill(folder, clock)
    path = folder / f"{name}.json"
    path.write_bytes(json.dumps(json.loads(path.read_bytes()) | {"schema": schema.VERSION + 1}).encode())
    before = {file: file.read_bytes() for file in json_files(folder) if "backups" not in file.parts}
    with pytest.raises(StoreNewer, match=r"newer Sayso.*left as it is.*Update Sayso"):
        Store.open(folder, clock=clock)
    assert {file: file.read_bytes() for file in before} == before


def test_a_field_of_a_newer_version_is_refused_rather_than_dropped(folder, clock):
    fill(folder, clock)
    path = folder / "shares/2026-10.json"
    whole = json.loads(path.read_bytes())
    whole["tables"]["shares"][a_share(1).id]["mood"] = "glad"
    path.write_bytes(json.dumps(whole).encode())
    with pytest.raises(StoreNewer, match="mood"):
        Store.open(folder, clock=clock)
    assert json.loads(path.read_bytes()) == whole


def test_an_older_file_is_brought_forward_step_by_step_and_kept_as_a_backup(folder, clock, monkeypatch):
    fill(folder, clock)
    path = folder / "shares/2026-10.json"
    whole = json.loads(path.read_bytes())
    row = whole["tables"]["shares"][a_share(1).id]
    row["body"] = row.pop("text")
    path.write_bytes(json.dumps(whole | {"generation": 5}).encode())

    def renamed(concern, tables):
        if concern == "shares":
            for row in tables["shares"].values():
                row["text"] = row.pop("body")
        return tables

    def louder(concern, tables):
        for row in tables.get("shares", {}).values():
            row["text"] += "!"
        return tables

    monkeypatch.setattr(schema, "VERSION", 3)
    monkeypatch.setattr(schema, "MIGRATIONS", {1: renamed, 2: louder})
    for _ in range(2):
        with Store.open(folder, clock=clock) as store:
            assert [share.text for share in store.shares()] == ["Post 1!"]
    assert json.loads((folder / "backups/shares/2026-10/2026-10-21.5.json").read_bytes())["schema"] == 1
    with Store.open(folder, clock=clock) as store:
        store.add_share(a_share(2))
    assert json.loads(path.read_bytes())["schema"] == 3
    with Store.open(folder, clock=clock) as store:
        assert {share.text for share in store.shares()} == {"Post 1!", "Post 2"}


def test_fields_that_an_older_file_lacks_take_their_defaults(folder, clock):
    fill(folder, clock)
    path = folder / "shares/2026-10.json"
    whole = json.loads(path.read_bytes())
    del whole["tables"]["shares"][a_share(1).id]["readings"]
    path.write_bytes(json.dumps(whole).encode())
    with Store.open(folder, clock=clock) as store:
        assert store.shares()[0].readings == () and store.notices == []


# The lock

def test_a_second_store_on_the_folder_is_told_who_has_it(folder, clock):
    with Store.open(folder, clock=clock):
        for _ in range(2):
            with pytest.raises(StoreLocked, match=rf"process {os.getpid()}, since 2026-10-21 09:30 UTC.*--data"):
                Store.open(folder, clock=clock)
    Store.open(folder, clock=clock).close()


HOLD = """
import sys
from server.store import Store
store = Store.open(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


def test_another_process_is_told_who_has_the_folder_and_gets_it_once_that_one_was_killed(folder):
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with child:
        assert child.stdout.readline() == "held\n"
        with pytest.raises(StoreLocked, match=f"process {child.pid},"):
            Store.open(folder)
        child.kill()
        child.wait()
    assert (folder / "sayso.lock.holder").exists()
    with Store.open(folder) as store:
        assert store.notices == []
    assert not (folder / "sayso.lock.holder").exists()


@pytest.mark.parametrize("holder", [b"", b"nonsense", b"[]", b'{"pid": "x", "since": 3}'])
def test_a_lock_whose_holder_is_not_known_is_still_a_sentence(folder, clock, holder):
    with Store.open(folder, clock=clock):
        (folder / "sayso.lock.holder").write_bytes(holder)
        with pytest.raises(StoreLocked, match="Another Sayso is using the data folder"):
            Store.open(folder, clock=clock)


def test_tinydb_is_imported_by_the_engine_alone():
    package = Path(schema.__file__).parent.parent
    importing = [file.relative_to(package).as_posix() for file in package.rglob("*.py")
                 if "import tinydb" in file.read_text("utf-8") or "from tinydb" in file.read_text("utf-8")]
    assert importing == ["store/engine.py"]
