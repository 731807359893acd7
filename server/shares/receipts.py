"""Receipts: what the check said of a text when it was posted, bound to that text by a salted hash.

A receipt shows that Sayso on this computer said this of exactly these bytes, by its own clock. It does not prove the
time to a stranger: who owns the computer can set its clock, and could write a receipt afterwards.

Form: {"made_at", "policy_version", "disclosure", "findings" (rules that were open), "share" (its id), "salt" (16 random
bytes, hex), "hash"}. The hash is SHA-256 over: the salt's bytes, the length of the text's UTF-8 as 8 bytes with the
highest first, the text's UTF-8 as it stands, and the other keys but salt and hash as JSON with sorted keys and without
spaces, not escaped to ASCII.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from typing import Any

FORMAT, VERSION = "sayso-receipt", 1
_SAID = ("made_at", "policy_version", "disclosure", "findings", "share")


def receipt(
    share_id: str, text: str, *, made_at: str, policy_version: str | None, disclosure: str | None, findings: list[str]
) -> dict[str, Any]:
    """A new receipt for a text. `findings` are the ids of the rules that were open."""
    said = {
        "made_at": made_at,
        "policy_version": policy_version,
        "disclosure": disclosure,
        "findings": sorted(findings),
        "share": share_id,
    }
    salt = secrets.token_hex(16)
    return {**said, "salt": salt, "hash": _hash(salt, text, said)}


def holds(given: Mapping[str, Any], text: str) -> bool:
    """Whether a receipt is whole and of exactly this text. Nothing raises: a damaged receipt does not hold."""
    try:
        said = {key: given[key] for key in _SAID}
        return hmac.compare_digest(_hash(given["salt"], text, said), given["hash"])
    except (KeyError, TypeError, ValueError):
        return False


def document(share_id: str, text: str, receipts: list[Mapping[str, Any]]) -> dict[str, Any]:
    """What is handed to somebody who is to see what the check said: the newest text with all receipts of its share."""
    return {"format": FORMAT, "version": VERSION, "share": share_id, "text": text, "receipts": [*receipts]}


def verified(given: Any, text: str | None = None) -> list[dict[str, Any]]:
    """The receipts of a document, each with `holds`: whether it is of `text`, else of the document's own.

    Raises ValueError where it is no such document.
    """
    if not isinstance(given, dict) or given.get("format") != FORMAT or not isinstance(given.get("receipts"), list):
        raise ValueError("This is no receipt of Sayso's. Such a one comes from: sayso shares receipt ID")
    if given.get("version") != VERSION:
        raise ValueError("This receipt was made by a newer Sayso. Update Sayso to verify it.")
    of = given.get("text") if text is None else text
    if not isinstance(of, str):
        raise ValueError("The receipt holds no text. Give the post's text with --text FILE.")
    return [
        {**{key: each.get(key) for key in _SAID}, "holds": holds(each, of)}
        for each in given["receipts"]
        if isinstance(each, dict)
    ]


def _hash(salt: str, text: str, said: Mapping[str, Any]) -> str:
    words = text.encode("utf-8", "replace")
    rest = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace")
    return hashlib.sha256(bytes.fromhex(salt) + len(words).to_bytes(8, "big") + words + rest).hexdigest()
