"""A data folder with something in each kind of file, and ways to damage one."""

import json
import uuid
from datetime import UTC, datetime

from server.store import Item, Pairing, Preferences, Programme, Share, Source, Store

ONE = str(uuid.UUID(int=1))
EACH = ["sources", "preferences", "pairings", "programme", f"content/{ONE}", "shares/2026-10"]


class Clock:
    def __init__(self):
        self.now = datetime(2026, 10, 21, 9, 30, tzinfo=UTC)

    def __call__(self):
        return self.now


def a_share(number, month="2026-10", **fields):
    values = {"id": str(uuid.UUID(int=number)), "text": f"Post {number}", "posted_at": f"{month}-21T09:00:00Z"}
    return Share(**values | fields)


def fill(folder, clock):
    """A folder with something in each kind of file; returns what is in it."""
    with Store.open(folder, clock=clock) as store:
        store.put_source(Source(ONE, "feed", "https://cobaltfinch.example/feed.xml"))
        store.put_items(ONE, [Item(str(uuid.UUID(int=2)), ONE, "Item", "https://cobaltfinch.example/2")])
        store.add_share(a_share(1))
        store.set_preferences(Preferences(takes_rewards=False))
        store.add_pairing(Pairing(ONE, "ab" * 32, "Chromium", ""))
        store.health_key()
        store.set_programme(Programme("name: One", "one.yaml", ""))
        return contents(store)


def contents(store):
    return (store.sources(), store.items(), store.shares(), store.preferences(), store.pairings(), store.health_key(),
            store.programme())


def json_files(folder):
    return [file for file in folder.rglob("*.json")]


def damaged(path, how):
    whole = path.read_bytes()
    parsed = json.loads(whole)
    match how:
        case "cut": path.write_bytes(whole[:len(whole) // 2])
        case "empty": path.write_bytes(b"")
        case "zeros": path.write_bytes(b"\0" * len(whole))
        case "list": path.write_bytes(b"[1, 2]")
        case "swapped": path.write_bytes(json.dumps(parsed | {"sayso": "other"}).encode())
        case "headless": path.write_bytes(json.dumps({"tables": parsed["tables"]}).encode())
        case "time": path.write_bytes(json.dumps(parsed | {"written_at": "yesterday"}).encode())
        case "row":
            table = next(iter(parsed["tables"].values()))
            table[next(iter(table))] = 5
            path.write_bytes(json.dumps(parsed).encode())
    return path.read_bytes()
