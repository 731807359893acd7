"""The one seam to storage. TinyDB is behind it (engine.py) and imported nowhere else."""

from .errors import NotFound, ShareConflict, StoreError, StoreLocked, StoreNewer
from .peek import programme_in
from .records import (
    CATEGORIES, FIGURES, PROPOSAL_STATES, SOURCE_KINDS, STATUSES, VOICES, Item, Pairing, Preferences, Programme, Proposal,
    Share, Source, Variant,
)
from .store import Store
from .times import as_utc

__all__ = [
    "CATEGORIES", "FIGURES", "PROPOSAL_STATES", "SOURCE_KINDS", "STATUSES", "VOICES", "Item", "NotFound", "Pairing",
    "Preferences", "Programme", "Proposal", "Share", "ShareConflict", "Source", "Store", "StoreError", "StoreLocked",
    "StoreNewer", "Variant", "as_utc", "programme_in",
]
