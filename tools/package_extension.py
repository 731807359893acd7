"""Makes the extension's zip for the store: `python3 dev.py package`.

The same files give the same bytes: order, times and modes are fixed, and so are esbuild, which makes the scripts small, and
the compressor, zopfli, which takes longer than zlib and makes 3 % less. Left out is what only we read: comments, white
space, names within a script, the notes beside the words, and the manifest's `key`, which the store refuses, since it gives
an id of its own. Content scripts that follow one another, and that the same pages of ours load, are joined to one file, and
so is each module that is loaded with what it imports.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import zopfli

ROOT = Path(__file__).resolve().parents[1]
EXTENSION = ROOT / "extension"
MOST_BYTES = 100_000
# The earliest time that a zip can tell.
EPOCH = (1980, 1, 1, 0, 0, 0)
_MINIFY = Path(__file__).with_name("minify.mjs")
_KINDS = frozenset({".js", ".css", ".html", ".png"})


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


BY_NAME: dict[str, Callable[[str], bytes]] = {"manifest.json": manifest, "messages.json": messages}


def contents(folder: Path = EXTENSION) -> dict[str, bytes]:
    """Every file of the zip by its name there. Raises Unfit for a file of a kind that has no place in it, or that is no code."""
    found: dict[str, bytes] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in Path(name).parts) or (path.suffix not in _KINDS and path.name not in BY_NAME):
            raise Unfit(f"{name} is no file of the extension. Remove it from {folder}")
        found[name] = BY_NAME[path.name](path.read_text("utf-8")) if path.name in BY_NAME else path.read_bytes()
    return dict(sorted(minified(folder, joined(found)).items()))


def minified(folder: Path, files: dict[str, bytes]) -> dict[str, bytes]:
    """The files with scripts and styles made small, each module with all that it imports. Raises Unfit."""
    modules = loaded_modules(files)
    texts = {name: content.decode() for name, content in files.items() if name.endswith((".js", ".css"))}
    asked = {
        "folder": str(folder.resolve()),
        "target": f"chrome{json.loads(files['manifest.json'])['minimum_chrome_version']}",
        "modules": sorted(modules),
        "scripts": {name: text for name, text in texts.items() if name.endswith(".js") and name not in modules},
        "styles": {name: text for name, text in texts.items() if name.endswith(".css")},
    }
    reply = _esbuild(asked)
    gone = set(reply["used"]) - modules
    return {name: reply["made"][name].encode() if name in texts else content for name, content in files.items() if name not in gone}


def loaded_modules(files: dict[str, bytes]) -> set[str]:
    """The modules that the manifest or a page loads."""
    pages = ((page, content.decode()) for page, content in files.items() if page.endswith(".html"))
    loaded = {
        posixpath.normpath(posixpath.join(posixpath.dirname(page), source))
        for page, text in pages
        for source in re.findall(r'<script type="module" src="([^"]+)"', text)
    }
    return loaded | {json.loads(files["manifest.json"])["background"]["service_worker"]}


def _esbuild(asked: dict[str, Any]) -> Any:
    node = os.environ.get("SAYSO_NODE") or shutil.which("node")
    if node is None or not (_MINIFY.parent / "node_modules" / "esbuild").exists():
        raise Unfit("esbuild is not installed: run `python3 dev.py package`, which installs it")
    done = subprocess.run([node, _MINIFY], input=json.dumps(asked), capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise Unfit(done.stderr.strip() or "esbuild failed")
    return json.loads(done.stdout)


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
    entries = json.loads(files["manifest.json"])["content_scripts"]
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
