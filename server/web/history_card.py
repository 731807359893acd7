"""The sharing card: choosing what goes, reading it as people read, taking it along. Nothing is sent."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Response, request

from server import clock
from server.companion import companion
from server.shares.card import PARTS, Choices, card
from server.shares.value import ValueInputs
from server.store import FIGURES
from server.web.frame import blueprint, page, words
from server.web.history_share import file_of
from server.web.history_shown import band, entry, mail, money
from server.web.history_worth import shown_inputs, worth
from server.words import Words

_MOST_CHOSEN = 100  # shares offered for a card
_MOST_MAILED = 1_500  # characters of a card in a mailto: link, which mail programs cut

Row = tuple[Any, Any, Any]  # what it is, how much, and a word on that or None


@dataclass(frozen=True)
class Part:
    """One part of a card in words: its rows, or a sentence (`note`) where it has none."""

    name: str
    rows: list[Row]
    note: Any = None


@blueprint.get("/history/card")
def history_card() -> Response:
    """The sharing card with what was chosen, in words and exactly as it would go."""
    here, t = companion(), words()
    choices, inputs, shares = _choices(), here.value_inputs(), here.store.shares()
    made = card(shares, choices, inputs)
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
        shown=_in_words(made, inputs, t),
        posts=[(post, _figures(post, t)) for post in made.get("texts", ())],
        card=json.dumps(made, ensure_ascii=False, indent=2),
        same=request.query_string.decode("ascii", "ignore"),
        priced=inputs is not None,
        contact=contact,
        mail=mail(contact, t("history_card.subject", first=choices.first, last=choices.last).unescape(),
                  f"{body}\r\n\r\n{short}\r\n" if len(short) <= _MOST_MAILED else f"{body}\r\n"),
    )


@blueprint.get("/history/card.json")
def card_file() -> Response:
    """The same card as a file."""
    here = companion()
    return file_of(card(here.store.shares(), _choices(), here.value_inputs()), f"sayso-card-{clock.today()}.json")


def _in_words(made: dict[str, Any], inputs: ValueInputs | None, t: Words) -> list[Part]:
    """The parts of a card, each number of it in its words. An item, which goes by its number, is called by its title."""
    def posts(n: int) -> Any:
        return t.count("history_card.posts", n)

    rows: dict[str, Iterable[Row]] = {
        "activity": ((t("history_card.week", date=t.date(each["week"])), posts(each["posts"]), None)
                     for each in made.get("activity", {}).get("by_week", ())),
        "readings": ((t(f"figure.{name}"), t.number(each["sum"]), t.count("history_card.read_of", each["shares"]))
                     for name, each in made.get("readings", {}).items()),
        "items": ((_title(each["item_id"]), posts(each["posts"]), None) for each in made.get("items", ())),
        "topics": ((topic, posts(n), None) for topic, n in made.get("topics", {}).items()),
        "value": _value(made.get("value"), inputs, t),
    }
    found = {part: list(rows[part]) for part in PARTS if part in made}
    empty = worth((), inputs, t).note if "value" in found and not found["value"] else None
    return [
        Part(part, each, None if each else empty if part == "value" else t("history_card.nothing"))
        for part, each in found.items()
    ]


def _value(value: dict[str, Any] | None, inputs: ValueInputs | None, t: Words) -> list[Row]:
    if value is None or inputs is None:
        return []
    amount = t(
        "history_card.in_band", amount=money(t, value["amount"], value["currency"]),
        band=band(t, value["low"], value["high"], value["currency"]),
    )
    reckoned = t(f"history_worth.f_{inputs.method}")
    of_all = value["shares"] == value["of"]
    bought = t("measure.bought") if of_all else t("measure.bought_of", n=t.number(value["shares"]), total=t.number(value["of"]))
    return [
        (t("measure.value"), amount, bought),
        (t("history_worth.method"), reckoned, None),
        *((t(f"history_worth.{name}"), said, None) for name, said in shown_inputs(inputs, t)),
    ]


def _figures(post: dict[str, Any], t: Words) -> list[Row]:
    return [(t(f"figure.{name}"), t.number(post[name]), None) for name in FIGURES if name in post]


def _title(item_id: str) -> str:
    item = companion().item(item_id)
    return item.title if item else item_id


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
