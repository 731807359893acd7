"""Makes the extension's zip for the store: `python3 dev.py package`.

The same files give the same bytes: order, times and modes are fixed. (zlib's own output may differ from version to
version; the figures printed say what was made here.) Left out is what only we read: comments, white space, the
notes beside the words, and the manifest's `key`, which the store refuses, since it gives an id of its own.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import rcssmin
import rjsmin

ROOT = Path(__file__).resolve().parents[1]
EXTENSION = ROOT / "extension"
MOST_BYTES = 100_000
# The earliest time that a zip can tell.
EPOCH = (1980, 1, 1, 0, 0, 0)


class Unfit(Exception):
    """The extension cannot go to the store as it is; the message says why."""


def compact(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def manifest(text: str) -> bytes:
    content = json.loads(text)
    content.pop("key", None)
    return compact(content)


def messages(text: str) -> bytes:
    return compact({key: {part: entry[part] for part in entry if part != "description"} for key, entry in json.loads(text).items()})


def script(text: str) -> bytes:
    # It trips over a template within a template; a test holds each packed script to be the same code.
    return rjsmin.jsmin(text).encode()


def style(text: str) -> bytes:
    return rcssmin.cssmin(text).encode()


SHORTENED: dict[str, Callable[[str], bytes]] = {".js": script, ".css": style, ".html": str.encode}
BY_NAME: dict[str, Callable[[str], bytes]] = {"manifest.json": manifest, "messages.json": messages}


def contents(folder: Path = EXTENSION) -> dict[str, bytes]:
    """Every file of the zip by its name there. Raises Unfit for a file of a kind that has no place in it."""
    found: dict[str, bytes] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        shorten = BY_NAME.get(path.name) or SHORTENED.get(path.suffix)
        if path.suffix == ".png":
            found[name] = path.read_bytes()
        elif shorten and not any(part.startswith(".") for part in Path(name).parts):
            found[name] = shorten(path.read_text("utf-8"))
        else:
            raise Unfit(f"{name} is no file of the extension. Remove it from {folder}")
    return dict(sorted(found.items()))


def packed(files: dict[str, bytes]) -> bytes:
    """The zip with these files. Raises Unfit if it is larger than promised."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3  # Unix, wherever it is made
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    if made.tell() > MOST_BYTES:
        raise Unfit(f"the zip has {made.tell():,} bytes; {MOST_BYTES:,} are promised")
    return made.getvalue()


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py package", description="Make the extension's zip for the store.")
    parser.add_argument("--output", type=Path, metavar="DIR", default=ROOT / "build", help="the folder it goes to (build)")
    folder = parser.parse_args().output
    version = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))["version"]
    target = folder / f"sayso-{version}.zip"
    try:
        made = packed(contents())
        folder.mkdir(parents=True, exist_ok=True)
        target.write_bytes(made)
    except Unfit as unfit:
        print(f"dev.py: {unfit}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"dev.py: {target} cannot be written: {error.strerror}", file=sys.stderr)
        return 2
    print(f"{target}\n  size    {len(made):,} bytes\n  SHA-256 {hashlib.sha256(made).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
