"""Pages that the person proposes to the programme."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from flask import Blueprint

from server import proposals
from server.api.models.base import Page
from server.api.models.content import AnyProposal, ProposalBody, ProposalChange, Proposals
from server.api.wire import Refused, operation, ui_language
from server.companion import companion
from server.feed.address import canonical
from server.paging import page
from server.store import NotFound, Proposal

blueprint = Blueprint("proposals", __name__)


@operation(blueprint, "GET", "/proposals", query=Page, reply_model=Proposals)
def index(query: Page) -> dict[str, Any]:
    """One's own proposals, newest first, those that hold the words of `q`."""
    own = (proposal for proposal in companion().store.proposals() if proposal.own)
    found, total, following = page(own, _when, _words, **query.model_dump())
    return {"proposals": [_told(proposal) for proposal in found], "total": total, "next": following}


@operation(blueprint, "POST", "/proposals", body=ProposalBody, reply_model=AnyProposal, statuses=(201, 200))
def create(body: ProposalBody) -> tuple[dict[str, Any], int]:
    """Propose a page. 201 the first time, 200 for the same again, 409 for the same id with another page."""
    store = companion().store
    url = canonical(body.url)
    if not url:
        raise Refused(422, "invalid", "url: a web address (https://…) is wanted", "url")
    try:
        known = store.proposal(body.id)
    except NotFound:
        # Just taken out, it comes back as it was, its answer with it.
        removed = companion().removed_proposals.pop(body.id, None)
        proposal = removed if removed and removed.url == url else Proposal(**{**body.model_dump(), "url": url})
        return _told(store.put_proposal(proposal)), 201
    if known.url != url or not known.own:
        raise Refused(409, "conflict", "Another proposal with this id is here already.", "id")
    return _told(known), 200


@operation(blueprint, "PATCH", "/proposals/<uuid:proposal_id>", body=ProposalChange, reply_model=AnyProposal)
def change(proposal_id: Any, body: ProposalChange) -> dict[str, Any]:
    """Note that a proposal was sent. One that was answered stays so."""
    proposal = _own(str(proposal_id))
    if proposal.state == "queued":
        proposal = companion().store.put_proposal(replace(proposal, state=body.state))
    return _told(proposal)


@operation(blueprint, "DELETE", "/proposals/<uuid:proposal_id>", reply_model=AnyProposal)
def delete(proposal_id: Any) -> dict[str, Any]:
    """Take a proposal out of one's list; what was sent stays with the manager. Posted again, it is as it was."""
    here = companion()
    removed = here.store.remove_proposal(_own(str(proposal_id)).id)
    here.removed_proposals[removed.id] = removed
    return _told(removed)


def _own(id: str) -> Proposal:
    proposal = companion().store.proposal(id)
    if not proposal.own:
        raise NotFound("proposal", id)
    return proposal


def _told(proposal: Proposal) -> dict[str, Any]:
    here = companion()
    told = asdict(proposal)
    del told["own"]
    return {
        **told,
        "message": proposals.message_of(
            proposal, here.programme.contact if here.programme else None, ui_lang=ui_language()
        ),
        "file": {"name": proposals.file_name(proposal), "content": proposals.file_of(proposal).decode()},
    }


def _when(proposal: Proposal) -> tuple[str, str]:
    return proposal.made_at, proposal.id


def _words(proposal: Proposal) -> list[str]:
    return [proposal.title, proposal.why, proposal.url]
