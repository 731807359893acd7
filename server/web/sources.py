"""The sources page: where items come from and how well, adding, reading again, removing, bringing in a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Response, redirect, request, url_for

from server import clock
from server.api.wire import Refused
from server.companion import companion
from server.editing import import_table as bring_in
from server.feed.health import health
from server.feed.model import FeedError, NoFeed
from server.feed.readings import Progress, readings
from server.feed.schedule import automatic
from server.own_programme import is_sample
from server.store import CATEGORIES, Source, Store, StoreError
from server.web.board import notice, slots
from server.web.frame import blueprint, jobs, page, session, words
from server.web.jobs import Job
from server.web.undo import Undoable
from server.words import Words

_HERE = "sources"
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?(/|$)")
KINDS = ("feed", "page", "newsroom", "csv", "folder")


@dataclass(frozen=True)
class Health:
    """A source with how it is, in words. `health` is several short clauses."""

    source: Source
    name: Any
    health: list[Any]
    reading: Progress | None
    sample: bool
    removable: bool
    again: bool


@blueprint.get("/sources")
def sources_page() -> Response:
    """Every source with its health, and how to add one."""
    return _page()


@blueprint.post("/sources/add")
def add_source() -> Response:
    """Read an address, a file or a folder, and keep it as a source if it can be read."""
    # Beside a feed that was offered stands the address that it was found at, for the other two ways of reading it.
    place = (request.form.get("place") or request.form.get("address", "")).strip()
    place = _whole(place)
    kind = request.form.get("kind", "")
    category = request.form.get("category", "")
    if not place:
        return _page(422, fault=words()("sources.nothing"))
    category = category if category in CATEGORIES else "brand"
    here = companion()

    def read() -> Source:
        return here.add_source(place, category=category, kind=kind if kind in KINDS else None)

    jobs().start(session() or "", _HERE, place, read, category=category, adds=True)
    return redirect(url_for("web.sources_page"), 303)


@blueprint.post("/sources/import")
def import_table() -> Response:
    """Bring in the items of a table (CSV), once."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page(422, fault=words()("sources.no_file"))
    category = request.form.get("category", "")
    here = companion()
    try:
        told = bring_in(here.store, file.read(), file.filename, category if category in CATEGORIES else "brand")
    except (FeedError, StoreError) as error:
        return _page(422, fault=words()("sources.not_imported"), detail=str(error))
    here.suggestions.index_beside()
    return _page(imported=told)


@blueprint.post("/sources/<uuid:source_id>/refresh")
def refresh_source(source_id: UUID) -> Response:
    """Read a source again."""
    here, source = companion(), companion().store.source(str(source_id))
    jobs().start(session() or "", _HERE, source.title or source.url, lambda: here.refresh(source.id), adds=False)
    return redirect(url_for("web.sources_page"), 303)


@blueprint.post("/sources/<uuid:source_id>/remove")
def remove_source(source_id: UUID) -> Response:
    """Remove a source with its items, and keep both for a while so that they can be put back."""
    store = companion().store
    source = store.source(str(source_id))
    if source.kind in ("programme", "hand"):
        raise Refused(409, "conflict", "This source is part of the companion.")
    items = [item for item in store.items() if item.source_id == source.id]
    store.remove_source(source.id)

    def back(store: Store) -> None:
        store.put_source(source)
        store.put_items(source.id, items)

    slots().put(session() or "", Undoable("source_removed", back, {"title": source.title or source.url, "n": len(items)}))
    return redirect(url_for("web.sources_page", said="done"), 303)


def _whole(place: str) -> str:
    """An address with the https:// that browsers let people leave out; what is there as a file stays a path."""
    named = _HOST.match(place) and not Path(place).exists()
    return f"https://{place}" if named else place


def _page(status: int = 200, **told: Any) -> Response:
    t, store, visit = words(), companion().store, session() or ""
    kept = store.programme()
    told = {"fault": None, "detail": None, "imported": None, "offer": None, "tried": "", **told}
    job = jobs().of(visit, _HERE)
    if job and job.over.is_set():
        jobs().forget(visit)
        told |= _ended(job, t)
    under_way = {each.source_id: each for each in readings(store).now()}
    sources = [_health(source, under_way.get(source.id), t) for source in store.sources()]
    return page(
        "sources",
        status,
        script="reading",
        within="feed",
        sources=sorted(sources, key=lambda each: (each.source.kind in ("programme", "hand"), each.source.added_at)),
        reading=bool(under_way) or bool(job and not job.over.is_set()),
        begun=bool(job and not job.over.is_set()),
        progress=_progress(job, list(under_way.values()), t),
        categories=CATEGORIES,
        notice=notice(),
        own=bool(kept and not kept.link and not is_sample(kept)),
        founded=companion().programme if request.args.get("said") == "founded" else None,
        **told,
    )


def _ended(job: Job, t: Words) -> dict[str, Any]:
    """What the page tells of a job that is over."""
    if job.error is None:
        source: Source = job.result
        return {"read": source, "added": job.told["adds"]} if not source.last_error else {}
    if isinstance(job.error, NoFeed) and job.told["adds"]:
        return {"offer": {"place": job.place, "category": job.told["category"], "named": job.error.named[:6]}}
    if isinstance(job.error, (FeedError, StoreError)):
        return {"fault": t("sources.not_added"), "detail": str(job.error), "tried": job.place if job.told["adds"] else ""}
    return {"fault": t("trouble.other_text")}


def _progress(job: Job | None, under_way: list[Progress], t: Words) -> Any:
    """How far the reading has come, in a sentence."""
    for each in under_way:
        if each.of:
            return t("sources.reading_n", place=each.place, n=t.number(each.number), total=t.number(each.of))
    place = under_way[0].place if under_way else job.place if job else ""
    return t("sources.reading", place=place)


def _health(source: Source, reading: Progress | None, t: Words) -> Health:
    found, said = health(source, clock.now()), []
    if source.kind != "hand":
        said.append(t("feed.never_read") if found.seconds is None else t("sources.last_good", ago=_ago(found.seconds, t)))
    said.append(t.count("feed.brought_n", source.items))
    if found.left_out:
        why = ", ".join(t(f"left_out.{reason}") for reason in found.why)
        said.append(t("sources.left_out", n=t.number(found.left_out), total=t.number(found.entries), why=why))
    if source.due_at and automatic(source) and source.due_at > clock.stamp():
        said.append(t("sources.due", time=t.moment(source.due_at)))
    return Health(
        source=source,
        name=source.title or (t("source.hand") if source.kind == "hand" else source.url),
        health=said,
        reading=reading,
        sample=source.kind == "programme" and is_sample(companion().store.programme()),
        removable=source.kind not in ("programme", "hand"),
        again=source.kind != "hand",
    )


def _ago(seconds: int, t: Words) -> Any:
    """A time that has passed, in its largest unit."""
    if seconds < 60:
        return t("ago.now")
    if seconds < 3600:
        return t.count("ago.minutes", seconds // 60)
    return t.count("ago.hours", seconds // 3600) if seconds < 48 * 3600 else t.count("ago.days", seconds // 86_400)
