"""Which company posts fit what the person is writing."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from server import clock
from server.api.models.content import SuggestionsBody, SuggestionsReply
from server.api.wire import operation, ui_language
from server.companion import Companion, companion
from server.shares.again import Again
from server.suggest import Suggestion, rewarded_reason
from server.utm import is_post
from server.wording import label_of

blueprint = Blueprint("suggestions", __name__)


@operation(blueprint, "POST", "/suggestions", body=SuggestionsBody, reply_model=SuggestionsReply)
def create(body: SuggestionsBody) -> dict[str, Any]:
    """Live items, those that fit the draft first; fresh ones first where nothing is written yet."""
    here = companion()
    ui_lang = ui_language()
    ranked, total = here.suggestions.suggester().suggest(
        body.text,
        now=clock.now(),
        limit=body.limit,
        lang=body.lang,
        ui_lang=ui_lang,
        shared_item_ids=Again.of(here.store, here.policy).resting(),
        person=here.person(),
        mix=here.programme.mix if here.programme else {},
        shared_categories=here.shared_categories(),
    )
    return {"suggestions": [_told(here, each, ui_lang) for each in ranked], "total": total}


def _told(here: Companion, suggestion: Suggestion, ui_lang: str) -> dict[str, Any]:
    item, variant = suggestion.item, suggestion.variant
    texts = {each.id: here.ready_text(item, each) for each in suggestion.variants}
    text = texts[variant.id]
    label = label_of(text, variant).strip().rstrip(".:–- ")
    reasons = [*suggestion.reasons, *([rewarded_reason(label, ui_lang)] if label else [])]
    return {
        "item": {
            "id": item.id,
            "title": item.title,
            "url": item.url,
            "category": item.category,
            "reward": item.reward,
            "image": item.image,
        },
        "variant": {"id": variant.id, "lang": variant.lang, "voice": variant.voice},
        "text": text,
        "reason": " · ".join([suggestion.reason, *reasons[len(suggestion.reasons) :]]),
        "reasons": reasons,
        "voices": [
            {
                "id": each.id,
                "lang": each.lang,
                "voice": each.voice,
                "text": texts[each.id],
                "label": label_of(texts[each.id], each),
            }
            for each in suggestion.variants
        ],
        "link": here.link(item, variant),
        "reshare": is_post(item.url),
        "tags": list(item.tags),
    }
