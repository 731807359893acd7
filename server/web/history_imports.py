"""Taking in history from a file: look at what it would bring, take it in, take a whole import out again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, current_app, request
from flask.blueprints import BlueprintSetupState

from server.api.security import UPLOADS
from server.api.wire import UPLOAD_LIMIT
from server.companion import companion
from server.shares import imports
from server.shares.imports import Found, ImportProblem
from server.store import Import, Store
from server.web.frame import blueprint, page, session, words
from server.web.history_shown import start, to, told
from server.web.jobs import Job, Jobs
from server.web.undo import UndoSlots

HELD, TAKING = "sayso-held-file", "sayso-taking-in"
_SAMPLE = 5


@dataclass
class Progress:
    """How many of how many shares are on the disk."""

    done: int = 0
    of: int = 0


@blueprint.record_once
def _prepare(state: BlueprintSetupState) -> None:
    # What a file holds is kept between the look and the taking in: the last one alone, for ten minutes, in memory.
    held: UndoSlots[Found] = UndoSlots(most=1)
    jobs = Jobs()
    state.app.extensions |= {HELD: held, TAKING: jobs}
    state.app.extensions["sayso"].on_erase += [held.clear, jobs.clear]


@blueprint.get(UPLOADS["web.hand_over"])
def history_imports() -> Response:
    """What was taken in, the way to hand a file over, and how far one that is being taken in has come."""
    return _page()


@blueprint.post(UPLOADS["web.hand_over"])
def hand_over() -> Response:
    """Read a file and keep what it holds for a while; nothing of the history changes yet."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page(422, fault=words()("history_imports.no_file"))
    try:
        found = imports.read(file.read(), file.filename[:200])
    except ImportProblem as error:
        return _page(422, fault=words()("history_imports.not_read"), detail=str(error))
    _held().put(session() or "", found)
    return to("web.history_imports")


@blueprint.post("/history/imports/take")
def take_in() -> Response:
    """Take in what was looked at; nothing where the person let it go."""
    visit, store = session() or "", companion().store
    found = _held().take(visit)
    if found is None:
        return to("web.history_imports", said="gone")
    if request.form.get("do") == "drop":
        return to("web.history_imports")
    whoever = request.form.get("whoever") == "yes"
    try:
        planned = imports.plan(store, found, whoever=whoever)
    except ImportProblem:  # another member's: the page asks about it
        _held().put(visit, found)
        return to("web.history_imports")
    progress = Progress(of=len(planned.new) + len(planned.changed))

    def tell(done: int, of: int) -> None:
        progress.done, progress.of = done, of

    _jobs().start(visit, "imports", found.name, lambda: imports.carry_out(store, planned, tell), progress=progress)
    return to("web.history_imports")


@blueprint.post("/history/imports/<uuid:import_id>/remove")
def remove_import(import_id: UUID) -> Response:
    """Take a whole import out again."""
    imports.undo(companion().store, str(import_id))
    return to("web.history_imports", said="out")


def _page(status: int = 200, fault: Any = None, detail: str | None = None) -> Response:
    t, store, visit = words(), companion().store, session() or ""
    job = _jobs().of(visit, "imports")
    if job and job.over.is_set():
        _jobs().forget(visit)
    if job and job.error:
        fault, detail = t("trouble.other_text"), None
    under_way = job if job and not job.over.is_set() else None
    preview = None if under_way else _preview(store, _held().look(visit))
    return page(
        "history_imports",
        status,
        script="imports",
        within="history",
        imports=store.imports(),
        preview=preview,
        progress=under_way.told["progress"] if under_way else None,
        taken=_taken(job),
        fault=fault,
        detail=detail,
        limit=UPLOAD_LIMIT,
        said=told(),
    )


def _preview(store: Store, found: Found | None) -> dict[str, Any] | None:
    """What the file that is held would bring."""
    if found is None:
        return None
    other = None
    try:
        planned = imports.plan(store, found)
    except ImportProblem as problem:
        other = str(problem)
        planned = imports.plan(store, found, whoever=True)
    days = sorted(share.posted_at for share in planned.new)
    return {
        "found": found,
        "plan": planned,
        "other": other,
        "sample": [(share.posted_at, start(share.text, 140)) for share in planned.new[:_SAMPLE]],
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
    }


def _taken(job: Job | None) -> Import | None:
    return job.result if job and job.over.is_set() and not job.error else None


def _held() -> UndoSlots[Found]:
    return current_app.extensions[HELD]


def _jobs() -> Jobs:
    return current_app.extensions[TAKING]
