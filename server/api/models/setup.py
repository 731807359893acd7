"""Health, pairing, policy, preferences, programme, state."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from server.api.models.base import Language, Link, Short, Words
from server.api.models.content import AnySource
from server.api.wire import Reply, Strict


class HealthQuery(Strict):
    nonce: Annotated[str, StringConstraints(min_length=16, max_length=128, pattern=r"^[\x21-\x7e]+$")] | None = None


class Health(Reply):
    app: Literal["sayso"]
    version: str
    api: int
    rules_loaded: int
    proof: str | None


class PairingBody(Strict):
    code: Annotated[str, StringConstraints(min_length=8, max_length=20)]
    client: Short = "Chromium"


class Paired(Reply):
    token: str
    key: str


class PairingCode(Reply):
    code: str
    expires_at: str
    port: int


class PageLink(Reply):
    url: str


class PolicyReply(Reply):
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
    topics: Words | None = None
    languages: Annotated[list[Language], Field(max_length=20)] | None = None
    role: Annotated[str, StringConstraints(max_length=100)] | None = None
    region: Annotated[str, StringConstraints(max_length=100)] | None = None
    asked: bool | None = None
    tell_clicks: bool | None = None
    keep_text: bool | None = None
    keep_days: Annotated[int, Field(ge=0, le=36_500, strict=True)] | None = None
    log_all: bool | None = None
    read_pages: bool | None = None
    value: dict[str, Any] | None = None


class PreferencesReply(Reply):
    takes_rewards: bool
    dismissed_rules: list[str]
    topics: list[str]
    languages: list[str]
    role: str
    region: str
    asked: bool
    tell_clicks: bool
    keep_text: bool
    keep_days: int | None
    log_all: bool
    read_pages: bool | None
    value: dict[str, Any]


class EraseBody(Strict):
    confirm: Literal["erase"]


class ProgrammeBody(Strict):
    origin: Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class Publishing(Reply):
    """How many of the items are checked."""

    number: int
    of: int


class ProgrammeReply(Reply):
    """`version`, `made_at` and `checked_at` are null unless the programme is one that is subscribed to, `publishing`
    unless a bundle is being made just now."""

    name: str | None
    origin: str | None
    used_at: str | None
    items: int
    sources: int
    subscribed: bool
    version: int | None
    made_at: str | None
    checked_at: str | None
    last_error: str | None
    publishing: Publishing | None


class ProgrammeText(Reply):
    text: str
    items: int


class BundleBody(Strict):
    url: Link | None = None
    output: Annotated[str, StringConstraints(min_length=1, max_length=4000)] | None = None
    public: bool = False
    new_keys: bool = False


class BundleReply(Reply):
    path: str
    version: int
    made_at: str
    changed: bool
    size: int
    items: int
    rules: int
    unfinished: int
    shelved: int
    excused: int
    answers: int
    public: bool
    address: str | None
    link: str | None


class StatusReply(Reply):
    version: str
    folder: str | None
    port: int
    programme: ProgrammeReply
    rules: int
    pairings: int
    shares: int
    sources: list[AnySource]
    notices: list[str]
    meaning: dict[str, int] | None
