"""How requests are read and replies written: strict JSON, and one record a route from which OpenAPI is made."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request
from pydantic import BaseModel, ConfigDict

from server import strict_json

API = 1
PREFIX = "/api/v1"
BODY_LIMIT = 2 * 1024 * 1024  # bytes; a draft of 100,000 characters, all escaped, is 1.2 MB
UPLOAD_LIMIT = 64 * 1024 * 1024  # bytes, of what the forms in security.UPLOADS bring, and nowhere else
LANGUAGES = ("en", "fr", "de")


class Refused(Exception):
    """A request that is answered with an error: HTTP `status`, a `code` for programs, a `message` for people."""

    def __init__(self, status: int, code: str, message: str, field: str | None = None) -> None:
        super().__init__(code)
        self.status, self.code, self.message, self.field = status, code, message, field


class Strict(BaseModel):
    """The base of every body and query: an unknown key is refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)


class Reply(BaseModel):
    """The base of every reply. Nothing is checked by it: it is built only once OpenAPI is asked for, which spares each
    start half a megabyte."""

    model_config = ConfigDict(defer_build=True)


@dataclass(frozen=True)
class Operation:
    """One route as the outside sees it."""

    endpoint: str
    method: str
    path: str
    summary: str
    body: type[Strict] | None
    query: type[Strict] | None
    reply: type[Reply]
    statuses: tuple[int, ...]
    public: bool
    local: bool


OPERATIONS: dict[tuple[str, str], Operation] = {}


def reply(content: Any, status: int = 200) -> Response:
    """JSON, escaped to ASCII."""
    return Response(json.dumps(content, ensure_ascii=True, separators=(",", ":")), status, mimetype="application/json")


def read_json() -> Any:
    """The request's JSON body. Raises Refused for another type, for what is not JSON and for repeated keys."""
    if request.mimetype != "application/json":
        raise Refused(415, "not_json", "Send JSON, with Content-Type: application/json.")
    data = request.get_data(cache=False)
    try:
        body = strict_json.load(data)
    except (ValueError, RecursionError):
        raise Refused(400, "invalid_json", "The body is not valid JSON, or repeats a key.") from None
    return _whole_characters(body) if b"\\u" in data else body


def _whole_characters(value: Any) -> Any:
    """The value with U+FFFD for each half of a surrogate pair, which is no character and could not be stored.

    JSON can hold one, and so can a draft. One unit stands for one, so every offset stays.
    """
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_whole_characters(each) for each in value]
    if isinstance(value, dict):
        return {_whole_characters(key): _whole_characters(each) for key, each in value.items()}
    return value


def ui_language() -> str:
    """The language that the person reads in, of those we speak: from Accept-Language, else English."""
    return request.accept_languages.best_match(LANGUAGES, "en")


def operation(
    blueprint: Blueprint,
    method: str,
    path: str,
    *,
    reply_model: type[Reply],
    body: type[Strict] | None = None,
    query: type[Strict] | None = None,
    statuses: tuple[int, ...] = (200,),
    public: bool = False,
    local: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a route: its function gets `body` and `query` as checked models and returns a dict, or (dict, status).

    `public` routes need no token; `local` ones take only the secret in the data folder, not a browser's token.
    The function's first docstring line becomes the summary in OpenAPI.
    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        endpoint = f"{blueprint.name}.{function.__name__}"
        summary = (function.__doc__ or "").strip().split("\n")[0]
        OPERATIONS[endpoint, method] = Operation(endpoint, method, path, summary, body, query, reply_model, statuses, public, local)

        def view(**arguments: Any) -> Response:
            if query is not None:
                arguments["query"] = query.model_validate(request.args.to_dict())
            elif request.args:
                arguments["query"] = Strict.model_validate(request.args.to_dict())
            if body is not None:
                arguments["body"] = body.model_validate(read_json())
            result = function(**arguments)
            content, status = result if isinstance(result, tuple) else (result, 200)
            return reply(content, status)

        blueprint.add_url_rule(path, function.__name__, view, methods=[method])
        return function

    return register
