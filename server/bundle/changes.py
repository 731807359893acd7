"""What has changed on the board since the last bundle: told from that bundle, which its maker can open."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.bundle import BundleError, archive, content, keys, seal
from server.bundle.link import Link
from server.bundle.publish import FILE, as_published
from server.store import Store


@dataclass(frozen=True, slots=True)
class Changes:
    """Since `version`: items that are new, changed or gone, answers to proposals that are new or other ones, and whether
    anything else of the programme differs."""

    version: int
    new: int
    changed: int
    gone: int
    answers: int
    programme: bool

    @property
    def none(self) -> bool:
        """Whether publishing again would make the same bundle."""
        return not (self.new or self.changed or self.gone or self.answers or self.programme)


def since_last(store: Store, folder: Path) -> Changes | None:
    """How what would be published now differs from the bundle in `folder`; None where no bundle of ours lies there, or
    nothing can be published from here."""
    try:
        data = (folder / FILE).read_bytes()
        ours = keys.of(folder)
        sealed = seal.verify(data, ours.pin)
        before = archive.unpack(seal.opened(sealed, Link("", ours.pin, ours.content)))
        now = content.files_of(*as_published(store))
        old, new = _items(before), _items(now)
        (answered, rest), (answers, other) = _head(before), _head(now)
    except (BundleError, OSError, ValueError, KeyError):
        return None
    return Changes(
        version=sealed.header.version,
        new=len(new.keys() - old.keys()),
        changed=sum(new[url] != item for url, item in old.items() if url in new),
        gone=len(old.keys() - new.keys()),
        answers=sum(answer not in answered for answer in answers),
        programme=rest != other,
    )


def _items(files: dict[str, bytes]) -> dict[str, Any]:
    """The items of a bundle's files by address."""
    named = (json.loads(data)["items"] for name, data in files.items() if name.startswith("items/"))
    return {item["url"]: item for items in named for item in items}


def _head(files: dict[str, bytes]) -> tuple[list[Any], dict[str, Any]]:
    """The answers that a bundle's files hold, and all else but the items."""
    rest: dict[str, Any] = {name: data for name, data in files.items() if not name.startswith("items/")}
    head = rest[content.HEAD] = json.loads(rest[content.HEAD])
    return head.pop("answers", []), rest
