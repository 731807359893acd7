"""`sayso doctor`: a plain list of what is set up and what to do about what is not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from server import autostart
from server.client import Client, running
from server.commands import counted
from server.store import backups_in, set_aside_in
from server.trouble import Trouble


def examine(folder: Path, system: autostart.System | None = None) -> list[dict[str, Any]]:
    """One entry a thing looked at: {ok, what, do}; `do` is empty where nothing is to be done, or `what` says it.

    Looking leaves nothing behind: a folder that is not there is not made.
    """
    lines = [_line(sys.version_info >= (3, 11), f"Python {sys.version.split()[0]}", "install Python 3.11 or newer")]
    runs = running(folder)
    lines.append(_line(bool(runs), f"companion running at {runs['address']}" if runs else "no companion is running", "sayso serve"))
    starts = autostart.state(folder, system)
    lines.append(_line(starts.same or starts.kind is None, autostart.words(starts), "sayso autostart on"))
    if not folder.exists():
        return [*lines, _line(False, f"nothing is in {folder} yet", "sayso serve")]
    try:
        with Client(folder) as client:
            status = client.call("GET", "/status")
    except Trouble as trouble:
        return [*lines, _line(False, str(trouble), "")]
    lines.append(_line(True, f"data in {folder}", ""))
    programme = status["programme"]
    lines.append(_line(bool(programme["name"]), f"programme: {programme['name'] or 'none'}, {counted(programme['items'], 'item')}", "sayso programme use FILE"))
    lines.append(_line(status["rules"] > 0, f"{counted(status['rules'], 'rule')} loaded", "install Sayso again: its rules are missing"))
    lines.append(_line(status["pairings"] > 0, f"{counted(status['pairings'], 'browser')} paired", "sayso pair, then type the code into the popup"))
    if meaning := status["meaning"]:
        lines.append(_line(True, f"meaning: {meaning['done']} of {meaning['of']} items read", ""))
    for source in status["sources"]:
        lines.append(_line(not source["last_error"], f"source {source['title'] or source['url']}: {counted(source['items'], 'item')}", source["last_error"] or ""))
    lines += [_line(False, notice, "look whether something is missing; sayso shares import FILE takes in an export") for notice in status["notices"]]
    lines += _kept(folder)
    return lines


def _kept(folder: Path) -> list[dict[str, Any]]:
    """What there is to go back to, and what could not be read at some start."""
    days, aside = backups_in(folder), set_aside_in(folder)
    newest = f"{counted(len(days), 'day')}, the newest {days[-1]}" if days else "none yet; the first write makes one"
    told = [
        _line(False, f"{name} could not be read once and was set aside", "delete it once nothing is missing from what you see")
        for name in aside
    ]
    return [_line(True, f"backups: {newest}", ""), *told]


def _line(ok: bool, what: str, do: str) -> dict[str, Any]:
    return {"ok": ok, "what": what, "do": "" if ok else do}
