"""Errors as a small readable page, for requests to the pages' own host. None of them holds text of a draft."""

from __future__ import annotations

from flask import Response
from flask.blueprints import BlueprintSetupState

from server.api.errors import ON_PAGES
from server.web.frame import blueprint, page, words

# What an error of the API is called on the pages; the rest is `other`, or tells its own message.
_KINDS = {
    "no_session": "no_session",
    "no_link": "no_link",
    "foreign_origin": "foreign",
    "foreign_site": "foreign",
    "stale_form": "stale_form",
    "not_found": "not_found",
    "method_not_allowed": "not_found",
    "too_large": "too_large",
    "conflict": "conflict",
    "not_written": "not_written",
    "internal": "other",
}
_WAYS_IN = frozenset({"no_session", "no_link"})


@blueprint.record_once
def _prepare(state: BlueprintSetupState) -> None:
    state.app.extensions[ON_PAGES] = trouble_page


def trouble_page(status: int, code: str, message: str) -> Response:
    """The error as a page: what happened, and what to do about it."""
    kind = _KINDS.get(code, "other")
    t = words()
    said = t(f"trouble.{kind}_text") if code in _KINDS else message
    return page("trouble", status, heading=t(f"trouble.{kind}"), message=said, ways=kind in _WAYS_IN)
