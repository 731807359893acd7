"""`sayso rules`: the rules in force as people read them, and packs put to the test of their own examples."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server import company_packs
from server.policy import NO_POLICY
from server.rules import Engine, Rule
from server.rules.examples import complaints
from server.rules.model import Example
from server.store import StoreError, programme_in
from server.strict import StrictError
from server.trouble import Trouble


def in_force(data: Path) -> Engine:
    """The engine for the programme in force in a data folder. Raises Trouble."""
    from server.checking import engine_of

    try:
        return engine_of(data)
    except (StrictError, StoreError) as error:
        raise Trouble(str(error)) from None


def listed(engine: Engine) -> list[dict[str, Any]]:
    """One line's worth of each rule, pack by pack."""
    return [
        {
            "id": rule.id,
            "pack": rule.pack,
            "level": rule.level,
            "category": rule.category,
            "message": re.sub(r"\{\w+\}", "…", rule.message["en"]),  # values of a draft
        }
        for rule in engine.rules
    ]


def list_words(rules: list[dict[str, Any]]) -> str:
    """The list for a terminal."""
    columns = ("id", "pack", "level", "category")
    widths = {column: max((len(rule[column]) for rule in rules), default=0) for column in columns}
    lines = [
        "  ".join([*(f"{rule[column]:{widths[column]}}" for column in columns), rule["message"]]) for rule in rules
    ]
    packs = Counter(rule["pack"] for rule in rules)
    return "\n".join([*lines, "", f"{len(rules)} rules in {len(packs)} packs. One in full: sayso rules show ID"])


def shown(engine: Engine, rule_id: str) -> dict[str, Any]:
    """All that a rule says to people. Raises Trouble where no such rule is in force."""
    rule = next((rule for rule in engine.rules if rule.id == rule_id), None)
    if rule is None:
        raise Trouble(f"no rule “{rule_id}” is in force. All that are: sayso rules list")
    return {
        "id": rule.id,
        "pack": rule.pack,
        "kind": rule.kind,
        "level": rule.level,
        "category": rule.category,
        "message": dict(rule.message),
        "why": dict(rule.why),
        "fix": dict(rule.fix),
        "sources": list(rule.sources),
        "flags": [_example(example) for example in rule.flags],
        "passes": [_example(example) for example in rule.passes],
    }


def _example(example: Example) -> dict[str, Any]:
    more = {"lang": example.lang, "policy": dict(example.policy), "context": dict(example.context)}
    return {"text": example.text, **{name: value for name, value in more.items() if value}}


def show_words(rule: Mapping[str, Any]) -> str:
    """A rule in full for a terminal."""
    lines = [f"{rule['id']}  ({rule['pack']}, {rule['kind']}, {rule['level']}, {rule['category']})"]
    for lang in rule["message"]:
        lines += ["", f"{lang}  {rule['message'][lang]}", f"    {rule['why'][lang]}"]
        if rule["fix"]:
            lines.append(f"    [{rule['fix'][lang]}]")
    for title, key in (("Found in", "flags"), ("Not in", "passes")):
        lines += ["", f"{title}:", *(f"  - {_example_words(example)}" for example in rule[key])]
    if rule["sources"]:
        lines += ["", "From:", *(f"  {source}" for source in rule["sources"])]
    return "\n".join(lines)


def _example_words(example: Mapping[str, Any]) -> str:
    given = {**example.get("policy", {}), **example.get("context", {})}
    where = ", ".join(f"{name}: {value}" for name, value in given.items())
    text = example["text"].replace("\n", "\n    ")
    return f"{text}  ({where})" if where else text


@dataclass(frozen=True)
class Fault:
    """Something amiss with a rule: where, and what. `line` is 0 and `key` empty where it is about the whole file."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.key}: {self.message}" if self.key else f"{place}: {self.message}"


@dataclass(frozen=True)
class Tested:
    """How a pack did: how many rules and examples it has, and what is amiss."""

    rules: int
    examples: int
    faults: tuple[Fault, ...]


def tested(folder: Path | None, data: Path) -> Tested:
    """The rules of a company's pack folder, or without one all in force, put to the test of their own examples.

    Raises Trouble for a folder that is not there.
    """
    if folder is None:
        return _run(_kept(data), every=True)
    folder = folder.expanduser().resolve()
    if not folder.is_dir():
        raise Trouble(f"{folder} is not a folder")
    pack = folder.name
    if wrong := company_packs.named(pack):
        return Tested(0, 0, (Fault(str(folder), 0, "", wrong),))
    try:
        rules = company_packs.read_folder(folder)
    except StrictError as error:
        return Tested(0, 0, (Fault(error.file, error.line, error.key, error.message),))
    amiss = dict(company_packs.faults(pack, rules))
    sound = {rule: text for rule, text in rules.items() if rule not in amiss}
    found = [Fault(str(folder / f"{rule}.yaml"), one.line, one.key, one.message) for rule, one in amiss.items()]
    done = _run({pack: sound} if sound else {}, folder=folder)
    return Tested(done.rules + len(amiss), done.examples, (*found, *done.faults))


def _kept(data: Path) -> company_packs.Packs:
    from server.programme import as_kept

    try:
        kept = programme_in(data)
        return as_kept(kept).packs if kept else {}
    except (StrictError, StoreError) as error:
        raise Trouble(str(error)) from None


def _run(packs: company_packs.Packs, *, every: bool = False, folder: Path | None = None) -> Tested:
    with company_packs.folders(packs) as places:
        rules = [rule for rule in Engine(NO_POLICY, places).rules if every or rule.pack in packs]
        if sys.stderr.isatty():
            print(f"Running the examples of {len(rules)} rules …", file=sys.stderr, flush=True)
        faults = tuple(fault for rule in rules for fault in _faults(rule, places, folder))
    return Tested(len(rules), sum(len(rule.flags) + len(rule.passes) for rule in rules), faults)


def _faults(rule: Rule, places: list[Path], folder: Path | None) -> Iterator[Fault]:
    name = f"{rule.id}.yaml"
    for said in complaints(rule, places):
        yield Fault(str(folder / name) if folder else f"{rule.pack}/{name}", 0, "examples", said.partition(": ")[2])
