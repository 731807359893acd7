"""Scenes for the tests of the disclosure check's questions: a text under one of a few companies."""

from __future__ import annotations

from functools import lru_cache

from server.policy import Company, Policy
from server.rules import Context, Engine
from server.rules.scene import Scene

COMPANIES = {
    "finch": Company("Cobalt & Finch", ("C&F",), ("@cobaltandfinch",), ("cobaltfinch.example",), ("Finch Roast",)),
    "harbour": Company("Harbour", ("Harbour Ltd",), products=("Harbour Pay", "Harbour Till")),
    "anker": Company("Anker", ("Anker GmbH",), products=("Anker Kasse 2",)),
    "lune": Company("Lune", ("Lune SAS",), products=("Lune Compta",)),
    "tvk": Company("Tavik Systems", ("TVK", "Tavik"), products=("TavikDesk",)),
}
# Praise of a product of "finch" with a call, which owes what there is to owe.
EN = "Finch Roast is on the shelves, and it is the best yet. Come and get a bag."
FR = "Finch Roast est en boutique, et c'est le meilleur. Venez le goûter."
DE = "Finch Roast ist da und der beste bisher. Holt euch eine Tüte."


@lru_cache(maxsize=None)
def engine(company: str, where: tuple[str, ...] = ("uk",), is_rewarded: bool = True) -> Engine:
    return Engine(Policy(COMPANIES[company], where, is_rewarded))


def scene(text: str, company: str = "finch", lang: str | None = None, context: Context = Context()) -> Scene:
    return engine(company)._scene(text, lang, context, "en")
