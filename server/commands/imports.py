"""`sayso shares import`: history from LinkedIn's own exports, or from one's own of another computer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from server.commands import an_id, common, counted, show


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--yes", is_flag=True, help="Do not ask after the preview.")
@click.option("--dry", is_flag=True, help="Only show what it would bring.")
@click.option("--whoever", is_flag=True, help="Take it in though its profile bears another name than the one before.")
@click.option("--undo", metavar="ID", callback=an_id("sayso shares import --list"), help="Take a whole import out again; see --list.")
@click.option("--list", "listing", is_flag=True, help="What was imported.")
@common
def shares_import(
    file: Path | None, yes: bool, dry: bool, whoever: bool, undo: str | None, listing: bool, data: Path, as_json: bool
) -> None:
    """Take in what LinkedIn or Sayso exported.

    LinkedIn's archive (zip or Shares.csv), its analytics (XLSX), or your own export (JSON).
    """
    from server.client import Client

    if sum((file is not None, undo is not None, listing)) != 1:
        raise click.UsageError("Name a file, or use --list or --undo ID.")
    with Client(data) as client:
        if listing:
            found = client.call("GET", "/imports")
            show(found, as_json, "\n".join(map(_kept_words, found["imports"])) or "Nothing was imported yet.")
        elif undo:
            show(client.call("DELETE", f"/imports/{undo}"), as_json, "Taken out again.")
        else:
            body = {"file": str(file.expanduser().absolute()), "whoever": whoever}
            seen = client.call("POST", "/imports", {**body, "dry": True}, doing=f"Reading {file.name}", patience=600)
            if not (as_json and (dry or yes)):
                click.echo(_words(seen), err=as_json)
            if dry or not (seen["new"] or seen["changed"] or seen["proposals"]):
                result = seen
            else:
                if not yes:
                    click.confirm("Take it in?", default=True, abort=True, err=True)
                result = client.call("POST", "/imports", body, doing="Writing", patience=600)
                if not as_json:
                    click.echo(f"Taken in. To undo: sayso shares import --undo {result['id']}")
            if as_json:
                show(result, as_json, "")


def _words(seen: dict[str, Any]) -> str:
    lines = [f"{counted(seen['new'], 'new share')}, {counted(seen['readings'], 'new reading')}, {seen['known']:,} known already."]
    lines += [f"  {each['posted_at'][:10]}  {' '.join(each['text'].split())[:80]}" for each in seen["sample"]]
    lines += [f"{seen['proposals']} of your proposals."] if seen["proposals"] else []
    return "\n".join([*lines, *(f"  note: {problem}" for problem in seen["problems"])])


def _kept_words(each: dict[str, Any]) -> str:
    return f"{each['id']}  {each['made_at'][:10]}  {each['name']}: {counted(each['added'], 'share')}, readings for {counted(each['read'], 'other')}"
