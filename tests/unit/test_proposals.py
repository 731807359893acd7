"""Pages that employees propose: out as message and file, in at the manager's, answered."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from email.message import EmailMessage
from urllib.parse import parse_qs, urlsplit

import pytest

from server.proposals import answer, file_name, file_of, message_of, received
from server.store import NotFound, Proposal, Store
from server.strict import StrictError

PAGE = Proposal(
    id=str(uuid.uuid4()),
    url="https://www.example.org/latte?id=3",
    title="What a café’s queue taught us & more",
    why="We had the same on Saturday – 40 people, one grinder.\nWorth a word?",
    summary="Queues, measured.",
    image="https://www.example.org/latte.jpg",
    lang="en",
)
CONTACT = "Content team <content@cobaltfinch.example>"


@pytest.fixture
def store() -> Store:
    return Store.in_memory()


def body_of(message: str | None) -> str:
    assert message
    return parse_qs(urlsplit(message).query)["body"][0]


def said(proposal: Proposal) -> tuple[str, ...]:
    return proposal.id, proposal.url, proposal.title


def test_a_file_brings_the_whole_proposal_to_the_manager(store: Store) -> None:
    taken = received(store, file_of(PAGE))
    assert replace(taken, made_at="") == replace(PAGE, own=False, state="sent")
    assert store.proposals() == [taken]


def test_a_file_is_named_for_its_page() -> None:
    assert file_name(PAGE) == "proposal-what-a-café-s-queue-taught-us-more.json"
    assert file_name(replace(PAGE, title="!!!")) == "proposal-page.json"


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_a_message_goes_to_the_contact_and_says_what_and_why(language: str) -> None:
    message = message_of(PAGE, CONTACT, ui_lang=language)
    assert message and urlsplit(message).path == "content@cobaltfinch.example"
    assert PAGE.title in parse_qs(urlsplit(message).query)["subject"][0]
    body = body_of(message)
    assert PAGE.url in body and PAGE.title in body and "40 people" in body


@pytest.mark.parametrize("contact", [None, "", "https://intranet.example/contact", "Nora, third floor"])
def test_without_a_mail_address_there_is_no_message(contact: str | None) -> None:
    assert message_of(PAGE, contact) is None


@pytest.mark.parametrize("mailed", ["as it is", "broken into lines", "quoted", "a mail file"])
def test_a_message_is_taken_in_however_mail_programs_change_it(store: Store, mailed: str) -> None:
    body = body_of(message_of(PAGE, CONTACT))
    words = body.replace("\r\n", " \n ").split(" ")
    if mailed == "broken into lines":
        body = "".join(word + ("\n" if number % 5 == 4 and word else " ") for number, word in enumerate(words))
    elif mailed == "quoted":
        body = "Hi, look at this:\n" + "\n".join(f"> {line}" for line in body.splitlines()) + "\n\nBest, Nora {x}"
    elif mailed == "a mail file":
        mail = EmailMessage()
        mail["Subject"] = "a page"
        body = mail.as_string() + body
    taken = received(store, body.encode())
    assert said(taken) == said(PAGE) and taken.why.split() == PAGE.why.split()


def test_the_same_again_stays_as_it_was_answered(store: Store) -> None:
    received(store, file_of(PAGE))
    answered = answer(store, PAGE.id, "declined", " Not now. ")
    assert (answered.state, answered.note) == ("declined", "Not now.") and answered.answered_at
    assert received(store, file_of(PAGE)) == answered and len(store.proposals()) == 1


def test_an_accepted_page_becomes_an_item_of_employees_by_hand(store: Store) -> None:
    received(store, file_of(PAGE))
    answer(store, PAGE.id, "accepted", "Thank you.")
    [item] = store.items()
    assert (item.title, item.url, item.category, item.summary) == (PAGE.title, PAGE.url, "employee", PAGE.summary)
    assert [variant.text for variant in item.variants] == [PAGE.title] and item.published_at
    assert store.source(item.source_id).kind == "hand"
    again = replace(PAGE, id=str(uuid.uuid4()), title="Another title")
    received(store, file_of(again))
    answer(store, again.id, "accepted", category="industry")
    assert store.items() == (item,)


def test_only_an_answer_answers(store: Store) -> None:
    received(store, file_of(PAGE))
    with pytest.raises(ValueError):
        answer(store, PAGE.id, "queued")
    with pytest.raises(NotFound):
        answer(store, str(uuid.uuid4()), "accepted")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (b"Hello, look at this page!", "holds no proposal"),
        (b"\xff\xfe", "not UTF-8"),
        (b"{" + b" " * 70_000 + b"}", "too large"),
        (b"{}", "missing"),
        ({"extra": 1}, "extra"),
        ({"url": "javascript:alert(1)"}, "web address"),
        ({"image": "javascript:alert(1)"}, "web address"),
        ({"id": "../../etc"}, "UUID"),
        ({"title": "x" * 301}, "300"),
        ({"sayso_proposal": 2}, "newer"),
    ],
)
def test_what_is_no_proposal_is_refused_with_a_reason(store: Store, given: bytes | dict, told: str) -> None:
    data = given if isinstance(given, bytes) else json.dumps({**json.loads(file_of(PAGE)), **given}).encode()
    with pytest.raises(StrictError, match=told):
        received(store, data)
    assert store.proposals() == []


def test_a_message_cut_in_half_is_refused(store: Store) -> None:
    body = body_of(message_of(PAGE, CONTACT))
    with pytest.raises(StrictError, match="cut short"):
        received(store, body[:-20].encode())
