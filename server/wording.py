"""A wording as *Use* inserts it and people post it: label first, tags and link last."""

from __future__ import annotations

import re
from dataclasses import replace

from server.rules import Context, Engine
from server.store import Item, Variant
from server.utm import is_post

_TAG = re.compile(r"#(\w+)")


def context_of(item: Item, variant: Variant | None = None) -> Context:
    """What the rules know of an item that is used."""
    return Context(
        item_title=item.title,
        item_url=item.url,
        reward=item.reward,
        variant_text=variant.text if variant else None,
        tags=item.tags,
    )


def ready_text(engine: Engine, item: Item, variant: Variant, link: str, *, takes_rewards: bool = True) -> str:
    """The whole text: the advertising label first where one is due, the variant, the tags that must stay with it where
    it lacks them, and `link` last, or where the variant itself has the item's address. An existing post is reposted as
    it is, so its link is not said again.
    """
    text = variant.text.strip()
    there = {tag.casefold() for tag in _TAG.findall(text)}
    tags = " ".join(tag for tag in ("#" + tag.lstrip("#") for tag in item.tags) if tag[1:].casefold() not in there)
    address = re.compile(re.escape(item.url) + r"(?![\w/?#&=%~+-])") if item.url else None
    if address and address.search(text):
        parts = [address.sub(lambda _: link, text), tags]
    else:
        parts = [text, tags, "" if is_post(item.url) else link]
    whole = "\n\n".join(part for part in parts if part)
    return engine.labelled(whole, lang=variant.lang, context=replace(context_of(item, variant), takes_rewards=takes_rewards))


def label_of(text: str, variant: Variant) -> str:
    """The advertising label with which a ready text begins, its space included; empty where none was due."""
    return text[: max(text.find(variant.text.strip()), 0)]
