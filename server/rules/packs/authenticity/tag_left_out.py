"""A hashtag that the programme wants with an item, missing in a post that began from one of its variants."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from server.rules.model import Edit, Fix, Found
from server.rules.scene import Scene

_LINK_LAST = re.compile(r"\s*https?://\S+\s*\Z")
_TAGS_LAST = re.compile(r"(?:\A|\n)[ \t]*#\w+(?:[ \t]+#\w+)*\Z")


def find(scene: Scene, rule: Any) -> Iterator[Found]:
    """One finding with all that is missing, on the post's last word."""
    context, draft = scene.context, scene.draft
    if context.variant_text is None or not draft.words:
        return
    there = {body for _, _, body in draft.tags}
    left_out = [tag for tag in map(_tag, context.tags) if tag[1:].casefold() not in there and tag[1:].lower() not in there]
    if not left_out:
        return
    named = " ".join(left_out)
    link = _LINK_LAST.search(draft.text)
    # A link that is all there is has nothing before it.
    at = link.start() if link and link.start() else len(draft.text.rstrip())
    between = " " if _TAGS_LAST.search(draft.text[:at]) else "\n\n"
    fix = Fix(rule.label(scene, to=named), (Edit(at, at, between + named),))
    yield Found(*draft.token_span(len(draft.words) - 1, len(draft.words) - 1), {"to": named}, (fix,))


def _tag(tag: str) -> str:
    return "#" + tag.lstrip("#")
