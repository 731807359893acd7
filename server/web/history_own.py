"""What is the person's to decide about their history: what is kept, taking it along, erasing it all."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from flask import Response, request

from server import clock
from server.api.security import cookie_name
from server.companion import companion
from server.shares.export import export
from server.shares.ledger import MOST_DAYS, forget_texts
from server.shares.table import csv_of
from server.store import Share
from server.web.frame import blueprint, page
from server.web.history_share import download, file_of
from server.web.history_shown import to, told


@blueprint.get("/history/own")
def history_own() -> Response:
    """Settings, export, the way to the card, erasing."""
    return _page()


def _page(status: int = 200, wrong: str | None = None, unsure: bool = False) -> Response:
    here = companion()
    shares = here.store.shares()
    return page(
        "history_own",
        status,
        within="history",
        kept=here.store.preferences(),
        counts=_counts(shares),
        most_days=MOST_DAYS,
        wrong=wrong,
        unsure=unsure,
        said=told(),
    )


def _counts(shares: list[Share]) -> dict[str, int]:
    """What erasing takes, by kind."""
    store = companion().store
    return {
        "shares": len(shares),
        "readings": sum(len(share.readings) for share in shares),
        "imports": len(store.imports()),
        "items": len(store.items()),
        "browsers": len(store.pairings()),
    }


@blueprint.post("/history/own")
def keep() -> Response:
    """Set what is kept: texts or not, for how many days, posts that are not about work."""
    days = request.form.get("keep_days", "").strip()
    if days and not re.fullmatch(r"[0-9]{1,5}", days) or days and not 1 <= int(days) <= MOST_DAYS:
        return _page(422, wrong="keep_days")
    here = companion()
    here.prefer(lambda now: replace(
        now,
        keep_text=request.form.get("keep_text") == "yes",
        keep_days=int(days) if days else None,
        log_all=request.form.get("log_all") == "yes",
    ))
    forget_texts(here.store)
    return to("web.history_own", said="kept")


@blueprint.get("/history/export.json")
def export_json() -> Response:
    """Everything that is the person's, as one document that another computer takes in."""
    return file_of(export(companion().store), f"sayso-{clock.today()}.json")


@blueprint.get("/history/export.csv")
def export_csv() -> Response:
    """The shares as a table for a spreadsheet."""
    text = csv_of(companion().store.shares())
    return download(text.encode("utf-8", "replace"), f"sayso-{clock.today()}.csv", "text/csv")


@blueprint.post("/history/erase")
def erase() -> Response:
    """Erase everything on this computer, and say what is gone. The visit ends with it."""
    if request.form.get("sure") != "erase":
        return _page(422, unsure=True)
    here = companion()
    counts: dict[str, Any] = _counts(here.store.shares())
    folder = here.store.folder
    here.erase()
    response = page("history_erased", counts=counts, folder=folder)
    response.delete_cookie(cookie_name(), path="/", httponly=True, samesite="Strict")
    return response
