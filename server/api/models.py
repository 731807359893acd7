"""The bodies, queries and replies of the API, as in docs/api.md. From these OpenAPI is made."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from server import paging
from server.api.wire import Strict

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
Count = Annotated[int, Field(ge=0, le=10**12, strict=True)]


class Page(Strict):
    q: Short | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, StringConstraints(max_length=200), AfterValidator(paging.checked_cursor)] | None = None


# -- health and pairing --

class HealthQuery(Strict):
    nonce: Annotated[str, StringConstraints(min_length=16, max_length=128, pattern=r"^[\x21-\x7e]+$")] | None = None


class Health(BaseModel):
    app: Literal["sayso"]
    version: str
    api: int
    rules_loaded: int
    proof: str | None


class PairingBody(Strict):
    code: Annotated[str, StringConstraints(min_length=8, max_length=20)]
    client: Short = "Chromium"


class Paired(BaseModel):
    token: str
    key: str


class PairingCode(BaseModel):
    code: str
    expires_at: str
    port: int


class PageLink(BaseModel):
    url: str


# -- checks and suggestions --

class CheckBody(Strict):
    text: Draft
    item: Id | None = None
    variant: Id | None = None
    lang: Language | None = None
    platform_label: bool = False


class Edit(BaseModel):
    start: int
    end: int
    text: str


class Fix(BaseModel):
    label: str
    edits: list[Edit]


class Finding(BaseModel):
    rule: str
    category: str
    level: Level
    message: str
    why: str
    sources: list[str]
    start: int
    end: int
    jurisdiction: str | None = None
    fixes: list[Fix]
    example: str | None


class Fold(BaseModel):
    mobile: int | None
    desktop: int | None


class CheckReply(BaseModel):
    disclosure: Verdict
    jurisdiction: str | None
    lang: str | None
    fold: Fold
    findings: list[Finding]
    own_words: float | None
    policy_version: str
    ms: float


class SuggestionsBody(Strict):
    text: Draft = ""
    limit: Annotated[int, Field(ge=1, le=20, strict=True)] = 5
    lang: Language | None = None


class SuggestedItem(BaseModel):
    id: str
    title: str
    url: str
    category: Category
    reward: str | None
    image: str | None


class SuggestedVariant(BaseModel):
    id: str
    lang: str
    voice: str


class Suggestion(BaseModel):
    item: SuggestedItem
    variant: SuggestedVariant
    text: str
    reason: str


class SuggestionsReply(BaseModel):
    suggestions: list[Suggestion]
    total: int


# -- items and sources --

class ItemChange(Strict):
    title: Annotated[str, StringConstraints(min_length=1, max_length=300)] | None = None
    summary: Annotated[str, StringConstraints(max_length=2000)] | None = None
    category: Category | None = None
    topics: Annotated[list[Short], Field(max_length=20)] | None = None
    campaign: Short | None = None
    reward: Short | None = None
    published_at: Moment | None = None
    embargo_until: Moment | None = None
    expires_at: Moment | None = None


class SourceBody(Strict):
    url: Link | None = None
    file: Annotated[str, StringConstraints(max_length=4000)] | None = None
    category: Category = "brand"


class AnyItem(BaseModel):
    id: str
    source_id: str
    title: str
    url: str
    category: Category
    variants: list[dict[str, Any]]


class Items(BaseModel):
    items: list[AnyItem]
    total: int
    next: str | None


class AnySource(BaseModel):
    id: str
    kind: str
    url: str
    title: str
    items: int
    last_error: str | None
    left_out: list[str]


class Sources(BaseModel):
    sources: list[AnySource]


# -- shares --

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


class AnyReply(BaseModel):
    """An object whose keys its document in docs/ lists."""

    model_config = {"extra": "allow"}


# -- policy, preferences, everything --

class PolicyReply(BaseModel):
    company: str | None
    jurisdictions: list[str]
    rewarded: bool
    ask: dict[str, str]
    packs: list[str]
    cadence_per_week: int | None
    policy_version: str
    rules: int


class PreferencesBody(Strict):
    takes_rewards: bool
    dismissed_rules: Annotated[list[Annotated[str, StringConstraints(max_length=100)]], Field(max_length=500)] = []


class PreferencesReply(BaseModel):
    takes_rewards: bool
    dismissed_rules: list[str]


class EraseBody(Strict):
    confirm: Literal["erase"]


class Done(BaseModel):
    done: Literal[True]


class ProgrammeBody(Strict):
    origin: Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class ProgrammeReply(BaseModel):
    name: str | None
    origin: str | None
    used_at: str | None
    items: int
    sources: int


class StatusReply(BaseModel):
    version: str
    folder: str | None
    port: int
    programme: ProgrammeReply
    rules: int
    pairings: int
    shares: int
    sources: list[AnySource]
    notices: list[str]
