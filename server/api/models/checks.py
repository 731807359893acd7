"""Checks of drafts."""

from __future__ import annotations

from server.api.models.base import Draft, Id, Language, Level, Verdict
from server.api.wire import Reply, Strict


class CheckBody(Strict):
    text: Draft
    item: Id | None = None
    variant: Id | None = None
    lang: Language | None = None
    platform_label: bool = False


class Edit(Reply):
    start: int
    end: int
    text: str


class Fix(Reply):
    label: str
    edits: list[Edit]


class Finding(Reply):
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


class Fold(Reply):
    mobile: int | None
    desktop: int | None


class CheckReply(Reply):
    disclosure: Verdict
    jurisdiction: str | None
    lang: str | None
    fold: Fold
    findings: list[Finding]
    own_words: float | None
    policy_version: str
    ms: float
