"""What the store keeps, as plain frozen values. Times are UTC ISO 8601 with a trailing Z; ids are UUIDs as text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

CATEGORIES = ("brand", "employer_brand", "industry", "employee")
VOICES = ("first_person", "factual", "question")
STATUSES = ("confirmed", "unconfirmed")
FIGURES = ("impressions", "reactions", "comments", "reposts", "clicks")


@dataclass(frozen=True, slots=True)
class Variant:
    """One ready-made wording of an item."""

    id: str
    text: str
    lang: str
    voice: str = "factual"


@dataclass(frozen=True, slots=True)
class Item:
    """Something worth sharing. `url` is canonical.

    `reward` is in words ("20 points"), "none" where sharing it is expressly not rewarded, and None where
    nothing is said and the policy decides.
    """

    id: str
    source_id: str
    title: str
    url: str
    summary: str = ""
    image: str | None = None
    lang: str | None = None
    category: str = "brand"
    topics: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    published_at: str | None = None
    embargo_until: str | None = None
    expires_at: str | None = None
    campaign: str | None = None
    reward: str | None = None
    added_at: str = ""
    updated_at: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where items come from. `kind` is `feed` (an address), `file` (a feed on disk) or `programme`."""

    id: str
    kind: str
    url: str
    title: str = ""
    category: str = "brand"
    added_at: str = ""
    refreshed_at: str | None = None
    last_good_at: str | None = None
    last_error: str | None = None
    items: int = 0
    left_out: tuple[str, ...] = ()
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """One post that the person made. `own_words` is from 0 to 1, None where no variant was used.

    A reading is {"read_at": time, "where": how it is known} and those of FIGURES that were read there, as whole
    numbers. A figure that is not there is not known; it is not 0.
    """

    id: str
    text: str
    posted_at: str
    status: str = "confirmed"
    permalink: str | None = None
    urns: tuple[str, ...] = ()
    item_id: str | None = None
    item_title: str | None = None
    variant_id: str | None = None
    own_words: float | None = None
    lang: str | None = None
    disclosure: str | None = None
    platform_label: bool = False
    findings: tuple[dict[str, Any], ...] = ()
    readings: tuple[dict[str, Any], ...] = ()
    logged_at: str = ""
    updated_at: str = ""


@dataclass(frozen=True, slots=True)
class Pairing:
    """One connected browser. Only the SHA-256 of its token is kept."""

    id: str
    token_sha256: str
    client: str
    paired_at: str


@dataclass(frozen=True, slots=True)
class Programme:
    """The programme in force: its text as it was read, where it came from, and the rules in folders that it names.

    `packs` is pack → rule's id → the rule's text.
    """

    text: str
    origin: str
    used_at: str
    packs: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preferences:
    """The person's own settings. `charter_read` is the policy version that they read the charter in, and
    `charter_rules` the rules that were in it.
    """

    takes_rewards: bool = True
    dismissed_rules: tuple[str, ...] = field(default=())
    charter_read: str | None = None
    charter_rules: tuple[str, ...] = field(default=())
