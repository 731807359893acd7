"""One shape for every error of the API: {"error": {"code", "message", "field"?}}. On the own pages: a page."""

from __future__ import annotations

import logging
import sys
import traceback

from flask import Flask, Response, current_app, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from server.api.security import on_pages
from server.api.wire import Refused, reply
from server.bundle import BundleError
from server.feed import FeedError
from server.shares.imports import ImportProblem
from server.store import NotFound, ShareConflict, StoreError, StoreFull
from server.strict import StrictError

log = logging.getLogger("sayso")
ON_PAGES = "sayso-trouble"  # the application's extension that makes a page of an error: (status, code, message) → Response


_HTTP = {
    400: ("bad_request", "This request could not be read."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not take that method."),
    413: ("too_large", "This is larger than the companion takes."),
    415: ("not_json", "Send JSON, with Content-Type: application/json."),
}


def answer(status: int, code: str, message: str, field: str | None = None) -> Response:
    """An error in the one shape; on the pages' own host, which people read, a small page instead."""
    if on_pages():
        return current_app.extensions[ON_PAGES](status, code, message)
    error = {"code": code, "message": message}
    if field:
        error["field"] = field
    return reply({"error": error}, status)


def refused(error: Refused) -> Response:
    response = answer(error.status, error.code, error.message, error.field)
    if error.status == 401 and response.is_json:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def invalid(error: ValidationError) -> Response:
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    # A model may stand in several forms of one field; its own words never hold what was sent.
    message = "is not known here" if first["type"] == "extra_forbidden" else first["msg"]
    return answer(422, "invalid", f"{field}: {message}" if field else message, field or None)


def crashed(error: Exception) -> Response:
    """Our own fault. Neither reply nor log holds the exception's words: they may quote a draft."""
    where = " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(traceback.extract_tb(sys.exc_info()[2])[-4:]))
    log.error("%s %s failed: %s at %s", request.method, request.url_rule, type(error).__name__, where)
    return answer(500, "internal", "Something went wrong in the companion. Nothing was changed; please try again.")


def register(app: Flask) -> None:
    """Let every error of the application leave in the one shape."""
    app.register_error_handler(Refused, refused)
    app.register_error_handler(ValidationError, invalid)
    app.register_error_handler(NotFound, lambda error: answer(404, "not_found", "There is no such thing here any more."))
    app.register_error_handler(
        ShareConflict, lambda error: answer(409, "conflict", "Another share with this id is in the history already.", "id")
    )
    app.register_error_handler(StoreFull, lambda error: answer(422, "too_many_items", str(error)))
    app.register_error_handler(StoreError, lambda error: answer(503, "store", str(error)))
    app.register_error_handler(
        OSError,
        lambda error: answer(
            507,
            "not_written",
            f"The disk did not take it ({error.strerror}). Nothing was changed. Make room, or let Sayso write to its folder, "
            "then try again.",
        ),
    )
    app.register_error_handler(FeedError, lambda error: answer(422, "source_unreadable", str(error), "url"))
    app.register_error_handler(BundleError, lambda error: answer(422, "unpublishable", str(error)))
    app.register_error_handler(ImportProblem, lambda error: answer(422, "not_imported", str(error), "file"))
    app.register_error_handler(StrictError, lambda error: answer(422, "programme_unreadable", str(error)))
    app.register_error_handler(
        HTTPException,
        lambda error: answer(error.code or 500, *_HTTP.get(error.code or 500, ("refused", error.name or "Refused."))),
    )
    app.register_error_handler(Exception, crashed)
