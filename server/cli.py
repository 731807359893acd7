"""The `sayso` command. Heavy parts are imported where they are used, so that each call starts quickly."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from server import __version__
from server.access import PORT, typed
from server.commands import common, show, write
from server.commands.programme import programme
from server.commands.rules import rules
from server.commands.shares import shares
from server.commands.source import source


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sayso")
def cli() -> None:
    """Sayso: honest posts about work, in your own words. Everything stays on this computer."""


for group in (programme, source, shares, rules):
    cli.add_command(group)


@cli.command()
@common
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(0, 65535), help="Where to listen; 0 takes a free port.")
@click.option("--no-meaning", is_flag=True, help="Suggest by words alone, though the extra `semantic` is installed.")
def serve(data: Path, as_json: bool, port: int, no_meaning: bool) -> None:
    """Start the companion and keep it running. Ctrl-C ends it."""
    from server.serving import serve as run

    run(data, port, as_json, by_meaning=not no_meaning)


@cli.command()
@common
def pair(data: Path, as_json: bool) -> None:
    """A fresh pairing code for the extension's popup."""
    from server.client import Client

    with Client(data, needs_companion=True) as client:
        code = client.call("POST", "/pairing-codes")
    code["code"] = typed(code["code"], code["port"])
    show(code, as_json, f"pairing code: {code['code']}\nIt works once, for ten minutes. Type it into Sayso's popup in your browser.")


@cli.command()
@common
def pages(data: Path, as_json: bool) -> None:
    """A link to the companion's own pages. It works once, for a minute."""
    from server.client import Client

    with Client(data, needs_companion=True) as client:
        link = client.call("POST", "/page-links")
    show(link, as_json, link["url"])


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


@cli.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file; else to standard output.")
@click.option("--lang", default="en", type=click.Choice(["en", "fr", "de"]), show_default=True, help="The language of the charter.")
@common
def charter(output: Path | None, lang: str, data: Path, as_json: bool) -> None:
    """The charter, as one HTML file that needs nothing else.

    It is made from the policy and the rules in force.
    """
    from server.web.charter import written

    html, version = written(data, lang)
    if output:
        write(html, output)
    content = {"file": str(output) if output else None, "lang": lang, "policy_version": version}
    show(content if output else {**content, "html": html}, as_json, f"Written to {output}." if output else html)


@cli.command()
@click.argument("switch", metavar="[on|off]", required=False, type=click.Choice(["on", "off"]))
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535), help="Where it listens.")
@common
def autostart(switch: str | None, port: int, data: Path, as_json: bool) -> None:
    """Have the companion start when you log in, or no longer.

    Without on or off it says how it is now.
    """
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
        cli(prog_name="sayso")
    except Trouble as trouble:
        click.echo(f"sayso: {trouble}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
