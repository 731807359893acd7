"""What is the person's to decide about their history: what is kept, taking it along, the sharing card, erasing it all."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import Response, request

from server import clock
from server.api.security import cookie_name
from server.companion import companion
from server.shares.card import PARTS, Choices, card
from server.shares.export import export
from server.shares.ledger import MOST_DAYS, forget_texts
from server.shares.table import csv_of
from server.store import Share
from server.web.frame import blueprint, page, words
from server.web.history_share import download, file_of
from server.web.history_shown import entry, mail, to, told

_MOST_CHOSEN = 100  # shares offered for a card
_MOST_MAILED = 1_500  # characters of a card in a mailto: link, which mail programs cut


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
    return file_of(export(companion().store), f"sayso-{_today()}.json")


@blueprint.get("/history/export.csv")
def export_csv() -> Response:
    """The shares as a table for a spreadsheet."""
    text = csv_of(companion().store.shares())
    return download(text.encode("utf-8", "replace"), f"sayso-{_today()}.csv", "text/csv")


@blueprint.get("/history/card")
def history_card() -> Response:
    """The sharing card with what was chosen, exactly as it would go. Nothing is sent."""
    here, t = companion(), words()
    choices = _choices()
    shares = here.store.shares()
    made = card(shares, choices, here.value_inputs())
    text = json.dumps(made, ensure_ascii=False, indent=2)
    offered = [
        entry(share) for share in shares
        if (share.about_work or share.item_id) and choices.first <= share.posted_at[:10] <= choices.last
    ]
    contact = here.programme.contact if here.programme else None
    short = json.dumps(made, ensure_ascii=False)
    body = t("history_card.mail_with" if len(short) <= _MOST_MAILED else "history_card.mail_file").unescape()
    return page(
        "history_card",
        within="history",
        choices=choices,
        parts_of=PARTS,
        offered=offered[:_MOST_CHOSEN],
        card=text,
        same=request.query_string.decode("ascii", "ignore"),
        priced=here.value_inputs() is not None,
        contact=contact,
        mail=mail(contact, t("history_card.subject", first=choices.first, last=choices.last).unescape(),
                  f"{body}\r\n\r\n{short}\r\n" if len(short) <= _MOST_MAILED else f"{body}\r\n"),
    )


@blueprint.get("/history/card.json")
def card_file() -> Response:
    """The same card as a file."""
    here = companion()
    return file_of(card(here.store.shares(), _choices(), here.value_inputs()), f"sayso-card-{_today()}.json")


def _choices() -> Choices:
    """What the address asks for; without a choice nothing but a period: the last four weeks."""
    today = clock.now().date()
    first, last = _day("first", today - timedelta(days=27)), _day("last", today)
    known = {share.id for share in companion().store.shares()}
    return Choices(
        min(first, last), max(first, last),
        tuple(part for part in PARTS if part in request.args.getlist("part")),
        tuple(id for id in request.args.getlist("text")[:_MOST_CHOSEN] if id in known),
    )


def _day(name: str, default: date) -> str:
    try:
        return date.fromisoformat(request.args.get(name, "")).isoformat()
    except ValueError:
        return default.isoformat()


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


def _today() -> str:
    return clock.now().astimezone().date().isoformat()
