"""`sayso shares`: one's own history."""

from __future__ import annotations

import json
from pathlib import Path

import click

from server.commands import common, show


@click.group()
def shares() -> None:
    """Your own share history."""


@shares.command("export")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file; else to standard output.")
@common
def shares_export(output: Path | None, data: Path, as_json: bool) -> None:
    """Everything that is yours, as one JSON document."""
    from server.client import Client
    from server.trouble import Trouble

    with Client(data) as client:
        document = client.call("GET", "/export")
    text = json.dumps(document, ensure_ascii=False, indent=2)
    if output is None:
        click.echo(text)
        return
    try:
        output.write_text(text + "\n", "utf-8")
    except OSError as error:
        raise Trouble(f"{output} cannot be written: {error.strerror}") from None
    count = len(document["shares"])
    show({"file": str(output), "shares": count}, as_json, f"Written to {output}: {count} shares.")


@shares.command("erase")
@click.option("--yes", is_flag=True, help="Do not ask.")
@common
def shares_erase(yes: bool, data: Path, as_json: bool) -> None:
    """Erase everything: shares, items, pairings and all backups. There is no way back."""
    from server.client import Client

    if not yes:
        click.confirm(f"Erase everything in {data}, backups included?", abort=True, err=True)
    with Client(data) as client:
        result = client.call("DELETE", "/everything", {"confirm": "erase"})
    show(result, as_json, "Erased. Each browser has to be paired anew.")
