"""Pairing a browser with the companion, and ways in for the person at this computer."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from server.api.models.base import Done
from server.api.models.setup import PageLink, Paired, PairingBody, PairingCode
from server.api.security import PAGES_HOST, token_scope
from server.api.wire import Refused, operation
from server.companion import companion

blueprint = Blueprint("pairings", __name__)

_REFUSALS = {
    "wrong": ("wrong_code", "That is not the code. Please look at it again."),
    "expired": ("stale_code", "There is no such code any more: a code works once and for ten minutes. Get a new one with: sayso pair"),
    "void": ("void_code", "That was the fifth wrong try, so the code is void. Get a new one with: sayso pair"),
}


@operation(blueprint, "POST", "/pairings", body=PairingBody, reply_model=Paired, statuses=(201,), public=True)
def create(body: PairingBody) -> tuple[dict[str, Any], int]:
    """Pair a browser: a code from this computer against a token."""
    outcome, token = companion().pair(body.code, body.client)
    if token is None:
        raise Refused(403, *_REFUSALS[outcome], field="code")
    return {"token": token, "key": companion().store.health_key()}, 201


@operation(blueprint, "DELETE", "/pairings", reply_model=Done)
def delete() -> dict[str, Any]:
    """End the pairing of the browser that asks; its token opens nothing from then on."""
    scope = token_scope()
    if scope != "local" and scope is not None:
        companion().store.remove_pairing(scope)
    return {"done": True}


@operation(blueprint, "POST", "/pairing-codes", reply_model=PairingCode, statuses=(201,), local=True)
def create_code() -> tuple[dict[str, Any], int]:
    """A fresh pairing code; the one before is void."""
    code, expires_at = companion().codes.fresh()
    return {"code": code, "expires_at": expires_at, "port": companion().port}, 201


@operation(blueprint, "POST", "/page-links", reply_model=PageLink, statuses=(201,))
def create_page_link() -> tuple[dict[str, Any], int]:
    """A link that opens the companion's own pages, once, within sixty seconds."""
    here = companion()
    return {"url": f"http://{PAGES_HOST}:{here.port}/enter?key={here.pages.link_key()}"}, 201
