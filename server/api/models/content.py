"""Suggestions, items and sources."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from server.api.models.base import Category, Draft, Language, Link, Moment, Short
from server.api.wire import Strict


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
