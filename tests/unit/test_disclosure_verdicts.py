"""The verdicts of the disclosure check, country by country, and the fixes that mend them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.policy import JURISDICTIONS, policy_from_json
from server.rules import Context, Engine
from server.rules.disclosure.fixes import label_for, shown
from server.rules.disclosure.tables import jurisdiction
from server.rules.examples import SAMPLE
from tests.unit.disclosure_scene import DE, EN, FR, engine

LONG = (
    "Three months, forty-one sample roasts and one very patient team: Finch Roast is on the shelves. The first batch "
    "was too dark, the second too shy, the third went to the neighbours. Come by and get a bag. "
)


def verdict(text: str, where: str, paid: bool = True, **keys: object) -> str:
    return engine("finch", (where,), paid).check(text, **keys).disclosure


@pytest.mark.parametrize(
    ("where", "text", "expected"),
    [
        ("uk", EN, "missing"),
        ("uk", "#ad " + EN, "present"),
        ("uk", EN + " #ad", "present"),
        ("uk", LONG + "#ad", "buried"),
        ("uk", EN + " #coffee #beans #ad #bristol", "buried"),
        ("uk", "#sponsored " + EN, "inadequate"),
        ("uk", "Thanks to Cobalt & Finch for the beans. " + EN, "inadequate"),
        ("uk", "I work at Cobalt & Finch. " + EN, "inadequate"),
        ("uk", "#FinchRoastAd " + EN, "ambiguous"),
        ("uk", "Not an ad. " + EN, "missing"),
        ("uk", "A finch sat on the fence this morning.", "not_required"),
        ("us", "#sponsored " + EN, "present"),
        ("us", "I work at Cobalt & Finch. " + EN, "present"),
        ("us", "Cobalt & Finch gave me a gift card to post this. " + EN, "present"),
        ("us", "I get gift cards for posting. " + EN, "present"),
        ("us", "Cobalt & Finch is paying me to say this. " + EN, "present"),
        ("us", "Cobalt & Finch hooked me up with free beans for this. " + EN, "present"),
        ("us", "#sp " + EN, "inadequate"),
        ("us", LONG + "\n\nPaid post.", "buried"),
        ("us", "Nobody paid me for this. " + EN, "missing"),
        ("fr", FR, "missing"),
        ("fr", "Publicité. " + FR, "present"),
        ("fr", "PUBLICITÉ – " + FR, "present"),
        ("fr", "Collaboration commerciale avec Cobalt & Finch : " + FR, "present"),
        ("fr", "#ad " + FR, "inadequate"),
        ("fr", "Merci à Cobalt & Finch ! " + FR, "inadequate"),
        ("fr", FR + " #café #matin #publicité #lyon", "buried"),
        ("fr", "#FinchRoastPub " + FR, "ambiguous"),
        ("fr", "Pas une pub. " + FR, "missing"),
        ("de", DE, "missing"),
        ("de", "Anzeige: " + DE, "present"),
        ("de", "[Werbung] " + DE, "present"),
        ("de", "Bezahlte Werbepartnerschaft mit Cobalt & Finch: " + DE, "present"),
        ("de", "#sponsored " + DE, "inadequate"),
        ("de", "Danke an Cobalt & Finch! " + DE, "inadequate"),
        ("de", DE + " #anzeige", "buried"),
        ("de", "#FinchRoastWerbung " + DE, "ambiguous"),
        ("de", "Keine Werbung! " + DE, "missing"),
        ("ie", "#ad " + EN, "present"),
        ("ie", EN + " #ad", "buried"),
        ("ie", "#IWorkWithCobaltFinch " + EN, "inadequate"),
        ("in", "#partnership " + EN, "present"),
        ("in", EN + " #ad", "buried"),
        ("au", "#gifted " + EN, "inadequate"),
        ("ca", "#sponsored " + EN, "present"),
        ("nl", "#advertentie Finch Roast is er, de beste tot nu toe. Haal een zak.", "present"),
        ("it", "#adv Finch Roast è arrivato, il migliore finora. Provatelo.", "present"),
        ("es", "Publicidad: Finch Roast ya está en tienda, el mejor. Probadlo.", "present"),
        ("eu", "Publicité. " + FR, "present"),
        ("eu", "#ad " + FR, "inadequate"),
    ],
)
def test_rewarded_posts(where, text, expected):
    assert verdict(text, where) == expected


@pytest.mark.parametrize(
    ("where", "text", "expected", "level"),
    [
        ("uk", EN, "missing", "required"),
        ("us", EN, "missing", "required"),
        ("in", EN, "missing", "required"),
        ("fr", FR, "missing", "suggestion"),
        ("de", DE, "missing", "suggestion"),
        ("it", EN, "not_required", None),
        ("us", "I work at Cobalt & Finch. " + EN, "present", None),
        ("us", "#CobaltFinchEmployee " + EN, "present", None),
        ("us", "#employee " + EN, "inadequate", "required"),
        ("us", LONG + "It is the best. We built it ourselves. I work at Cobalt & Finch.", "buried", "required"),
        ("uk", "#ad " + EN, "present", None),
        ("fr", "Je travaille chez Cobalt & Finch. " + FR, "present", None),
        ("de", "Ich arbeite bei Cobalt & Finch. " + DE, "present", None),
        ("uk", "Lunch at Cobalt & Finch was loud today.", "not_required", None),
    ],
)
def test_unrewarded_posts_owe_the_relationship_at_most(where, text, expected, level):
    check = engine("finch", (where,), False).check(text)
    assert check.disclosure == expected
    assert [one.level for one in check.findings if one.category == "disclosure"] == ([level] if level else [])


def test_without_rewards_taken_part_in_a_share_is_not_rewarded():
    assert verdict("#CobaltFinchEmployee " + EN, "uk", context=Context(takes_rewards=False)) == "present"
    assert verdict(EN, "uk", paid=False, context=Context(reward="10 points")) == "missing"


def test_an_item_with_a_reward_of_its_own_owes_a_label_whatever_the_words():
    context = Context(
        item_title="Nine minutes of roasting", item_url="https://cobaltfinch.example/nine", reward="10 points"
    )
    assert verdict("People ask what a roaster looks at all day.", "uk", paid=False, context=context) == "missing"


def test_the_words_are_the_readers_and_the_label_the_posts():
    finding = engine("finch", ("fr",)).check(FR, ui_lang="fr").findings[0]
    assert finding.message == "Commencez par «\u202fPublicité\u202f»"
    assert finding.why == "Ce partage vous rapporte des points\u00a0: vos lecteurs doivent le savoir."
    assert finding.fixes[0].label == "Ajouter «\u202fPublicité\u202f»"
    finding = engine("finch", ("uk",)).check(EN).findings[0]
    assert (finding.message, finding.fixes[0].label) == ("This post needs #ad", "Add #ad")
    assert finding.why == "You earn points for it, so readers should know first."
    late = engine("finch", ("uk",)).check(EN + " #coffee #beans #ad #bristol").findings[0]
    assert (late.message, late.fixes[0].label) == ("#ad comes too late", "Move #ad to the front")
    spoken = Engine(policy_from_json(SAMPLE)).check(EN, context=Context(reward="a gift card")).findings[0]
    assert spoken.why == "You get a gift card for it, so readers should know first."


MENDED = [
    ("uk", EN, "#ad " + EN),
    ("uk", "#sponsored " + EN, "#ad " + EN),
    ("uk", "Sponsored. " + EN, "#ad " + EN),
    ("uk", "#FinchRoastAd " + EN, "#ad #FinchRoast " + EN),
    ("uk", "#a\u200bd " + EN, "#ad " + EN),
    ("uk", "Not an ad, I like it. " + EN, "#ad I like it. " + EN),
    ("uk", "#NotAnAd " + EN, "#ad " + EN),
    ("uk", EN + " This isn't an advert.", "#ad " + EN + " "),
    ("uk", EN + " #coffee #beans #ad #bristol", "#ad " + EN + " #coffee #beans #bristol"),
    ("uk", LONG + "\n\nAd", "Ad. " + LONG.rstrip()),
    ("uk", "Thanks to Cobalt & Finch for the beans. " + EN, "#ad Thanks to Cobalt & Finch for the beans. " + EN),
    ("de", DE + " #anzeige", "#anzeige " + DE),
    ("de", "Promotion – " + DE, "Anzeige: " + DE),
    ("fr", "#collab avec Cobalt & Finch. " + FR, "Publicité. avec Cobalt & Finch. " + FR),
    ("fr", FR, "Publicité. " + FR),
]


@pytest.mark.parametrize(("where", "text", "mended"), MENDED)
def test_the_best_fix_mends_it(where, text, mended):
    check = engine("finch", (where,)).check(text)
    fixed = check.findings[0].fixes[0].apply(text)
    assert fixed == mended
    again = engine("finch", (where,)).check(fixed, lang=check.lang)
    assert again.disclosure == "present" and not [one for one in again.findings if one.category == "disclosure"]


@pytest.mark.parametrize("where", JURISDICTIONS)
@pytest.mark.parametrize(
    "text", [EN, FR, DE, "Finch Roast! #ad #spon #collab", "(#spon) Finch Roast", "Aԁ: Finch Roast", ""]
)
def test_every_fix_of_every_jurisdiction_mends(where, text):
    for paid in (True, False):
        finch = engine("finch", (where,), paid)
        context = Context(item_url="https://cobaltfinch.example/a", reward="1 point" if paid else None)
        check = finch.check(text, context=context)
        for finding in check.findings:
            for fix in finding.fixes if finding.category == "disclosure" else ():
                switched = replace(context, platform_label=not fix.edits)  # no edits: LinkedIn's own label
                again = finch.check(fix.apply(text), lang=check.lang, context=switched)
                assert again.disclosure in ("present", "not_required"), fix.apply(text)


@pytest.mark.parametrize("where", JURISDICTIONS)
def test_each_table_holds_what_the_check_needs(where):
    table = jurisdiction(where)
    for lang in ("en", "fr", "de", "es", "it", "nl", None):
        assert shown(label_for((where,), lang))
    assert all(source.startswith("http") for source in table.sources)


def test_a_doubtful_label_is_a_suggestion_not_a_demand():
    check = engine("finch", ("fr",)).check("#pub " + FR)
    assert check.disclosure == "present"
    finding = check.findings[0]
    assert finding.level == "suggestion" and finding.fixes[0].apply("#pub " + FR) == "Publicité. " + FR


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Harbour run! Till Week is on, 30% off. Go and get it.", "missing"),
        ("in love with harbour and the harbour till. get one", "missing"),
        ("A harbour, a till, a long walk home.", "not_required"),
        ("Pearl Harbour, then Till 5, then bed.", "not_required"),
    ],
)
def test_a_common_word_and_a_part_of_a_product_make_each_other_sure(text, expected):
    assert engine("harbour").check(text).disclosure == expected


def test_a_partnership_at_the_head_of_the_post_is_meant_as_its_label():
    text = "In partnership with Cobalt & Finch: how a morning should begin."
    assert verdict(text, "uk") == "inadequate"
    assert verdict("Thanks to Cobalt & Finch: how a morning should begin.", "uk", False) == "not_required"
