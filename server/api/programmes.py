"""The policy and programme in force, and the state of the companion."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint

from server import __version__
from server.api.models.setup import PolicyReply, ProgrammeBody, ProgrammeReply, StatusReply
from server.api.wire import operation
from server.companion import companion

blueprint = Blueprint("programmes", __name__)


@operation(blueprint, "GET", "/policy", reply_model=PolicyReply)
def policy() -> dict[str, Any]:
    """The policy in force. Confidential words stay in the companion."""
    here = companion()
    in_force = here.policy
    return {
        "company": in_force.company.name if in_force.company else None,
        "jurisdictions": list(in_force.jurisdictions),
        "rewarded": in_force.rewarded,
        "ask": dict(in_force.ask),
        "packs": list(in_force.packs),
        "cadence_per_week": in_force.cadence_per_week,
        "policy_version": here.engine.version,
        "rules": len(here.engine.rules),
    }


@operation(blueprint, "GET", "/programme", reply_model=ProgrammeReply)
def show() -> dict[str, Any]:
    """The programme in force, and where it came from."""
    here = companion()
    kept = here.store.programme()
    return {
        "name": here.programme.name if here.programme else None,
        "origin": kept.origin if kept else None,
        "used_at": kept.used_at if kept else None,
        "items": len(here.store.items()),
        "sources": len(here.store.sources()),
    }


@operation(blueprint, "PUT", "/programme", body=ProgrammeBody, reply_model=ProgrammeReply, local=True)
def use(body: ProgrammeBody) -> dict[str, Any]:
    """Take the programme in a file or at an address into use."""
    companion().use_programme(body.origin)
    return show()


@operation(blueprint, "GET", "/status", reply_model=StatusReply, local=True)
def status() -> dict[str, Any]:
    """What is set up, for `sayso doctor`."""
    here = companion()
    return {
        "version": __version__,
        "folder": str(here.store.folder) if here.store.folder else None,
        "port": here.port,
        "programme": show(),
        "rules": len(here.engine.rules),
        "pairings": len(here.store.pairings()),
        "shares": len(here.store.shares()),
        "sources": [asdict(source) for source in here.store.sources()],
        "notices": list(here.store.notices),
    }
