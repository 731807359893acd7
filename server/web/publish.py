"""The publishing page: what will go, what stops it, and what to give to people afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Response, redirect, request, url_for

from server import clock
from server.api.wire import Refused, ui_language
from server.bundle import BundleError, keys, seal
from server.bundle.changes import Changes, since_last
from server.bundle.content import to_publish
from server.bundle.fit import Fault, faults_of, secrets_of
from server.bundle.link import Link
from server.bundle.publish import FILE, Unfit
from server.companion import companion
from server.own_programme import is_sample
from server.web.frame import blueprint, jobs, page, session, words
from server.web.jobs import Job
from server.web.shown import mix, state

_HERE = "publish"
AT_ONCE = 300  # items whose wordings are checked each time the page is opened; of more, when one publishes


@blueprint.get("/publish")
def publish_page() -> Response:
    """What would be published now, and what was last; while a bundle is being made, how far it has come."""
    job = jobs().of(session() or "", _HERE)
    if job and job.over.is_set():
        return _ended(job, 200)
    if job:
        number, of = companion().publishing or (0, 0)
        t = words()
        return _page(faults=None, facts=job.told["facts"], making=t("publish.making_n", n=t.number(number), total=t.number(of)) if of else t("publish.making"))
    few = len(companion().store.items()) <= AT_ONCE
    return _page(faults=_faults() if few else None)


@blueprint.post("/publish")
def publish_now() -> Response:
    """Make the bundle."""
    here, asked = companion(), request.form
    if here.store.folder is None:
        raise Refused(409, "conflict", words()("publish.no_folder"))
    url, public = asked.get("url", "").strip(), asked.get("reach") == "public"
    # What goes does not change while the page asks how far it is, and of many items counting it takes a second.
    facts = _facts()
    job = jobs().start(
        session() or "", _HERE, url, lambda: here.publish(url=url or None, public=public), url=url, public=public, facts=facts
    )
    return _ended(job) if job.over.is_set() else redirect(url_for("web.publish_page"), 303)


def _ended(job: Job, status: int = 422) -> Response:
    """What the page tells of a bundle that is made, or could not be."""
    jobs().forget(session() or "")
    told = {name: job.told[name] for name in ("url", "public")}
    if job.error is None:
        return redirect(url_for("web.publish_page", said="published" if job.result.changed else "same"), 303)
    if isinstance(job.error, Unfit):
        return _page(status, faults=_faults(), tried=True, **told)
    trouble = str(job.error) if isinstance(job.error, BundleError) else words()("trouble.other_text")
    return _page(status, faults=[], trouble=trouble, **told)


@blueprint.get("/publish/programme.sayso")
def published_file() -> Response:
    """The bundle that was made last, to be put on a web server."""
    path = _path()
    if path is None:
        raise Refused(404, "not_found", "Nothing was published yet.")
    response = Response(path.read_bytes(), mimetype="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename={path.name}"
    return response


def _path() -> Path | None:
    folder = companion().store.folder
    return folder / FILE if folder is not None and (folder / FILE).is_file() else None


def _faults() -> list[Fault]:
    here = companion()
    return faults_of(here.store.items(), here.vetting(), ui_language())


def _facts() -> dict[str, Any]:
    """What would go, in figures."""
    here, now, items = companion(), clock.stamp(), companion().store.items()
    going = to_publish(items)
    return {
        "going": len(going),
        "wordings": sum(len(item.variants) for item in going),
        "waiting": sum(state(item, now) == "waiting" for item in going),
        "shelved": sum(item.shelved for item in items),
        "unfinished": sum(not item.shelved for item in items) - len(going),
        "excused": [item for item in items if not item.shelved and any(each.reason and not each.draft for each in item.variants)],
        "shares": mix(going, here.programme.mix if here.programme else {}, now, words()),
        "confidential": len(here.policy.confidential),
        "closed": bool(list(secrets_of(here.policy, going, now))),
    }


def _page(status: int = 200, facts: dict[str, Any] | None = None, **told: Any) -> Response:
    here, last = companion(), _last()
    kept = here.store.programme()
    found = {"url": last["url"] if last else "", "public": last["public"] if last else False, "trouble": None, "making": None, "tried": False, **told}
    return page(
        "publish",
        status,
        script="reading",
        within="feed",
        programme=here.programme,
        sample=is_sample(kept),
        subscribed=kept.origin if kept and kept.link else None,
        keeps=here.store.folder is not None,
        last=last,
        since=_since() if last else None,
        **(facts or _facts()),
        **found,
    )


def _since() -> Changes | None:
    """What has changed since the last version; of many items it is not asked for."""
    store = companion().store
    return since_last(store, store.folder) if store.folder is not None and len(store.items()) <= AT_ONCE else None


def _last() -> dict[str, Any] | None:
    """What was published last, as it lies in the data folder; None before the first time."""
    folder, path = companion().store.folder, _path()
    note = keys.last(folder) if folder is not None else None
    if folder is None or path is None or note is None:
        return None
    try:
        ours = keys.of(folder)
        with path.open("rb") as file:
            header = seal.header_of(file.read(seal.MOST_HEADER))
    except (BundleError, OSError):
        return None
    link = str(Link(note.url, ours.pin, ours.content if header.encrypted else None)) if note.url else None
    return {
        "version": header.version, "made_at": header.made_at, "public": not header.encrypted,
        "size": path.stat().st_size, "url": note.url or "", "link": link, "path": str(path),
    }
