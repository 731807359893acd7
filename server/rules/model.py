"""What goes into a check and what comes out of it: plain frozen values. Offsets are code points of the draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LANGUAGES = ("en", "fr", "de", "es", "it", "nl")
UI_LANGUAGES = ("en", "fr", "de")
LEVEL_ORDER = {"required": 0, "warning": 1, "suggestion": 2}
VERDICTS = ("missing", "inadequate", "ambiguous", "buried", "present", "not_required")  # worst first


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the text: the item and variant used, posts this week, whether the person takes rewards.

    `tags` are the hashtags that must stay with the item used, `embargoed` titles, campaigns and links of items that are
    not public yet. `topic_run` and `praise_run` are of the posts before this one (server.shares.cadence).
    """

    item_title: str | None = None
    item_url: str | None = None
    reward: str | None = None
    variant_text: str | None = None
    posts_this_week: int | None = None
    topic_run: int = 0
    praise_run: int = 0
    takes_rewards: bool = True
    tags: tuple[str, ...] = ()
    embargoed: tuple[str, ...] = ()
    platform_label: bool = False  # the person switched on LinkedIn's own label


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in place of what stands from `start` to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """One way to mend a finding. Its edits lie in order and do not overlap; all offsets are of the draft as checked."""

    label: str
    edits: tuple[Edit, ...]

    def apply(self, text: str) -> str:
        for edit in reversed(self.edits):
            text = text[: edit.start] + edit.text + text[edit.end :]
        return text


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule says about a draft."""

    rule: str
    category: str
    level: str
    message: str
    why: str
    sources: tuple[str, ...]
    start: int
    end: int
    jurisdiction: str | None = None
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class Fold:
    """Where the feed cuts the post on a phone and on a desktop: an offset, or None where all is shown."""

    mobile: int | None
    desktop: int | None


@dataclass(frozen=True, slots=True)
class Check:
    """All that was said about one draft. `findings` stand worst level first; `ms` is the engine's own time."""

    disclosure: str
    jurisdiction: str
    lang: str | None
    fold: Fold
    findings: tuple[Finding, ...]
    ms: float


@dataclass(frozen=True, slots=True)
class Example:
    """A text that a rule must flag or pass, with what it needs around it."""

    text: str
    lang: str | None = None
    policy: Mapping[str, Any] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as it was read: its metadata for people, and `finder`, which looks for it in a draft."""

    id: str
    pack: str
    kind: str
    level: str
    category: str
    message: Mapping[str, str]
    why: Mapping[str, str]
    fix: Mapping[str, str]
    sources: tuple[str, ...]
    flags: tuple[Example, ...]
    passes: tuple[Example, ...]
    finder: Any = field(compare=False, repr=False, default=None)

    @property
    def examples(self) -> dict[str, list[str]]:
        """The texts alone, for people to read."""
        return {"flags": [e.text for e in self.flags], "passes": [e.text for e in self.passes]}


@dataclass(slots=True)
class Found:
    """What a finder yields: a span of the draft, values for the message, and what differs from the rule's metadata."""

    start: int
    end: int
    values: Mapping[str, Any] = field(default_factory=dict)
    fixes: tuple[Fix, ...] = ()
    level: str | None = None
    message: str | None = None
    why: str | None = None
    sources: tuple[str, ...] | None = None
    jurisdiction: str | None = None
