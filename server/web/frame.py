"""What all pages share: the blueprint, the frame around a page, the headers, the style sheets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, render_template, request
from flask.blueprints import BlueprintSetupState
from jinja2 import Environment, StrictUndefined

from server.api.security import cookie_name
from server.api.wire import ui_language
from server.companion import companion
from server.web.undo import UndoSlots
from server.words import ALL, Words

CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
CSP_WITH_SCRIPT = f"{CSP}; script-src 'self'"
UNDO = "sayso-undo"
TEMPLATES = Path(__file__).parent / "templates"
STYLES = {name: (Path(__file__).parent / "static" / f"{name}.css").read_bytes() for name in ("tokens", "pages")}
CONNECT = (Path(__file__).parent / "static" / "connect.js").read_bytes()

blueprint = Blueprint("web", __name__, template_folder="templates")


@blueprint.record_once
def _prepare(state: BlueprintSetupState) -> None:
    slots = state.app.extensions[UNDO] = UndoSlots()
    state.app.extensions["sayso"].on_erase.append(slots.clear)
    dress(state.app.jinja_env)


def dress(environment: Environment) -> None:
    """Give an environment of templates what ours need."""
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.tests["web_link"] = is_web_link
    environment.filters["host"] = lambda url: urlsplit(url).hostname or url


def is_web_link(url: str | None) -> bool:
    """Whether an address from outside may become a link: http or https, nothing that runs."""
    return bool(url and re.match(r"https?://[^\s/]", url))


def words() -> Words:
    """The words in the language that the person reads in."""
    return ALL[ui_language()]


def session() -> str | None:
    """The cookie of the page session that this request belongs to, or None."""
    return request.cookies.get(cookie_name())


def page(here: str, status: int = 200, script: bool = False, **values: Any) -> Response:
    """The page `here` (its template, its place in the navigation) with `values`; one with a `script` of ours may run it."""
    form_token = companion().pages.form_token(session())
    inside = form_token is not None
    html = render_template(f"{here}.html", t=words(), here=here, form_token=form_token, inside=inside, **values)
    # Half of a surrogate pair, in a file written by hand, must not take the whole page with it.
    response = Response(html.encode("utf-8", "replace"), status, mimetype="text/html")
    response.headers["Content-Security-Policy"] = CSP_WITH_SCRIPT if script else CSP
    return response


@blueprint.get("/script/connect.js")
def connect_script() -> Response:
    """The one script of the pages, for the one button that speaks to the extension."""
    response = Response(CONNECT, mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/style/<any(tokens, pages):name>.css")
def style(name: str) -> Response:
    """The style sheets; also for whoever has no session yet, since a refusal is a page too."""
    response = Response(STYLES[name], mimetype="text/css")
    response.headers["Cache-Control"] = "no-cache"  # kept, but asked for anew: an update is seen at once
    response.add_etag()
    return response.make_conditional(request)
