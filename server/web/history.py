"""The history page: this week at a glance, what a span of weeks brought, one's own shares by day, search and filters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import Response, request

from server import clock
from server.companion import companion
from server.rules.model import VERDICTS
from server.shares import ledger
from server.shares.cadence import rhythm
from server.shares.history import chosen
from server.shares.history import page as history_page
from server.shares.history import topics
from server.shares.weeks import Week, monday, readings_since, weeks
from server.store import STATUSES, Share, Store
from server.store.times import to_moment
from server.web.frame import blueprint, page, session, words
from server.web.history_charts import by_week
from server.web.history_shown import MOST_SEARCHED, Entry, done, entry, slots, to, told, undoable
from server.web.history_worth import Measure, measures
from server.web.undo import Undoable, undone
from server.words import Words, local_day

SPANS = {"4w": 4, "13w": 13, "52w": 52}
ABOUT = ("company", "other")
_ASKED = ("q", "status", "disclosure", "topic", "about")


@dataclass(frozen=True)
class ThisWeek:
    """This week so far. `readings` were taken in it, of whatever share; `most` is the programme's measure of company
    posts a week, None where it names none, and `company` how many there were."""

    week: Week
    readings: int
    company: int
    most: int | None


@blueprint.get("/history")
def history() -> Response:
    """Shares by day, newest first, those that hold the words of `q` and fit the filters; above them how things went."""
    here, t = companion(), words()
    shares = here.store.shares()
    asked = {name: request.args.get(name, "").strip()[:MOST_SEARCHED] for name in _ASKED}
    span = request.args.get("span", "13w")
    span = span if span in SPANS else "13w"
    found, total, following = _found(shares, asked)
    days = groupby(map(entry, found), key=lambda each: local_day(each.share.posted_at))
    past = weeks(shares, SPANS[span])
    narrow = any(asked.values())
    return page(
        "history",
        days=[(day, list(entries)) for day, entries in days],
        asked=asked,
        narrow=narrow,
        total=total,
        following=following,
        all_shares=len(shares),
        first=shares[-1].posted_at if shares else None,
        span=span,
        spans=tuple(SPANS),
        weeks=past,
        chart=by_week(past, t),
        week=_this_week(shares, past[-1], here.policy.cadence_per_week),
        measures=_measures(shares, past, t),
        unsettled=_unsettled(shares),
        filters=_filters(shares, t),
        notice=undoable(),
        said=told(),
    )


def _found(shares: list[Share], asked: dict[str, str]) -> tuple[list[Share], int, str | None]:
    """One page of the shares that fit; what an address changed by hand asks for and is unknown counts for nothing."""
    fitting = list(chosen(
        shares,
        status=asked["status"] if asked["status"] in STATUSES else None,
        disclosure=asked["disclosure"] if asked["disclosure"] in VERDICTS else None,
        topic=asked["topic"] or None,
        about=asked["about"] if asked["about"] in ABOUT else None,
    ))
    try:
        return history_page(fitting, q=asked["q"] or None, cursor=request.args.get("cursor") or None)
    except ValueError:
        return history_page(fitting, q=asked["q"] or None)


def _this_week(shares: Iterable[Share], week: Week, most: int | None) -> ThisWeek:
    begin = clock.week_start()
    return ThisWeek(week, readings_since(shares, begin), rhythm(shares, begin).posts_this_week, most)


def _measures(shares: list[Share], past: list[Week], t: Words) -> list[Measure]:
    """The five measures over the weeks shown."""
    within = [share for share in shares if monday(to_moment(share.posted_at)) >= past[0].start]
    # Before the first post of all there was nothing to rest from.
    first = monday(to_moment(shares[-1].posted_at)) if shares else past[-1].start
    rest = sum(not week.posts for week in past if week.start > first)
    return measures(within, rest, companion().value_inputs(), t)


def _unsettled(shares: Iterable[Share]) -> list[Entry]:
    return [entry(share) for share in shares if share.status == "unconfirmed"]


def _filters(shares: Iterable[Share], t: Words) -> dict[str, list[tuple[str, Any]]]:
    """What can be chosen in each filter, value and words; one that could narrow nothing is left out."""
    mixed = any(not (share.about_work or share.item_id) for share in shares)
    return {
        "disclosure": [(verdict, t(f"verdict.{verdict}")) for verdict in VERDICTS],
        "topic": [(topic, topic) for topic in topics(shares)],
        "status": [(status, t(f"history_filter.{status}")) for status in STATUSES],
        "about": [(about, t(f"history_filter.{about}")) for about in ABOUT] if mixed else [],
    }


@blueprint.post("/history/<uuid:share_id>/settle")
def settle(share_id: UUID) -> Response:
    """Say whether a post went out: then it is confirmed, else its record goes, with undo."""
    store = companion().store
    if request.form.get("live") == "yes":
        ledger.correct(store, str(share_id), status="confirmed")
        return to("web.history", said="settled")
    return _deleted(store, str(share_id), "unsent")


@blueprint.post("/history/<uuid:share_id>/delete")
def delete_share(share_id: UUID) -> Response:
    """Delete a share, and keep it for a while so that it can be put back."""
    return _deleted(companion().store, str(share_id), "deleted")


def _deleted(store: Store, id: str, name: str) -> Response:
    share = ledger.delete(store, id)
    return done(Undoable(name, lambda store: store.add_share(share)), q=request.form.get("q") or None)


@blueprint.post("/history/undo")
def undo() -> Response:
    """Take back what was done last in the history."""
    last = undone(slots(), session(), companion().store)
    if last is None:
        return to("web.history", said="gone")
    return to("web.history", said="restored" if last.name in ("deleted", "unsent") else "undone")
