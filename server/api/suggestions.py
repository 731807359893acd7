"""Which company posts fit what the person is writing."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from server import clock
from server.api.models.content import SuggestionsBody, SuggestionsReply
from server.api.wire import operation, ui_language
from server.companion import companion
from server.suggest import rewarded_reason

blueprint = Blueprint("suggestions", __name__)


@operation(blueprint, "POST", "/suggestions", body=SuggestionsBody, reply_model=SuggestionsReply)
def create(body: SuggestionsBody) -> dict[str, Any]:
    """Live items, those that fit the draft first; fresh ones first where nothing is written yet."""
    here = companion()
    shared = frozenset(share.item_id for share in here.store.shares() if share.item_id)
    ui_lang = ui_language()
    ranked, total = here.suggester().suggest(
        body.text, now=clock.now(), limit=body.limit, lang=body.lang, ui_lang=ui_lang, shared_item_ids=shared
    )
    suggestions = []
    for suggestion in ranked:
        item, variant = suggestion.item, suggestion.variant
        text = here.ready_text(item, variant)
        label = text[: text.find(variant.text)].strip().rstrip(".:–- ")
        suggestions.append(
            {
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
                "reason": " · ".join([suggestion.reason, rewarded_reason(label, ui_lang)]) if label else suggestion.reason,
            }
        )
    return {"suggestions": suggestions, "total": total}
