"""What belongs to the person as a whole: figures, preferences, export, erasure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint

from server.api.models.base import AnyReply, Done
from server.api.models.history import StatsQuery
from server.api.models.setup import EraseBody, PreferencesBody, PreferencesReply
from server.api.wire import operation
from server.companion import companion
from server.shares.export import export as export_all
from server.shares.stats import stats as figures

blueprint = Blueprint("person", __name__)


@operation(blueprint, "GET", "/stats", query=StatsQuery, reply_model=AnyReply)
def stats(query: StatsQuery) -> dict[str, Any]:
    """Figures of one's own shares, of what was read and nothing else."""
    return figures(companion().store.shares(), from_=query.from_, to=query.to)


@operation(blueprint, "GET", "/preferences", reply_model=PreferencesReply)
def show_preferences() -> dict[str, Any]:
    """One's own settings."""
    kept = companion().store.preferences()
    return {"takes_rewards": kept.takes_rewards, "dismissed_rules": list(kept.dismissed_rules)}


@operation(blueprint, "PUT", "/preferences", body=PreferencesBody, reply_model=PreferencesReply)
def set_preferences(body: PreferencesBody) -> dict[str, Any]:
    """Set one's own settings, all at once."""
    store = companion().store
    given = replace(store.preferences(), takes_rewards=body.takes_rewards, dismissed_rules=tuple(body.dismissed_rules))
    store.set_preferences(given)
    return show_preferences()


@operation(blueprint, "GET", "/export", reply_model=AnyReply)
def export() -> dict[str, Any]:
    """Everything that is the person's, as one document."""
    return export_all(companion().store)


@operation(blueprint, "DELETE", "/everything", body=EraseBody, reply_model=Done)
def erase(body: EraseBody) -> dict[str, Any]:
    """Erase everything on this computer, backups and pairings included."""
    companion().erase()
    return {"done": True}
