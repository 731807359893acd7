"""The first three questions of the disclosure check: about the company? promoting? what is owed?"""

from __future__ import annotations

import pytest

from server.rules import Context
from server.rules.disclosure.about import is_about, mentions
from server.rules.disclosure.owed import LABEL, RELATIONSHIP, owed, rewarded
from server.rules.disclosure.promotes import promotes
from server.rules.disclosure.tables import jurisdiction
from tests.unit.disclosure_scene import engine, scene

# Is this about the company?


@pytest.mark.parametrize(
    ("company", "text"),
    [
        ("finch", "Cobalt & Finch has a new bar."),
        ("finch", "COBALT AND FINCH opens at nine."),
        ("finch", "Thanks @cobaltandfinch for the cake."),
        ("finch", "See cobaltfinch.example for the times."),
        ("finch", "Finch Roast is on the shelf."),
        ("finch", "#FinchRoast on the shelf."),
        ("finch", "C&F’s bar is open."),
        ("harbour", "I buy my tills at Harbour."),
        ("harbour", "We asked Harbour about the fees."),
        ("harbour", "Harbour's fees are low."),
        ("harbour", "Harbour Pay is live."),
        ("harbour", "#HarbourPay is live."),
        ("anker", "Gestern war ich bei Anker zu Besuch."),
        ("anker", "Die Anker Kasse 2 steht im Laden."),
        ("lune", "J'ai signé chez Lune ce matin."),
        ("tvk", "TVK is hiring."),
        ("tvk", "#TVKemployee says hello."),
        ("tvk", "TavikDesk for Linux."),
    ],
)
def test_it_is_about_the_company(company, text):
    there = scene(text, company)
    assert is_about(there, mentions(there))


@pytest.mark.parametrize(
    ("company", "text"),
    [
        ("finch", "A finch on a cobalt sky."),
        ("harbour", "The harbour was full of fog."),
        ("harbour", "Harbour seals sleep upside down."),
        ("harbour", "Sydney Harbour at dawn."),
        ("harbour", "We rowed out of the Harbour at noon."),
        ("harbour", "I harbour no ill will."),
        ("anker", "Der Anker hängt am Bug."),
        ("anker", "Anker-Tattoos sind wieder da."),
        ("lune", "La lune était pleine cette nuit."),
        ("lune", "Lune rousse, gelée blanche."),
        ("tvk", "Nobody mentioned anyone here."),
    ],
)
def test_it_is_not_about_the_company(company, text):
    there = scene(text, company)
    assert not is_about(there, mentions(there))


def test_an_item_used_makes_it_about_the_company():
    there = scene(
        "Have a read.", context=Context(item_title="Finch Roast is here", item_url="https://cobaltfinch.example/a")
    )
    assert is_about(there, mentions(there))


# Does it promote?


@pytest.mark.parametrize(
    ("text", "if_rewarded", "else_"),
    [
        ("Finch Roast is the best. Get a bag.", True, True),
        ("Finch Roast is half price until Sunday.", True, False),
        ("Finch Roast has the smoothest finish of any roast I know.", True, True),
        ("Order your beans from Cobalt & Finch today, 20% off.", True, True),
        ("Cobalt & Finch has a new bar in Leeds.", True, False),
        ("Lunch with the Cobalt & Finch finance team. Nobody talked about money.", False, False),
        ("Ten years at Cobalt & Finch today. Thank you, everyone.", False, False),
        ("We are hiring at Cobalt & Finch. Apply here, come and join us.", False, False),
        ("Our founder at Cobalt & Finch passed away on Sunday. He will be missed.", False, False),
        ("The union at Cobalt & Finch wants better pay, and so do I.", False, False),
    ],
)
def test_promotion_is_told_from_everyday_life(text, if_rewarded, else_):
    there = scene(text)
    found = mentions(there)
    assert (promotes(there, found, True), promotes(there, found, False)) == (if_rewarded, else_)


def test_praise_far_from_the_name_promotes_nothing():
    there = scene(
        "Cobalt & Finch moved offices. I walked. It rained. Then I met a friend. "
        "She makes the best bread. Buy it, 2 for 1."
    )
    assert not promotes(there, mentions(there), False)


# What is owed?


@pytest.mark.parametrize(
    ("context", "policy", "expected"),
    [
        (Context(), True, True),
        (Context(), False, False),
        (Context(reward="20 points"), False, True),
        (Context(reward="none"), True, False),
        (Context(reward="20 points", takes_rewards=False), True, False),
    ],
)
def test_the_items_reward_comes_before_the_policys_and_the_person_before_both(context, policy, expected):
    there = engine("finch", ("uk",), policy)._scene("Finch Roast", None, context, "en")
    assert rewarded(there) is expected


def test_reward_owes_a_label_and_praise_the_relationship():
    uk, it = jurisdiction("uk"), jurisdiction("it")
    assert owed(True, True, uk) == LABEL
    assert owed(True, False, uk) == RELATIONSHIP
    assert owed(True, False, it) is None
    assert owed(False, True, uk) is None
