"""What the start page, the content and the charter show."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from server.companion import Companion
from server.store import Item, Source, Variant
from server.web.frame import CSP

from .conftest import Api
from .pages import INNER, LANGUAGES, PAGES, VIEWS, Visitor, come_in, log_share, noon


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return come_in(app)


@pytest.mark.parametrize("path", VIEWS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_the_readers_language_and_marks_where_one_is(
    visitor: Visitor, path: str, language: str
) -> None:
    reply = visitor.get(path, Accept_Language=f"{language}-XX,{language};q=0.9")
    assert reply.status_code == 200
    assert f'<html lang="{language}">' in reply.text
    assert re.findall(r'<a href="([^"]+)" aria-current="page">', reply.text) == [path]
    assert reply.text.count("<h1") == 1


@pytest.mark.parametrize("path", INNER)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_the_content_speak_the_readers_language(visitor: Visitor, path: str, language: str) -> None:
    reply = visitor.get(path, Accept_Language=language)
    assert reply.status_code == 200 and f'<html lang="{language}">' in reply.text
    assert re.findall(r'<a href="([^"]+)" aria-current="true">', reply.text) == ["/" if path == "/programme" else "/feed"]
    assert reply.text.count("<h1") == 1


# The one script that each page may run; it works without.
SCRIPTS = {"/feed": "board", "/items/new": "item", "/sources": "reading", "/programme": "reading", "/publish": "reading", "/figures": "figures"}


@pytest.mark.parametrize("path", VIEWS + INNER)
def test_every_page_runs_its_own_script_at_most_and_asks_for_nothing_from_outside(visitor: Visitor, path: str) -> None:
    reply = visitor.get(path)
    script = SCRIPTS.get(path)
    asks = "; connect-src 'self'" if script in ("item", "reading") else ""
    assert reply.headers["Content-Security-Policy"] == (f"{CSP}; script-src 'self'{asks}" if script else CSP)
    assert reply.headers["Cache-Control"] == "no-store"
    late = "" if script == "item" else " defer"  # the item's comes before its form, which it watches from the first key on
    assert re.findall(r"<script[^>]*>[^<]*", reply.text) == ([f'<script src="/script/{script}.js"{late}>'] if script else [])
    assert " style=" not in reply.text and not re.search(r"\son\w+=", reply.text)
    for address in re.findall(r'(?:src|href)="([^"]+)"[^>]*rel="|<(?:img|link)[^>]* href="([^"]+)"', reply.text):
        assert not "".join(address).startswith(("http:", "//")) or 'rel="noopener' in reply.text


def test_style_sheets_are_there_before_one_has_come_in(app: Flask) -> None:
    for name in ("tokens", "pages", "content", "history"):
        reply = app.test_client().get(f"/style/{name}.css", base_url=PAGES)
        assert reply.status_code == 200 and reply.mimetype == "text/css"
        assert "@import" not in reply.text and "url(" not in reply.text


def test_start_says_what_is_set_up_and_shows_the_code(companion: Companion, visitor: Visitor) -> None:
    code, _ = companion.codes.fresh()
    text = visitor.text("/")
    assert "Cobalt & Finch" in text and code in text
    assert f"{len(companion.engine.rules)} rules in force" in text
    assert f"{len(companion.store.items())} items to share" in text


def test_a_new_code_takes_the_place_of_the_one_before(companion: Companion, visitor: Visitor) -> None:
    old, _ = companion.codes.fresh()
    reply = visitor.post("/code")
    assert reply.status_code == 303
    new, _ = companion.codes.current() or ("", "")
    text = visitor.text(reply.headers["Location"])
    assert new in text and old not in text and new != old
    assert companion.pair(new, "Chromium")[0] == "ok"


def test_without_a_code_in_force_start_says_so(companion: Companion, visitor: Visitor) -> None:
    companion.codes.fresh()
    companion.pair((companion.codes.current() or ("", ""))[0], "Chromium 156")
    text = visitor.text("/")
    assert "There is no code in force just now." in text


def test_off_the_default_port_the_code_carries_it(app: Flask, companion: Companion) -> None:
    companion.port = 8111
    code, _ = companion.codes.fresh()
    client = app.test_client()
    base = "http://sayso.localhost:8111"
    reply = client.get(f"/enter?key={companion.pages.link_key()}", base_url=base)
    assert reply.headers["Set-Cookie"].startswith("sayso-8111=")
    assert f"8111-{code}" in client.get("/", base_url=base).text


def test_a_connected_browser_is_named_first(companion: Companion, visitor: Visitor) -> None:
    companion.pair(companion.codes.fresh()[0], "Chromium 156 on Linux")
    text = visitor.text("/")
    assert text.index("Chromium 156 on Linux") < text.index("What is set up") < text.index("Connect another browser")


def test_notices_of_the_store_are_shown(companion: Companion, visitor: Visitor) -> None:
    companion.store.notices.append("A file could not be read; its backup is in use.")
    assert "A file could not be read; its backup is in use." in visitor.text("/")


def test_an_empty_companion_says_on_each_page_what_to_do(companion: Companion, visitor: Visitor) -> None:
    companion.store.erase()
    companion.reload()
    for path, wanted in (
        ("/", 'href="/programme"'), ("/feed", "Nothing to share yet"), ("/publish", 'href="/programme"'), ("/programme", "Your company has one"), ("/history", "Your first share starts the line"),
    ):
        assert wanted in visitor.text(path)
    assert "United Kingdom" not in visitor.text("/charter")


def _item(companion: Companion, **changes: Any) -> Item:
    source = Source("11111111-1111-4111-8111-111111111111", "feed", "https://news.example/feed.xml", "Newsroom")
    companion.store.put_source(source)
    fields: dict[str, Any] = {
        "id": "22222222-2222-4222-8222-222222222222", "title": "A <b>new</b> roof", "url": "https://news.example/roof",
    }
    item = Item(source_id=source.id, **{**fields, **changes})
    companion.store.put_items(source.id, [item])
    return item


def test_content_shows_items_with_their_link_reward_wordings_and_dates(companion: Companion, visitor: Visitor) -> None:
    _item(
        companion, category="industry", reward="30 points",
        published_at=noon("2025-05-01"), expires_at=noon("2099-01-02"),
        variants=(Variant("v1", "Text", "en", "question"), Variant("v2", "Texte", "fr", "factual")),
    )
    reply = visitor.get("/feed?q=roof").text
    assert "A &lt;b&gt;new&lt;/b&gt; roof" in reply and 'href="/items/22222222-2222-4222-8222-222222222222"' in reply
    for words in ("30 points", "2 wordings", "question, factual", "en fr", "1 May 2025", "2 January 2099"):
        assert words in reply


@pytest.mark.parametrize(
    ("dates", "words"),
    [({"embargo_until": noon("2099-03-01")}, "From 1 March 2099"), (
        {"expires_at": noon("2025-03-01")}, "Ended 1 March 2025",
    )],
)
def test_content_says_what_cannot_be_shared_now(
    companion: Companion, visitor: Visitor, dates: dict[str, str], words: str
) -> None:
    _item(companion, **dates)
    assert words in visitor.text("/feed?q=roof")


def test_content_tells_of_a_source_that_could_not_be_read(companion: Companion, visitor: Visitor) -> None:
    companion.store.put_source(
        Source(
            "33333333-3333-4333-8333-333333333333", "feed", "https://news.example/feed.xml",
            last_error="news.example answered with a web page, not a feed.", left_out=("entry 3 has no link",),
        )
    )
    assert "One source could not be read the last time." in visitor.text("/feed")
    text = visitor.text("/sources")
    assert "news.example answered with a web page, not a feed." in text and "entry 3 has no link" in text
    assert 'action="/sources/33333333-3333-4333-8333-333333333333/refresh"' in text


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "file:///etc/passwd"])
def test_an_address_that_is_no_web_address_is_never_a_link(
    companion: Companion, visitor: Visitor, address: str
) -> None:
    _item(companion, url=address)
    log_share(companion, permalink=address)
    for path in ("/feed", "/history", "/items/22222222-2222-4222-8222-222222222222"):
        assert f'href="{address}' not in visitor.get(path).text


# -- charter --


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_charter_holds_every_rule_in_force_with_its_reason(
    companion: Companion, visitor: Visitor, language: str
) -> None:
    text = visitor.text("/charter", Accept_Language=language)
    for rule in companion.engine.rules:
        assert f'id="rule-{rule.id}"' in text
        # Between the values of a draft, the words are the rule's own.
        for piece in re.split(r"\{\w+\}", f"{rule.message[language]}\n{rule.why[language]}".replace("\n", "{n}")):
            assert piece in text
    assert not re.search(r"\{\w+\}", text)
    assert companion.engine.version[:8] in text


def test_the_charter_never_prints_a_confidential_word(companion: Companion, visitor: Visitor) -> None:
    words = companion.policy.confidential
    assert words
    text = visitor.text("/charter")
    squashed = re.sub(r"[\W_]", "", text).casefold()
    assert not [word for word in words if re.sub(r"[\W_]", "", word).casefold() in squashed]
    assert "keeps certain names to itself" in text


def test_the_charter_follows_the_policy(companion: Companion, visitor: Visitor) -> None:
    assert "Sharing is rewarded here." in visitor.text("/charter")
    assert "#ad" in visitor.text("/charter") and "Up to 3 posts a week" in visitor.text("/charter")
    companion.store.erase()
    companion.reload()
    client = visitor.client  # erasing everything does not by itself end the session
    assert "Sharing is rewarded here." not in client.get("/charter", base_url=PAGES).text


def test_the_charter_says_what_sayso_sees_and_what_it_does_not(visitor: Visitor) -> None:
    text = visitor.text("/charter")
    assert "What Sayso sees and does not see of you" in text and "it never presses Post" in text


# -- what is read before the first post --


def _read(visitor: Visitor) -> str:
    """Press the button of the cards, as the page offers it."""
    found = re.search(r'name="version" value="([^"]+)"', visitor.get("/").text)
    assert found
    reply = visitor.post("/charter/read", version=found[1])
    assert reply.status_code == 303 and reply.headers["Location"] == "/"
    return visitor.text("/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_five_cards_stand_on_the_first_page_until_they_are_read(visitor: Visitor, language: str) -> None:
    before = visitor.text("/", Accept_Language=language)
    cards = re.search(r'<section class="cards".*?</section>', before, re.DOTALL)
    assert cards and cards[0].count("<li>") == 5
    # What a person reads in a minute: about 200 words.
    assert len(re.sub(r"<[^>]+>", " ", cards[0]).split()) < 200
    assert "#ad" in cards[0] and "stories@cobaltfinch.example" in cards[0]
    assert 'class="cards"' not in _read(visitor)


def test_that_the_charter_was_read_is_kept_here_with_its_version(companion: Companion, visitor: Visitor) -> None:
    _read(visitor)
    kept = companion.store.preferences()
    assert kept.charter_read == companion.engine.version
    assert set(kept.charter_rules) == {rule.id for rule in companion.engine.rules}


def test_settings_set_over_the_api_leave_what_was_read(companion: Companion, visitor: Visitor, api: Api) -> None:
    _read(visitor)
    reply = api("PUT", "/preferences", {"takes_rewards": False})
    assert reply.json["takes_rewards"] is False
    assert companion.store.preferences().charter_read == companion.engine.version


def test_a_change_is_shown_once_with_the_rules_that_are_new(companion: Companion, visitor: Visitor) -> None:
    _read(visitor)
    kept = companion.store.preferences()
    known = tuple(rule for rule in kept.charter_rules if rule != "insult")
    companion.store.set_preferences(replace(kept, charter_read="another", charter_rules=known))
    text = visitor.text("/")
    assert "The charter has changed since you read it" in text and "This puts someone down" in text
    assert "Five things before" not in text
    assert 'class="cards"' not in _read(visitor)


def test_a_change_of_words_alone_says_so(companion: Companion, visitor: Visitor) -> None:
    _read(visitor)
    companion.store.set_preferences(replace(companion.store.preferences(), charter_read="another"))
    assert "no rule is new" in visitor.text("/")


def test_only_the_version_that_was_shown_counts_as_read(companion: Companion, visitor: Visitor) -> None:
    assert visitor.post("/charter/read", version="an earlier one").status_code == 303
    assert companion.store.preferences().charter_read is None


def test_the_start_page_runs_its_script_only_with_a_code(companion: Companion, visitor: Visitor) -> None:
    assert "<script" not in visitor.get("/").text
    code, _ = companion.codes.fresh()
    reply = visitor.get("/")
    assert reply.headers["Content-Security-Policy"] == f"{CSP}; script-src 'self'"
    assert re.findall(r"<script[^>]*>[^<]*", reply.text) == ['<script src="/script/connect.js" defer>']
    # The port is always told: the extension holds it against where the page came from.
    assert f'data-code="7297-{code}"' in reply.text
    assert 'data-ids="imaeooecohggadgjmimghhoicnakipje"' in reply.text
    script = visitor.get("/script/connect.js")
    assert script.status_code == 200 and script.mimetype == "text/javascript"


def test_the_script_is_for_visitors_alone(app: Flask) -> None:
    assert app.test_client().get("/script/connect.js", base_url=PAGES).status_code == 401
