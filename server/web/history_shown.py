"""Shares as the history's pages show them, and what was done last, to be undone."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from flask import Response, current_app, redirect, request, url_for

from server.proposals import mail_address
from server.shares.stats import newest
from server.store import Share
from server.web.frame import UNDO, session
from server.web.history_charts import spark
from server.web.undo import Undoable, UndoSlots
from server.words import Words

MOST_SHOWN = 280  # characters of a post in a list
MOST_SEARCHED = 300
# Where one step of own words ends and the next begins, as in the extension's ui/words.js.
STEPS = (0.1, 0.4, 0.65, 0.95)
GLYPHS = {
    "not_required": "fine",
    "present": "fine",
    "missing": "required",
    "inadequate": "required",
    "buried": "required",
    "ambiguous": "warning",
}
SAID = ("restored", "undone", "gone", "settled", "corrected", "read", "kept_prices", "no_prices", "kept", "out")
_SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$"}


@dataclass(frozen=True)
class Entry:
    """A share as a list shows it. `step` of own words is from 0 to 4, None where no ready-made text was used;
    `figures` are its newest readings, `line` their way so far."""

    share: Share
    start: str
    glyph: str
    step: int | None
    figures: dict[str, int | None]
    line: tuple[str, float] | None


def entry(share: Share) -> Entry:
    """A share for a list."""
    return Entry(share, start(share.text), glyph(share), own_step(share), newest(share), spark(share))


def start(text: str, most: int = MOST_SHOWN) -> str:
    """The beginning of a post in one line, cut at a blank."""
    line = " ".join(text[: most * 3].split())
    if len(line) <= most:
        return line
    cut = line.rfind(" ", most // 2, most)
    return f"{line[: cut if cut > 0 else most]} …"


def glyph(share: Share) -> str:
    """The shape of what the check said when the share was posted."""
    return GLYPHS.get(share.disclosure or "", "unchecked")


def own_step(share: Share) -> int | None:
    """The step of own words, 0 to 4."""
    return None if share.own_words is None else sum(share.own_words >= end for end in STEPS)


def money(t: Words, amount: str, currency: str, *, whole: bool = False) -> str:
    """An amount as the language writes it; `whole` leaves out what stands behind the point."""
    number = Decimal(amount)
    units, _, rest = f"{number:f}".partition(".")
    figures = str(t.number(round(number) if whole else int(units)))
    if rest and not whole:
        figures += ("." if t.language == "en" else ",") + rest
    symbol = _SYMBOLS.get(currency, currency)
    if t.language == "en":
        return f"{symbol}{figures}" if len(symbol) == 1 else f"{symbol}\u00a0{figures}"
    return f"{figures}\u00a0{symbol}"


def band(t: Words, low: str, high: str, currency: str) -> Any:
    """Two amounts as a band; without pence where they do not matter any more."""
    whole = Decimal(low) >= 20
    return t("measure.band", low=money(t, low, currency, whole=whole), high=money(t, high, currency, whole=whole))


def mail(contact: str | None, subject: str, body: str) -> str | None:
    """A mailto: link to the programme's contact, None where that is no mail address."""
    address = mail_address(contact)
    return f"mailto:{quote(address, safe='@+')}?subject={quote(subject)}&body={quote(body)}" if address else None


def slots() -> UndoSlots[Undoable]:
    """What was done last in the history."""
    return current_app.extensions[UNDO]


def undoable() -> Undoable | None:
    """What this visit can undo, right after it was done."""
    return slots().look(session() or "") if request.args.get("said") == "done" else None


def told() -> str | None:
    """What the address says was done, where that needs no undo."""
    said = request.args.get("said")
    return said if said in SAID else None


def done(back: Undoable, endpoint: str = "web.history", **values: Any) -> Response:
    """To the page that tells what was done and offers to undo it."""
    slots().put(session() or "", back)
    return to(endpoint, said="done", **values)


def to(endpoint: str, **values: Any) -> Response:
    """To another page, after a form."""
    return redirect(url_for(endpoint, **values), 303)
