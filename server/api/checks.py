"""Checking a draft. Nothing of it is kept."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint

from server.api.models.checks import CheckBody, CheckReply
from server.api.wire import operation, ui_language
from server.charter import good
from server.companion import companion
from server.rules.offsets import to_utf16

blueprint = Blueprint("checks", __name__)


@operation(blueprint, "POST", "/checks", body=CheckBody, reply_model=CheckReply)
def create(body: CheckBody) -> dict[str, Any]:
    """What the policy in force and the disclosure rules say of a draft."""
    here = companion()
    check, own_words = here.check(
        body.text,
        item_id=body.item,
        variant_id=body.variant,
        lang=body.lang,
        ui_lang=ui_language(),
        platform_label=body.platform_label,
    )
    reply = asdict(to_utf16(check, body.text))
    for finding in reply["findings"]:
        finding["example"] = good().get(finding["rule"], {}).get(ui_language())
    return {**reply, "own_words": own_words, "policy_version": here.engine.version}
