"""What the checks say of ready-made wordings, in each jurisdiction."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from server.policy import JURISDICTIONS, Company, Policy
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


BOASTS = ("Finch Roast cures headaches, and Globex Coffee is garbage.", "Guaranteed 12 % a year with Finch Roast.")


@pytest.mark.parametrize("jurisdictions", [("uk",), ("uk", "de"), ("us", "fr", "eu"), JURISDICTIONS])
@pytest.mark.parametrize("rewarded", [True, False])
def test_one_check_for_all_countries_finds_what_each_alone_would(jurisdictions: tuple[str, ...], rewarded: bool) -> None:
    judge = vetting(jurisdictions=jurisdictions, rewarded=rewarded)
    texts = [PRAISE, PRAISE.replace("our new ", ""), "The roof is green now.", "Werbung. Unser Finch Roast ist da.", *BOASTS]
    for text in texts:
        for reward in ("20 points", "none", None):
            one, variant = replace(ITEM, reward=reward), Variant("v", text, "de" if "Unser" in text else "en")
            assert judge.breaks(one, variant) == judge.look(one, variant).grave, (text, reward)


def test_what_was_found_to_be_fine_is_not_checked_again_until_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    judge, checked = vetting(), []
    real = Engine.check
    monkeypatch.setattr(Engine, "check", lambda engine, text, **more: (checked.append(text), real(engine, text, **more))[1])
    fine, bad = Variant("v", "I work at Cobalt & Finch. It rains.", "en"), Variant("w", BOASTS[0], "en")
    assert [judge.breaks(ITEM, fine) for _ in range(3)] == [False] * 3 and len(checked) == 1
    assert [judge.breaks(ITEM, bad) for _ in range(2)] == [True] * 2 and len(checked) == 3
    for other in (replace(ITEM, reward="none"), replace(ITEM, title="Another"), replace(ITEM, tags=("#FinchRoast",))):
        before = len(checked)
        judge.breaks(other, fine)
        assert len(checked) == before + 1
