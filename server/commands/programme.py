"""`sayso programme`: the company's set-up, taken into use."""

from __future__ import annotations

from pathlib import Path

import click

from server.commands import common, show


@click.group()
def programme() -> None:
    """The company's set-up: policy, items, sources."""


@programme.command("use")
@click.argument("origin", metavar="FILE or URL")
@common
def programme_use(origin: str, data: Path, as_json: bool) -> None:
    """Take a programme into use."""
    from server.client import Client

    if "://" not in origin:
        origin = str(Path(origin).expanduser().resolve())
    with Client(data) as client:
        result = client.call("PUT", "/programme", {"origin": origin}, doing="Reading the programme")
    show(result, as_json, f"In use: {result['name']} ({result['items']} items, {result['sources']} sources).")


@programme.command("show")
@common
def programme_show(data: Path, as_json: bool) -> None:
    """The programme in force."""
    from server.client import Client

    with Client(data) as client:
        result = client.call("GET", "/programme")
    words = f"{result['name']} from {result['origin']}, since {result['used_at']}: {result['items']} items." if result["name"] else (
        "No programme in use. Take one into use with: sayso programme use FILE"
    )
    show(result, as_json, words)
