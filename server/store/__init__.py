"""The one seam to storage. TinyDB is behind it (engine.py) and imported nowhere else."""

from .errors import NotFound, ShareConflict, StoreError, StoreLocked, StoreNewer
from .peek import programme_in
from .records import (
    CATEGORIES, FIGURES, STATUSES, VOICES, Item, Pairing, Preferences, Programme, Share, Source, Variant,
)
from .store import Store
from .times import as_utc

__all__ = [
    "CATEGORIES", "FIGURES", "STATUSES", "VOICES", "Item", "NotFound", "Pairing", "Preferences", "Programme", "Share",
    "ShareConflict", "Source", "Store", "StoreError", "StoreLocked", "StoreNewer", "Variant", "as_utc", "programme_in",
]
