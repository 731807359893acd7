"""The companion's own pages, at http://sayso.localhost:PORT: plain HTML and forms, and a few small scripts that each
page works without.

Who is let in is decided in `server.api.security`, before any of these functions runs.
"""

from __future__ import annotations

from server.web import (
    board,
    charter,
    check,
    figures,
    history,
    history_card,
    history_imports,
    history_own,
    history_share,
    history_worth,
    item,
    programme,
    proposals,
    publish,
    sources,
    start,
    trouble,
)
from server.web.frame import blueprint

# Importing a module of pages puts them on the blueprint.
PAGES = (start, programme, board, item, sources, proposals, publish, figures, history, history_share, history_worth, history_imports,
         history_own, history_card, check, charter, trouble)

__all__ = ["PAGES", "blueprint"]
