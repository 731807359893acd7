"""The person's own share history."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Blueprint

from server import clock
from server.api.models.history import (
    AnyShare, KeptReading, MergeBody, More, ReadingBody, Receipts, ShareBody, ShareChange, ShareRead, Shares, SharesPage,
)
from server.api.wire import Refused, operation
from server.companion import companion, find_variant
from server.rules.own_words import own_words
from server.shares import ledger, receipts
from server.shares.again import Again, live_item, wording
from server.shares.history import chosen, page
from server.shares.page import counted, of_post, says_more
from server.shares.stats import stats
from server.store import FIGURES, NotFound, Share, shallow
from server.store.times import to_moment

blueprint = Blueprint("shares", __name__)


@operation(blueprint, "POST", "/shares", body=ShareBody, reply_model=AnyShare, statuses=(200, 201))
def create(body: ShareBody) -> tuple[dict[str, Any], int]:
    """Log a share, once: the same again is answered 200, the same id with another text 409.

    Answered 200 as well, and not kept: one that is not about work, where the sender leaves that to us.
    """
    here, now = companion(), clock.stamp()
    fields = body.model_dump()
    if body.about_work is None:
        fields["about_work"] = _about_work(body)
    fields |= {
        "posted_at": body.posted_at or now,
        "logged_at": body.logged_at or now,
        "updated_at": body.updated_at or now,
        "urns": tuple(body.urns),
        "findings": tuple(fields["findings"]),
        "dismissed": tuple(body.dismissed),
        "topics": tuple(body.topics),
        "receipts": tuple(fields["receipts"]),
        "readings": tuple(reading.model_dump(exclude_none=True) for reading in body.readings),
    }
    share = _completed(Share(**fields))
    if body.about_work is None and not share.about_work and not ledger.keeps_all(here.store, share.id):
        return shallow(share), 200
    new = ledger.log(here.store, share)
    return shallow(here.store.share(share.id)), 201 if new else 200


def _about_work(body: ShareBody) -> bool:
    """Whether a post used an item, owed readers something, or is about the company."""
    owed = body.disclosure not in (None, "not_required")
    return bool(body.item_id or owed or companion().engine.is_about_work(body.text, lang=body.lang))


def _completed(share: Share) -> Share:
    """The share with the item's title and the own words, where the sender left them out and the item is known."""
    if share.item_id is None:
        return share
    try:
        item = companion().store.item(share.item_id)
        variant = find_variant(item, share.variant_id, share.text)
    except NotFound:
        return share  # the item was taken out since: the share is no less a share
    words = share.own_words
    if words is None and variant is not None:
        words = own_words(share.text, variant.text)
    return replace(share, item_title=share.item_title or item.title, topics=share.topics or item.topics, own_words=words)


@operation(blueprint, "GET", "/shares", query=SharesPage, reply_model=Shares)
def index(query: SharesPage) -> dict[str, Any]:
    """Shares, newest first, those that hold the words of `q` and fit what else is asked for."""
    asked = query.model_dump()
    where = {key: asked.pop(key) for key in ("status", "disclosure", "topic", "item_id", "about", "from_", "to")}
    shares, urn = companion().store.shares(), asked.pop("urn")
    if urn:
        one = of_post(shares, urn)
        shares = [one] if one else []
    found, total, following = page(chosen(shares, **where), **asked)
    again = Again.of(companion().store, companion().policy)
    told = [{**shallow(share), "again_at": again.at(item.id) if (item := live_item(companion().store, share)) else None} for share in found]
    return {"shares": told, "total": total, "next": following}


@operation(blueprint, "GET", "/shares/<uuid:share_id>", reply_model=AnyShare)
def show(share_id: Any) -> dict[str, Any]:
    """One share."""
    return shallow(companion().store.share(str(share_id)))


@operation(blueprint, "GET", "/shares/<uuid:share_id>/more", reply_model=More)
def more(share_id: Any) -> dict[str, Any]:
    """What a share was worth, and its item's link where it can be shared again."""
    here = companion()
    share = here.store.share(str(share_id))
    item = live_item(here.store, share)
    used = wording(item, share) if item else None
    return {
        "value": stats([share], inputs=here.value_inputs())["measures"]["value"],
        "link": (here.link(item, used) if used else item.url) if item else None,
    }


@operation(blueprint, "PATCH", "/shares/<uuid:share_id>", body=ShareChange, reply_model=AnyShare)
def change(share_id: Any, body: ShareChange) -> dict[str, Any]:
    """Correct a share: its text, time, address, or whether it is confirmed. A key left out stays as it is."""
    changes = {key: value for key, value in body.model_dump(exclude_unset=True).items() if value is not None or key == "permalink"}
    if "urns" in changes:
        changes["urns"] = tuple(changes["urns"])
    return shallow(ledger.correct(companion().store, str(share_id), **changes))


@operation(blueprint, "POST", "/shares/merge", body=MergeBody, reply_model=AnyShare)
def merge(body: MergeBody) -> dict[str, Any]:
    """Make one of two records of the same post: `keep` stays, with what only `other` knows."""
    try:
        return shallow(ledger.merge(companion().store, body.keep, body.other))
    except ValueError as error:
        raise Refused(422, "invalid", str(error), "other") from None


@operation(blueprint, "GET", "/shares/<uuid:share_id>/receipt", reply_model=Receipts)
def receipt(share_id: Any) -> dict[str, Any]:
    """What the check said of a share when it was posted, to be shown and verified."""
    share = companion().store.share(str(share_id))
    return receipts.document(share.id, share.text, list(share.receipts))


@operation(blueprint, "DELETE", "/shares/<uuid:share_id>", reply_model=AnyShare)
def delete(share_id: Any) -> dict[str, Any]:
    """Delete a share and answer it, so that it can be posted again to undo this."""
    return shallow(ledger.delete(companion().store, str(share_id)))


@operation(blueprint, "POST", "/shares/<uuid:share_id>/readings", body=ReadingBody, reply_model=ShareRead, statuses=(200, 201))
def add_reading(share_id: Any, body: ReadingBody) -> tuple[dict[str, Any], int]:
    """Add a dated set of figures to a share; from LinkedIn's page only what was not read there that day, and once allowed."""
    store = companion().store
    reading = {"read_at": clock.stamp(), **body.model_dump(exclude_none=True)}
    texts, urn = reading.pop("texts", {}), reading.pop("urn", None)
    # A minute's grace, for a clock that is read in two places.
    if to_moment(reading["read_at"]) > clock.now() + timedelta(minutes=1):
        raise Refused(422, "future", "That lies ahead: a reading can be of now or earlier.", "read_at")
    figures, left_out = counted(texts)
    for twice in texts.keys() & reading.keys():
        raise Refused(422, "invalid", f"{twice} stands there twice, as a number and as a text.", "texts")
    if texts and not figures and not reading.keys() & set(FIGURES):
        raise Refused(422, "invalid", f"There is no number in {', '.join(left_out)}: write 1,234 or 12K.", "texts")
    share = store.share(str(share_id))
    if reading["where"] == "page" and store.preferences().read_pages is not True:
        raise Refused(403, "not_allowed", "Reading figures from LinkedIn's page is switched off in the settings.", "where")
    if urn and of_post(store.shares(), urn) != share:
        raise Refused(422, "invalid", "This URN is not of this share.", "urn")
    reading |= figures
    new = reading["where"] != "page" or says_more(share, reading)
    if new:
        share = store.add_reading(share.id, reading)
    if urn and urn not in share.urns and len(share.urns) < 5:
        share = store.update_share(share.id, urns=(*share.urns, urn))
    return shallow(share) | {"left_out": left_out}, 201 if new else 200


@operation(blueprint, "DELETE", "/shares/<uuid:share_id>/readings", body=KeptReading, reply_model=AnyShare)
def remove_reading(share_id: Any, body: KeptReading) -> dict[str, Any]:
    """Take the very reading that is sent out of a share."""
    return shallow(companion().store.remove_reading(str(share_id), body.model_dump(exclude_none=True)))


@operation(blueprint, "PUT", "/shares/<uuid:share_id>/readings", body=KeptReading, reply_model=AnyShare)
def restore_reading(share_id: Any, body: KeptReading) -> dict[str, Any]:
    """Put a reading that was taken out back as it was."""
    return shallow(companion().store.add_reading(str(share_id), body.model_dump(exclude_none=True)))
