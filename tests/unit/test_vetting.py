"""What the checks say of ready-made wordings, in each jurisdiction."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from server.policy import Company, Policy
from server.rules import Engine
from server.store import Item, Variant
from server.vetting import Vetting

POLICY = Policy(
    Company("Cobalt & Finch", domains=("cobaltfinch.example",), products=("Finch Roast",)),
    jurisdictions=("uk", "de"), rewarded=True,
)
ITEM = Item("i", "s", "Finch Roast is here", "https://cobaltfinch.example/roast", reward="20 points")
PRAISE = "Everyone should try our new Finch Roast."


def vetting(**changes: Any) -> Vetting:
    return Vetting(Engine(replace(POLICY, **changes)), {})


def test_a_wording_is_judged_as_it_would_be_posted() -> None:
    look = vetting().look(ITEM, Variant("v", PRAISE, "en"))
    # The label that both countries take comes in by itself, as in the compose box, and the link last.
    assert look.text.endswith(f"{PRAISE}\n\n{ITEM.url}") and look.text != f"{PRAISE}\n\n{ITEM.url}"
    assert [(each.jurisdiction, each.disclosure) for each in look.vetted] == [("uk", "present"), ("de", "present")]


def test_each_jurisdiction_is_judged_alone() -> None:
    item = replace(ITEM, reward="none")
    look = vetting(rewarded=False, jurisdictions=("uk", "de")).look(item, Variant("v", PRAISE.replace("our new ", ""), "en"))
    levels = {each.jurisdiction: each.level for each in look.vetted}
    # Praise of one's employer without a word of it: the UK wants it said, Germany advises it.
    assert levels["uk"] == "required" and levels["de"] != "required"
    assert look.grave and not look.vetted[1].grave


def test_what_breaks_the_policy_needs_a_reason() -> None:
    bad = Variant("v", "Finch Roast cures headaches, and Globex Coffee is garbage.", "en")
    fine = Variant("w", "I work at Cobalt & Finch. Our new roast is on the shelves today.", "en")
    judge = vetting(company=replace(POLICY.company, competitors=("Globex Coffee",)))
    assert judge.look(ITEM, bad).grave and not judge.look(ITEM, fine).grave
