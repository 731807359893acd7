"""What all pages share: the blueprint, the frame around a page, the headers, the style sheets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, render_template, request
from flask.blueprints import BlueprintSetupState
from jinja2 import Environment, StrictUndefined

from server.api.security import cookie_name
from server.api.wire import ui_language
from server.companion import companion
from server.web.jobs import Jobs
from server.web.undo import UndoSlots
from server.words import ALL, Words

CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
CSP_WITH_SCRIPT = f"{CSP}; script-src 'self'"
CSP_THAT_ASKS = f"{CSP_WITH_SCRIPT}; connect-src 'self'"  # for a script that asks the companion itself
UNDO, UNDO_CONTENT, JOBS = "sayso-undo", "sayso-undo-content", "sayso-jobs"
TEMPLATES = Path(__file__).parent / "templates"
_STATIC = Path(__file__).parent / "static"
STYLES = {name: (_STATIC / f"{name}.css").read_bytes() for name in ("tokens", "pages", "content", "history")}
SCRIPTS = {name: (_STATIC / f"{name}.js").read_bytes() for name in ("connect", "board", "item", "reading", "imports", "figures")}
_ASKING = frozenset({"item", "reading", "imports"})

blueprint = Blueprint("web", __name__, template_folder="templates")


@blueprint.record_once
def _prepare(state: BlueprintSetupState) -> None:
    for name in (UNDO, UNDO_CONTENT):
        slots: UndoSlots[Any] = UndoSlots()
        state.app.extensions[name] = slots
        state.app.extensions["sayso"].on_erase.append(slots.clear)
    state.app.extensions[JOBS] = Jobs()
    state.app.extensions["sayso"].on_erase.append(state.app.extensions[JOBS].clear)
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


def jobs() -> Jobs:
    """What is being done beside the pages."""
    return current_app.extensions[JOBS]


def page(here: str, status: int = 200, script: str | None = None, within: str | None = None, **values: Any) -> Response:
    """The page `here` (its template) with `values`. `within` is its place in the navigation, where that is another
    page's; `script` the one script of ours that it may run."""
    form_token = companion().pages.form_token(session())
    inside = form_token is not None
    html = render_template(
        f"{here}.html", t=words(), here=here, within=within or here, form_token=form_token, inside=inside, script=script, **values
    )
    # Half of a surrogate pair, in a file written by hand, must not take the whole page with it.
    response = Response(html.encode("utf-8", "replace"), status, mimetype="text/html")
    policy = CSP if script is None else CSP_THAT_ASKS if script in _ASKING else CSP_WITH_SCRIPT
    response.headers["Content-Security-Policy"] = policy
    return response


@blueprint.get(f"/script/<any({', '.join(SCRIPTS)}):name>.js")
def script(name: str) -> Response:
    """The few scripts of the pages. Each page works without its own."""
    response = Response(SCRIPTS[name], mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/style/<any(tokens, pages, content, history):name>.css")
def style(name: str) -> Response:
    """The style sheets; also for whoever has no session yet, since a refusal is a page too."""
    response = Response(STYLES[name], mimetype="text/css")
    response.headers["Cache-Control"] = "no-cache"  # kept, but asked for anew: an update is seen at once
    response.add_etag()
    return response.make_conditional(request)
