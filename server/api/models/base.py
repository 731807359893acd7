"""The types that several bodies and replies share."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from server import paging
from server.api.wire import Reply, Strict

MOST_CHARACTERS = 100_000


def _uuid(value: str) -> str:
    try:
        return str(uuid.UUID(value))
    except ValueError:
        raise ValueError("a UUID is wanted") from None


def _moment(value: str) -> str:
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError
        return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    except (ValueError, OverflowError):
        raise ValueError("a time in ISO 8601 with its zone is wanted, as in 2026-11-21T09:30:00Z") from None


Id = Annotated[str, StringConstraints(max_length=64), AfterValidator(_uuid), Field(json_schema_extra={"format": "uuid"})]
Moment = Annotated[str, StringConstraints(max_length=40), AfterValidator(_moment), Field(json_schema_extra={"format": "date-time"})]
Draft = Annotated[str, StringConstraints(max_length=MOST_CHARACTERS)]
Short = Annotated[str, StringConstraints(max_length=300)]
Language = Annotated[str, StringConstraints(pattern="^[a-z]{2}$")]
Link = Annotated[str, StringConstraints(max_length=2000, pattern=r"^https?://[^\s/@]+(/\S*)?$")]
Verdict = Literal["not_required", "present", "missing", "inadequate", "buried", "ambiguous"]
Level = Literal["required", "warning", "suggestion"]
Category = Literal["brand", "employer_brand", "industry", "employee"]
Status = Literal["confirmed", "unconfirmed"]
Urns = Annotated[list[Annotated[str, StringConstraints(max_length=100, pattern=r"^urn:li:[A-Za-z]+:[0-9]+$")]], Field(max_length=5)]
PostUrn = Annotated[str, StringConstraints(pattern=r"^urn:li:(share|activity|ugcPost):[0-9]{1,20}$")]
Voice = Literal["first_person", "factual", "question"]
Words = Annotated[list[Annotated[str, StringConstraints(min_length=1, max_length=100)]], Field(max_length=50)]
Count = Annotated[int, Field(ge=0, le=10**12, strict=True)]


class Page(Strict):
    q: Short | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, StringConstraints(max_length=200), AfterValidator(paging.checked_cursor)] | None = None


class AnyReply(Reply):
    """An object whose keys its document in docs/ lists."""

    model_config = {"extra": "allow"}


class Done(Reply):
    done: Literal[True]
