"""Publishing: one bundle of the programme in force and the items as they stand on the board."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from server import clock, programme
from server.bundle import BundleError, archive, content, keys, seal
from server.bundle.fit import Fault, Progress, faults_of, said, secrets_of
from server.bundle.link import Link, address_of, text_of
from server.programme_file import Answer, ProgrammeFile
from server.store import Item, Store
from server.strict import StrictError
from server.vetting import Vetting

FILE = Path("published") / "programme.sayso"  # in the data folder, where no other place is asked for


class Unfit(BundleError):
    """Wordings break the policy; `faults` are they."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(said(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Published:
    """A bundle as it was written to `path`, to be uploaded to `address`.

    `link` is what people subscribe with, None as long as nobody has said at which address the bundle will lie. `changed`:
    whether anything differs from the version before. `size` is in bytes, `unfinished` counts the items left out since
    they have drafts only, `excused` the wordings that are published for a reason.
    """

    path: str
    version: int
    made_at: str
    changed: bool
    size: int
    items: int
    rules: int
    unfinished: int
    shelved: int
    excused: int
    answers: int
    public: bool
    address: str | None
    link: str | None


def publish(
    store: Store,
    vetting: Vetting,
    *,
    folder: Path,
    url: str | None = None,
    public: bool = False,
    output: Path | None = None,
    new_keys: bool = False,
    now: datetime | None = None,
    progress: Progress = lambda number, of: None,
) -> Published:
    """Write the bundle of the programme in force, and say what to give to people.

    `vetting` is the policy's, `folder` the data folder, `url` where the bundle will lie (kept for the next time), `output`
    the file (default: FILE in `folder`). The version grows by one when the content differs from the last; else the same
    bytes are written again. `progress` is told how many of the items were checked, and 0 of 0 once the file itself is
    made. Raises Unfit, and BundleError for all else that is in the way; then nothing is written.
    """
    in_force = _own_programme(store)
    address = address_of(url) if url else None
    board = store.items()
    if faults := faults_of(board, vetting, progress=progress):
        raise Unfit(faults)
    progress(0, 0)
    items = content.to_publish(board)
    if public and (reasons := " ".join(secrets_of(in_force.policy, items, clock.stamp(now)))):
        raise BundleError(f"this cannot be published in the open. {reasons}")

    published = _stripped(store, in_force)
    files = content.files_of(published, items)
    plain = archive.pack(files)
    try:
        # Read as a companion will, before anybody gets it.
        content.programme_of(files, "the bundle")
        packed = archive.squeezed(plain)
        archive.unpack(packed)
    except StrictError as error:
        item = content.culprit(error, items)
        if item is None:
            raise BundleError(f"the programme cannot be published as it is: {error}") from None
        raise BundleError(f"“{item.title}” cannot be published: {error.key.partition('.')[2]} {error.message}") from None
    except BundleError as error:
        raise BundleError(f"the programme cannot be published as it is: the bundle {error}") from None

    path = (output or folder / FILE).expanduser().absolute()
    before = keys.last(folder)
    ours = keys.renew(folder, now) if new_keys else keys.of(folder)
    note = _next(before, ours, plain, public, path, clock.stamp(now))
    note = replace(note, url=address or (before.url if before else None))
    data = seal.seal(packed, ours, version=note.version, made_at=note.made_at, public=public)
    if len(data) > seal.MOST_BYTES:
        raise BundleError(
            f"the bundle would have {len(data) / 1e6:.1f} MB, and {seal.MOST_BYTES / 1e6:g} are the most. "
            "Shelve or remove items that nobody needs any more"
        )
    keys.remember(folder, note)
    _write(path, data)
    return Published(
        path=str(path),
        version=note.version,
        made_at=note.made_at,
        changed=before is None or (before.pin, before.digest) != (note.pin, note.digest),
        size=len(data),
        items=len(items),
        rules=sum(map(len, published.packs.values())),
        unfinished=sum(1 for item in board if not item.shelved) - len(items),
        shelved=sum(1 for item in board if item.shelved),
        excused=sum(1 for item in board if not item.shelved for each in item.variants if each.reason and not each.draft),
        answers=len(published.answers),
        public=public,
        address=note.url,
        link=str(Link(note.url, ours.pin, None if public else ours.content)) if note.url else None,
    )


def as_published(store: Store) -> tuple[ProgrammeFile, list[Item]]:
    """The programme and the items that a bundle made now would hold, nothing of them checked. Raises BundleError."""
    return _stripped(store, _own_programme(store)), content.to_publish(store.items())


def forget(folder: Path) -> None:
    """Remove the keys and the last bundle of a data folder."""
    keys.forget(folder)
    (folder / FILE).unlink(missing_ok=True)


def _own_programme(store: Store) -> ProgrammeFile:
    kept = store.programme()
    if kept is None:
        raise BundleError("no programme is in use here. Take one into use with: sayso programme use FILE")
    if kept.link:
        raise BundleError(
            f"the programme in use here is one that {kept.origin} publishes. Publish it where it is made; to make it yours, "
            "write it down with sayso programme write --output FILE, then take that FILE into use"
        )
    try:
        return programme.as_kept(kept)
    except StrictError as error:
        raise BundleError(f"the programme in use cannot be read by this version: {error}") from None


def _stripped(store: Store, in_force: ProgrammeFile) -> ProgrammeFile:
    """The programme as companions get it: with the answers given here, without the places that only this machine knows."""
    return replace(in_force, sources=(), pack_folders=(), answers=_answers(store, in_force))


def _answers(store: Store, in_force: ProgrammeFile) -> tuple[Answer, ...]:
    """The programme's own answers, and in their place what was answered here."""
    answers = {answer.proposal: answer for answer in in_force.answers}
    for proposal in store.proposals():
        if not proposal.own and proposal.state in ("accepted", "declined"):
            answers[proposal.id] = Answer(proposal.id, proposal.state, proposal.note)
    return tuple(sorted(answers.values(), key=lambda answer: answer.proposal))


def _next(before: keys.Last | None, ours: keys.Keys, plain: bytes, public: bool, path: Path, moment: str) -> keys.Last:
    """The note of this version: the last one's where nothing changed."""
    pin = text_of(ours.pin)
    digest = hashlib.sha256((b"public" if public else b"sealed") + plain).hexdigest()
    if before and before.pin != pin:
        before = None
    version = max(before.version if before else 0, _version_at(path, pin))
    if before and before.digest == digest and before.version == version:
        return before
    return keys.Last(pin, version + 1, moment, digest)


def _version_at(path: Path, pin: str) -> int:
    """The version of our own bundle that lies there already; 0 without one.

    The note of it is missing where the data folder came back from an older copy.
    """
    try:
        with path.open("rb") as file:
            header = seal.header_of(file.read(seal.MOST_HEADER))
    except (OSError, BundleError):
        return 0
    return header.version if header.signer == pin else 0


def _write(path: Path, data: bytes) -> None:
    """Write the bundle, readable as other files are: it is to be copied to a web server."""
    beside = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        os.replace(beside, path)
    except OSError as error:
        raise BundleError(f"{path} cannot be written ({error.strerror}); choose another place with --output") from None
