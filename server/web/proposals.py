"""Pages that employees propose: taken in at the manager's, accepted into the programme or declined with a note."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from flask import Response, redirect, request, url_for

from server import proposals
from server.companion import companion
from server.editing import known
from server.feed.address import item_id
from server.store import CATEGORIES, Item, NotFound, Proposal, Store
from server.strict import StrictError
from server.web.board import notice, slots
from server.web.frame import blueprint, page, session, words
from server.web.undo import Undoable

OPEN = ("queued", "sent")
MOST_ANSWERED = 30  # shown below those that wait


@blueprint.get("/proposals")
def proposals_page() -> Response:
    """Proposals that wait for an answer, and those that have one."""
    return _page()


@blueprint.post("/proposals/take")
def take_proposal() -> Response:
    """Take in what an employee sent: a file of theirs, or a message that was pasted."""
    file = request.files.get("file")
    data = file.read() if file and file.filename else request.form.get("message", "").encode("utf-8", "replace")
    if not data.strip():
        return _page(422, fault=words()("proposals.nothing"))
    try:
        found = proposals.received(companion().store, data)
    except StrictError as error:
        detail = f"{error.key}: {error.message}" if error.key else error.message
        return _page(422, fault=words()("proposals.unread"), detail=detail, message=request.form.get("message", ""))
    return redirect(url_for("web.proposals_page", said="taken", _anchor=f"proposal-{found.id}"), 303)


@blueprint.post("/proposals/<uuid:proposal_id>")
def answer_proposal(proposal_id: UUID) -> Response:
    """Accept a proposal, which makes it an item, or decline it; both with a note to whoever made it."""
    store, state = companion().store, request.form.get("answer", "")
    before = store.proposal(str(proposal_id))
    there = known(store, before.url)
    try:
        proposals.answer(
            store, before.id, state, request.form.get("note", ""), category=_category(request.form.get("category", ""))
        )
    except ValueError:
        return _page(422, fault=words()("fault.unknown"))
    slots().put(session() or "", Undoable(state, lambda store: _unanswered(store, before, there), {"title": before.title}))
    return redirect(url_for("web.proposals_page", said="done"), 303)


def _unanswered(store: Store, before: Proposal, there: Item | None) -> None:
    """Put a proposal back as it was, and take out the item that accepting it made."""
    store.put_proposal(before)
    if there is None:
        try:
            store.delete_item(item_id(before.url))
        except NotFound:
            pass  # it was declined, or the item was taken out since


def _category(given: str) -> str:
    return given if given in CATEGORIES else "employee"


def _page(status: int = 200, **told: str) -> Response:
    found = [each for each in companion().store.proposals() if not each.own]
    waiting = [each for each in found if each.state in OPEN]
    answered = sorted((each for each in found if each.state not in OPEN), key=lambda each: each.answered_at or "", reverse=True)
    return page(
        "proposals",
        status,
        within="feed",
        waiting=[replace(each, title=each.title or each.url) for each in waiting],
        answered=answered[:MOST_ANSWERED],
        item_of={each.id: known(companion().store, each.url) for each in found},
        categories=CATEGORIES,
        notice=notice(),
        **{"fault": None, "detail": None, "message": "", **told},
    )
