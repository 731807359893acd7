"""The ledger's rules: what is kept of a post, its receipts, corrections, two records that are one post, and retention.

Whatever takes a text out of the history takes it out of memory as well, where searching keeps it (`server.paging`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from server import clock, paging
from server.shares.receipts import holds, receipt
from server.store import NotFound, Share, ShareConflict, Store
from server.store.times import sort_key

MOST_DAYS = 36_500  # that texts can be kept for, where not for ever
_MOST_RECEIPTS = 50


def log(store: Store, share: Share) -> bool:
    """Log a share with its receipt; True where it is new, False where it was there already with the same text.

    Where the person keeps no texts, the text is left out once it has its receipt, by which the same share is known
    again. Raises ShareConflict, ValueError.
    """
    known = _known(store, share.id)
    if known and not known.text and known.receipts:
        if holds(known.receipts[-1], share.text):
            return False
        raise ShareConflict(share.id)
    if not share.receipts:
        share = replace(share, receipts=(_receipt(share),))
    if not store.preferences().keep_text:
        share = replace(share, text="")
    return store.add_share(share)


def keeps_all(store: Store, id: str) -> bool:
    """Whether a post that is not about work is kept: where the person wants so, or where it is there already."""
    return store.preferences().log_all or _known(store, id) is not None


def correct(store: Store, id: str, **changes: Any) -> Share:
    """Change a share. A new text gets a second receipt, which says that nothing was checked: the check was of the old
    one. Raises NotFound, ValueError.
    """
    known = store.share(id)
    text = changes.get("text")
    if text is not None and text != known.text:
        changed = replace(known, text=text, disclosure=None, findings=(), policy_version=None)
        changes["receipts"] = (*known.receipts, _receipt(changed))[-_MOST_RECEIPTS:]
        if not store.preferences().keep_text:
            changes["text"] = ""
    corrected = store.update_share(id, **changes)
    if corrected.text != known.text:
        paging.forget()
    return corrected


def delete(store: Store, id: str) -> Share:
    """Remove a share for good, from memory too, and return it. Raises NotFound."""
    deleted = store.delete_share(id)
    paging.forget()
    return deleted


def merge(store: Store, keep_id: str, other_id: str) -> Share:
    """Make one of two records of the same post (LinkedIn gives it a share's and an activity's number): the first stays,
    with all readings, addresses and receipts of both, and with what only the other knows. Raises NotFound, ValueError.
    """
    if keep_id == other_id:
        raise ValueError("Two shares are wanted, not the same one twice.")
    kept, other = store.share(keep_id), store.share(other_id)
    urns = tuple(dict.fromkeys((*kept.urns, *other.urns)))[:5]
    readings = (*kept.readings, *(each for each in other.readings if each not in kept.readings))
    only = {
        name: getattr(other, name)
        for name in ("permalink", "item_id", "item_title", "variant_id", "own_words", "lang", "disclosure", "policy_version")
        if getattr(kept, name) is None and getattr(other, name) is not None
    }
    status = "confirmed" if "confirmed" in (kept.status, other.status) else "unconfirmed"
    receipts = tuple(sorted((*kept.receipts, *other.receipts), key=lambda each: each["made_at"]))[-_MOST_RECEIPTS:]
    merged = store.merge_shares(
        keep_id, other_id, urns=urns, readings=readings, status=status, receipts=receipts,
        text=kept.text or other.text, topics=kept.topics or other.topics, **only,
    )
    paging.forget()
    return merged


def forget_texts(store: Store, now: datetime | None = None) -> int:
    """Leave out the texts of shares that are older than the person keeps them; how many were left out.

    Shares, figures and receipts stay; the texts leave the backups too.
    """
    days = store.preferences().keep_days
    if days is None:
        return 0
    before = sort_key(clock.stamp((now or clock.now()) - timedelta(days=days)))
    old = [share.id for share in store.shares() if share.text and sort_key(share.posted_at) < before]
    if old:
        store.forget_texts(old)
        paging.forget()
    return len(old)


def _known(store: Store, id: str) -> Share | None:
    try:
        return store.share(id)
    except NotFound:
        return None


def _receipt(share: Share) -> dict[str, Any]:
    return receipt(
        share.id,
        share.text,
        made_at=clock.stamp(),
        policy_version=share.policy_version,
        disclosure=share.disclosure,
        findings=[str(finding.get("rule", "")) for finding in share.findings],
    )
