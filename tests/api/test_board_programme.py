"""The programme's page: set up one's own, change it, take another by its link; nothing of it is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from server import clock, own_programme, programme, sourcing
from server.app import create_app
from server.companion import Companion
from server.feed.readings import readings
from server.programme import SOURCE_ID
from server.programme import SAMPLE
from server.store import Store
from server.vetting import Vetting
from server.web.frame import JOBS
from tests.feeds.site import FeedSite

from .pages import COOKIE, Visitor, come_in, fields

FORM = {"name": "Northlight Pumps", "jurisdictions": ["uk", "de"], "rewarded": "yes", "languages": ["en", "de"]}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """A companion on a folder, with the sample in use as at its first start."""
    with Store.open(tmp_path / "data") as store:
        app = create_app(store)
        app.extensions["sayso"].use_programme(str(SAMPLE))
        yield app


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return come_in(app)


def file(companion: Companion) -> Path:
    assert companion.store.folder
    return companion.store.folder / own_programme.FILE


def settle(visitor: Visitor) -> str:
    """The programme's page once what this visit began is over."""
    cookie = visitor.client.get_cookie(COOKIE, domain="sayso.localhost")
    assert cookie
    job = visitor.client.application.extensions[JOBS].of(cookie.value, "programme")
    assert job and job.over.wait(20)
    return visitor.text("/programme")


def test_ones_own_programme_takes_the_samples_place(companion: Companion, visitor: Visitor) -> None:
    assert "A made-up company" in visitor.text("/programme") and 'value="Cobalt' not in visitor.text("/programme")
    reply = visitor.post("/programme", **FORM, domains="https://www.northlight.example/, northlight.de", confidential="Project Heron", handles="northlight")
    assert reply.headers["Location"] == "/sources?said=founded"
    assert "Northlight Pumps is set up." in visitor.text("/sources?said=founded")
    nothing = visitor.text("/publish")
    assert "Nothing to share yet" in nothing and 'id="make"' not in nothing
    policy = companion.policy
    assert policy.company and policy.company.domains == ("northlight.example", "northlight.de")
    assert (policy.jurisdictions, policy.rewarded, policy.confidential) == (("uk", "de"), True, ("Project Heron",))
    assert policy.company.handles == ("@northlight",)
    assert companion.store.items() == () and companion.programme and companion.programme.languages == ("en", "de")
    text = visitor.text("/programme")
    assert 'value="Northlight Pumps"' in text and "A made-up company" not in text
    # A programme's file like any other, for its owner alone.
    assert programme.load_programme(file(companion).read_text("utf-8"), "x").policy == policy
    assert file(companion).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"name": " "}, "name", "Give the company’s name."),
        ({"jurisdictions": []}, "jurisdictions", "Choose at least one."),
        ({"domains": "nowhere"}, "domains", "Give domains such as"),
        ({"handles": "two words"}, "handles", "A handle is one word"),
        ({"allow_private": "our intranet"}, "allow_private", "Give a host such as"),
        ({"per_week": "often"}, "per_week", "Give a number from 1 to 100."),
        ({"mix-brand": "50"}, "mix", "100 in all"),
        ({"mix-brand": "x"}, "mix", "100 in all"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_changes_nothing(
    companion: Companion, visitor: Visitor, given: dict[str, object], field: str, words: str
) -> None:
    reply = visitor.post("/programme", **{**FORM, "products": "Pump 7", **given})
    assert reply.status_code == 422 and words in reply.text and f'id="wrong-{field}"' in reply.text
    assert 'value="Pump 7"' in reply.text  # what was written is still there
    assert companion.programme and companion.programme.name == "Cobalt & Finch" and not file(companion).exists()


def test_saving_what_is_shown_changes_nothing_and_keeps_what_is_not(companion: Companion, visitor: Visitor, tmp_path: Path) -> None:
    by_hand = tmp_path / "programme.yaml"
    by_hand.write_text(SAMPLE.read_text("utf-8"), "utf-8")
    companion.use_programme(str(by_hand))
    before, items = companion.programme, companion.store.items()
    assert before
    text = visitor.text("/programme")
    assert str(by_hand) in text and str(file(companion)) in text
    form = {name: value for name, value in fields(text, "own").items() if name not in ("jurisdictions", "languages", "rewarded")}
    form |= {"jurisdictions": list(before.policy.jurisdictions), "languages": list(before.languages), "rewarded": "yes"}
    assert visitor.post("/programme", **form).headers["Location"] == "/programme?said=kept"
    after = companion.programme
    assert after and (after.policy, after.mix, after.utm, after.value) == (before.policy, before.mix, before.utm, before.value)
    assert {item.id: item.variants for item in companion.store.items()} == {item.id: item.variants for item in items}
    assert by_hand.read_text("utf-8") == SAMPLE.read_text("utf-8")


def test_how_firmly_sayso_asks_is_set_for_each_level(companion: Companion, visitor: Visitor) -> None:
    visitor.post("/programme", **FORM, **{"ask-required": "show", "ask-warning": "off", "ask-suggestion": "nonsense"})
    assert dict(companion.policy.ask) == {"required": "show", "warning": "off", "suggestion": "show"}
    form = fields(visitor.text("/programme"), "own")
    assert [form[f"ask-{level}"] for level in ("required", "warning", "suggestion")] == ["show", "off", "show"]
    page = visitor.text("/programme")
    # Post is held for what is required alone, so nothing else offers it.
    assert page.count('value="confirm"') == 1


def test_a_link_that_is_none_is_told_and_not_repeated(companion: Companion, visitor: Visitor) -> None:
    assert visitor.post("/programme/use", origin=" ").status_code == 422
    visitor.post("/programme/use", origin="https://x.example/p.sayso#pin=secret-part")
    text = settle(visitor)
    assert "the link was cut short or changed on its way" in text and "secret-part" not in text
    assert companion.programme and companion.programme.name == "Cobalt & Finch"


@pytest.mark.parametrize(("lang", "words"), [
    ("en", "p.yaml:3: polcy: unknown key; did you mean “policy”?"),
    ("fr", "p.yaml:3\u00a0: polcy\u00a0: clé inconnue\u202f; vouliez-vous dire «\u202fpolicy\u202f»\u202f?"),
    ("de", "p.yaml:3: polcy: unbekannter Schlüssel; meinten Sie „policy“?"),
])
def test_what_is_wrong_in_a_file_is_said_with_its_line(visitor: Visitor, tmp_path: Path, lang: str, words: str) -> None:
    (tmp_path / "p.yaml").write_text("name: North\nitems: []\npolcy: {}\n", "utf-8")
    visitor.post("/programme/use", origin=str(tmp_path / "p.yaml"))
    assert words in visitor.text("/programme", Accept_Language=lang)


def test_a_programme_is_taken_by_its_link_and_ones_own_can_come_back(
    companion: Companion, visitor: Visitor, tmp_path: Path
) -> None:
    visitor.post("/programme", **FORM, allow_private="127.0.0.1")
    with FeedSite() as site, Store.open(tmp_path / "manager") as store:
        manager = Companion(store, 0)
        manager.use_programme(str(SAMPLE))
        published = manager.publish(url=site.url("/programme.sayso"))
        site.serve("/programme.sayso", Path(published.path).read_bytes())
        visitor.post("/programme/use", origin=published.link)
        text = settle(visitor)
        assert "Version 1" in text and "#pin" not in text and len(companion.store.items()) == 40
        # Set up as it was before, one's own is in the form.
        assert 'value="Northlight Pumps"' in text
    visitor.post("/programme", **FORM)
    assert companion.programme and companion.programme.name == "Northlight Pumps" and companion.store.items() == ()


def test_a_file_that_cannot_be_read_is_set_aside_and_erasing_takes_ones_own(companion: Companion, visitor: Visitor) -> None:
    file(companion).write_text("name: [", "utf-8")
    visitor.post("/programme", **FORM)
    (aside,) = file(companion).parent.glob("programme.yaml.*")
    assert aside.read_text("utf-8") == "name: [" and companion.programme and companion.programme.name == "Northlight Pumps"
    companion.erase()
    assert not list(file(companion).parent.glob("programme.yaml*"))


def test_a_programme_from_the_web_is_looked_at_again_in_an_hour_not_at_once(companion: Companion) -> None:
    with FeedSite() as site:
        place = site.serve("/p.yaml", b"name: X\npolicy: {}\nallow_private: [127.0.0.1]\n", content_type="text/yaml")
        sourcing.use(companion.store, place, allow_private=["127.0.0.1"])
    due = companion.store.source(SOURCE_ID).due_at
    assert due and timedelta(minutes=50) < datetime.fromisoformat(due) - clock.now() < timedelta(minutes=70)


def test_a_programme_is_not_changed_while_it_is_being_read(companion: Companion, visitor: Visitor) -> None:
    done = threading.Event()

    def use() -> None:
        companion.use_programme(str(SAMPLE))
        done.set()

    with readings(companion.store).alone(SOURCE_ID, "the hourly look") as mine:
        assert mine
        thread = threading.Thread(target=use)
        thread.start()
        while thread.is_alive() and not readings(companion.store)._ended._waiters:
            thread.join(0.01)
        assert not done.is_set()
    thread.join(20)
    assert done.is_set() and readings(companion.store).now() == []


def test_how_far_publishing_is_can_be_asked(companion: Companion, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int] | None] = []
    real = Vetting.breaks
    monkeypatch.setattr(Vetting, "breaks", lambda vetting, *given: (seen.append(companion.publishing), real(vetting, *given))[1])
    companion.publish()
    assert seen and set(seen) == {(0, 40)} and companion.publishing is None
