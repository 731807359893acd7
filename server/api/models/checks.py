"""Checks of drafts."""

from __future__ import annotations

from pydantic import BaseModel

from server.api.models.base import Draft, Id, Language, Level, Verdict
from server.api.wire import Strict


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
