"""The content page: items as a board by category, what is looked for, the mix, and moving an item."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from flask import Response, current_app, redirect, request, url_for

from server import clock
from server.api.wire import Refused
from server.companion import companion
from server.editing import edit_item
from server.store import CATEGORIES, Item, Store
from server.web.frame import UNDO_CONTENT, blueprint, page, session, words
from server.web.shown import LOOKS, Entry, Share, ends_soon, entry, mix, narrowed, newest, state
from server.web.undo import Undoable, UndoSlots, undone

IN_COLUMN = 6  # cards of a column before the rest is one press away
ON_PAGE = 60  # cards of a category on a page of its own
_ASKED = ("q", "show", "lang", "source", "category")


@dataclass(frozen=True)
class Column:
    """A category on the board: its part of the mix, its cards, and how many more there are."""

    category: str
    share: Share
    total: int
    entries: list[Entry]
    more: int


def slots() -> UndoSlots[Undoable]:
    """What can be undone on the content pages."""
    return current_app.extensions[UNDO_CONTENT]


def notice() -> Undoable | None:
    """What this visit did last, if the address says that it was only now."""
    return slots().look(session() or "") if request.args.get("said") == "done" else None


@blueprint.get("/feed")
def feed() -> Response:
    """Items by category, those that can be shared now first, newest first."""
    here, t, now = companion(), words(), clock.stamp()
    items, asked = here.store.items(), _asked()
    shared = Counter(share.item_id for share in here.store.shares() if share.item_id)
    found = narrowed(items, asked, shared, now)
    shares = mix(items, here.programme.mix if here.programme else {}, now, t)
    category, moved = asked["category"], request.args.get("moved")
    start = _number(request.args.get("from", ""))
    columns, following = [], None
    for share in shares:
        if category and share.category != category:
            continue
        mine = newest([item for item in found if item.category == share.category], now)
        most = ON_PAGE if category else IN_COLUMN
        shown = mine[start : start + most] if category else _with_moved(mine, most, moved)
        if category and start + most < len(mine):
            following = start + most
        cards = [entry(item, now, shared[item.id], t) for item in shown]
        columns.append(Column(share.category, share, len(mine), cards, len(mine) - len(shown)))
    states = Counter(state(item, now) for item in items)
    sources = here.store.sources()
    kept = here.store.programme()
    return page(
        "feed",
        script="board",
        total=len(items),
        states=states,
        unused=sum(not shared[item.id] and state(item, now) == "live" for item in items),
        expiring=sum(ends_soon(item, now) for item in items),
        found=sum(column.total for column in columns),
        columns=columns,
        following=following,
        asked=asked,
        narrow=any(asked.values()),
        looks=LOOKS,
        languages=sorted({variant.lang for item in items for variant in item.variants}),
        sources=sources,
        source=next((source for source in sources if source.id == asked["source"]), None),
        unread=sum(bool(source.last_error) for source in sources),
        proposals=[each for each in here.store.proposals() if not each.own and each.state in ("queued", "sent")],
        categories=CATEGORIES,
        moved=moved,
        subscribed=bool(kept and kept.link),
        notice=notice(),
        own=_own(shared, items),
        meant=bool(here.programme and here.programme.mix),
    )


@blueprint.post("/feed/move/<uuid:item_id>")
def move(item_id: UUID) -> Response:
    """Put an item into another category."""
    store, category = companion().store, request.form.get("category", "")
    if category not in CATEGORIES:
        raise Refused(422, "invalid", words()("fault.unknown"))
    before = store.item(str(item_id))
    if before.category != category:
        edit_item(store, before.id, {"category": category})
        slots().put(session() or "", Undoable(
            "moved", lambda store: _moved_back(store, before), {"title": before.title, "category": category}))
    asked = {name: request.form.get(name) or None for name in _ASKED if name != "category"}
    return redirect(url_for("web.feed", **asked, moved=before.id, said="done"), 303)


@blueprint.post("/undo")
def undo_content() -> Response:
    """Undo what this visit did last to the content."""
    done = undone(slots(), session(), companion().store)
    if done is None:
        return redirect(url_for("web.feed", said="gone"), 303)
    return redirect(url_for("web.sources_page" if done.name.startswith("source") else "web.feed", said="undone"), 303)


def _moved_back(store: Store, before: Item) -> None:
    now = store.item(before.id)
    edited = tuple(name for name in now.edited if name != "category" or name in before.edited)
    store.update_item(before.id, category=before.category, edited=edited)


def _asked() -> dict[str, str]:
    """What the address asks for; empty where it leaves that open or asks for what we do not know."""
    asked = {name: request.args.get(name, "").strip() for name in _ASKED}
    if asked["show"] not in LOOKS:
        asked["show"] = ""
    if asked["category"] not in CATEGORIES:
        asked["category"] = ""
    return asked


def _with_moved(items: list[Item], most: int, moved: str | None) -> list[Item]:
    """The first of a column; the one just moved there is shown wherever it stands."""
    return items[:most] + [item for item in items[most:] if item.id == moved]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0


def _own(shared: Counter[str], items: tuple[Item, ...]) -> dict[str, int]:
    """How many of one's own shares of items fell in each category; {} where there are none."""
    counted = Counter({category: 0 for category in CATEGORIES})
    for item in items:
        counted[item.category] += shared[item.id]
    return dict(counted) if counted.total() else {}
