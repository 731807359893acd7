"""The programme that a manager sets up on the pages: written down as a programme's file in the data folder, and used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from server import clock, programme, sourcing
from server.policy import Policy
from server.programme_file import ProgrammeFile, load_programme
from server.programme_writing import written
from server.store import Programme, Store
from server.store.files import set_aside, write_whole
from server.strict import StrictError

FILE = "programme.yaml"  # in the data folder
EMPTY = ProgrammeFile("", Policy())


def is_sample(kept: Programme | None) -> bool:
    """Whether the programme in use is the made-up company's that Sayso comes with."""
    return bool(kept and not kept.link and kept.origin == str(programme.SAMPLE))


def begun(store: Store, folder: Path) -> ProgrammeFile:
    """What the manager's own programme is so far: the one in use, unless it is the sample or somebody else's; else
    what lies in the data folder from an earlier time; else an empty one."""
    kept = store.programme()
    try:
        if kept and not kept.link and not is_sample(kept):
            return programme.as_kept(kept)
        path = folder / FILE
        return programme.with_folders(load_programme(path.read_text("utf-8"), str(path)))
    except (OSError, UnicodeDecodeError, StrictError):
        return EMPTY


def keep(store: Store, folder: Path, given: ProgrammeFile) -> None:
    """Write the programme down with the items that it names itself, and take it into use.

    Raises StrictError, whose `key` says which part is not as it has to be; then nothing changes.
    """
    path = folder / FILE
    text = written(replace(given, pack_folders=()), given.items)
    load_programme(text, str(path))
    _spare(path)
    write_whole(path, text.encode())
    sourcing.use(store, str(path))


def _spare(path: Path) -> None:
    """Set a file aside that cannot be read here: a later version's, or damaged."""
    try:
        load_programme(path.read_text("utf-8"), str(path))
    except FileNotFoundError:
        pass
    except (OSError, UnicodeDecodeError, StrictError):
        set_aside(path, clock.stamp().translate(str.maketrans("", "", "-:")))


def forget(folder: Path) -> None:
    """Remove the file, and those that were set aside."""
    for path in [folder / FILE, *folder.glob(f"{FILE}.*")]:
        path.unlink(missing_ok=True)
