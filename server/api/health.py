"""Is this the companion, and the one that this browser was paired with?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from server import __version__, access
from server.api.models.setup import Health, HealthQuery
from server.api.wire import API, operation
from server.companion import companion

blueprint = Blueprint("health", __name__)


@operation(blueprint, "GET", "/health", query=HealthQuery, reply_model=Health, public=True)
def show(query: HealthQuery) -> dict[str, Any]:
    """Name and version, and the proof that this is the companion once paired with."""
    here = companion()
    return {
        "app": "sayso",
        "version": __version__,
        "api": API,
        "rules_loaded": len(here.engine.rules),
        "proof": access.proof(here.store.health_key(), query.nonce) if query.nonce else None,
    }
