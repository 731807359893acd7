"""Errors as a small readable page, for requests to the pages' own host. None of them holds text of a draft."""

from __future__ import annotations

from flask import Response, request

from server.api.security import PAGES_HOST
from server.companion import companion
from server.web.frame import page, words

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


def on_pages() -> bool:
    """Whether the present request is for the pages' host, not the API's."""
    return request.environ.get("HTTP_HOST") == f"{PAGES_HOST}:{companion().port}"


def trouble_page(status: int, code: str, message: str) -> Response:
    """The error as a page: what happened, and what to do about it."""
    kind = _KINDS.get(code, "other")
    t = words()
    said = t(f"trouble.{kind}_text") if code in _KINDS else message
    return page("trouble", status, heading=t(f"trouble.{kind}"), message=said, ways=kind in _WAYS_IN)
