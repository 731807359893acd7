"""Where items come from."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint

from server import feed
from server.api.errors import Refused
from server.api.models.base import Done
from server.api.models.content import AnySource, SourceBody, Sources
from server.api.security import token_scope
from server.api.wire import operation
from server.companion import companion

blueprint = Blueprint("sources", __name__)


@operation(blueprint, "GET", "/sources", reply_model=Sources)
def index() -> dict[str, Any]:
    """Every source, with how its last refresh went."""
    return {"sources": [asdict(source) for source in companion().store.sources()]}


@operation(blueprint, "POST", "/sources", body=SourceBody, reply_model=AnySource, statuses=(201,))
def create(body: SourceBody) -> tuple[dict[str, Any], int]:
    """Add a source by its address and read it. A file on this computer can be named by commands only."""
    if (body.url is None) == (body.file is None):
        raise Refused(422, "invalid", "url: name either an address or a file.", "url")
    if body.file is not None and token_scope() != "local":
        raise Refused(403, "local_only", "Only commands on this computer may name a file.", "file")
    source = feed.add_source(companion().store, body.url or body.file, category=body.category)
    return asdict(source), 201


@operation(blueprint, "POST", "/sources/<uuid:source_id>/refresh", reply_model=AnySource)
def refresh(source_id: Any) -> dict[str, Any]:
    """Read a source again. What went wrong stands in `last_error`; its items stay."""
    return asdict(feed.refresh(companion().store, str(source_id)))


@operation(blueprint, "DELETE", "/sources/<uuid:source_id>", reply_model=Done)
def delete(source_id: Any) -> dict[str, Any]:
    """Remove a source and its items."""
    companion().store.remove_source(str(source_id))
    return {"done": True}

