"""The fourth question of the disclosure check: is it there, worded as accepted, in its place, by itself?"""

from __future__ import annotations

import pytest

from server.rules.disclosure.about import mentions
from server.rules.disclosure.paid import rewards_told
from server.rules.disclosure.relationship import says_relationship
from server.rules.disclosure.tables import jurisdiction, labels
from server.rules.disclosure.there import denial_hits, marks, placed
from tests.unit.disclosure_scene import scene


def grades(text: str, where: str = "uk", company: str = "finch", lang: str | None = None) -> list[str]:
    there = scene(text, company, lang)
    return [mark.grade for mark in marks(there, labels(where, there.lang), mentions(there), jurisdiction(where))]


@pytest.mark.parametrize(
    "text",
    [
        "#ad New beans.",
        "#AD New beans.",
        "Ad: new beans.",
        "AD - new beans.",
        "Ad | new beans.",
        "[Ad] New beans.",
        "(ad) New beans.",
        "Advert\nNew beans.",
        "☕ Ad. New beans.",
        "Advertisement, because I get points: new beans.",
        "New beans are in. Ad",
        "New beans (ad).",
        "Yes, this is an ad. New beans.",
        "Ad for Cobalt & Finch: new beans.",
        "Ad Finch Roast is here.",
        "𝗔𝗱: new beans.",
        "＃ａｄ New beans.",
        "# ad New beans.",
        "Ad (a real one): new beans.",
        "One thing - ad - before lunch.",
        "Just a tip? No: advertising.",
        "Just so you know: ad. New beans.",
        "Advertising my own employer here. New beans.",
        "This little text is an advert for the place I work.",
        "its an ad. New beans.",
    ],
)
def test_a_label_is_recognised_by_form_and_place(text):
    assert grades(text) == ["accepted"]


@pytest.mark.parametrize(
    "text",
    [
        "Ad hoc tasting at noon.",
        "AD 79 was a bad year.",
        "Ad Lib played well.",
        "Ad astra, friends.",
        "AD FS is down.",
        "Ad-free at last.",
        "Did you see the ad we ran?",
        "My ad blocker broke.",
        "#adtech #admin #ads",
        "Adding milk.",
        "An adventure.",
        "Not an ad.",
        "#NotAnAd",
        "This is not an ad.",
        "This is no ad: new beans.",
        "People hide '#ad' below.",
        "The word “ad” is short.",
        "ad.example is a domain.",
        "Adverts have become strange.",
        "This is an ad agency.",
        "I wonder whether this post is an ad.",
        "#ad or no ad, that is the question.",
    ],
)
def test_ordinary_words_and_denials_are_no_labels(text):
    assert grades(text) == []


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Vous avez vu notre publicité dans le métro ?", "fr"),
        ("Publicité mensongère, disait-il.", "fr"),
        ("Habt ihr unsere Anzeige gesehen?", "de"),
        ("Die Anzeige am Bahnsteig sagt fünf Minuten.", "de"),
        ("Werbung ist teuer geworden.", "de"),
        ("Keine Werbung, nur Freude.", "de"),
        ("Pas une publicité, juste un avis.", "fr"),
    ],
)
def test_ordinary_words_of_other_languages_are_no_labels(text, lang):
    assert grades(text, lang, lang=lang) == []


@pytest.mark.parametrize(
    "text",
    [
        "#CobaltAndFinchAd New beans.",
        "#finchroastadvert New beans.",
        "#AdCobaltAndFinch New beans.",
        "#аd New beans.",
        "#a\u200bd New beans.",
        "#a_d New beans.",
        "#a.d New beans.",
        "#BestCoffeeAd New beans.",
        "Аd: new beans.",
    ],
)
def test_fused_broken_and_look_alike_labels_are_unclear(text):
    assert grades(text) == ["unclear"]


@pytest.mark.parametrize(
    ("word", "verdicts"),
    [
        ("#sponsored", {"uk": "weak", "us": "accepted", "ie": "weak", "ca": "accepted", "in": "accepted"}),
        ("#collaboration", {"uk": "weak", "in": "accepted", "eu": "weak"}),
        ("#employee", {"us": "contested", "in": "accepted"}),
        ("#spon", {"uk": "weak", "us": "weak", "ca": "weak", "au": "weak"}),
        ("#ad", {"uk": "accepted", "us": "accepted", "ie": "accepted", "eu": "accepted"}),
        ("#CobaltAndFinchAmbassador", {"uk": "weak", "ie": "weak", "ca": "accepted", "us": "doubtful"}),
    ],
)
def test_the_same_word_is_taken_differently_by_country(word, verdicts):
    assert {where: grades(f"{word} The new beans are in.", where) for where in verdicts} == {
        w: [g] for w, g in verdicts.items()
    }


def test_the_language_of_the_post_counts():
    assert grades("#ad Le nouveau café est en boutique.", "fr") == ["weak"]
    assert grades("#ad The new beans are in the shop.", "fr") == ["accepted"]
    assert grades("Publicité. The new beans are in the shop.", "fr") == ["accepted"]
    assert grades("#ad Die neuen Bohnen sind da.", "de") == ["contested"]
    assert grades("Anzeige: Die neuen Bohnen sind da.", "uk") == ["accepted"]


@pytest.mark.parametrize(
    "text",
    [
        "Thanks to Cobalt & Finch for the cake.",
        "Thanks Cobalt & Finch!",
        "Made possible by C&F.",
        "In partnership with the team at Cobalt & Finch: cake.",
        "#gifted Cake.",
        "Sponsored: cake.",
        "#thisisnothing",
    ],
)
def test_weak_wordings_hold_the_companys_name_or_stand_apart(text):
    expected = [] if "nothing" in text else ["weak"]
    assert grades(text) == expected


def place_of(text: str, where: str) -> bool:
    there = scene(text)
    found = marks(there, labels("uk", "en"), mentions(there), jurisdiction("uk"))
    return placed(there, found[0], where)


@pytest.mark.parametrize(
    ("text", "in_view", "at_start"),
    [
        ("#ad New beans.", True, True),
        ("🚀 [Ad] New beans.", True, True),
        ("#ad #coffee #beans New beans.", True, True),
        ("New beans. #ad", True, False),
        ("New beans. #coffee #ad", False, False),
        ("New beans. #ad #coffee #beans", False, False),
        ("Morning\n\n\n\n#ad New beans.", False, False),
        ("New beans. " + "They smell of plum and rain. " * 8 + "#ad", False, False),
    ],
)
def test_where_a_label_counts(text, in_view, at_start):
    assert (place_of(text, "view"), place_of(text, "start")) == (in_view, at_start)


def test_denials_are_found_and_quoted_ones_left():
    assert denial_hits(scene("Not an ad, just love.")) and denial_hits(scene("#notsponsored Love."))
    assert not denial_hits(scene("People write 'not an ad' too often."))


@pytest.mark.parametrize(
    ("text", "outright"),
    [
        ("I work at Cobalt & Finch.", True),
        ("My company has a new bar.", True),
        ("I'm a buyer at Cobalt & Finch.", True),
        ("As someone in the roasting team, I know.", True),
        ("Proud Cobalt & Finch engineer speaking.", True),
        ("#CobaltFinchEmployee here.", True),
        ("Here at Cobalt & Finch we like rain.", True),
        ("We built Finch Roast in spring.", False),
        ("Our Finch Roast is back.", False),
    ],
)
def test_the_relationship_is_said_or_shown(text, outright):
    there = scene(text)
    said = [sure for _, sure in says_relationship(there, mentions(there))]
    assert said and any(said) is outright


@pytest.mark.parametrize(
    "text",
    [
        "I don't work at Cobalt & Finch.",
        "An engineer told me about Cobalt & Finch.",
        "I bought beans at Cobalt & Finch.",
        "You should work less.",
    ],
)
def test_the_relationship_is_not_said(text):
    there = scene(text)
    assert says_relationship(there, mentions(there)) == []


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Un conseil d’ami ? Non, une publicité. Goûtez-le.", "fr"),
        ("Ce message est une publicité pour mon employeur.", "fr"),
        ("Ein Tipp unter Freunden? Nein: Werbung.", "de"),
        ("Dieser kleine Text ist Werbung.", "de"),
        ("Questo post è pubblicità, lo dico subito.", "it"),
    ],
)
def test_a_sentence_may_say_it_in_the_language_of_the_post(text, lang):
    assert grades(text, {"fr": "fr", "de": "de", "it": "it"}[lang], lang=lang) == ["accepted"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Cobalt & Finch is giving me a gift card for writing this.", True),
        ("I'm getting a voucher from work for this post.", True),
        ("I'll be entered in a raffle: I win a prize for sharing.", True),
        ("Pour cette publication, je reçois une carte cadeau.", True),
        ("Für diesen Beitrag kriege ich von der Firma einen Gutschein.", True),
        ("Share this post and you get 50 points.", False),
        ("Nobody gives me a gift card for posting.", False),
        ("If I get a voucher for this post, I'll say so.", False),
        ("Post a picture and I'll send you a voucher.", False),
        ("My aunt gave me points on my essay.", False),
    ],
)
def test_a_reward_may_be_told_in_own_words(text, told):
    assert bool(list(rewards_told(scene(text)))) is told


def test_cause_is_no_thanks_in_french():
    assert grades("On a tenu le délai grâce à Cobalt & Finch.", "fr", lang="fr") == []
    assert grades("Merci à Cobalt & Finch pour le délai.", "fr", lang="fr") == ["weak"]
