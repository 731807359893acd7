"""The policy and programme in force, and the state of the companion."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from flask import Blueprint

from server import __version__
from server.api.models.setup import (
    BundleBody,
    BundleReply,
    PolicyReply,
    ProgrammeBody,
    ProgrammeReply,
    ProgrammeText,
    StatusReply,
)
from server.api.wire import operation
from server.bundle import BundleError
from server.companion import companion
from server.programme_writing import written

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
    sources = here.store.sources()
    own = next((source for source in sources if source.kind == "programme"), None)
    subscribed = bool(kept and kept.link)
    return {
        "name": here.programme.name if here.programme else None,
        "origin": kept.origin if kept else None,
        "used_at": kept.used_at if kept else None,
        "items": len(here.store.items()),
        "sources": len(sources),
        "subscribed": subscribed,
        "version": kept.version if kept and subscribed else None,
        "made_at": kept.made_at if kept and subscribed else None,
        "checked_at": own.last_good_at if own and subscribed else None,
        "last_error": own.last_error if own else None,
        "publishing": dict(zip(("number", "of"), here.publishing, strict=True)) if here.publishing else None,
    }


@operation(blueprint, "PUT", "/programme", body=ProgrammeBody, reply_model=ProgrammeReply, local=True)
def use(body: ProgrammeBody) -> dict[str, Any]:
    """Take the programme in a file, at an address or at a subscription link into use."""
    companion().use_programme(body.origin)
    return show()


@operation(blueprint, "GET", "/programme/text", reply_model=ProgrammeText, local=True)
def text() -> dict[str, Any]:
    """The programme in force with its items as they stand now, as the YAML of a programme's file."""
    here = companion()
    if here.programme is None:
        raise BundleError("no programme is in use here. Take one into use with: sayso programme use FILE")
    items = here.store.items()
    return {"text": written(here.programme, items), "items": len(items)}


@operation(blueprint, "POST", "/programme/bundle", body=BundleBody, reply_model=BundleReply, local=True)
def publish(body: BundleBody) -> dict[str, Any]:
    """Publish the programme in force: one signed bundle in a file on this computer, to be uploaded anywhere."""
    output = Path(body.output) if body.output else None
    return asdict(companion().publish(url=body.url, public=body.public, output=output, new_keys=body.new_keys))


@operation(blueprint, "GET", "/status", reply_model=StatusReply, local=True)
def status() -> dict[str, Any]:
    """What is set up, for `sayso doctor`."""
    here = companion()
    meaning = here.suggestions.meaning
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
        "meaning": dict(zip(("done", "of"), meaning.progress(), strict=True)) if meaning else None,
    }
