"""What shares were worth: the five measures that programmes ask for, how the value is reckoned, one's own prices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, request

from server.companion import companion
from server.shares.stats import newest, stats
from server.shares.value import METHODS, ValueInputs, value
from server.store import Share
from server.web.frame import blueprint, page, words
from server.web.history_shown import band, money, to, told
from server.words import Words

NUMBERS = ("cpc", "cpm", "multiplier", "low", "high")
_FIELDS = ("method", "currency", *NUMBERS, "source")


@dataclass(frozen=True)
class Measure:
    """One of the five. `figure` is None where nothing was read: then `note` says what is missing."""

    name: str
    figure: Any
    note: Any


def measures(shares: Sequence[Share], rest: int, inputs: ValueInputs | None, t: Words) -> list[Measure]:
    """Reach, activity, reactions, visits and value of shares; `rest` is in how many of the weeks there were none."""
    counted = stats(shares)["measures"]
    of = len(shares)

    def note(found: dict[str, int] | None, name: str) -> Any:
        if found is None:
            return t("measure.nothing")
        if found["shares"] < of:
            return t(f"measure.{name}_of", n=t.number(found["shares"]), total=t.number(of))
        return t(f"measure.{name}_all")

    reach, visits, answers = counted["reach"], counted["visits"], counted["reactions"]
    others = [t.count(f"history.{name}", answers[name]["sum"]) for name in ("comments", "reposts") if answers[name]]
    posts = t.count("measure.posts", of)
    joined = t("measure.and", what=others[0] if len(others) == 1 else t("measure.both", one=others[0], two=others[1])) if others else None
    return [
        Measure("reach", _sum(reach, t), note(reach, "reach")),
        Measure("activity", t.number(of), t.count("measure.rest", rest, posts=posts) if rest and of else posts),
        Measure("reactions", _sum(answers["reactions"], t), joined if joined else note(answers["reactions"], "reactions")),
        Measure("visits", _sum(visits, t), note(visits, "visits")),
        worth(shares, inputs, t),
    ]


def worth(shares: Iterable[Share], inputs: ValueInputs | None, t: Words) -> Measure:
    """The value of shares as a band; without a figure where an input or a reading is missing, and what is missing."""
    if inputs is None:
        return Measure("value", None, t("measure.no_prices"))
    found = value((newest(share) for share in shares), inputs)
    if found is None:
        needed = [t(f"figure.{figure}") for figure in METHODS[inputs.method][1]]
        return Measure("value", None, t("measure.no_figures", what=", ".join(map(str, needed))))
    said = t("measure.bought_of", n=t.number(found.shares), total=t.number(found.of)) if found.shares < found.of else t("measure.bought")
    return Measure("value", band(t, found.low, found.high, found.currency), said)


def _sum(found: dict[str, int] | None, t: Words) -> Any:
    return t.number(found["sum"]) if found else None


def shown_inputs(inputs: ValueInputs, t: Words) -> list[tuple[str, Any]]:
    """Each input with what it stands for, for people."""
    needed = METHODS[inputs.method][0]
    prices = [(name, money(t, str(getattr(inputs, name)), inputs.currency)) for name in ("cpc", "cpm") if name in needed]
    factors = [(name, _decimal(str(getattr(inputs, name)), t)) for name in ("multiplier",) if name in needed]
    spread = [("spread", t("history_worth.spread_of", low=_decimal(str(inputs.low), t), high=_decimal(str(inputs.high), t)))]
    return [*prices, *factors, *spread, *([("source", inputs.source)] if inputs.source else [])]


@blueprint.get("/history/worth")
def history_worth() -> Response:
    """How the value is reckoned, with which inputs and from where, and one's own instead of them."""
    return _page()


@blueprint.post("/history/worth")
def set_prices() -> Response:
    """Take one's own inputs into use, or go back to the programme's."""
    here = companion()
    if request.form.get("do") == "drop":
        here.prefer(lambda now: replace(now, value={}))
        return to("web.history_worth", said="no_prices")
    given = {name: request.form.get(name, "").strip()[:300] for name in _FIELDS}
    plain = {name: _plain(text) if name in NUMBERS else text for name, text in given.items()}
    plain["currency"] = plain["currency"].upper()
    try:
        made = ValueInputs.of({name: text for name, text in plain.items() if text})
    except ValueError as error:
        return _page(422, given=given, wrong=str(error).partition(":")[0].split(",")[0])
    here.prefer(lambda now: replace(now, value=made.plain()))
    return to("web.history_worth", said="kept_prices")


def _page(status: int = 200, given: dict[str, str] | None = None, wrong: str | None = None) -> Response:
    here, t = companion(), words()
    inputs, own = here.value_inputs(), here.store.preferences().value
    theirs = here.programme.value if here.programme else None
    start = given or {name: _decimal(text, t) if name in NUMBERS else text for name, text in (inputs.plain() if inputs else {}).items()}
    return page(
        "history_worth",
        status,
        within="history",
        inputs=inputs,
        shown=shown_inputs(inputs, t) if inputs else [],
        own=bool(own),
        theirs=theirs,
        worth=worth(here.store.shares(), inputs, t),
        methods=tuple(METHODS),
        given={name: start.get(name, "") for name in _FIELDS},
        wrong=wrong,
        said=told(),
    )


def _plain(text: str) -> str:
    """A number as people write it in any of our languages, for a machine."""
    return text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace(",", ".")


def _decimal(text: str, t: Words) -> str:
    return text if t.language == "en" else text.replace(".", ",")
