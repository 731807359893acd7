"""Pages that employees propose to the programme: out as a message or a file, in at the manager's, answered there.

docs/programme.md describes the file. The message ends with the same in one line, so that a manager can take in either.
"""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import yaml

from server import clock, strict
from server.editing import add_item, known
from server.feed.address import canonical, item_id
from server.feed.items import title_variant
from server.store import NotFound, Proposal, Store
from server.words import ALL

FORMAT = 1
_MOST_BYTES = 65_536
_LENGTHS = {"title": 300, "why": 1000, "summary": 2000, "note": 1000}
_MAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
_BEGINS = '{"sayso_proposal"'


def _short(most: int) -> strict.Type:
    def load(node: yaml.Node, at: Any) -> str:
        value = strict.text(node, at)
        if len(value) > most:
            raise at.error(node, f"is longer than {most:,} characters")
        return value

    return load


def _page(node: yaml.Node, at: Any) -> str:
    found = canonical(strict.text(node, at))
    if not found:
        raise at.error(node, "a web address (https://…) is wanted")
    return found


def _format(node: yaml.Node, at: Any) -> int:
    value = strict.whole(1)(node, at)
    if value != FORMAT:
        raise at.error(node, "comes from a newer version of Sayso; update this one first")
    return value


def _id(node: yaml.Node, at: Any) -> str:
    try:
        return str(uuid.UUID(strict.text(node, at)))
    except ValueError:
        raise at.error(node, "a UUID is wanted") from None


_FILE = strict.record(
    {
        "sayso_proposal": _format,
        "id": _id,
        "url": _page,
        "title": _short(_LENGTHS["title"]),
        "why": _short(_LENGTHS["why"]),
        "summary": _short(_LENGTHS["summary"]),
        "image": _page,
        "lang": strict.matching(r"[a-z]{2}", "a language code such as en, fr or de"),
    },
    required=("sayso_proposal", "id", "url", "title"),
)


def mail_address(contact: str | None) -> str | None:
    """The mail address in a programme's contact, None where there is none."""
    found = _MAIL.search(contact or "")
    return found[0] if found else None


def message_of(proposal: Proposal, contact: str | None, *, ui_lang: str = "en") -> str | None:
    """A mailto: link with the proposal as a message to the programme's contact; None where that is no mail address."""
    address = mail_address(contact)
    if not address:
        return None
    words = ALL[ui_lang]
    lines = [words("proposal.lead").unescape(), "", proposal.title, proposal.url]
    if proposal.why:
        lines += ["", proposal.why]
    # What the manager's Sayso reads; the page itself tells the rest, and mail programs cut long links.
    lines += ["", words("proposal.for_sayso").unescape(), _json(proposal, ("id", "url", "title", "why", "lang"))]
    subject = words("proposal.subject", title=proposal.title).unescape()
    body = "\r\n".join(lines)
    return f"mailto:{quote(address, safe='@+')}?subject={quote(subject)}&body={quote(body)}"


def file_of(proposal: Proposal) -> bytes:
    """The proposal as a file: JSON, UTF-8."""
    return _json(proposal, ("id", "url", "title", "why", "summary", "image", "lang"), indent=2).encode() + b"\n"


def file_name(proposal: Proposal) -> str:
    """What the file is called."""
    words = re.sub(r"[^\w]+", "-", proposal.title.lower()).strip("-")[:40].strip("-") or "page"
    return f"proposal-{words}.json"


def _json(proposal: Proposal, names: tuple[str, ...], indent: int | None = None) -> str:
    given = {name: getattr(proposal, name) for name in names}
    kept = {"sayso_proposal": FORMAT, **{name: value for name, value in given.items() if value}}
    return json.dumps(kept, ensure_ascii=False, indent=indent)


def received(store: Store, data: bytes) -> Proposal:
    """Take in a proposal that reached the manager: its file, or the whole message.

    The same one again stays as it is, answered or not. Raises StrictError, which says what is wrong with it.
    """
    place = "proposal"
    if len(data) > _MOST_BYTES:
        raise strict.StrictError(place, 0, "", "It is too large for a proposal")
    try:
        text = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise strict.StrictError(place, 0, "", "It is not UTF-8; choose the file that Sayso made") from None
    if not text.startswith("{"):
        text = _in_message(text)
    given = strict.load(text, place, _FILE)
    del given["sayso_proposal"]
    try:
        return store.proposal(given["id"])
    except NotFound:
        return store.put_proposal(Proposal(**given, own=False, state="sent"))


def _in_message(text: str) -> str:
    """The line for Sayso in a message, however mail programs broke and quoted it."""
    unbroken = re.sub(r"\s*\n[>\s]*", " ", text.replace("\r", ""))
    begin = unbroken.find(_BEGINS)
    if begin < 0:
        raise strict.StrictError("proposal", 0, "", "It holds no proposal; choose the file, or paste the whole message")
    try:
        _, end = json.JSONDecoder().raw_decode(unbroken, begin)
    except ValueError:
        raise strict.StrictError("proposal", 0, "", "It was cut short; paste the whole message") from None
    return unbroken[begin:end]


def answer(store: Store, id: str, state: str, note: str = "", *, category: str = "employee") -> Proposal:
    """Accept or decline a proposal, with a note to the one who made it. Accepted, it becomes an item.

    Raises NotFound, and ValueError for another state.
    """
    if state not in ("accepted", "declined"):
        raise ValueError("a proposal is accepted or declined")
    proposal = store.proposal(id)
    if state == "accepted":
        _accept(store, proposal, category)
    return store.put_proposal(
        replace(proposal, state=state, note=note.strip()[: _LENGTHS["note"]], answered_at=clock.stamp())
    )


def _accept(store: Store, proposal: Proposal, category: str) -> None:
    """The page as an item; one that is there already stays as it is."""
    if known(store, proposal.url):
        return
    id = item_id(proposal.url)
    fields = {name: getattr(proposal, name) for name in ("url", "title", "summary", "image", "lang")}
    wording = title_variant(id, proposal.title, proposal.lang)
    add_item(store, {**fields, "category": category, "variants": (wording,), "published_at": clock.stamp()})
