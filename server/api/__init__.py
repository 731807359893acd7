"""The API: one blueprint a resource, all behind one guard."""

from __future__ import annotations

from flask import Flask

from server.api import (
    checks,
    errors,
    health,
    imports,
    items,
    openapi,
    pairings,
    person,
    programmes,
    proposals,
    security,
    shares,
    sources,
    suggestions,
)
from server.api.wire import PREFIX


def register(app: Flask) -> None:
    """Put guard, error shape and every resource into `app`."""
    security.register(app)
    errors.register(app)
    for resource in (checks, health, imports, items, openapi, pairings, person, programmes, proposals, shares, sources, suggestions):
        app.register_blueprint(resource.blueprint, url_prefix=PREFIX)
