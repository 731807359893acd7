"""What belongs to the person as a whole: figures, preferences, export, erasure."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint

from server.api.models import AnyReply, Done, EraseBody, PreferencesBody, PreferencesReply, StatsQuery
from server.api.wire import operation
from server.companion import companion
from server.shares.export import export as export_all
from server.shares.stats import stats as figures
from server.store import Preferences

blueprint = Blueprint("person", __name__)


@operation(blueprint, "GET", "/stats", query=StatsQuery, reply_model=AnyReply)
def stats(query: StatsQuery) -> dict[str, Any]:
    """Figures of one's own shares, of what was read and nothing else."""
    return figures(companion().store.shares(), from_=query.from_, to=query.to)


@operation(blueprint, "GET", "/preferences", reply_model=PreferencesReply)
def show_preferences() -> dict[str, Any]:
    """One's own settings."""
    return asdict(companion().store.preferences())


@operation(blueprint, "PUT", "/preferences", body=PreferencesBody, reply_model=PreferencesReply)
def set_preferences(body: PreferencesBody) -> dict[str, Any]:
    """Set one's own settings, all at once."""
    companion().store.set_preferences(Preferences(body.takes_rewards, tuple(body.dismissed_rules)))
    return asdict(companion().store.preferences())


@operation(blueprint, "GET", "/export", reply_model=AnyReply)
def export() -> dict[str, Any]:
    """Everything that is the person's, as one document."""
    return export_all(companion().store)


@operation(blueprint, "DELETE", "/everything", body=EraseBody, reply_model=Done)
def erase(body: EraseBody) -> dict[str, Any]:
    """Erase everything on this computer, backups and pairings included."""
    companion().erase()
    return {"done": True}
