"""Taking in history from a file on this computer, and taking it out again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Blueprint

from server.api.models.base import Done
from server.api.models.history import ImportBody, ImportReply, Imports
from server.api.wire import operation
from server.companion import companion
from server.shares import imports

blueprint = Blueprint("imports", __name__)
_SAMPLE, _SAMPLE_TEXT = 3, 200


@operation(blueprint, "GET", "/imports", reply_model=Imports)
def index() -> dict[str, Any]:
    """What was imported, newest first."""
    return {
        "imports": [
            {
                "id": done.id,
                "kind": done.kind,
                "name": done.name,
                "made_at": done.made_at,
                "added": len(done.added),
                "read": len(done.read),
            }
            for done in companion().store.imports()
        ]
    }


@operation(blueprint, "POST", "/imports", body=ImportBody, reply_model=ImportReply, local=True)
def create(body: ImportBody) -> dict[str, Any]:
    """Take in a file of this computer; with `dry`, only say what it would bring."""
    path = Path(body.file)
    planned = imports.plan(
        companion().store, imports.read(imports.read_file(path), path.name), whoever=body.whoever
    )
    if not body.dry:
        imports.carry_out(companion().store, planned)
    return {
        "id": planned.found.more["import_id"],
        "kind": planned.found.kind,
        "name": planned.found.name,
        "new": len(planned.new),
        "changed": len(planned.changed),
        "known": planned.known,
        "readings": planned.readings,
        "proposals": len(planned.proposals),
        "problems": list(planned.problems),
        "sample": [
            {"posted_at": share.posted_at, "text": share.text[:_SAMPLE_TEXT]} for share in planned.new[:_SAMPLE]
        ],
        "dry": body.dry,
    }


@operation(blueprint, "DELETE", "/imports/<uuid:import_id>", reply_model=Done)
def undo(import_id: Any) -> dict[str, Any]:
    """Take a whole import out again."""
    imports.undo(companion().store, str(import_id))
    return {"done": True}
