"""Makes the extension's zip for the store: `python3 dev.py package`.

The same files give the same bytes: order, times and modes are fixed, and so is the compressor, zopfli, which takes longer
than zlib and makes 3 % less. Left out is what only we read: comments, white space, the
notes beside the words, and the manifest's `key`, which the store refuses, since it gives an id of its own. Content
scripts that follow one another, and that the same pages of ours load, are joined to one file, and so is each module
that is loaded with what it imports.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import posixpath
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import rcssmin
import rjsmin
import zopfli

from tools import join_modules

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
    modules, gone = with_modules_joined(folder)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        shorten = BY_NAME.get(path.name) or SHORTENED.get(path.suffix)
        if name in gone:
            continue
        if path.suffix == ".png":
            found[name] = path.read_bytes()
        elif shorten and not any(part.startswith(".") for part in Path(name).parts):
            found[name] = shorten(modules.get(name) or path.read_text("utf-8"))
        else:
            raise Unfit(f"{name} is no file of the extension. Remove it from {folder}")
    return dict(sorted(joined(found).items()))


def with_modules_joined(folder: Path) -> tuple[dict[str, str], set[str]]:
    """Each module that the manifest or a page loads, with all that it imports, and the files that are gone thereby."""
    sources = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.js")}
    loaded = {
        posixpath.normpath(posixpath.join(path.parent.relative_to(folder).as_posix(), source))
        for path in folder.rglob("*.html")
        for source in re.findall(r'<script type="module" src="([^"]+)"', path.read_text("utf-8"))
    }
    if (folder / "manifest.json").is_file():
        worker = json.loads((folder / "manifest.json").read_text("utf-8")).get("background", {})
        loaded |= {worker["service_worker"]} if worker.get("type") == "module" else set()
    try:
        modules = {name: join_modules.joined(sources, name) for name in sorted(loaded)}
        return modules, {needed for name in modules for needed in join_modules.imported(sources, name)} - loaded
    except join_modules.Unjoinable as fault:
        raise Unfit(str(fault)) from None


def runs(files: dict[str, bytes]) -> list[list[str]]:
    """The content scripts in their order, each with those after it that the same pages load, too, or no page."""
    loading = {page: _loaded(page, files[page]) for page in files if page.endswith(".html")}
    found: list[tuple[set[str], list[str]]] = []
    for name in (name for entry in _content_scripts(files) for name in entry["js"]):
        pages = {page for page, names in loading.items() if name in names}
        if found and found[-1][0] == pages:
            found[-1][1].append(name)
        else:
            found.append((pages, [name]))
    return [run for _, run in found]


def _loaded(page: str, content: bytes) -> list[str]:
    sources = re.findall(r'<script src="([^"]+)"', content.decode())
    return [posixpath.normpath(posixpath.join(posixpath.dirname(page), source)) for source in sources]


def _content_scripts(files: dict[str, bytes]) -> list[dict[str, Any]]:
    entries = json.loads(files["manifest.json"])["content_scripts"] if "manifest.json" in files else []
    if len(entries) > 1:
        raise Unfit("the manifest has several lists of content scripts; say here which may be joined")
    return entries


def joined(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files with each run of content scripts as one, under the name of its first."""
    together = runs(files)
    gone = {name for run in together for name in run[1:]}
    kept = {name: content for name, content in files.items() if name not in gone}
    for run in together:
        kept[run[0]] = b"\n".join(files[name] for name in run)
    if together:
        content = json.loads(files["manifest.json"])
        content["content_scripts"][0]["js"] = [run[0] for run in together]
        kept["manifest.json"] = compact(content)
    for page in (name for name in kept if name.endswith(".html")):
        lines = kept[page].splitlines(keepends=True)
        kept[page] = b"".join(line for line in lines if not gone.intersection(_loaded(page, line)))
    return kept


def packed(files: dict[str, bytes]) -> bytes:
    """The zip with these files. Raises Unfit if it is larger than promised."""
    made = io.BytesIO()
    with zopfli.ZipFile(made, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, wherever it is made
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content)
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
