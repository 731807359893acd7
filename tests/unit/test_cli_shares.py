"""`sayso shares` as it is used: real processes, real files, with a companion and without."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest

from server.shares.table import csv_of
from server.store import Share, Store
from tests.support.companion import Companion
from tests.unit.test_cli import sayso
from tests.unit.test_imports import MONDAY, csv_of as archive_of, row

ID = "3f2b8c1e-0d5a-4c7e-9f61-2a4b6c8d0e1f"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    file = tmp_path / "Shares.csv"
    file.write_bytes(archive_of(row(MONDAY, "=HYPERLINK(1)\nA second line")))
    return file


def test_a_whole_history_moves_with_two_commands(tmp_path: Path, archive: Path) -> None:
    old, new, file = tmp_path / "old", tmp_path / "new", tmp_path / "mine.json"
    taken = sayso("shares", "import", str(archive), "--yes", data=old)
    assert taken.returncode == 0 and "1 new share, 0 new readings" in taken.stdout and "To undo" in taken.stdout
    assert sayso("shares", "export", "--output", str(file), data=old).returncode == 0
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600  # nobody else's to read, like the data folder
    with Companion.start(new):
        assert sayso("shares", "import", str(file), "--yes", data=new).returncode == 0
        listed = json.loads(sayso("shares", "list", "--json", data=new).stdout)
    assert [share["text"] for share in listed["shares"]] == ["=HYPERLINK(1)\nA second line"]
    before = json.loads(sayso("shares", "list", "--json", data=old).stdout)
    for each in (*listed["shares"], *before["shares"]):
        del each["import_id"]  # here and there another import brought it
    assert listed == before


def test_a_preview_writes_nothing_and_a_no_is_a_no(tmp_path: Path, archive: Path) -> None:
    dry = json.loads(sayso("shares", "import", str(archive), "--dry", "--json", data=tmp_path / "data").stdout)
    assert (dry["new"], dry["dry"], dry["sample"][0]["posted_at"]) == (1, True, "2026-03-02T09:00:00Z")
    refused = sayso("shares", "import", str(archive), data=tmp_path / "data", stdin="n\n")
    assert refused.returncode == 1
    assert sayso("shares", "list", data=tmp_path / "data").stdout.strip() == "No shares yet."


def test_an_import_is_listed_and_undone(tmp_path: Path, archive: Path) -> None:
    data = tmp_path / "data"
    done = json.loads(sayso("shares", "import", str(archive), "--yes", "--json", data=data).stdout)
    assert "Shares.csv: 1 share," in sayso("shares", "import", "--list", data=data).stdout
    assert sayso("shares", "import", "--undo", done["id"], data=data).returncode == 0
    assert "No shares yet." in sayso("shares", "list", data=data).stdout
    again = sayso("shares", "import", "--undo", done["id"], data=data)
    assert again.returncode == 2 and "no such thing" in again.stderr


def test_what_cannot_be_imported_says_why(tmp_path: Path) -> None:
    wrong = tmp_path / "Comments.csv"
    wrong.write_text("Date,Link,Message\n")
    result = sayso("shares", "import", str(wrong), data=tmp_path / "data")
    assert result.returncode == 2 and "lacks the column ShareLink" in result.stderr
    missing = sayso("shares", "import", str(tmp_path / "none.zip"), data=tmp_path / "data")
    assert missing.returncode == 2 and "is not there" in missing.stderr
    assert sayso("shares", "import", data=tmp_path / "data").returncode == 2


def test_a_receipt_verifies_and_fails_when_one_byte_is_changed(tmp_path: Path) -> None:
    data, file, text = tmp_path / "data", tmp_path / "receipt.json", tmp_path / "post.txt"
    with Companion.start(data) as companion:
        body = {"id": ID, "text": "#ad Café, at last", "status": "confirmed", "disclosure": "present"}
        companion.call("POST", "/shares", body)
        assert sayso("shares", "receipt", ID, "--output", str(file), data=data).returncode == 0
    good = sayso("shares", "verify", str(file), data=data)
    assert good.returncode == 0 and good.stdout.startswith("holds: present, ")
    whole = bytearray(file.read_bytes())
    whole[whole.index("Café".encode())] ^= 1
    file.write_bytes(whole)
    bad = sayso("shares", "verify", str(file), data=data)
    assert bad.returncode == 1 and bad.stdout.startswith("does not hold")
    text.write_bytes("#ad Café, at last".encode())
    assert sayso("shares", "verify", str(file), "--text", str(text), data=data).returncode == 0
    file.write_text("{}")
    assert "no receipt of Sayso's" in sayso("shares", "verify", str(file), data=data).stderr


def test_the_table_opens_in_a_spreadsheet_and_runs_nothing(tmp_path: Path, archive: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "mine.csv"
    sayso("shares", "import", str(archive), "--yes", data=data)
    assert sayso("shares", "export", "--csv", "--output", str(file), data=data).returncode == 0
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    (found,) = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert found["text"] == "'=HYPERLINK(1)\nA second line" and found["impressions"] == "" and found["posted_at"] == "2026-03-02T09:00:00Z"


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_cell_begins_as_a_formula_does(begin: str) -> None:
    store = Store.in_memory()
    store.add_share(Share(ID, f"{begin}1+1", "2026-11-01T00:00:00Z", item_title=f"{begin}cmd", topics=(f"{begin}x",)))
    (found,) = csv.DictReader(io.StringIO(csv_of(store.shares()).removeprefix("\ufeff"), newline=""))
    assert [found[name][0] for name in ("text", "item_title", "topics")] == ["'"] * 3
