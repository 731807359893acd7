"""Who is let in: deny by default, in one place, before any route runs.

Two worlds share the port, told apart by the Host header alone. On 127.0.0.1 lives the API: it takes a bearer
token and no cookie. On sayso.localhost live the companion's own pages: they take a cookie and a form token and
no bearer token. A Host that is neither is refused, which is what stops DNS rebinding.
"""

from __future__ import annotations

import hmac
import json
from pathlib import Path

from flask import Flask, Response, request
from flask_cors import CORS

from server import access
from server.api.wire import API, BODY_LIMIT, OPERATIONS, PREFIX, UPLOAD_LIMIT, Refused
from server.companion import companion

PAGES_HOST = "sayso.localhost"
EXTENSION_IDS: dict[str, str] = json.loads((Path(__file__).parent / "extension_ids.json").read_text())
ORIGINS = frozenset(f"chrome-extension://{extension_id}" for extension_id in EXTENSION_IDS.values())

# Named by endpoint, never by path: a path can be written in more ways than one.
PUBLIC_PAGES = frozenset({"web.enter", "web.style"})
# The forms that may bring large files, and where: an archive of LinkedIn's, the cards that people sent.
UPLOADS = {"web.hand_over": "/history/imports", "web.read_figures": "/figures"}
_BODY_METHODS = frozenset({"POST", "PUT", "PATCH"})


def cookie_name() -> str:
    """Named for the port, because cookies are not kept apart by port and each companion has its own."""
    return f"sayso-{companion().port}"


def on_pages() -> bool:
    """Whether the present request is for the pages' host, not the API's."""
    return request.environ.get("HTTP_HOST") == f"{PAGES_HOST}:{companion().port}"


def guard() -> Response | None:
    """Let the request pass, answer it, or raise Refused. Runs before everything else and has no effect itself."""
    port = companion().port
    if request.host == f"127.0.0.1:{port}":
        return _guard_api()
    if request.host == f"{PAGES_HOST}:{port}":
        return _guard_pages(port)
    raise Refused(400, "bad_host", "This address is not served here.")


def _guard_api() -> Response | None:
    origin = request.headers.get("Origin")
    if origin is not None and origin not in ORIGINS:
        raise Refused(403, "foreign_origin", "Only Sayso's own extension may speak to the companion.")
    if request.headers.get("Sec-Fetch-Site", "none") != "none":
        raise Refused(403, "foreign_site", "Web pages may not speak to the companion.")
    if request.method == "OPTIONS":
        # A preflight. Our worker sends none; Flask-CORS adds what an extension's page would need.
        return Response(status=204 if origin else 403)
    known = OPERATIONS.get((request.endpoint or "", request.method if request.method != "HEAD" else "GET"))
    if not (known and known.public):
        scope = token_scope()
        if scope is None:
            raise Refused(401, "not_paired", "This browser is not paired with the companion. Get a code with: sayso pair")
        if known and known.local and scope != "local":
            raise Refused(403, "local_only", "Only commands on this computer may do this.")
    if request.endpoint is not None and known is None and request.routing_exception is None:
        raise Refused(404, "not_found", "There is nothing at this address.")  # a page's address on the API's host
    _bounded_body()
    return None


def token_scope() -> str | None:
    """Whose token this is: `local` for commands, the pairing's id for a browser, None for nobody's."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    here = companion()
    given = access.digest(token)
    if hmac.compare_digest(given, access.digest(here.secret)):
        return "local"
    # Every pairing is compared, so that the time taken tells nothing of which one came near.
    matches = [pairing.id for pairing in here.store.pairings() if hmac.compare_digest(given, pairing.token_sha256)]
    return matches[0] if matches else None


def _bounded_body() -> None:
    if request.content_length is not None and request.content_length > BODY_LIMIT:
        raise Refused(413, "too_large", f"This is larger than the companion takes ({BODY_LIMIT // 1024} kB).")
    if request.method in _BODY_METHODS and request.endpoint and request.content_length and request.mimetype != "application/json":
        raise Refused(415, "not_json", "Send JSON, with Content-Type: application/json.")


def _guard_pages(port: int) -> Response | None:
    own = f"http://{PAGES_HOST}:{port}"
    origin = request.headers.get("Origin")
    writing = request.method not in ("GET", "HEAD")
    if (writing or origin is not None) and origin != own:
        raise Refused(403, "foreign_origin", "This form was not sent from Sayso's own page.")
    if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        raise Refused(403, "foreign_site", "Open Sayso's pages from its popup or from the terminal.")
    if not (request.endpoint or "").startswith("web.") and request.routing_exception is None:
        raise Refused(404, "not_found", "There is nothing at this address.")
    if request.endpoint in PUBLIC_PAGES:
        return None
    token = companion().pages.form_token(request.cookies.get(cookie_name()))
    if token is None:
        raise Refused(401, "no_session", "Open Sayso's pages from its popup, or from the terminal with: sayso pages")
    if writing:
        # Before the form is looked at, since that reads the body.
        limit = UPLOAD_LIMIT if request.endpoint in UPLOADS else BODY_LIMIT
        request.max_content_length = limit
        if request.content_length is not None and request.content_length > limit:
            raise Refused(413, "too_large", f"This is larger than the companion takes ({limit // 1024} kB).")
        if not hmac.compare_digest(request.form.get("form_token", "").encode(), token.encode()):
            raise Refused(403, "stale_form", "This form is from an earlier visit. Load the page again, then send it.")
    return None


def stamp_headers(response: Response) -> Response:
    """The headers that every reply bears."""
    response.headers["X-Sayso-Api"] = str(API)
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    # On our own pages a form must still send its Origin, which `no-referrer` would turn into `null`.
    pages = request.host.startswith(f"{PAGES_HOST}:")
    response.headers["Referrer-Policy"] = "same-origin" if pages else "no-referrer"
    response.headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    return response


def register(app: Flask) -> None:
    """Put the guard before every request of `app`, and the headers on every reply."""
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    app.before_request(guard)
    app.after_request(stamp_headers)
    CORS(app, resources=rf"{PREFIX}/.*", origins=sorted(ORIGINS), allow_headers=["Authorization", "Content-Type"], send_wildcard=False)
