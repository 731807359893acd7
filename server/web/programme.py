"""The programme's page: what is in use, taking one by its link, setting up and changing the company's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Response, redirect, request, url_for

from server import own_programme
from server.api.wire import Refused
from server.companion import companion
from server.policy import JURISDICTIONS, LEVELS
from server.programme import SOURCE_ID
from server.rules.model import LANGUAGES
from server.store import CATEGORIES, NotFound, Source, StoreError
from server.strict import StrictError
from server.web import programme_form
from server.web.frame import blueprint, jobs, page, session, words
from server.web.programme_form import Form

_HERE = "programme"


@blueprint.get("/programme")
def programme_page() -> Response:
    """The programme in use, and the two ways to another."""
    told: dict[str, Any] = {}
    job = jobs().of(session() or "", _HERE)
    if job and job.over.is_set():
        jobs().forget(session() or "")
        if isinstance(job.error, StrictError):
            told = {"not_taken": str(job.error), "place": job.place}
        elif job.error is not None:
            told = {"not_taken": words()("trouble.other_text"), "place": job.place}
    return _page(programme_form.of(_begun()), taking=bool(job and not job.over.is_set()), **told)


@blueprint.post("/programme/use")
def take_programme() -> Response:
    """Take the programme at a link, at an address or in a file into use."""
    here, origin = companion(), request.form.get("origin", "").strip()
    if not origin:
        return _page(programme_form.of(_begun()), 422, not_taken=words()("programme.no_link"))
    # What stands after a link's # is nobody's to read on a page.
    jobs().start(session() or "", _HERE, origin.partition("#")[0], lambda: here.use_programme(origin))
    return redirect(url_for("web.programme_page"), 303)


@blueprint.post("/programme")
def keep_programme() -> Response:
    """Set the company's own programme up, or change it."""
    here = companion()
    if here.store.folder is None:
        raise Refused(409, "conflict", words()("programme.keeps"))
    before = _begun()
    form = programme_form.sent(request.form)
    given = form.programme(before)
    if form.faults:
        return _page(form, 422)
    new = not _is_own()
    try:
        here.keep_programme(given)
    except StrictError as error:
        return _page(form, 422, detail=None if form.fault(error) else error.message)
    except StoreError as error:
        return _page(form, 422, detail=str(error))
    if new:
        return redirect(url_for("web.sources_page", said="founded"), 303)
    return redirect(url_for("web.programme_page", said="kept"), 303)


def _begun() -> Any:
    here = companion()
    return own_programme.begun(here.store, here.store.folder) if here.store.folder else own_programme.EMPTY


def _is_own() -> bool:
    kept = companion().store.programme()
    return bool(kept and not kept.link and not own_programme.is_sample(kept))


def _source() -> Source | None:
    try:
        return companion().store.source(SOURCE_ID)
    except NotFound:
        return None


def _page(form: Form, status: int = 200, **told: Any) -> Response:
    here = companion()
    kept, folder = here.store.programme(), here.store.folder
    file = folder / own_programme.FILE if folder else None
    told = {"detail": None, "not_taken": None, "place": "", "taking": False, **told}
    return page(
        "programme",
        status,
        script="reading",
        within="start",
        form=form,
        programme=here.programme,
        kept=kept,
        source=_source(),
        sample=own_programme.is_sample(kept),
        own=_is_own(),
        elsewhere=bool(_is_own() and kept and file and Path(kept.origin) != file),
        file=file,
        keeps=folder is not None,
        places=JURISDICTIONS,
        all_languages=LANGUAGES,
        categories=CATEGORIES,
        levels=LEVELS,
        **told,
    )
