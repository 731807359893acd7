"""A programme as the files of a bundle, and back.

programme.json          all but items, sources and rules
items/0001.json …       the items, a thousand a file
rules/<pack>/<id>.yaml  the company's own rules
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from server import company_packs, strict
from server.bundle import BundleError
from server.programme_file import ProgrammeFile, load_programme
from server.programme_items import load_items
from server.programme_writing import plain_item, plain_programme, to_json
from server.store import Item

HEAD = "programme.json"
_A_FILE = 1_000  # items


def to_publish(items: Iterable[Item]) -> list[Item]:
    """The items as they are published, by address: none that is shelved, no draft, none without a finished wording.

    Why a wording is published all the same stays with the manager.
    """
    published = []
    for item in items:
        variants = tuple(replace(each, reason=None) for each in item.variants if not each.draft)
        if variants and not item.shelved:
            published.append(replace(item, variants=variants, published_at=item.published_at or item.added_at or None))
    return sorted(published, key=lambda item: item.url)


def files_of(programme: ProgrammeFile, items: Sequence[Item]) -> dict[str, bytes]:
    """The files of a bundle by name; the same for the same programme and items."""
    files = {HEAD: to_json(plain_programme(programme)).encode()}
    for start in range(0, len(items), _A_FILE):
        some = [plain_item(item) for item in items[start : start + _A_FILE]]
        files[f"items/{start // _A_FILE + 1:04}.json"] = to_json({"items": some}).encode()
    for pack, rules in programme.packs.items():
        for rule, text in rules.items():
            files[f"rules/{pack}/{rule}.yaml"] = text.encode()
    return files


def programme_of(files: Mapping[str, bytes], place: str) -> tuple[ProgrammeFile, str]:
    """The programme of a bundle's files with its items and rules, and the text of its head.

    `place` is its address, for complaints. Raises StrictError and BundleError for what no programme may hold.
    """
    if HEAD not in files:
        raise BundleError(f"holds no {HEAD}, so it is no programme; tell whoever publishes it")
    with _nothing_to_clear():
        return _read(files, place)


def _read(files: Mapping[str, bytes], place: str) -> tuple[ProgrammeFile, str]:
    head = _text(files, HEAD, place)
    programme = load_programme(head, place)
    if programme.items or programme.sources or programme.packs:
        raise BundleError(f"holds items, sources or rules in {HEAD}, where they do not belong; tell whoever publishes it")
    items: dict[str, Item] = {}
    packs: dict[str, dict[str, str]] = {}
    for name in sorted(files):
        folder, _, rest = name.partition("/")
        if folder == "items":
            for item in load_items(_text(files, name, place), f"{place} ({name})", programme.languages):
                if items.setdefault(item.id, item) is not item:
                    raise BundleError(f"holds {item.url} twice; tell whoever publishes it")
        elif folder == "rules":
            pack, _, file = rest.partition("/")
            packs.setdefault(pack, {})[file.removesuffix(".yaml")] = _text(files, name, place)
    _check_packs(packs, place)
    return replace(programme, items=tuple(items.values()), packs=packs), head


@contextmanager
def _nothing_to_clear() -> Iterator[None]:
    """Without looks for waste: tens of thousands of items leave none, and looking took half of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def culprit(error: strict.StrictError, items: list[Item]) -> Item | None:
    """The item that a complaint about a bundle of `items` is about."""
    file = re.search(r"items/(\d{4})\.json", error.file)
    entry = re.match(r"items\[(\d+)\]", error.key)
    return items[(int(file[1]) - 1) * _A_FILE + int(entry[1])] if file and entry else None


def _text(files: Mapping[str, bytes], name: str, place: str) -> str:
    try:
        return files[name].decode("utf-8")
    except UnicodeDecodeError:
        raise BundleError(f"holds {name}, which is not UTF-8; tell whoever publishes it") from None


def _check_packs(packs: company_packs.Packs, place: str) -> None:
    first: dict[str, str] = {}
    for pack, rules in packs.items():
        if wrong := company_packs.named(pack):
            raise strict.StrictError(place, 0, f"rules.{pack}", wrong)
        if len(rules) > company_packs.MOST_RULES:
            raise strict.StrictError(place, 0, f"rules.{pack}", f"more than {company_packs.MOST_RULES} rules in a pack")
        for rule, error in company_packs.faults(pack, rules):
            raise strict.StrictError(f"{place} (rules/{pack}/{rule}.yaml)", error.line, error.key, error.message)
        for rule in rules:
            if first.setdefault(rule, pack) != pack:
                raise strict.StrictError(place, 0, f"rules.{pack}.{rule}", f"stands in the pack {first[rule]} already")
