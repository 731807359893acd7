"""A programme as one signed file that lies on any web server, made by its manager and followed by companions.

`publish` makes it and `subscribe` takes it into use. Below them: `content` (a programme as files), `archive` (files
as one), `seal` (signed and encrypted), `keys` and `link`. Nothing that a bundle holds is ever imported or executed.
"""

from __future__ import annotations


class BundleError(Exception):
    """Why a bundle cannot be made or read, and what to do about it: one or more whole clauses for people."""
