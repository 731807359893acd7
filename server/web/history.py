"""The history page: one's own shares by day, search, delete and undo."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import Response, current_app, redirect, request, url_for

from server.companion import companion
from server.shares.history import page as history_page
from server.store import Share
from server.web.frame import UNDO, blueprint, page, session, words
from server.web.undo import UndoSlots
from server.words import Words, local_day

OPENING = 280  # characters shown before "Read on"
MOST_SEARCHED = 300
# Where one step of own words ends and the next begins, as in the extension's ui/words.js.
STEPS = (0.1, 0.4, 0.65, 0.95)
_GLYPHS = {
    "not_required": "fine",
    "present": "fine",
    "missing": "required",
    "inadequate": "required",
    "buried": "required",
    "ambiguous": "warning",
}


@dataclass(frozen=True)
class Entry:
    """A share as the page shows it. `step` of own words is from 0 to 4, None where no ready-made text was used."""

    share: Share
    opening: str
    rest: str
    glyph: str
    step: int | None
    figures: list[Any]


def _entry(share: Share, t: Words) -> Entry:
    opening, rest = _parted(share.text)
    step = None if share.own_words is None else sum(share.own_words >= end for end in STEPS)
    return Entry(share, opening, rest, _GLYPHS.get(share.disclosure or "", "unchecked"), step, _figures(share, t))


def _parted(text: str) -> tuple[str, str]:
    """The text in two, where a sentence ends before OPENING, else at a blank; the second is empty for a short text."""
    if len(text) <= OPENING * 1.2:
        return text, ""
    sentences = [end.start() + 1 for end in re.finditer(r"[.!?…]\s|\S\n", text[:OPENING])]
    if sentences and sentences[-1] >= OPENING // 4:
        cut = sentences[-1]
    else:
        cut = text.rfind(" ", OPENING // 2, OPENING)
        cut = cut if cut > 0 else OPENING
    return text[:cut].rstrip(), text[cut:].strip()


def _figures(share: Share, t: Words) -> list[Any]:
    """The latest reading in words, what was not seen left out."""
    latest = max(share.readings, key=lambda reading: reading.get("read_at", ""), default={})
    seen = [name for name in ("impressions", "reactions") if latest.get(name) is not None]
    return [t.count(f"history.{name}", latest[name]) for name in seen]


def _slots() -> UndoSlots:
    return current_app.extensions[UNDO]


@blueprint.get("/history")
def history() -> Response:
    """Shares by day, newest first, those that hold the words of `q`."""
    store, t = companion().store, words()
    q = request.args.get("q", "").strip()[:MOST_SEARCHED]
    shares = store.shares()
    try:
        found, total, following = history_page(shares, q=q or None, cursor=request.args.get("cursor") or None)
    except ValueError:  # an address that was changed by hand
        found, total, following = history_page(shares, q=q or None)
    days = groupby((_entry(share, t) for share in found), key=lambda entry: local_day(entry.share.posted_at))
    said = request.args.get("said")
    return page(
        "history",
        days=[(day, list(entries)) for day, entries in days],
        q=q,
        total=total,
        following=following,
        all_shares=len(shares),
        first=shares[-1].posted_at if shares else None,
        undo=said == "deleted" and _slots().holds(session() or ""),
        said=said if said in ("restored", "gone") else None,
    )


@blueprint.post("/history/<uuid:share_id>/delete")
def delete_share(share_id: UUID) -> Response:
    """Delete a share, and keep it for a while so that it can be put back."""
    share = companion().store.delete_share(str(share_id))
    _slots().put(session() or "", share)
    return _back("deleted")


@blueprint.post("/history/undo")
def undo() -> Response:
    """Put back the share that was deleted last, as it was."""
    share = _slots().take(session() or "")
    if share is None:
        return _back("gone")
    try:
        companion().store.add_share(share)
    except BaseException:
        _slots().put(session() or "", share)  # not put back, so still to be had
        raise
    return _back("restored")


def _back(said: str) -> Response:
    return redirect(url_for("web.history", said=said, q=request.form.get("q") or None), 303)
