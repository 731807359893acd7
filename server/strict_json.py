"""JSON as programs send and save it, read strictly. What people write by hand is read by `server.strict`."""

from __future__ import annotations

import json
from typing import Any


def load(text: str | bytes) -> Any:
    """The value of a JSON text: no key twice, nothing that is no number. Raises ValueError and RecursionError."""
    return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("repeated key")
    return result


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number")
