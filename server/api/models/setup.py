"""Health, pairing, policy, preferences, programme, state."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from server.api.models.base import Short
from server.api.models.content import AnySource
from server.api.wire import Strict


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
