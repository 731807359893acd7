"""`sayso source`: where items come from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from server.commands import common, show


@click.group()
def source() -> None:
    """Where items come from."""


@source.command("add")
@click.argument("place", metavar="URL or FILE")
@click.option("--category", default="brand", type=click.Choice(["brand", "employer_brand", "industry", "employee"]), show_default=True)
@common
def source_add(place: str, category: str, data: Path, as_json: bool) -> None:
    """Add a feed (RSS, Atom or JSON Feed) and read it."""
    from server.client import Client

    body = {"url": place} if "://" in place else {"file": str(Path(place).expanduser().resolve())}
    with Client(data) as client:
        result = client.call("POST", "/sources", {**body, "category": category}, doing=f"Reading {place}")
    show(result, as_json, _source_words(result))


@source.command("list")
@common
def source_list(data: Path, as_json: bool) -> None:
    """Every source and how its last refresh went."""
    from server.client import Client

    with Client(data) as client:
        result = client.call("GET", "/sources")
    words = "\n".join(map(_source_words, result["sources"])) or "No sources yet. Add one with: sayso source add URL"
    show(result, as_json, words)


@source.command("refresh")
@click.argument("source_id", metavar="[ID]", required=False)
@common
def source_refresh(source_id: str | None, data: Path, as_json: bool) -> None:
    """Read one source again, or all of them. Exits with 1 where one could not be read."""
    from server.client import Client

    refreshed = []
    with Client(data) as client:
        every = client.call("GET", "/sources")["sources"]
        chosen = [each for each in every if source_id in (None, each["id"]) and (source_id or each["kind"] != "programme")]
        if source_id and not chosen:
            raise click.UsageError(f"There is no source {source_id}; see: sayso source list")
        for number, each in enumerate(chosen, 1):
            refreshed.append(client.call("POST", f"/sources/{each['id']}/refresh", doing=f"{number} of {len(chosen)}: {each['url']}"))
    show({"sources": refreshed}, as_json, "\n".join(map(_source_words, refreshed)) or "Nothing to refresh.")
    if any(each["last_error"] for each in refreshed):
        sys.exit(1)


@source.command("remove")
@click.argument("source_id", metavar="ID")
@common
def source_remove(source_id: str, data: Path, as_json: bool) -> None:
    """Remove a source and its items."""
    from server.client import Client

    with Client(data) as client:
        result = client.call("DELETE", f"/sources/{source_id}")
    show(result, as_json, "Removed.")


def _source_words(each: dict[str, Any]) -> str:
    state = f"could not be read: {each['last_error']}" if each["last_error"] else f"{each['items']} items"
    if each["left_out"]:
        state += f", {len(each['left_out'])} left out ({each['left_out'][0]})"
    return f"{each['id']}  {each['title'] or each['url']}: {state}"
