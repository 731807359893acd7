"""What is going on when the crash comes: each kind of write of the store, from a state before it to one after it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from server.shares import imports, ledger
from server.store import Item, Pairing, Preferences, Share, Source, Store

NOW = datetime(2024, 5, 6, 9, 30, tzinfo=UTC)
BACK = NOW - timedelta(days=45)  # a clock that was set back
SECRET = "nobody shall find this again"
SOURCE = str(uuid.UUID(int=77))
State = dict[str, dict[str, Any]]


def clock(*, back: bool = False) -> Callable[[], datetime]:
    return lambda: BACK if back else NOW


def id_of(number: int) -> str:
    return str(uuid.UUID(int=number))


def a_share(number: int, month: str = "2024-03", **fields: Any) -> Share:
    return Share(**{"id": id_of(number), "text": f"Post {number}, about coffee", "posted_at": f"{month}-21T09:00:00Z",
                    "urns": (f"urn:li:share:{number}",)} | fields)


def archive(posts: int) -> imports.Found:
    rows = [f'2024-0{1 + n % 3}-1{n % 9} 08:0{n % 10}:00,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A{n + 9},Of old {n}'
            for n in range(posts)]
    return imports.read("\n".join(["Date,ShareLink,ShareCommentary", *rows]).encode(), "Shares.csv")


def reading(number: int) -> dict[str, Any]:
    return {"read_at": f"2024-04-0{number}T09:00:00Z", "where": "hand", "impressions": 10 * number}


# States to begin with

def nothing(store: Store) -> None:
    pass


def some(store: Store) -> None:
    """Five shares in three months, written on two days so far, so that there are backups of more than one age."""
    for number, month in ((1, "2024-02"), (2, "2024-03"), (3, "2024-03"), (4, "2024-03"), (5, "2024-04")):
        ledger.log(store, a_share(number, month, text=f"{SECRET} {number}" if number in (3, 5) else f"Post {number}"))
    store.add_reading(id_of(3), reading(1))
    store.add_reading(id_of(5), reading(2))
    store.set_preferences(Preferences(takes_rewards=False))
    store.add_pairing(Pairing(id_of(1), "ab" * 32, "Chromium", ""))
    store.health_key()


def with_import(store: Store) -> None:
    some(store)
    imports.carry_out(store, imports.plan(store, archive(7)))


def with_items(store: Store) -> None:
    some(store)
    store.put_source(Source(SOURCE, "feed", "https://cobaltfinch.example/feed.xml"))
    store.put_items(SOURCE, [Item(id_of(number), SOURCE, f"Item {number}", f"https://cobaltfinch.example/{number}")
                             for number in range(60, 63)])


# What is done

def forget_old_texts(store: Store) -> None:
    if store.preferences().keep_days is None:
        store.set_preferences(replace(store.preferences(), keep_days=1))
    ledger.forget_texts(store, NOW + timedelta(days=90))


def take_out(store: Store) -> None:
    for done in store.imports():
        imports.undo(store, done.id)


def put_many(store: Store) -> None:
    moved = [replace(store.share(id_of(number)), posted_at=f"2024-0{6 - number}-02T09:00:00Z", updated_at="2024-05-07T00:00:00Z")
             for number in (2, 4)]
    store.put_shares([*moved, *(a_share(number, f"2024-0{number % 4 + 1}") for number in range(30, 36))])


@dataclass(frozen=True)
class Scene:
    """`whole`: the write is done or not, never in part. What is not whole is done by the same act again.
    `forgets`: once answered, SECRET is in no file any more."""

    name: str
    before: Callable[[Store], Any]
    act: Callable[[Store], Any]
    whole: bool = True
    forgets: bool = False


SCENES = {scene.name: scene for scene in (
    Scene("the first share of all", nothing, lambda store: ledger.log(store, a_share(1))),
    Scene("log a share", some, lambda store: ledger.log(store, a_share(6))),
    Scene("log the first share of a month", some, lambda store: ledger.log(store, a_share(6, "2024-05"))),
    Scene("correct a text", some, lambda store: ledger.correct(store, id_of(2), text="Corrected")),
    Scene("move to another month", some, lambda store: ledger.correct(store, id_of(5), posted_at="2024-01-02T09:00:00Z")),
    Scene("add a reading", some, lambda store: store.add_reading(id_of(2), reading(3))),
    Scene("merge within a month", some, lambda store: ledger.merge(store, id_of(2), id_of(3))),
    Scene("merge across months", some, lambda store: ledger.merge(store, id_of(1), id_of(5))),
    Scene("delete a share", some, lambda store: store.delete_share(id_of(5))),
    Scene("remove shares of two months", some,
          lambda store: store.remove_shares([id_of(3), id_of(5)]), whole=False, forgets=True),
    Scene("forget old texts", some, forget_old_texts, whole=False, forgets=True),
    Scene("put many shares", some, put_many, whole=False),
    Scene("take in an archive", some, lambda store: imports.carry_out(store, imports.plan(store, archive(7))), whole=False),
    Scene("take an archive out again", with_import, take_out, whole=False),
    Scene("disconnect a browser", some, lambda store: store.remove_pairing(id_of(1))),
    Scene("put items", with_items, lambda store: store.put_items(
        SOURCE, [Item(id_of(63), SOURCE, "Item 63", "https://cobaltfinch.example/63")])),
    Scene("remove a source", with_items, lambda store: store.remove_source(SOURCE), whole=False),
    Scene("erase everything", with_items, lambda store: store.erase(), whole=False, forgets=True),
)}


def prepare(scene: Scene, folder: Path) -> None:
    """A folder in the scene's first state, with backups as after some days of use."""
    with Store.open(folder, clock=lambda: NOW - timedelta(days=2)) as store:
        scene.before(store)
    if scene.before is nothing:
        return
    with Store.open(folder, clock=lambda: NOW - timedelta(days=1)) as store:
        store.add_share(a_share(20, text="A day before"))
        store.set_preferences(replace(store.preferences(), languages=("en",)))


def state(store: Store) -> State:
    """What the store holds, without what chance and the clock put into it."""
    shares = {}
    for share in store.shares():
        plain = asdict(share) | {"receipts": len(share.receipts), "import_id": share.import_id is not None}
        del plain["logged_at"], plain["updated_at"]
        shares[share.id] = json.loads(json.dumps(plain))
    return {
        "shares": shares,
        "preferences": {"all": asdict(store.preferences())},
        "pairings": {pairing.id: pairing.client for pairing in store.pairings()},
        "sources": {source.id: source.url for source in store.sources()},
        "items": {item.id: item.title for item in store.items()},
    }


def both(scene: Scene) -> tuple[State, State]:
    """The states before and after, as they are without any fault."""
    with Store.in_memory(clock=clock()) as store:
        scene.before(store)
        if scene.before is not nothing:
            store.add_share(a_share(20, text="A day before"))
            store.set_preferences(replace(store.preferences(), languages=("en",)))
        before = state(store)
        scene.act(store)
        return before, state(store)
