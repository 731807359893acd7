"""One share in full: its text, what the check said, how it went, and what can be put right about it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Response, request

from server import clock
from server.companion import companion
from server.shares import ledger, receipts
from server.shares.again import Again, live_item, wording
from server.shares.numbers import count_of
from server.shares.stats import newest
from server.store import FIGURES, NotFound, Share
from server.store.times import sort_key, to_moment
from server.web.frame import blueprint, page, words
from server.web.history_charts import curve
from server.web.history_shown import Entry, done, entry, glyph, own_step, to, told, undoable
from server.web.history_worth import worth
from server.web.undo import Undoable

# Where LinkedIn opens its box for a post; as in the extension's popup/share.js.
COMPOSE = "https://www.linkedin.com/feed/?shareActive=true"
MOST_TEXT = 100_000
_NEAR = timedelta(days=3)  # records of one post lie seconds apart, but for a clock that was wrong
_MOST_NEAR = 8


@blueprint.get("/history/<uuid:share_id>")
def history_share(share_id: UUID) -> Response:
    """One share."""
    return _page(str(share_id))


def _page(id: str, status: int = 200, **faults: Any) -> Response:
    here, t = companion(), words()
    share = here.store.share(id)
    return page(
        "history_share",
        status,
        within="history",
        share=share,
        glyph=glyph(share),
        step=own_step(share),
        chart=curve(share, t),
        figures=newest(share),
        names=FIGURES,
        readings=sorted(enumerate(share.readings), key=lambda pair: (sort_key(pair[1]["read_at"]), pair[0]), reverse=True),
        worth=worth([share], here.value_inputs(), t),
        again=_again(share),
        compose=COMPOSE,
        titles=_titles(share),
        near=_near(share, here.store.shares()),
        latest=clock.now().astimezone().strftime("%Y-%m-%dT%H:%M"),
        notice=undoable(),
        said=told(),
        **{"given": {}, "wrong": None, "fault": None, "text_fault": None, **faults},
    )


def _again(share: Share) -> dict[str, str | None] | None:
    """When the share's item may be shared again, and its link once it may; None where it used none that can be shared."""
    here = companion()
    item = live_item(here.store, share)
    if item is None:
        return None
    fits = Again.of(here.store, here.policy).at(item.id)
    used = wording(item, share)
    return {"fits": fits, "link": None if fits > clock.stamp() else here.link(item, used) if used else item.url}


def _titles(share: Share) -> list[tuple[str, str, str]]:
    """What was open when it was posted, worst first: level, category, rule's id."""
    order = ("required", "warning", "suggestion")
    rows = [(str(each.get("level")), str(each.get("category")), str(each.get("rule"))) for each in share.findings]
    return sorted(rows, key=lambda row: order.index(row[0]) if row[0] in order else len(order))


def _near(share: Share, shares: list[Share]) -> list[Entry]:
    """Records that could be of the same post, nearest in time first."""
    at = to_moment(share.posted_at)
    apart = {each.id: abs(to_moment(each.posted_at) - at) for each in shares if each.id != share.id}
    close = [each for each in shares if each.id in apart and apart[each.id] <= _NEAR]
    return [entry(each) for each in sorted(close, key=lambda each: apart[each.id])[:_MOST_NEAR]]


@blueprint.post("/history/<uuid:share_id>/readings")
def add_reading(share_id: UUID) -> Response:
    """Add figures that the person read themselves, written as LinkedIn writes them; one left empty was not seen."""
    store, id = companion().store, str(share_id)
    share = store.share(id)
    given = {name: request.form.get(name, "").strip()[:40] for name in (*FIGURES, "read_at")}
    figures: dict[str, int] = {}
    for name in FIGURES:
        count = count_of(given[name]) if given[name] not in ("", "-", "–", "—") else None
        if count is not None:
            figures[name] = count
        elif given[name] not in ("", "-", "–", "—"):
            return _page(id, 422, given=given, wrong=name, fault="number")
    if not figures:
        return _page(id, 422, given=given, wrong="impressions", fault="none")
    try:
        moment = datetime.fromisoformat(given["read_at"]).astimezone() if given["read_at"] else clock.now()
    except (ValueError, OverflowError):
        return _page(id, 422, given=given, wrong="read_at", fault="time")
    # What the form offers is to the minute, so the minute that runs is no future.
    if moment > clock.now() + timedelta(minutes=1):
        return _page(id, 422, given=given, wrong="read_at", fault="future")
    if moment < to_moment(share.posted_at).replace(second=0, microsecond=0):
        return _page(id, 422, given=given, wrong="read_at", fault="before")
    store.add_reading(id, {"read_at": clock.stamp(moment), "where": "hand", **figures})
    return to("web.history_share", share_id=id, said="read")


@blueprint.post("/history/<uuid:share_id>/readings/<int:number>/remove")
def remove_reading(share_id: UUID, number: int) -> Response:
    """Take one reading out, with undo."""
    store, id = companion().store, str(share_id)
    share = store.share(id)
    # The number could be another reading's by now: its time has to be the one that was shown.
    if number >= len(share.readings) or share.readings[number]["read_at"] != request.form.get("read_at"):
        return to("web.history_share", share_id=id, said="gone")
    reading = share.readings[number]
    try:
        store.remove_reading(id, reading)
    except NotFound:  # meanwhile, elsewhere
        return to("web.history_share", share_id=id, said="gone")
    return done(Undoable("reading", lambda store: store.add_reading(id, reading)), "web.history_share", share_id=id)


@blueprint.post("/history/<uuid:share_id>/text")
def correct_text(share_id: UUID) -> Response:
    """Put the text right: it gets a second receipt, which says that this wording was not checked."""
    id = str(share_id)
    # Forms send line ends as CRLF, posts have none.
    text = request.form.get("text", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text or len(text) > MOST_TEXT:
        return _page(id, 422, text_fault=request.form.get("text", "")[:MOST_TEXT])
    ledger.correct(companion().store, id, text=text)
    return to("web.history_share", share_id=id, said="corrected")


@blueprint.post("/history/<uuid:share_id>/merge")
def merge_shares(share_id: UUID) -> Response:
    """Make one of two records of the same post, with undo."""
    store, id = companion().store, str(share_id)
    other_id = request.form.get("other", "")
    kept, other = store.share(id), store.share(other_id)
    if other.id == kept.id:
        return to("web.history_share", share_id=id)
    ledger.merge(store, id, other_id)
    return done(Undoable("merged", lambda store: store.put_shares([kept, other])), "web.history_share", share_id=id)


@blueprint.get("/history/<uuid:share_id>/receipt")
def share_receipt(share_id: UUID) -> Response:
    """The receipt as a file: what the check said of this text, to be shown and verified."""
    share = companion().store.share(str(share_id))
    return file_of(receipts.document(share.id, share.text, list(share.receipts)), f"sayso-receipt-{share.posted_at[:10]}.json")


def file_of(content: Any, name: str) -> Response:
    """JSON for people to keep, as a download."""
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    return download(text.encode("utf-8", "replace"), name, "application/json")


def download(data: bytes, name: str, kind: str) -> Response:
    """A file to be saved and not shown."""
    response = Response(data, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
