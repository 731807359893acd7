"""The person's history: paging and search, counts, export."""

from .export import export
from .history import page
from .stats import stats

__all__ = ["export", "page", "stats"]
