"""The own pages' words, values and small parts, apart from any request."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from server.feed.leaving import REASONS, LeftOut
from server.store import Share
from server.web import check, history_shown
from server.rules.model import LEVEL_ORDER, VERDICTS
from server.web.undo import LIFE_S, MOST, UndoSlots
from server.words import ALL, FOLDER

ROOT = Path(__file__).parents[2]
PAGES_TOKENS = ROOT / "server" / "web" / "static" / "tokens.css"
EXTENSION_TOKENS = ROOT / "extension" / "ui" / "tokens.css"
ENGLISH = ALL["en"]
# In French a narrow space that does not break stands before ; ! ? and inside « », and a wide one before : at a word's end.
LOOSE = re.compile(r"(?<!\u202f)[;!?](?!\w)|(?<!\u00a0):(?=\s|$)|«(?!\u202f)|(?<!\u202f)»")
SHARE = Share(id="4f1d2c9a-6f0e-4b58-9a57-0d5c4b6f3a11", text="Text", posted_at="2026-03-04T10:00:00Z")


def _forms(language: str) -> dict[str, str]:
    """Every sentence of a language by its name, plural forms apart."""
    found = {}
    for section, sentences in ALL[language].sections.items():
        for key, value in sentences.items():
            for form, text in (value if isinstance(value, dict) else {"": value}).items():
                found[f"{section}.{key}{form and '.'}{form}"] = text
    return found


@pytest.mark.parametrize("language", ["fr", "de"])
def test_every_language_says_everything_with_the_same_values(language: str) -> None:
    english, other = _forms("en"), _forms(language)
    assert english.keys() == other.keys()
    for name, text in english.items():
        # "One" may be written out or as a figure, as the language likes.
        wanted, given = (set(re.findall(r"\{(\w+)\}", words)) - {"n"} for words in (text, other[name]))
        assert wanted == given, name


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_words_keep_the_tone(language: str) -> None:
    for name, text in _forms(language).items():
        assert "!" not in text and "'" not in text, name
        if language == "en":
            assert not re.search(r"\b(?:violation|error|compliance|must)\b", text, re.IGNORECASE), name


def _said_by_the_extension(language: str) -> dict[str, str]:
    path = ROOT / "extension" / "_locales" / language / "messages.json"
    return {key: value["message"] for key, value in json.loads(path.read_text("utf-8")).items()}


def test_french_signs_stay_with_their_words() -> None:
    said = _forms("fr") | _said_by_the_extension("fr")
    assert {name: text for name, text in said.items() if LOOSE.search(text)} == {}


def test_every_words_file_is_a_language_we_speak() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(ALL)


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_the_pages_and_the_extension_say_the_same(language: str) -> None:
    extension = _said_by_the_extension(language)
    t = ALL[language]
    for verdict in VERDICTS:
        assert t(f"verdict.{verdict}") == extension[f"words_verdict_{verdict}"]
    for level in LEVEL_ORDER:
        assert t(f"level.{level}") == extension[f"words_level_{level}"]
    for step in range(len(history_shown.STEPS) + 1):
        assert t(f"own.s{step}") == extension[f"words_own_{step}"]
    assert extension["popup_open_pages"] in t("trouble.by_popup")
    assert extension["popup_connect"] in t("start.type")
    assert extension["popup_code"] == t("start.code")


def test_every_reason_to_leave_an_entry_out_has_its_words() -> None:
    assert ENGLISH.sections["left_out"].keys() == REASONS.keys()
    with pytest.raises(ValueError, match="no_colour"):
        LeftOut().add("no_colour", "Entry 1: it has no colour.")


def test_values_in_a_sentence_are_escaped_and_commands_marked() -> None:
    assert ENGLISH("history.found_none", q="<b>`x`") == "No share mentions “&lt;b&gt;`x`”."
    assert "<code>sayso pages</code>" in ENGLISH("trouble.by_terminal")


def test_numbers_and_dates_are_written_as_each_language_does() -> None:
    assert [ALL[language].number(12345) for language in ("en", "fr", "de")] == ["12,345", "12\u202f345", "12.345"]
    stamp = "2020-11-01T12:00:00"  # here, wherever that is
    assert [ALL[language].day(stamp) for language in ("en", "fr", "de")] == [
        "Sunday, 1 November 2020", "Dimanche 1er novembre 2020", "Sonntag, 1. November 2020",
    ]
    assert ALL["fr"].count("start.shares_n", 0) == "0 partage" and ENGLISH.count("start.shares_n", 0) == "0 shares"


def _tokens(path: Path) -> dict[str, str]:
    """The custom properties of a style sheet's first block of each name, however they are spaced."""
    found: dict[str, str] = {}
    for name, value in re.findall(
        r"(--[\w-]+):\s*([^;]+);", re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL),
    ):
        found.setdefault(name, re.sub(r"\s+", " ", value).strip().lower())
    return found


def test_the_pages_and_the_extension_are_drawn_with_the_same_values() -> None:
    pages, extension = _tokens(PAGES_TOKENS), _tokens(EXTENSION_TOKENS)
    shared = pages.keys() & extension.keys()
    assert len(shared) > 40
    assert {name: pages[name] for name in shared} == {name: extension[name] for name in shared}


def test_every_value_that_the_pages_use_is_one_they_have() -> None:
    for name in ("pages", "content", "history"):
        used = set(re.findall(r"var\((--[\w-]+)\)", (PAGES_TOKENS.parent / f"{name}.css").read_text("utf-8")))
        assert used - {"--c"} <= _tokens(PAGES_TOKENS).keys(), name  # --c is a category's own


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_text_stands_out_from_its_ground_in_light_and_dark() -> None:
    tokens = _tokens(PAGES_TOKENS)
    both = {name: re.findall(r"#[0-9a-f]{6}", value) for name, value in tokens.items()}
    grounds = ("--paper", "--surface")
    pairs = [(text, ground) for ground in grounds for text in (
        "--ink", "--ink-2", "--ink-3", "--accent-ink", "--required", "--warning", "--suggestion",
    )]
    pairs += [("--ink-2", "--accent-soft"), ("--accent-ink", "--accent-soft"), ("--ink", "--sunken")]
    for text, ground in pairs:
        for theme in (0, 1):
            high, low = sorted((_luminance(both[text][theme]), _luminance(both[ground][theme])), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 4.5, (text, ground, theme)


def test_undo_holds_one_share_a_session_for_ten_minutes() -> None:
    now = [0.0]
    slots = UndoSlots(now=lambda: now[0])
    slots.put("a", SHARE)
    assert slots.holds("a") and not slots.holds("b") and slots.take("b") is None
    assert slots.take("a") == SHARE and slots.take("a") is None
    slots.put("a", SHARE)
    now[0] = LIFE_S
    assert not slots.holds("a") and slots.take("a") is None


def test_undo_never_holds_more_than_its_bound() -> None:
    slots = UndoSlots(now=lambda: 0.0)
    for number in range(MOST + 5):
        slots.put(str(number), SHARE)
    assert sum(slots.holds(str(number)) for number in range(MOST + 5)) == MOST
    assert slots.holds(str(MOST + 4)) and not slots.holds("0")


@pytest.mark.parametrize("text", ["", "short", "One sentence. " * 60, "x" * 2000, "Line\n" * 200, "First.\n\n" + "y" * 900])
def test_a_post_in_a_list_is_one_line_of_its_beginning(text: str) -> None:
    start = history_shown.start(text)
    whole = " ".join(text.split())
    assert "\n" not in start and len(start) <= history_shown.MOST_SHOWN + 2
    assert whole == start or whole.startswith(start.removesuffix(" …")) and start.endswith(" …")


@pytest.mark.parametrize(
    ("language", "amount", "currency", "said"),
    [
        ("en", "1234.50", "GBP", "£1,234.50"), ("en", "12", "JPY", "JPY\u00a012"), ("fr", "1234.50", "EUR", "1\u202f234,50\u00a0€"),
        ("de", "0.30", "EUR", "0,30\u00a0€"),
    ],
)
def test_money_is_written_as_each_language_does(language: str, amount: str, currency: str, said: str) -> None:
    assert history_shown.money(ALL[language], amount, currency) == said


def test_an_excerpt_marks_the_words_and_leaves_out_what_is_far() -> None:
    text = "before " * 20 + "<best>" + " after" * 20
    start = text.index("<best>")
    excerpt = check._excerpt(text, start, start + 6)
    assert excerpt and "<mark>&lt;best&gt;</mark>" in excerpt
    assert excerpt.startswith("…before") and excerpt.endswith("after…")
    assert check._excerpt(text, 5, 5) is None and check._excerpt(text, 0, len(text)) is None


@pytest.mark.parametrize(
    ("edits", "shown"),
    [
        ([(0, 0, "#ad ")], "<ins>#ad </ins>one two three"),
        ([(4, 7, "2")], "one <ins>2</ins> three"),
        ([(3, 7, "")], "one three"),
        ([(0, 3, "1"), (8, 13, "3")], "<ins>1</ins> two <ins>3</ins>"),
    ],
)
def test_a_preview_is_the_text_with_what_is_new_marked(edits: list[tuple[int, int, str]], shown: str) -> None:
    assert check._preview("one two three", edits) == shown
