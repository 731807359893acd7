"""The `sayso` command. Heavy parts are imported where they are used, so that each call starts quickly."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from server import __version__


def _data_folder(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Path:
    if value:
        return Path(value).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("sayso", appauthor=False))


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every command takes."""
    command = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of words.")(command)
    return click.option(
        "--data", envvar="SAYSO_DATA", metavar="DIR", callback=_data_folder, help="The folder with your data."
    )(command)


def show(content: Any, as_json: bool, words: str) -> None:
    """Print `content` as JSON, or `words`."""
    click.echo(json.dumps(content, ensure_ascii=False) if as_json else words)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sayso")
def cli() -> None:
    """Sayso: honest posts about work, in your own words. Everything stays on this computer."""


@cli.command()
@common
@click.option("--port", default=7297, show_default=True, type=click.IntRange(0, 65535), help="Where to listen; 0 takes a free port.")
def serve(data: Path, as_json: bool, port: int) -> None:
    """Start the companion and keep it running. Ctrl-C ends it."""
    from server.serving import serve as run

    run(data, port, as_json)


@cli.command()
@common
def pair(data: Path, as_json: bool) -> None:
    """A fresh pairing code for the extension's popup."""
    from server.client import Client

    with Client(data, needs_companion=True) as client:
        code = client.call("POST", "/pairing-codes")
    if code["port"] != 7297:
        code["code"] = f"{code['port']}-{code['code']}"
    show(code, as_json, f"pairing code: {code['code']}\nIt works once, for ten minutes. Type it into Sayso's popup in your browser.")


@cli.command()
@common
def pages(data: Path, as_json: bool) -> None:
    """A link to the companion's own pages; it works once, for a minute."""
    from server.client import Client

    with Client(data, needs_companion=True) as client:
        link = client.call("POST", "/page-links")
    show(link, as_json, link["url"])


@cli.group()
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


@cli.group()
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


@cli.command()
@click.argument("files", nargs=-1, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--policy", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A policy or programme file to check against.")
@click.option("--jsonl", is_flag=True, help="One JSON object a line in, one out.")
@click.option("--lang", help="The language of the drafts; else it is recognised.")
@common
def check(files: tuple[Path, ...], policy: Path | None, jsonl: bool, lang: str | None, data: Path, as_json: bool) -> None:
    """Check drafts: from files, or from standard input.

    Exits with 0 where nothing needs a look, 1 where something is required or worth a warning.
    """
    from server import checking

    sys.exit(checking.run(files, policy=policy, jsonl=jsonl, lang=lang, data=data, as_json=as_json))


@cli.group()
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


@cli.group()
def rules() -> None:
    """The rules in force, and packs put to the test."""


@rules.command("list")
@common
def rules_list(data: Path, as_json: bool) -> None:
    """Every rule in force: id, pack, level, category, message."""
    from server import rulebook

    found = rulebook.listed(rulebook.in_force(data))
    show(found, as_json, "" if as_json else rulebook.list_words(found))


@rules.command("show")
@click.argument("rule_id", metavar="ID")
@common
def rules_show(rule_id: str, data: Path, as_json: bool) -> None:
    """One rule in full: what it says, why, where that comes from, what it finds and what it leaves alone."""
    from server import rulebook

    found = rulebook.shown(rulebook.in_force(data), rule_id)
    show(found, as_json, "" if as_json else rulebook.show_words(found))


@rules.command("test")
@click.argument("folder", metavar="[FOLDER]", required=False, type=click.Path(path_type=Path))
@common
def rules_test(folder: Path | None, data: Path, as_json: bool) -> None:
    """Run the examples of the rules in force, or of a company's pack in FOLDER. Exits with 1 where something is amiss."""
    from dataclasses import asdict

    from server import rulebook

    done = rulebook.tested(folder, data)
    words = [str(fault) for fault in done.faults]
    words.append(f"{done.rules} rules, {done.examples} examples, {len(done.faults) or 'nothing'} amiss.")
    show(asdict(done), as_json, "\n".join(words))
    if done.faults:
        sys.exit(1)


@cli.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file; else to standard output.")
@click.option("--lang", default="en", type=click.Choice(["en", "fr", "de"]), show_default=True, help="The language of the charter.")
@common
def charter(output: Path | None, lang: str, data: Path, as_json: bool) -> None:
    """The charter as one HTML file that needs nothing else: made from the policy and the rules in force."""
    from server.web.charter import written

    html, version = written(data, lang)
    if output:
        try:
            output.write_text(html, "utf-8")
        except OSError as error:
            from server.trouble import Trouble

            raise Trouble(f"{output} cannot be written: {error.strerror}") from None
    content = {"file": str(output) if output else None, "lang": lang, "policy_version": version}
    show(content if output else {**content, "html": html}, as_json, f"Written to {output}." if output else html)


@cli.command()
@click.argument("switch", metavar="[on|off]", required=False, type=click.Choice(["on", "off"]))
@click.option("--port", default=7297, show_default=True, type=click.IntRange(1, 65535), help="Where it listens.")
@common
def autostart(switch: str | None, port: int, data: Path, as_json: bool) -> None:
    """Have the companion start whenever you log in, or no longer; without on or off, how it is now."""
    from dataclasses import asdict

    from server import autostart as sessions
    from server.client import running

    if switch == "on":
        runs = running(data) is not None
        now = sessions.turn_on(data, port, runs)
        here = "It runs already." if runs else "Until then: sayso serve" if now.kind == "run key" else "It runs now."
        words = f"The companion starts whenever you log in ({now.where}). {here}"
    elif switch == "off":
        now = sessions.turn_off(data)
        words = "The companion no longer starts when you log in."
    else:
        now = sessions.state(data)
        words = f"{sessions.words(now)}."
        words = words[0].upper() + words[1:]
    show(asdict(now), as_json, words)


@cli.command()
@common
def doctor(data: Path, as_json: bool) -> None:
    """What is set up, and what to do about what is not."""
    from server.doctor import examine

    lines = examine(data)
    show(lines, as_json, "\n".join(f"{'ok  ' if each['ok'] else 'todo'}  {each['what']}{': ' + each['do'] if each['do'] else ''}" for each in lines))


def main() -> None:
    """Run the command; every foreseeable failure is one line that says what to do."""
    from server.trouble import Trouble

    # Redirected output is ours to decide on: a draft may hold any character on any platform.
    # A session may start us with none of them.
    for stream in filter(None, (sys.stdin, sys.stdout, sys.stderr)):
        stream.reconfigure(encoding="utf-8", errors="surrogateescape" if stream is sys.stdin else "backslashreplace")
    try:
        cli(standalone_mode=True)
    except Trouble as trouble:
        click.echo(f"sayso: {trouble}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
