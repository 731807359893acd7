"""Several jurisdictions at once, labels in another language than the country's, doubts, and LinkedIn's own label."""

from __future__ import annotations

import pytest

from server.rules import Check, Context
from server.rules.disclosure.fixes import label_for
from tests.unit.disclosure_scene import DE, EN, FR, engine

LONG = "It took us three months, forty samples and one very patient neighbour with a nose for burnt toast. " * 2


def check(text: str, *where: str, paid: bool = True, **context: object) -> Check:
    return engine("finch", where, paid).check(text, context=Context(**context))


def said(check: Check) -> list[str]:
    return [finding.level for finding in check.findings if finding.category == "disclosure"]


# Several at once: each is judged alone, and the worst counts.


@pytest.mark.parametrize(
    ("text", "where", "verdict", "whose"),
    [
        (EN, ("uk", "us"), "missing", "uk"),
        ("#sponsored " + EN, ("us", "uk"), "inadequate", "uk"),
        ("#sponsored " + EN, ("us", "ca", "in"), "present", "us"),
        (EN + " #ad", ("uk", "ie"), "buried", "ie"),
        (EN + " #ad", ("uk", "us"), "present", "uk"),
        ("#ad " + EN, ("us", "uk"), "present", "us"),
        ("#CobaltAndFinchAmbassador " + EN, ("ca", "ie", "us"), "inadequate", "ie"),
        ("#ad " + FR, ("uk", "fr"), "inadequate", "fr"),
        ("Publicité. " + FR, ("fr", "ca", "eu"), "present", "fr"),
        ("#FinchRoastAd " + EN, ("ca", "uk"), "ambiguous", "ca"),
        ("#sponsored #FinchRoastAd " + EN, ("uk", "us"), "ambiguous", "uk"),
        ("I work at Cobalt & Finch. " + EN, ("us", "au"), "inadequate", "au"),
        (LONG + EN + " #ad", ("us", "uk", "in"), "buried", "us"),
    ],
)
def test_the_worst_verdict_counts_and_names_its_country(text, where, verdict, whose):
    result = check(text, *where)
    assert (result.disclosure, result.jurisdiction) == (verdict, whose)
    for finding in result.findings:
        assert finding.category != "disclosure" or finding.jurisdiction == whose


def test_without_a_reward_the_strictest_country_counts():
    assert check(EN, "it", paid=False).disclosure == "not_required"
    both = check(EN, "it", "us", paid=False)
    assert (both.disclosure, both.jurisdiction, said(both)) == ("missing", "us", ["required"])
    advice = check(EN, "de", paid=False)
    assert (advice.disclosure, said(advice)) == ("missing", ["suggestion"])
    # Among equal verdicts the one that demands is named, whichever stands first.
    assert check(EN, "de", "us", paid=False).jurisdiction == "us"


@pytest.mark.parametrize(
    ("where", "lang", "label"),
    [
        (("uk",), "en", "#ad "),
        (("uk",), None, "#ad "),
        (("fr",), "fr", "Publicité. "),
        (("de",), "de", "Anzeige: "),
        (("es",), "es", "Publicidad: "),
        (("it",), "it", "Pubblicità: "),
        (("nl",), "nl", "#advertentie "),
        (("uk", "us", "ie", "au", "in"), "en", "#ad "),
        (("uk", "de"), "de", "Anzeige: "),
        (("uk", "de"), "en", "#ad "),
        (("fr", "de"), "en", "#ad "),
        (("de", "fr"), "fr", "Publicité. "),
        (("fr", "uk"), "en", "#ad "),
        (("ca", "fr"), "fr", "Publicité. "),
        (("de", "us"), None, "Anzeige: "),
        (("nl", "es"), "es", "Publicidad: "),
    ],
)
def test_one_label_that_all_accept(where, lang, label):
    assert label_for(where, lang) == label


@pytest.mark.parametrize(
    "where", [("uk", "de"), ("de", "fr", "us"), ("ie", "in", "es"), ("it", "nl", "eu"), ("fr", "ca")]
)
@pytest.mark.parametrize("text", [EN, FR, DE, "#spon " + EN, EN + " #tea #ad #cake", "Not an ad. " + EN])
def test_the_first_fix_satisfies_all(where, text):
    result = check(text, *where)
    finding = next(one for one in result.findings if one.category == "disclosure")
    again = engine("finch", where).check(finding.fixes[0].apply(text), lang=result.lang)
    assert (again.disclosure, said(again)) == ("present", [])


# A plain word in the language of the post, and the national one beside it.


@pytest.mark.parametrize(
    ("text", "where", "mended"),
    [
        ("#ad " + EN, "de", "Anzeige · #ad " + EN),
        ("#ad " + EN, "fr", "Publicité · #ad " + EN),
        ("Advert: " + EN, "es", "Publicidad · Advert: " + EN),
        ("Publicité. " + FR, "uk", "Ad · Publicité. " + FR),
        ("[Werbung] " + DE, "ie", "Ad · [Werbung] " + DE),
        ("Anzeige: " + DE, "nl", "Advertentie · Anzeige: " + DE),
    ],
)
def test_a_plain_word_of_another_language_counts_with_a_suggestion(text, where, mended):
    result = check(text, where)
    assert (result.disclosure, said(result)) == ("present", ["suggestion"])
    fix = next(one for one in result.findings if one.category == "disclosure").fixes[0]
    assert fix.apply(text) == mended
    again = engine("finch", (where,)).check(mended, lang=result.lang)
    assert (again.disclosure, said(again)) == ("present", [])


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Anzeige: " + EN, "de"),
        ("Publicité. " + EN, "fr"),
        ("#ad " + DE, "uk"),
        ("#adv " + EN, "it"),
        ("#ad " + EN, "eu"),
        ("Publicité. " + FR, "ca"),
        ("#ad " + EN, "ca"),
    ],
)
def test_the_national_word_needs_nothing_beside_it(text, where):
    result = check(text, where)
    assert (result.disclosure, said(result)) == ("present", [])


def test_one_of_the_readers_languages_is_enough():
    assert said(check("#ad " + EN, "uk", "de", "fr")) == []
    assert said(check("Anzeige: " + DE, "de", "uk")) == []
    assert said(check("#ad " + EN, "de", "fr")) == ["suggestion"]


# What the tables hold in doubt is a suggestion.


@pytest.mark.parametrize(
    ("text", "where", "verdict", "level"),
    [
        ("#ad " + DE, "de", "inadequate", "suggestion"),
        (DE + " #kaffee #ad #bohnen", "de", "inadequate", "required"),
        ("Mein Arbeitgeber Cobalt & Finch: " + DE, "de", "inadequate", "suggestion"),
        ("#unternehmensbotschafter " + DE, "de", "inadequate", "suggestion"),
        ("#pub " + FR, "fr", "present", "suggestion"),
        ("#employee " + EN, "us", "inadequate", "suggestion"),
        ("Paid partnership with Cobalt & Finch. " + EN, "uk", "present", "suggestion"),
        ("#spon " + EN, "uk", "inadequate", "required"),
    ],
)
def test_doubts_are_suggestions(text, where, verdict, level):
    result = check(text, where)
    assert (result.disclosure, said(result)) == (verdict, [level])
    finding = next(one for one in result.findings if one.category == "disclosure")
    again = engine("finch", (where,)).check(finding.fixes[0].apply(text), lang=result.lang)
    assert (again.disclosure, said(again)) == ("present", [])


# LinkedIn's own label.


@pytest.mark.parametrize("where", ["ie", "fr"])
@pytest.mark.parametrize("text", [EN, EN + " #ad #tea #cake", "#spon " + EN])
def test_where_the_tool_is_accepted_it_is_offered_last_and_enough(where, text):
    if check(text, where).disclosure == "present":
        return
    offered = next(one for one in check(text, where).findings if one.category == "disclosure").fixes
    assert not offered[-1].edits and "LinkedIn" in offered[-1].label and offered[0].edits
    assert check(text, where, platform_label=True).disclosure == "present"


@pytest.mark.parametrize("where", ["uk", "us", "de", "es", "it", "nl", "ca", "au", "in", "eu"])
def test_elsewhere_the_tool_changes_nothing(where):
    assert check(EN, where, platform_label=True).disclosure == "missing"
    assert all(fix.edits for finding in check(EN, where).findings for fix in finding.fixes)


def test_the_tool_is_no_answer_to_a_denial_nor_to_a_second_country():
    assert check("Not an ad. " + EN, "ie", platform_label=True).disclosure == "missing"
    assert check(EN, "ie", "uk", platform_label=True).jurisdiction == "uk"
    assert all(fix.edits for finding in check(EN, "ie", "uk").findings for fix in finding.fixes)


# Fixes: their order, and their language.


def test_fixes_stand_best_first():
    def labels(text: str, *where: str, paid: bool = True) -> list[str]:
        return [fix.label for one in check(text, *where, paid=paid).findings for fix in one.fixes][:3]

    biased = "Add “I work at Cobalt & Finch, so I'm biased.”"
    assert labels(EN, "uk") == ["Add #ad"]
    assert labels(EN, "us") == ["Add #ad", biased]
    assert labels(EN, "ie") == ["Add #ad", "I switched on LinkedIn’s own label"]
    assert labels(EN, "uk", paid=False) == [biased, "Add #ad"]
    late = labels(LONG + EN + " #CobaltAndFinchEmployee", "us", paid=False)
    assert late == ["Move #CobaltAndFinchEmployee to the front", biased]


@pytest.mark.parametrize(
    ("text", "where", "front"),
    [
        ("Finch Roast!", "uk", "#ad "),
        ("Finch Roast!", "de", "Anzeige: "),
        ("Finch Roast 50 %", "fr", "Publicité. "),
        ("Chez Finch Roast!", "uk", "#ad "),
        ("La Finch Roast :)", "nl", "#advertentie "),
        ("Finch Roast ist super!", "uk", "Anzeige · Ad – "),
        ("Le Finch Roast est arrivé dans les rayons.", "uk", "Publicité · Ad – "),
        ("Finch Roast is on the shelves now.", "de", "Ad · Anzeige – "),
        ("Finch Roast is on the shelves now.", "it", "#ad "),
        ("Finch Roast", "eu", "#ad "),
    ],
)
def test_a_short_draft_is_mended_in_its_own_language_or_the_readers(text, where, front):
    finding = next(one for one in check(text, where).findings if one.category == "disclosure")
    assert finding.fixes[0].apply(text) == front + text


@pytest.mark.parametrize(
    ("text", "where", "sentence"),
    [
        ("Finch Roast: love!", "us", "I work at"),
        ("Finch Roast: incroyable!", "ca", "I work at"),
        ("Le Finch Roast est le meilleur de tous, venez.", "us", "Je travaille chez"),
        ("Finch Roast is the best of all, go and get it.", "de", "I work at"),
        ("Finch Roast ist der beste von allen.", "uk", "Ich arbeite bei"),
    ],
)
def test_the_relationship_is_said_in_the_language_of_the_post(text, where, sentence):
    finding = next(one for one in check(text, where, paid=False).findings if one.category == "disclosure")
    assert finding.fixes[0].apply(text).startswith(sentence)
