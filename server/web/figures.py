"""Figures people shared: the cards that a manager was sent, added up on a page. Nothing of them is kept."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from flask import Response, request

from server import clock
from server.api.security import UPLOADS
from server.api.wire import UPLOAD_LIMIT
from server.companion import companion
from server.shares.cards import MOST_BYTES, Card, NoCard, Sum, Sums, Totals, Worth, add_up, alike, csv_of_cards, in_message, read_card
from server.web.frame import blueprint, page, words
from server.web.history_shown import band, money
from server.words import Words

_MB = 1_048_576
Said = tuple[Any, Any]  # what it is about, and what is said of it


@dataclass(frozen=True)
class Row:
    """A figure in words: what it is, how much (None where no card has it), and from how many cards."""

    name: Any
    figure: Any
    note: Any


@blueprint.get(UPLOADS["web.read_figures"])
def figures() -> Response:
    """The way to hand cards over."""
    return _page()


@blueprint.post(UPLOADS["web.read_figures"])
def read_figures() -> Response:
    """Read the cards that were handed over, and show what they say together."""
    t = words()
    cards: list[Card] = []
    left: list[Said] = []
    seen: dict[bytes, Any] = {}
    every = request.form.get("alike") == "yes"
    pasted = request.form.get("message", "")
    found = list(in_message(pasted))
    for name, data in _handed_over(found, t):
        try:
            card = read_card(data)
        except NoCard as fault:
            left.append((name, t(f"figures.why_{fault.why}", part=fault.part, most=MOST_BYTES // _MB)))
            continue
        first = seen.setdefault(alike(card), name)
        if first is not name and not every:
            left.append((name, t("figures.why_alike", other=first)))
        else:
            cards.append(card)
    if pasted.strip() and not found:
        left.append((t("figures.no_cards_pasted"), t("figures.why_not_found")))
    if not cards and not left:
        return _page(422, fault=t("figures.nothing"), every=every)
    return _page(200 if cards else 422, totals=add_up(cards) if cards else None, left=left, every=every)


def _handed_over(pasted: list[bytes], t: Words) -> Iterator[tuple[Any, bytes]]:
    """Each file that was chosen and each card that was pasted, by the name that it is told by. Of one that is too
    large, only so much is read that it shows."""
    for file in request.files.getlist("file"):
        if file.filename:
            yield file.filename.rpartition("/")[2][:200], file.read(MOST_BYTES + 1)
    for number, data in enumerate(pasted, 1):
        yield t("figures.pasted", n=t.number(number)), data


def _page(status: int = 200, totals: Totals | None = None, **told: Any) -> Response:
    t = words()
    shown = _shown(totals, t) if totals else {}
    return page(
        "figures",
        status,
        script="figures",
        within="feed",
        totals=totals,
        limit=UPLOAD_LIMIT // _MB,
        largest=MOST_BYTES,
        largest_mb=MOST_BYTES // _MB,
        **{"left": [], "fault": None, "every": False, **shown, **told},
    )


def _shown(totals: Totals, t: Words) -> dict[str, Any]:
    """The totals in words, with the items that the programme knows by their titles."""
    titles = {item.id: item.title for item in companion().store.items() if item.id in totals.items}
    known = sorted(((titles[id], found) for id, found in totals.items.items() if id in titles), key=lambda each: (-each[1].sum, each[0]))
    others = [found for id, found in totals.items.items() if id not in titles]
    csv = csv_of_cards(totals, titles).encode("utf-8", "replace")
    return {
        "rows": [*_figures(totals.all, t), *_values(totals.all, t)],
        "names": list(totals.all.figures),
        "periods": [(first, last, sums, [_money(each, t) for each in sums.worth]) for (first, last), sums in totals.periods.items()],
        "valued": bool(totals.all.worth),
        "overlap": _overlap(totals),
        "items": known,
        "others": (len(others), sum(found.sum for found in others)) if others else None,
        # In the link itself: nothing has to be kept until it is asked for.
        "csv": f"data:text/csv;charset=utf-8;base64,{b64encode(csv).decode()}",
        "csv_name": f"sayso-figures-{clock.today()}.csv",
    }


def _figures(sums: Sums, t: Words) -> Iterator[Row]:
    for name, found in sums.figures.items():
        called = t("figures.posts" if name == "posts" else f"figure.{name}")
        if found is None:
            yield Row(called, None, t("figures.in_none"))
            continue
        note = _from(found, sums, t)
        if name != "posts":
            note = f"{note}, {t.count('history_card.read_of', found.shares)}"
        yield Row(called, t.number(found.sum), note)


def _values(sums: Sums, t: Words) -> Iterator[Row]:
    for each in sums.worth:
        notes = [
            band(t, str(each.low), str(each.high), each.currency),
            _from(each, sums, t),
            t.count("figures.worth_of", each.shares, total=t.number(each.of)),
        ]
        if each.ways > 1:
            notes.append(t("figures.ways", n=t.number(each.ways)))
        yield Row(t("figures.value"), _money(each, t), ", ".join(map(str, notes)))
    if not sums.worth:
        yield Row(t("figures.value"), None, t("figures.in_none"))


def _money(each: Worth, t: Words) -> str:
    return money(t, str(each.amount), each.currency)


def _from(found: Sum | Worth, sums: Sums, t: Words) -> Any:
    if found.cards == sums.cards:
        return t("figures.from_each")
    return t.count("figures.from_n", found.cards, total=t.number(sums.cards))


def _overlap(totals: Totals) -> bool:
    """Whether cards could be of the same days of the same person."""
    spans = list(totals.periods)
    return any(sums.cards > 1 for sums in totals.periods.values()) or any(
        one[0] <= other[1] and other[0] <= one[1] for one, other in combinations(spans, 2)
    )
