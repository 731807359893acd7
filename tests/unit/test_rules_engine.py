"""The engine as others call it: order, languages, context, and any text at all."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.policy import NO_POLICY, PACKS, Policy, policy_from_json
from server.rules import Context, Engine, to_utf16
from server.rules.examples import SAMPLE
from server.rules.model import LEVEL_ORDER, VERDICTS

ENGINE = Engine(policy_from_json(SAMPLE))
BAD = "Finch Roast is 100% safe. Globex is rubbish!!! Project Heron is next. #specialtycoffeelovers"


def test_findings_stand_worst_first():
    findings = ENGINE.check(BAD).findings
    levels = [LEVEL_ORDER[one.level] for one in findings]
    assert levels == sorted(levels) and set(levels) == {0, 1, 2}
    assert {one.rule for one in findings} >= {
        "undisclosed-interest",
        "code-name",
        "absolute-claim",
        "talks-competitor-down",
        "exclamation-run",
        "run-together-tag",
    }


def test_a_confidential_word_is_never_repeated():
    finding = next(one for one in ENGINE.check(BAD).findings if one.rule == "code-name")
    said = " ".join([finding.message, finding.why, *(fix.label for fix in finding.fixes)])
    assert "heron" not in said.lower()
    assert all("heron" not in edit.text.lower() for fix in finding.fixes for edit in fix.edits)


@pytest.mark.parametrize(
    "text", ["Projekt Heron startet am Montag.", "Le projet Heron avance bien.", "Das Heron-Projekt läuft gut."]
)
def test_a_confidential_project_is_known_in_the_posts_own_language(text):
    assert [one.rule for one in ENGINE.check(text).findings] == ["code-name"]


def test_what_leads_to_a_phone_number_goes_with_it():
    text = "Call Nadia on 07700 900311!"
    [finding] = ENGINE.check(text).findings
    [edit] = finding.fixes[0].edits
    assert text[: edit.start] + edit.text + text[edit.end :] == "Call Nadia!"


def test_the_message_names_the_label_that_its_fix_puts_in():
    text = "Finch Roast est enfin en rayon. Courez le goûter, il est délicieux."
    finding = ENGINE.check(text, lang="fr", ui_lang="fr").findings[0]
    put = finding.fixes[0].edits[0].text.removesuffix(" – ")
    assert put in finding.message


@pytest.mark.parametrize(
    ("ui", "message", "label"),
    [
        ("en", "This post needs #ad", "Add #ad"),
        ("fr", "Commencez par «\u202f#ad\u202f»", "Ajouter «\u202f#ad\u202f»"),
        ("de", "Dieser Beitrag braucht „#ad“", "„#ad“ voranstellen"),
        ("xx", "This post needs #ad", "Add #ad"),
    ],
)
def test_the_panel_speaks_its_own_language_and_the_label_the_posts(ui, message, label):
    finding = ENGINE.check("Finch Roast is on the shelves. Go and get it.", ui_lang=ui).findings[0]
    assert finding.message == message and finding.fixes[0].label == label


def test_no_policy_asks_for_nothing_but_still_checks():
    check = Engine(NO_POLICY).check("#ad Our tool is 100% safe.")
    assert check.disclosure == "not_required"
    assert [one.category for one in check.findings] == ["unsupported_claim"]


def test_only_the_packs_of_the_policy_run():
    quiet = Engine(Policy(packs=("respect",)))
    assert {rule.pack for rule in quiet.rules} == {"respect"}
    assert quiet.check(BAD).findings == ()
    assert {rule.pack for rule in ENGINE.rules} == set(PACKS)


def test_the_version_follows_the_policy():
    assert ENGINE.version == Engine(policy_from_json(SAMPLE)).version
    assert ENGINE.version != Engine(policy_from_json({**SAMPLE, "rewarded": False})).version


def test_a_given_language_wins_over_the_detected_one():
    assert ENGINE.check("Finch Roast", lang="fr").lang == "fr"
    assert ENGINE.check("Finch Roast", lang="de-AT").lang == "de"
    assert ENGINE.check("The coffee is here", lang="xx").lang == "en"


def test_the_same_input_gives_the_same_findings():
    assert ENGINE.check(BAD).findings == ENGINE.check(BAD).findings


def test_labelled_puts_the_label_first_only_where_it_is_due():
    due = "Finch Roast is on the shelves. Go and get it."
    assert ENGINE.labelled(due) == "#ad " + due
    assert ENGINE.labelled("#ad " + due) == "#ad " + due
    assert ENGINE.labelled("Lovely rain today.") == "Lovely rain today."
    assert ENGINE.labelled(due, context=Context(takes_rewards=False)) == due
    assert ENGINE.labelled(due, context=Context(reward="none")) == due
    assert ENGINE.labelled("Lovely rain.", context=Context(item_title="Rain", reward="20 points")) == "#ad Lovely rain."
    french = "Finch Roast est en boutique, venez le goûter."
    # The readers' own word stands beside it: in what Sayso puts in itself nothing is to be mended.
    labelled = ENGINE.labelled(french)
    assert labelled == "Publicité · Ad – " + french
    assert not [found for found in ENGINE.check(labelled).findings if found.category == "disclosure"]
    abroad = Engine(policy_from_json({**SAMPLE, "jurisdictions": ["fr"]}))
    assert abroad.labelled(french) == "Publicité. " + french


def test_utf16_offsets_of_a_whole_check():
    text = "🚀🚀 Finch Roast is on the shelves. Go and get it!!!"
    check = ENGINE.check(text)
    wide = to_utf16(check, text)
    units = text.encode("utf-16-le")
    for one, other in zip(check.findings, wide.findings, strict=True):
        assert units[other.start * 2 : other.end * 2].decode("utf-16-le") == text[one.start : one.end]


def _is_sound(text: str, check) -> None:
    assert check.disclosure in VERDICTS
    for finding in check.findings:
        assert 0 <= finding.start <= finding.end <= len(text)
        for fix in finding.fixes:
            place = 0
            for edit in fix.edits:
                assert place <= edit.start <= edit.end <= len(text)
                place = edit.end
            assert fix.apply(text) != text
        finding.message.encode("utf-8")
        finding.why.encode("utf-8")
    for cut in (check.fold.mobile, check.fold.desktop):
        assert cut is None or 0 < cut < len(text)
    to_utf16(check, text)


PIECES = st.sampled_from(
    [
        "Finch Roast",
        "#ad",
        "Ad:",
        "Get one",
        "!!!",
        "\n",
        "\n\n",
        " ",
        "\u200b",
        "#a\u200bd",
        "𝗔𝗱",
        "🚀",
        "👩‍💻",
        "\ud800",
        "\udc00",
        "Globex",
        "rubbish",
        "Project Heron",
        "#CobaltAndFinchAd",
        "Not an ad,",
        "Thanks to Cobalt & Finch",
        "(Ad)",
        "#",
        "[",
        "]",
        "“",
        "”",
        "’",
        "e\u0301",
        "ﬁ",
        "İ",
        "ß",
        "…",
        "\u202e",
        "best",
        "a@gmail.com",
        "07700 900311",
        "100% safe",
        "I work at",
        "…more",
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES | st.text(st.characters(codec=None), max_size=8), max_size=40).map("".join))
def test_any_text_is_checked_without_complaint(text):
    for lang in (None, "fr"):
        _is_sound(text, ENGINE.check(text, lang=lang, context=Context(variant_text=text, posts_this_week=9)))
    assert ENGINE.labelled(text).endswith(text.lstrip()) or ENGINE.labelled(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n" * 1000,
        "\ud800" * 100_000,
        "\u200b" * 100_000,
        "a" * 100_000,
        "#ad " * 25_000,
        "e" + "\u0301" * 99_999,
        "Finch Roast is the best. Get one! " * 2_900,
        "!" * 100_000,
        "🚀" * 100_000,
        "#" * 100_000,
        "((((" * 25_000,
        "𝗔" * 100_000,
        "amazing " * 12_500,
        '"' * 100_000,
        "Thanks to " * 10_000,
        "not " * 25_000,
        "07700 " * 16_000,
    ],
)
def test_a_very_long_draft_is_checked(text):
    _is_sound(text, ENGINE.check(text))
