"""A company's own rules: packs that a programme holds or whose folders it names. YAML alone, nothing is ever imported.

They are read once, when the programme is taken into use, and kept as text: pack → rule's id → YAML.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from server import strict
from server.policy import NO_POLICY, PACKS, Policy
from server.rules import Engine
from server.rules.engine import built_in
from server.strict import StrictError

Packs = Mapping[str, Mapping[str, str]]
MOST_RULES = 500  # of one pack
MOST_BYTES = 200_000  # of one rule
_PACK = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def engine(policy: Policy, packs: Packs) -> Engine:
    """The engine of a policy with the company's own packs beside the built-in ones. Raises StrictError."""
    if not packs:
        return Engine(policy)
    with folders(packs) as found:
        return Engine(policy, found)


@contextmanager
def folders(packs: Packs) -> Iterator[list[Path]]:
    """The packs as folders of rule files, which is how the loader reads them, for as long as the context lasts."""
    with tempfile.TemporaryDirectory(prefix="sayso-") as place:
        made = []
        for pack, rules in packs.items():
            folder = Path(place) / pack
            folder.mkdir()
            for rule, text in rules.items():
                (folder / f"{rule}.yaml").write_text(text, "utf-8")
            made.append(folder)
        yield made


def read_folder(folder: Path) -> dict[str, str]:
    """The rules of a pack's folder by their ids, as text. Raises StrictError for what does not belong in a pack."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise StrictError(str(folder), 0, "", f"cannot be read as a folder of rules: {error.strerror}") from None
    rules = {}
    for path in entries:
        if path.name.startswith("."):
            continue
        if path.suffix != ".yaml" or not path.is_file():
            raise StrictError(str(path), 0, "", "only YAML files (<rule-id>.yaml) belong in a pack")
        rules[path.stem] = _read(path)
    if not rules:
        raise StrictError(str(folder), 0, "", "holds no rule (a rule is a file <rule-id>.yaml)")
    if len(rules) > MOST_RULES:
        raise StrictError(str(folder), 0, "", f"holds {len(rules)} rules; {MOST_RULES} is the most")
    return rules


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise StrictError(str(path), 0, "", f"is larger than {MOST_BYTES:,} bytes")
        return data.decode("utf-8-sig")
    except OSError as error:
        raise StrictError(str(path), 0, "", f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise StrictError(str(path), 0, "", "is not UTF-8; save the file in that encoding") from None


def faults(pack: str, rules: Mapping[str, str]) -> Iterator[tuple[str, StrictError]]:
    """What is wrong in a pack as it is written: (rule's id, complaint), at most one a rule."""
    ours = {rule.id: rule.pack for rule in built_in().rules}
    for rule, text in rules.items():
        if rule in ours:
            message = f"“{rule}” is a built-in rule of the pack {ours[rule]}; choose another name"
            yield rule, StrictError(f"{pack}/{rule}.yaml", 0, "", message)
            continue
        try:
            # One at a time, so that every file gets its own complaint.
            engine(NO_POLICY, {pack: {rule: text}})
        except StrictError as error:
            yield rule, error


def named(pack: str) -> str | None:
    """Why `pack` cannot be the name of a company's pack; None where it can."""
    if pack in PACKS:
        return f"“{pack}” is a built-in pack; choose another name"
    if not _PACK.fullmatch(pack):
        return "a pack's name is small letters, digits and single hyphens"
    return None


def from_folder(pack: str, folder: Path) -> dict[str, str]:
    """The rules of a folder, found sound. Raises StrictError, whose file is the rule's own."""
    rules = read_folder(folder)
    for rule, error in faults(pack, rules):
        raise StrictError(str(folder / f"{rule}.yaml"), error.line, error.key, error.message)
    return rules


def written(node: yaml.Node, at: Any) -> dict[str, dict[str, str] | Path]:
    """A `strict` type for a programme's key `rules`: pack → the rules themselves, or the folder that holds them."""
    found: dict[str, dict[str, str] | Path] = {}
    first: dict[str, str] = {}
    strict.mapping(lambda *_: None)(node, at)  # repeated and complex keys
    for key, value in node.value:
        here = at.child(key.value)
        if wrong := named(key.value):
            raise here.error(key, wrong)
        if isinstance(value, yaml.ScalarNode):
            found[key.value] = _folder(value, here)
            continue
        rules = found[key.value] = _inline(key.value, value, here)
        for rule in rules:
            if rule in first:
                raise here.child(rule).error(value, f"stands in the pack {first[rule]} already; choose another name")
            first[rule] = key.value
    return found


def _folder(node: yaml.Node, at: Any) -> Path:
    place = strict.text(node, at)
    if at.file.startswith(("http://", "https://")):
        raise at.error(node, "a programme from the web cannot name a folder of this computer; write the rules here")
    return (Path(at.file).absolute().parent / Path(place).expanduser()).resolve()


def _inline(pack: str, node: yaml.Node, at: Any) -> dict[str, str]:
    strict.mapping(lambda *_: None)(node, at)
    if not node.value:
        raise at.error(node, "holds no rule")
    rules = {key.value: yaml.serialize(value, allow_unicode=True) for key, value in node.value}
    for rule, error in faults(pack, rules):
        within = error.key if error.line else ""
        key = f"{at.key}.{rule}" + (f".{error.key}" if error.key else "")
        raise StrictError(at.file, _line(node, f"{rule}.{within}"), key, error.message)
    return rules


def _line(node: yaml.Node, key: str) -> int:
    """The line of `key` (as `message.en` or `sources[0]`) below a node, or of what comes nearest to it."""
    line = node.start_mark.line + 1
    for step in re.findall(r"[^.\[\]]+", key):
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == step), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and step.isdigit() and int(step) < len(node.value):
            node = node.value[int(step)]
            line = node.start_mark.line + 1
    return line
