"""`sayso programme`: the company's set-up, taken into use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from server.commands import common, counted, show, write
from server.commands.ticker import ticking

_WHOEVER = "Whoever has the link can read the bundle: give it only to those who may."


@click.group()
def programme() -> None:
    """The company's set-up: policy, items, sources."""


@programme.command("use")
@click.argument("origin", metavar="FILE, URL or LINK")
@common
def programme_use(origin: str, data: Path, as_json: bool) -> None:
    """Take a programme into use.

    It is a file, the address of one, or a subscription link (quote it: it holds # and &).
    """
    from server.client import Client

    if "://" not in origin:
        origin = str(Path(origin).expanduser().resolve())
    with Client(data) as client:
        result = client.call("PUT", "/programme", {"origin": origin}, doing="Reading the programme", patience=600)
    words = f"In use: {result['name']} ({counted(result['items'], 'item')}, {counted(result['sources'], 'source')})."
    if result["subscribed"]:
        words += (
            f"\nSubscribed to version {result['version']} at {result['origin']}; a companion that runs looks for a newer "
            f"one every hour.\n{_WHOEVER}"
        )
    show(result, as_json, words)


@programme.command("show")
@common
def programme_show(data: Path, as_json: bool) -> None:
    """The programme in force."""
    from server.client import Client

    with Client(data) as client:
        result = client.call("GET", "/programme")
    if not result["name"]:
        words = "No programme in use. Take one into use with: sayso programme use FILE"
    else:
        words = f"{result['name']} from {result['origin']}, since {result['used_at']}: {counted(result['items'], 'item')}."
    if result["subscribed"]:
        words += f"\nSubscribed: version {result['version']} of {result['made_at']}, looked for last at {result['checked_at']}."
    if result["last_error"]:
        words += f"\nThe last look went wrong: {result['last_error']}"
    show(result, as_json, words)


@programme.command("publish")
@click.option("--output", metavar="FILE", help="Where to write the bundle; else published/programme.sayso in the data folder.")
@click.option("--url", metavar="ADDRESS", help="Where the bundle will lie on the web. Kept for the next time.")
@click.option("--public", is_flag=True, help="Signed but not encrypted: everybody who finds it can read it.")
@click.option("--new-keys", is_flag=True, help="Make new keys first. Everyone then has to subscribe anew.")
@common
def programme_publish(output: str | None, url: str | None, public: bool, new_keys: bool, data: Path, as_json: bool) -> None:
    """Make the programme one file for any web server.

    With its items it is signed and encrypted; companions fetch it from there.
    """
    from server.client import Client

    place = str(Path(output).expanduser().absolute()) if output else None
    body = {"output": place, "url": url, "public": public, "new_keys": new_keys}
    with Client(data) as client, ticking(client, "/programme", _progress):
        result = client.call("POST", "/programme/bundle", body, doing="Checking and packing the items", patience=1800)
    show(result, as_json, "\n".join(_published(result)))


def _progress(found: dict[str, Any]) -> str:
    now = found["publishing"]
    if not now:
        return ""
    return f"{now['number']:,} of {now['of']:,} items checked" if now["of"] else "Making the file"


def _published(result: dict[str, Any]) -> Iterator[str]:
    reasons = (("shelved", "shelved"), ("unfinished", "with drafts only"))
    left = [f"{result[key]} {why}" for key, why in reasons if result[key]]
    same = "" if result["changed"] else " as before, since nothing has changed"
    yield (
        f"Version {result['version']}{same}: {counted(result['items'], 'item')}, {counted(result['rules'], 'own rule')}, "
        f"{counted(result['answers'], 'answer')} to proposals, {counted(result['size'], 'byte')}" + (f"; left out: {', '.join(left)}." if left else ".")
    )
    if result["excused"]:
        yield f"Published though a check found something, with your reason: {counted(result['excused'], 'wording')}."
    if not result["link"]:
        yield f"Upload this file to any web server: {result['path']}"
        yield "Then run this again with --url ADDRESS for the link that people subscribe with."
        return
    yield f"Upload  {result['path']}"
    yield f"to      {result['address']}"
    yield f"People subscribe with:  sayso programme use '{result['link']}'"
    yield "It is not encrypted: everybody can read it." if result["public"] else _WHOEVER


@programme.command("write")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file; else to standard output.")
@common
def programme_write(output: Path | None, data: Path, as_json: bool) -> None:
    """The programme as a YAML file, its items as they stand now."""
    from server.client import Client

    with Client(data) as client:
        result = client.call("GET", "/programme/text")
    if output:
        write(result.pop("text"), output)
    content = {"file": str(output) if output else None, **result}
    show(content, as_json, f"Written to {output}: {counted(result['items'], 'item')}." if output else result["text"])
