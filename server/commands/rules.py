"""`sayso rules`: the rules in force, and packs put to the test."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from server.commands import common, counted, show


@click.group()
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
    """One rule in full.

    What it says, why, where that comes from, what it finds and what it leaves alone.
    """
    from server import rulebook

    found = rulebook.shown(rulebook.in_force(data), rule_id)
    show(found, as_json, "" if as_json else rulebook.show_words(found))


@rules.command("test")
@click.argument("folder", metavar="[FOLDER]", required=False, type=click.Path(path_type=Path))
@common
def rules_test(folder: Path | None, data: Path, as_json: bool) -> None:
    """Run the examples of the rules in force, or of a pack.

    The pack is a company's, in FOLDER. Exits with 1 where something is amiss.
    """
    from dataclasses import asdict

    from server import rulebook

    done = rulebook.tested(folder, data)
    words = [str(fault) for fault in done.faults]
    words.append(f"{counted(done.rules, 'rule')}, {counted(done.examples, 'example')}, {len(done.faults) or 'nothing'} amiss.")
    show(asdict(done), as_json, "\n".join(words))
    if done.faults:
        sys.exit(1)
