"""Shares, their readings, figures."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from server.api.models.base import Count, Draft, Id, Language, Level, Link, Moment, Short, Status, Urns, Verdict
from server.api.wire import Strict


class ShareFinding(Strict):
    rule: Annotated[str, StringConstraints(max_length=100)]
    level: Level
    category: Annotated[str, StringConstraints(max_length=40)]


class Reading(Strict):
    """One dated set of figures; `where` says how it is known. A figure left out was not seen, zero was."""

    read_at: Moment | None = None
    where: Literal["hand", "page", "import"] = "hand"
    impressions: Count | None = None
    reactions: Count | None = None
    comments: Count | None = None
    reposts: Count | None = None
    clicks: Count | None = None


class KeptReading(Reading):
    read_at: Moment


class ShareBody(Strict):
    id: Id
    text: Draft
    posted_at: Moment | None = None
    permalink: Link | None = None
    urns: Urns = []
    item_id: Id | None = None
    item_title: Short | None = None
    variant_id: Id | None = None
    own_words: Annotated[float, Field(ge=0, le=1)] | None = None
    lang: Language | None = None
    disclosure: Verdict | None = None
    platform_label: bool = False
    findings: Annotated[list[ShareFinding], Field(max_length=200)] = []
    readings: Annotated[list[KeptReading], Field(max_length=1000)] = []
    logged_at: Moment | None = None
    updated_at: Moment | None = None
    status: Status


class ShareChange(Strict):
    text: Draft | None = None
    posted_at: Moment | None = None
    permalink: Link | None = None
    urns: Urns | None = None
    status: Status | None = None


class AnyShare(BaseModel):
    id: str
    text: str
    posted_at: str
    status: Status
    permalink: str | None
    urns: list[str]
    item_id: str | None
    item_title: str | None
    variant_id: str | None
    own_words: float | None
    lang: str | None
    disclosure: Verdict | None
    platform_label: bool
    findings: list[dict[str, Any]]
    readings: list[dict[str, Any]]
    logged_at: str
    updated_at: str


class Shares(BaseModel):
    shares: list[AnyShare]
    total: int
    next: str | None


class StatsQuery(Strict):
    from_: Annotated[Moment | None, Field(alias="from")] = None
    to: Moment | None = None
