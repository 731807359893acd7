"""The companion's own pages, at http://sayso.localhost:PORT: plain HTML and forms, and no script but the one
behind the start page's button that connects this browser.

Who is let in is decided in `server.api.security`, before any of these functions runs.
"""

from __future__ import annotations

from server.web import charter, check, content, history, start
from server.web.frame import blueprint

# Importing a module of pages puts them on the blueprint.
PAGES = (start, content, history, check, charter)

__all__ = ["PAGES", "blueprint"]
