"""Where items come from."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint

from server import clock
from server.api.models.base import Done
from server.api.models.content import AnySource, SourceBody, Sources
from server.api.security import token_scope
from server.api.wire import Refused, operation
from server.companion import companion
from server.feed.health import health, in_words
from server.feed.model import NoFeed
from server.feed.readings import readings
from server.store import Source

blueprint = Blueprint("sources", __name__)


@operation(blueprint, "GET", "/sources", reply_model=Sources)
def index() -> dict[str, Any]:
    """Every source, with how its last refresh went and what is being read just now."""
    store = companion().store
    return {
        "sources": [_told(source) for source in store.sources()],
        "progress": [asdict(each) for each in readings(store).now()],
    }


@operation(blueprint, "POST", "/sources", body=SourceBody, reply_model=AnySource, statuses=(201,))
def create(body: SourceBody) -> tuple[dict[str, Any], int]:
    """Add a source by its address and read it. A file on this computer can be named by commands only."""
    if (body.url is None) == (body.file is None):
        raise Refused(422, "invalid", "url: name either an address or a file.", "url")
    if body.file is not None and token_scope() != "local":
        raise Refused(403, "local_only", "Only commands on this computer may name a file.", "file")
    try:
        source = companion().add_source(body.url or body.file, kind=body.kind, category=body.category)
    except NoFeed as error:
        raise Refused(422, "no_feed", str(error), "url") from None
    return _told(source), 201


@operation(blueprint, "POST", "/sources/<uuid:source_id>/refresh", reply_model=AnySource)
def refresh(source_id: Any) -> dict[str, Any]:
    """Read a source again. What went wrong stands in `last_error`; its items stay."""
    return _told(companion().refresh(str(source_id)))


@operation(blueprint, "DELETE", "/sources/<uuid:source_id>", reply_model=Done)
def delete(source_id: Any) -> dict[str, Any]:
    """Remove a source and its items."""
    companion().store.remove_source(str(source_id))
    return {"done": True}


def _told(source: Source) -> dict[str, Any]:
    """A source with how it fares, as data and in English."""
    reading = any(each.source_id == source.id for each in readings(companion().store).now())
    state = health(source, clock.now())
    return {**asdict(source), "reading": reading, "health": {**asdict(state), "words": in_words(state)}}
