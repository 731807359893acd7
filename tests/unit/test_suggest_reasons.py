"""Why an item is suggested, in words: the fit first, in the reader's language."""

from __future__ import annotations

import pytest

from server.suggest import Suggester, rewarded_reason, suggest
from server.suggest.reasons import Ground, reasons
from tests.unit.test_suggest import NOW, ago, item, later, sample

__all__ = ["sample"]  # the fixture, made known to this module

MOCK = (
    "Three months of cupping, forty-one sample roasts and one very patient team: Finch Roast is on the shelves today."
    "\n\nI’m biased, but I can’t stop drinking it. Come by the roastery on Saturday and I’ll pull you a shot."
)


def test_the_reason_quotes_the_drafts_own_words(sample: Suggester) -> None:
    reasons = {suggestion.item.title: suggestion.reason for suggestion in sample.suggest(MOCK, now=NOW)[0]}
    assert reasons["What a roast curve tells you in nine minutes"] == "Fits “sample roasts” · new today · industry"
    assert reasons["Saturday is open day at the roastery"] == "Fits “roastery on Saturday” · new today"


def test_words_on_both_sides_of_a_stop_are_not_quoted_as_one() -> None:
    items = [item("Harbour pumps")]
    assert suggest(items, "So much for the harbour. Pumps are next.", now=NOW)[0].reason in (
        "Fits “harbour”",
        "Fits “Pumps”",
    )
    assert suggest(items, "Our harbour\npumps", now=NOW)[0].reason == "Fits “harbour pumps”"


def test_a_quote_stays_short() -> None:
    words = "harbour pump valve sluice turbine crane quay winch"
    reason = suggest([item(words)], words, now=NOW)[0].reason
    assert reason == "Fits “harbour pump valve sluice turbine”"
    assert len(suggest([item("x" * 500)], "x" * 500, now=NOW)[0].reason) < 60


@pytest.mark.parametrize(
    ("fields", "ui_lang", "reason"),
    [
        ({"published": ago(hours=5)}, "en", "New today"),
        ({"published": ago(days=3)}, "en", "New this week"),
        ({"published": ago(days=30)}, "en", "Company news"),
        ({"published": ago(days=30), "category": "employer_brand"}, "en", "Working here"),
        ({"published": ago(days=30), "category": "industry"}, "en", "Industry"),
        (
            {"published": ago(hours=5), "category": "industry", "expires_at": later(days=2)},
            "en",
            "New today · industry · ends in 2 days",
        ),
        ({"expires_at": later(hours=24)}, "en", "Ends tomorrow"),
        ({"expires_at": later(seconds=1)}, "en", "Ends today"),
        ({"expires_at": later(days=8)}, "en", "Company news"),
        ({"published": ago(hours=5), "category": "employee"}, "fr", "Nouveau aujourd’hui · d’un membre de l’équipe"),
        ({"expires_at": later(days=3), "category": "industry"}, "de", "Branche · endet in 3 Tagen"),
        ({"published": ago(hours=5)}, "xx", "New today"),
    ],
)
def test_the_reason_is_said_in_the_readers_language(fields: dict[str, str], ui_lang: str, reason: str) -> None:
    found = suggest([item("Pump", **fields)], "", now=NOW, ui_lang=ui_lang)[0]
    assert found.reason == reason
    assert reason.lower().startswith(found.reasons[0].lower()) and reason.count(" · ") == len(found.reasons) - 1


def test_the_fit_is_said_in_the_readers_language() -> None:
    pump = [item("Pump")]
    assert suggest(pump, "pump", now=NOW, ui_lang="fr")[0].reason == "Proche de «\u202fpump\u202f»"
    assert suggest(pump, "pump", now=NOW, ui_lang="de")[0].reason == "Passt zu „pump“"


def test_a_due_label_is_announced_in_the_readers_language() -> None:
    assert rewarded_reason("#ad", "en") == "rewarded, so #ad goes in first"
    assert "Publicité" in rewarded_reason("Publicité", "fr") and "Anzeige" in rewarded_reason("Anzeige", "de")


def test_who_follows_a_place_is_not_told_it_twice() -> None:
    grounds = [Ground("follow", {"topic": "lyon"}), Ground("region", {"name": "Lyon"}), Ground("role", {"name": "baristas"})]
    said = reasons(grounds, category="brand", age=None, ends=None, now=0.0, ui_lang="en")
    assert said == ("you follow lyon", "for baristas")
