"""The one seam to storage. TinyDB is behind it (engine.py) and imported nowhere else."""

from .codec import shallow
from .errors import ItemChanged, NotFound, ShareConflict, StoreError, StoreFull, StoreLocked, StoreNewer
from .peek import backups_in, programme_in, set_aside_in
from .records import (
    CATEGORIES, FIGURES, IMPORT_KINDS, PROPOSAL_STATES, READ_WHERE, SOURCE_KINDS, STATUSES, VOICES, Import, Item, Pairing, Preferences, Programme, Proposal,
    Share, Source, Variant,
)
from .store import Store
from .times import as_utc

__all__ = [
    "CATEGORIES", "FIGURES", "IMPORT_KINDS", "Import", "PROPOSAL_STATES", "READ_WHERE", "SOURCE_KINDS", "STATUSES",
    "VOICES", "Item", "ItemChanged", "NotFound", "Pairing",
    "Preferences", "Programme", "Proposal", "Share", "ShareConflict", "Source", "Store", "StoreError", "StoreFull",
    "StoreLocked", "StoreNewer", "Variant", "as_utc", "backups_in", "programme_in", "set_aside_in", "shallow",
]
