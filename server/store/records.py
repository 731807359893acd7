"""What the store keeps, as plain frozen values. Times are UTC ISO 8601 with a trailing Z; ids are UUIDs as text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .codec import ALIKE, SAME

CATEGORIES = ("brand", "employer_brand", "industry", "employee")
VOICES = ("first_person", "factual", "question")
STATUSES = ("confirmed", "unconfirmed")
# An address of a feed, one page, a page that links to others, a feed on disk, a table on disk, a folder of Markdown,
# the programme in force, and what was added by hand.
SOURCE_KINDS = ("feed", "page", "newsroom", "file", "csv", "folder", "programme", "hand")
PROPOSAL_STATES = ("queued", "sent", "accepted", "declined")
READ_WHERE = ("hand", "page", "import")
IMPORT_KINDS = ("archive", "analytics", "export")
FIGURES = ("impressions", "reactions", "comments", "reposts", "clicks")


@dataclass(frozen=True, slots=True)
class Variant:
    """One ready-made wording of an item.

    `draft`: made by Sayso from title and summary, and not yet looked at by a person; it is neither suggested nor
    published. `reason`: why it is published though a check finds something required or worth a warning.
    """

    id: str
    text: str
    lang: str
    voice: str = "factual"
    draft: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Something worth sharing. `url` is canonical; `guid` is what its source calls it, by which it stays the same
    item though its address changes.

    `reward` is in words ("20 points"), "none" where sharing it is expressly not rewarded, and None where
    nothing is said and the policy decides. `tags` are hashtags that must stay with a post of it, `regions` where
    it is meant for (words as the programme writes them; none: everywhere). `edited` names the fields that a person
    set here, which a refresh leaves as they are. A `shelved` item is neither suggested nor published.
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
    regions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    published_at: str | None = None
    embargo_until: str | None = None
    expires_at: str | None = None
    campaign: str | None = None
    reward: str | None = None
    shelved: bool = False
    edited: tuple[str, ...] = ()
    guid: str | None = None
    added_at: str = ""
    updated_at: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where items come from. `kind` is one of SOURCE_KINDS.

    `entries` is how many the last good reading found, those `left_out` among them, which `left_out_why` counts by
    reason (the words of server.feed.leaving); `failures` how many readings in a row went wrong; `due_at` when it is to
    be read again, None where nothing reads it by itself or nothing has read it yet. `missing` are the pages of a newsroom
    that were not there, each with the time until which it is left alone.
    """

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
    entries: int = 0
    failures: int = 0
    due_at: str | None = None
    left_out_why: dict[str, int] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A page that an employee proposes to the programme. `state` is one of PROPOSAL_STATES.

    `own` tells one's own proposals from those that reached this companion as its manager's. `note` is the manager's.
    """

    id: str
    url: str
    title: str
    why: str = ""
    summary: str = ""
    image: str | None = None
    lang: str | None = None
    own: bool = True
    state: str = "queued"
    note: str = ""
    made_at: str = ""
    answered_at: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """One post that the person made. `own_words` is from 0 to 1, None where no variant was used.

    A reading is {"read_at": time, "where": one of READ_WHERE} and those of FIGURES that were read there, as whole
    numbers; one that an import brought bears its "import_id". A figure that is not there is not known; it is not 0.
    `dismissed` are rules that the person waved away in the draft, `topics` the item's as they were, `receipts` what
    server.shares.receipts makes of each form of the text, `import_id` the import that brought the share.
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
    findings: tuple[dict[str, Any], ...] = field(default=(), metadata=SAME)
    policy_version: str | None = None
    dismissed: tuple[str, ...] = ()
    topics: tuple[str, ...] = field(default=(), metadata=SAME)
    about_work: bool = True
    import_id: str | None = None
    receipts: tuple[dict[str, Any], ...] = field(default=(), metadata=ALIKE)
    readings: tuple[dict[str, Any], ...] = field(default=(), metadata=ALIKE)
    logged_at: str = ""
    updated_at: str = ""


@dataclass(frozen=True, slots=True)
class Import:
    """What one file brought into the history, so that it can be taken out again as a whole. `kind` is one of
    IMPORT_KINDS; `added` are the shares that came with it, `read` those already there that got a reading; `member` is
    a digest of whose archive it was, None where the file does not say.
    """

    id: str
    kind: str
    name: str
    made_at: str = ""
    added: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    member: str | None = None


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

    `packs` is pack → rule's id → the rule's text. Of a subscribed bundle, `origin` is the address without its
    fragment; `link` is the whole subscription link, `version` the bundle's, `made_at` when it was published.
    """

    text: str
    origin: str
    used_at: str
    packs: dict[str, Any] = field(default_factory=dict)
    link: str | None = None
    version: int = 0
    made_at: str | None = None


@dataclass(frozen=True, slots=True)
class Preferences:
    """The person's own settings. `charter_read` is the policy version that they read the charter in, and
    `charter_rules` the rules that were in it.

    `asked_at`: when they chose or skipped topics, languages, role and region; None until then. `declined` are items
    they do not want: {"item_id", "at", "topics"}, oldest first. `dealt` is a random number made on this machine, by
    which variants are dealt differently to each person. `tell_clicks`: whether links may carry the programme's
    personal mark.

    `keep_text`: whether the history keeps what was posted, and not only that it was; `keep_days`: for how many days,
    None for ever. `log_all`: whether posts that are not about work are logged too. `read_pages`: whether figures may be
    read from LinkedIn's page while the person looks at it, None until they were asked. `value` are their own inputs for
    earned media value, as server.shares.value takes them; empty where the programme's count.
    """

    takes_rewards: bool = True
    dismissed_rules: tuple[str, ...] = field(default=())
    charter_read: str | None = None
    charter_rules: tuple[str, ...] = field(default=())
    asked_at: str | None = None
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    role: str = ""
    region: str = ""
    declined: tuple[dict[str, Any], ...] = ()
    dealt: str = ""
    tell_clicks: bool = False
    keep_text: bool = True
    keep_days: int | None = None
    log_all: bool = False
    read_pages: bool | None = None
    value: dict[str, Any] = field(default_factory=dict)
