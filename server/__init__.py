"""Sayso: the companion that checks posts about work and keeps a person's own share history."""

__version__ = "0.1.0"
