"""`sayso source`: where items come from."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from server.commands import an_id, common, counted, show
from server.commands.ticker import ticking

if TYPE_CHECKING:
    from server.client import Client

_KINDS = ("feed", "page", "newsroom", "csv", "folder")


@click.group()
def source() -> None:
    """Where items come from."""


@source.command("add")
@click.argument("place", metavar="URL or FILE")
@click.option("--kind", type=click.Choice(_KINDS), help="What it is; else an address is a feed, or a page that names one, and a file goes by its name.")
@click.option("--category", default="brand", type=click.Choice(["brand", "employer_brand", "industry", "employee"]), show_default=True)
@common
def source_add(place: str, kind: str | None, category: str, data: Path, as_json: bool) -> None:
    """Add a source, and read it.

    A feed (RSS, Atom or JSON Feed), a page, a newsroom, a table (CSV) or a folder of Markdown.
    """
    from server.client import Client

    body: dict[str, Any] = {"url": place} if "://" in place else {"file": str(Path(place).expanduser().absolute())}
    with Client(data) as client, _told(client):
        result = client.call("POST", "/sources", {**body, "category": category, "kind": kind}, doing=f"Reading {place}")
    show(result, as_json, _source_words(result))


@source.command("list")
@common
def source_list(data: Path, as_json: bool) -> None:
    """Every source and how it fares."""
    from server.client import Client

    with Client(data) as client:
        result = client.call("GET", "/sources")
    words = "\n".join(map(_source_words, result["sources"])) or "No sources yet. Add one with: sayso source add URL"
    show(result, as_json, words)


@source.command("refresh")
@click.argument("source_id", metavar="[ID]", required=False, callback=an_id("sayso source list"))
@common
def source_refresh(source_id: str | None, data: Path, as_json: bool) -> None:
    """Read one source again, or all of them. Exits with 1 where one could not be read."""
    from server.client import Client

    refreshed = []
    with Client(data) as client, _told(client):
        every = client.call("GET", "/sources")["sources"]
        chosen = [each for each in every if source_id in (None, each["id"]) and (source_id or each["kind"] not in ("programme", "hand"))]
        if source_id and not chosen:
            raise click.UsageError(f"There is no source {source_id}. All there are: sayso source list")
        for number, each in enumerate(chosen, 1):
            doing = f"{number} of {len(chosen)}: {each['title'] or each['url']}"
            refreshed.append(client.call("POST", f"/sources/{each['id']}/refresh", doing=doing))
    show({"sources": refreshed}, as_json, "\n".join(map(_source_words, refreshed)) or "Nothing to refresh.")
    if any(each["last_error"] for each in refreshed):
        sys.exit(1)


@source.command("remove")
@click.argument("source_id", metavar="ID", callback=an_id("sayso source list"))
@common
def source_remove(source_id: str, data: Path, as_json: bool) -> None:
    """Remove a source and its items."""
    from server.client import Client

    with Client(data) as client:
        result = client.call("DELETE", f"/sources/{source_id}")
    show(result, as_json, "Removed.")


def _told(client: Client) -> AbstractContextManager[None]:
    """Tell how far a reading has come."""
    return ticking(client, "/sources", lambda found: ", ".join(
        f"{each['place']}: {each['number']} of {each['of']}" for each in found["progress"] if each["of"]
    ))


def _source_words(each: dict[str, Any]) -> str:
    state = "being read just now" if each["reading"] else each["health"]["words"]
    first = f"\n    {each['left_out'][0]}" if each["left_out"] else ""
    return f"{each['id']}  {each['title'] or each['url']}: {counted(each['items'], 'item')}, {state}{first}"
