"""`sayso shares`: one's own history."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from server.commands import an_id, common, counted, show, write
from server.commands.imports import shares_import


@click.group()
def shares() -> None:
    """Your own share history."""


shares.add_command(shares_import)


@shares.command("list")
@click.option("--q", default=None, metavar="WORDS", help="Only those that hold these words.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 200), help="How many.")
@common
def shares_list(q: str | None, limit: int, data: Path, as_json: bool) -> None:
    """Your shares, newest first."""
    from server.client import Client

    with Client(data) as client:
        found = client.call("GET", "/shares" + _query(q=q, limit=limit))
    words = "\n".join(map(_share_words, found["shares"])) or ("Nothing holds those words." if q else "No shares yet.")
    more = found["total"] - len(found["shares"])
    show(found, as_json, f"{words}\n… and {more} more." if more > 0 else words)


@shares.command("receipt")
@click.argument("share_id", metavar="ID", callback=an_id("sayso shares list"))
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file; else to standard output.")
@common
def shares_receipt(share_id: str, output: Path | None, data: Path, as_json: bool) -> None:
    """What the check said of a post, for somebody who asks.

    It is bound to the post's text; sayso shares verify tells whether the two belong together.
    """
    from server.client import Client

    with Client(data) as client:
        given = client.call("GET", f"/shares/{share_id}/receipt")
    _write(json.dumps(given, ensure_ascii=False, indent=2) + "\n", output)
    if output:
        show({"file": str(output)}, as_json, f"Written to {output}. Verify it with: sayso shares verify {output}")


@shares.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The post's text, where it is not the receipt's own.")
@common
def shares_verify(file: Path, text: Path | None, data: Path, as_json: bool) -> None:
    """Whether a receipt is of exactly its text. Exits with 1 where none of it holds.

    It shows what the check said of these words, by the clock of the computer that made it; it proves no time.
    """
    from server.shares.receipts import verified
    from server.trouble import Trouble

    try:
        words = text.read_bytes().decode("utf-8") if text else None
        found = verified(json.loads(file.read_bytes()), words)
    except (ValueError, OSError) as error:
        reason = "it is not whole JSON in UTF-8" if isinstance(error, json.JSONDecodeError | UnicodeDecodeError) else str(error)
        raise Trouble(f"{file}: {reason}") from None
    lines = [
        f"{'holds' if each['holds'] else 'does not hold'}: {each['disclosure'] or 'not checked'}, {each['made_at']}, "
        f"policy {each['policy_version'] or 'none'}" for each in found
    ]
    show(found, as_json, "\n".join(lines) or "The document holds no receipt.")
    if not any(each["holds"] for each in found):
        sys.exit(1)


@shares.command("card")
@click.option("--from", "first", required=True, metavar="DAY", help="The first day, as 2026-11-01.")
@click.option("--to", "last", required=True, metavar="DAY", help="The last day.")
@click.option("--with", "parts", multiple=True, type=click.Choice(["activity", "readings", "items", "topics", "value"]), help="What goes; several are possible. Nothing goes unless it is named.")
@click.option("--text", "texts", multiple=True, metavar="ID", help="A share whose words go too.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file; else to standard output.")
@common
def shares_card(
    first: str, last: str, parts: tuple[str, ...], texts: tuple[str, ...], output: Path | None, data: Path, as_json: bool
) -> None:
    """What you choose to tell the programme, exactly as it would go. Nothing is sent: that is for you to do."""
    from server.client import Client

    with Client(data) as client:
        given = client.call("POST", "/card", {"first": first, "last": last, "parts": list(parts), "texts": list(texts)})
    _write(json.dumps(given, ensure_ascii=False, indent=2) + "\n", output)
    if output:
        show({"file": str(output)}, as_json, f"Written to {output}. Look at it; it goes nowhere by itself.")


@shares.command("export")
@click.option("--csv", "as_csv", is_flag=True, help="The shares as a table for a spreadsheet, instead of everything.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file; else to standard output.")
@common
def shares_export(as_csv: bool, output: Path | None, data: Path, as_json: bool) -> None:
    """Everything that is yours, as one JSON document.

    Another computer takes it in with: sayso shares import FILE
    """
    from server.client import Client

    with Client(data) as client:
        document = client.call("GET", "/export")
    if as_csv:
        from server.shares.table import csv_of
        from server.store import Share

        made = (Share(**{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}) for row in document["shares"])
        text = csv_of(made)
    else:
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    _write(text, output)
    if output is None:
        return
    count = len(document["shares"])
    show({"file": str(output), "shares": count}, as_json, f"Written to {output}: {counted(count, 'share')}.")


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
    show(result, as_json, _ERASED)


_ERASED = (
    "Erased: shares, items, settings, keys and all backups. Each browser has to be paired anew. Posts that wait in a browser's "
    "own store go with “Erase everything” in its popup, or by removing Sayso from it."
)


def _write(text: str, output: Path | None) -> None:
    """Write to the file, or to standard output. Raises Trouble."""
    if output:
        write(text, output, 0o600)  # as the data folder it came from
    else:
        click.echo(text, nl=False)


def _query(**given: Any) -> str:
    from urllib.parse import urlencode

    return "?" + urlencode({key: value for key, value in given.items() if value is not None})


def _share_words(each: dict[str, Any]) -> str:
    words = " ".join(each["text"].split()) or each["item_title"] or "(its text was not kept)"
    state = "" if each["status"] == "confirmed" else "  (unconfirmed)"
    return f"{each['posted_at'][:10]}  {each['id']}  {words[:70]}{state}"
