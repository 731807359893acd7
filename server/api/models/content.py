"""Suggestions, items, sources and proposals."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from server.api.models.base import Category, Draft, Id, Language, Link, Moment, Short, Voice, Words
from server.api.wire import Reply, Strict


class SuggestionsBody(Strict):
    text: Draft = ""
    limit: Annotated[int, Field(ge=1, le=20, strict=True)] = 5
    lang: Language | None = None


class SuggestedItem(Reply):
    id: str
    title: str
    url: str
    category: Category
    reward: str | None
    image: str | None


class SuggestedVariant(Reply):
    id: str
    lang: str
    voice: str


class SuggestedVoice(SuggestedVariant):
    text: str
    label: str


class Suggestion(Reply):
    item: SuggestedItem
    variant: SuggestedVariant
    text: str
    reason: str
    reasons: list[str]
    voices: list[SuggestedVoice]
    link: str
    reshare: bool
    tags: list[str]


class SuggestionsReply(Reply):
    suggestions: list[Suggestion]
    total: int


class WrittenVariant(Strict):
    id: Id | None = None
    text: Annotated[str, StringConstraints(min_length=1, max_length=3000)]
    lang: Language
    voice: Voice = "factual"
    draft: bool = False
    reason: Annotated[str, StringConstraints(max_length=1000)] | None = None


class ItemChange(Strict):
    title: Annotated[str, StringConstraints(min_length=1, max_length=300)] | None = None
    summary: Annotated[str, StringConstraints(max_length=2000)] | None = None
    category: Category | None = None
    topics: Annotated[list[Short], Field(max_length=20)] | None = None
    audience: Words | None = None
    regions: Words | None = None
    tags: Annotated[list[Annotated[str, StringConstraints(max_length=100, pattern=r"^#?[^\s#]+$")]], Field(max_length=10)] | None = None
    variants: Annotated[list[WrittenVariant], Field(max_length=60)] | None = None
    campaign: Short | None = None
    reward: Short | None = None
    published_at: Moment | None = None
    embargo_until: Moment | None = None
    expires_at: Moment | None = None
    shelved: bool | None = None
    updated_at: Annotated[str, StringConstraints(max_length=40)] | None = None


class SourceBody(Strict):
    url: Link | None = None
    file: Annotated[str, StringConstraints(max_length=4000)] | None = None
    category: Category = "brand"
    kind: Literal["feed", "page", "newsroom", "csv", "folder"] | None = None


class AnyItem(Reply):
    id: str
    source_id: str
    title: str
    url: str
    category: Category
    variants: list[dict[str, Any]]


class Items(Reply):
    items: list[AnyItem]
    total: int
    next: str | None


class AnySource(Reply):
    id: str
    kind: str
    url: str
    title: str
    items: int
    last_error: str | None
    left_out: list[str]
    entries: int = 0
    failures: int = 0
    due_at: str | None = None
    refreshed_at: str | None = None
    last_good_at: str | None = None
    reading: bool = False
    health: dict[str, Any] = {}


class SourceProgress(Reply):
    source_id: str
    place: str
    number: int
    of: int


class Sources(Reply):
    sources: list[AnySource]
    progress: list[SourceProgress]


class Topic(Reply):
    name: str
    items: int


class Topics(Reply):
    topics: list[Topic]
    languages: list[str]
    roles: list[str]
    regions: list[str]
    personal_parameter: str | None
    shared: list[str]


class ProposalBody(Strict):
    id: Id
    url: Link
    title: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    why: Annotated[str, StringConstraints(max_length=1000)] = ""
    summary: Annotated[str, StringConstraints(max_length=2000)] = ""
    image: Link | None = None
    lang: Language | None = None


class ProposalChange(Strict):
    state: Literal["sent"]


class ProposalFile(Reply):
    name: str
    content: str


class AnyProposal(Reply):
    id: str
    url: str
    title: str
    why: str
    summary: str
    image: str | None
    lang: str | None
    state: Literal["queued", "sent", "accepted", "declined"]
    note: str
    made_at: str
    answered_at: str | None
    message: str | None
    file: ProposalFile


class Proposals(Reply):
    proposals: list[AnyProposal]
    total: int
    next: str | None
