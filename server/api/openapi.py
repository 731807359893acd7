"""OpenAPI 3.1, made from the record that every route leaves: one text, never written by hand."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from server import __version__
from server.api.models.base import AnyReply
from server.api.wire import OPERATIONS, PREFIX, Operation, operation

blueprint = Blueprint("openapi", __name__)

_ERROR = {
    "type": "object",
    "required": ["error"],
    "additionalProperties": False,
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "additionalProperties": False,
            "properties": {"code": {"type": "string"}, "message": {"type": "string"}, "field": {"type": "string"}},
        }
    },
}
_REF = "#/components/schemas/{model}"


@operation(blueprint, "GET", "/openapi.json", reply_model=AnyReply)
def show() -> dict[str, Any]:
    """This document."""
    return document()


def document() -> dict[str, Any]:
    """The API as an OpenAPI 3.1 document."""
    operations = sorted(OPERATIONS.values(), key=lambda each: (each.path, each.method))
    models: set[tuple[type[BaseModel], str]] = set()
    for each in operations:
        models.add((each.reply, "serialization"))
        for model in (each.body, each.query):
            if model is not None:
                models.add((model, "validation"))
    ordered = sorted(models, key=lambda pair: (pair[0].__name__, pair[1]))
    refs, schemas = models_json_schema(ordered, ref_template=_REF)  # type: ignore[arg-type]
    paths: dict[str, Any] = {}
    for each in operations:
        path = PREFIX + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", each.path)
        paths.setdefault(path, {})[each.method.lower()] = _operation(each, refs)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Sayso companion", "version": __version__},
        "paths": paths,
        "components": {
            "schemas": {**schemas.get("$defs", {}), "Error": _ERROR},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _operation(each: Operation, refs: dict[Any, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {"operationId": each.endpoint, "summary": each.summary, "responses": {}}
    if each.public:
        result["security"] = []
    if each.local:
        result["description"] = "Takes only the secret of the data folder, which commands on this computer read."
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
        for name in re.findall(r"<uuid:(\w+)>", each.path)
    ]
    if each.query is not None:
        schema = each.query.model_json_schema()
        parameters += [
            {"name": name, "in": "query", "required": False, "schema": kind} for name, kind in schema["properties"].items()
        ]
    if parameters:
        result["parameters"] = parameters
    if each.body is not None:
        result["requestBody"] = {"required": True, "content": {"application/json": {"schema": refs[each.body, "validation"]}}}
    for status in each.statuses:
        result["responses"][str(status)] = {
            "description": "Done.",
            "content": {"application/json": {"schema": refs[each.reply, "serialization"]}},
        }
    result["responses"]["default"] = {
        "description": "Refused: says why and what to do.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
    }
    return result
