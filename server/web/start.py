"""The way in and the start page: what is set up, and how to connect a browser."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from flask import Response, redirect, request, url_for

from server.access import typed
from server.api.security import EXTENSION_IDS, cookie_name
from server.api.wire import Refused
from server.charter import labels_to_begin_with
from server.companion import companion
from server.own_programme import is_sample
from server.web.charter import reading
from server.web.frame import blueprint, page, words

EXTENSION = Path(__file__).parent.parent.parent / "extension"


@blueprint.get("/enter")
def enter() -> Response:
    """Use up a one-time link: a cookie for this host alone, then the start page."""
    # Looking at a link is not following it: HEAD and prefetching leave it unused.
    if request.method == "HEAD" or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return Response(status=204)
    cookie = companion().pages.enter(request.args.get("key", ""))
    if cookie is None:
        raise Refused(403, "no_link", "This link was used or is older than a minute. Get another with: sayso pages")
    response = redirect(_first(), 303)
    response.set_cookie(cookie_name(), cookie, httponly=True, samesite="Strict", path="/")
    return response


def _first() -> str:
    """The page that a link leads to: the start page, the history or one share, as the popup asks."""
    if request.args.get("to") == "history":
        return url_for("web.history")
    try:
        return url_for("web.history_share", share_id=UUID(request.args["share"]))
    except (KeyError, ValueError):
        return url_for("web.start")


@blueprint.get("/")
def start() -> Response:
    """What is to be read first, what is set up, the pairing code, how to connect."""
    here, t = companion(), words()
    store, policy, kept = here.store, here.policy, here.store.programme()
    code, expires_at = here.codes.current() or (None, None)
    sources = store.sources()
    extension = EXTENSION if (EXTENSION / "manifest.json").is_file() else None
    return page(
        "start",
        script="connect" if code else None,
        programme=here.programme.name if here.programme else None,
        since=kept.used_at if kept else None,
        sample=is_sample(kept),
        readers=[t(f"place.{place}") for place in policy.jurisdictions],
        rewarded=policy.rewarded,
        rules=len(here.engine.rules),
        items=len(store.items()),
        sources=len(sources),
        unread=sum(bool(source.last_error) for source in sources),
        shares=len(store.shares()),
        pairings=store.pairings(),
        notices=store.notices,
        code=typed(code, here.port) if code else None,
        offer=f"{here.port}-{code}",
        extension_ids=list(EXTENSION_IDS.values()),
        expires_at=expires_at,
        extension=extension,
        asked="code" in request.args,
        reading=reading(),
        labels=labels_to_begin_with(policy, here.programme.languages if here.programme else ("en",), t),
        contact=here.programme.contact if here.programme else None,
    )


@blueprint.post("/code")
def new_code() -> Response:
    """A fresh pairing code; the one before is void."""
    companion().codes.fresh()
    return redirect(url_for("web.start", code="new", _anchor="connect"), 303)
