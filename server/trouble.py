"""The one exception that a command turns into a single line and exit status 2."""

from __future__ import annotations


class Trouble(Exception):
    """A failure that one line explains, with what to do about it."""
