"""A folder of Markdown files: one item a file, its keys in front, its ready-made wording below.

docs/sources.md describes the form.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Any

from server import strict
from server.feed.address import item_id
from server.feed.decode import decoded
from server.feed.entries import MOST_ENTRIES, MOST_SUMMARY
from server.feed.leaving import LeftOut, sentence
from server.feed.model import Entry, Feed, FeedError
from server.feed.plain import tidy
from server.feed.stated import KEYS, MOST_TEXT, entry_of

_MOST_FILE = 1_000_000
_MOST_BODY = 20_000  # characters that are looked at; beyond that it is no post anyway
_MOST_DEPTH = 8
_FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEYS = strict.record({name: kind for name, kind in KEYS.items() if name != "id"}, required=("title", "url"))


def read_folder(folder: str) -> Feed:
    """The items of a folder and the folders in it, by path. Raises FeedError where it holds no Markdown at all.

    A file that cannot be taken is left out with a sentence.
    """
    paths = _paths(Path(folder))
    if not paths:
        raise FeedError(folder, "holds no Markdown file (*.md); see docs/sources.md for what one looks like")
    if len(paths) > MOST_ENTRIES:
        raise FeedError(folder, f"holds more than {MOST_ENTRIES:,} Markdown files; divide it into several folders")
    taken: dict[str, Entry] = {}
    left_out = LeftOut()
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            entry = _entry(path, name)
        except strict.StrictError as error:
            left_out.add("bad_value", sentence(str(error)))
        except (OSError, ValueError) as error:
            left_out.add("bad_value", sentence(f"{name}: {error.strerror if isinstance(error, OSError) else error}"))
        else:
            if item_id(entry.url) in taken:
                left_out.add("same_page", f"{name}: it links to the same page as a file before it.")
            else:
                taken[item_id(entry.url)] = entry
    return Feed(Path(folder).name, list(taken.values()), left_out.sentences(), len(paths), dict(left_out.why))


def state_of(folder: str) -> str:
    """A text that differs once a Markdown file of the folder was changed, added or taken away."""
    stats = [(path.as_posix(), path.stat()) for path in _paths(Path(folder))]
    seen = repr([(name, stat.st_mtime_ns, stat.st_size) for name, stat in stats])
    return hashlib.sha256(seen.encode("utf-8", "surrogatepass")).hexdigest()


def _paths(folder: Path) -> list[Path]:
    """The Markdown files, without hidden ones; links to other places are not followed."""
    found: list[Path] = []
    for here, folders, files in os.walk(folder):
        if len(Path(here).relative_to(folder).parts) >= _MOST_DEPTH:
            folders.clear()
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        found += [Path(here) / each for each in files if not each.startswith(".") and each.lower().endswith((".md", ".markdown"))]
        if len(found) > MOST_ENTRIES:
            break
    return sorted(path for path in found if path.is_file() and not path.is_symlink())


def _entry(path: Path, name: str) -> Entry:
    """The item of one file. Raises OSError, ValueError, StrictError."""
    with open(path, "rb") as file:
        data = file.read(_MOST_FILE + 1)
    if len(data) > _MOST_FILE:
        raise ValueError("it is larger than 1 MB")
    content = decoded(data).replace("\r\n", "\n").replace("\r", "\n").lstrip("\n")
    front = _FRONT.match(content)
    if not front:
        raise ValueError("it does not begin with a line ---, its keys (title and url at least) and another line ---")
    try:
        given: dict[str, Any] = strict.load(front[1], name, _KEYS)
    except strict.StrictError as error:
        # Its lines are counted from the keys on, and the person counts from the top.
        raise strict.StrictError(error.file, error.line and error.line + 1, error.key, error.message) from None
    wording = words_of(content[front.end() : front.end() + _MOST_BODY])
    if len(wording) > MOST_TEXT:
        # An article rather than a post: what it is about, not what to say.
        given.setdefault("summary", tidy(wording, MOST_SUMMARY))
        wording = ""
    elif wording:
        given.setdefault("summary", tidy(wording.split("\n\n")[0], MOST_SUMMARY))
    return entry_of({**given, "id": name}, wording=wording)


def words_of(markdown: str) -> str:
    """Markdown as a post can hold it: its words, lines and lists; no marks, pictures, comments or code fences."""
    text = re.sub(r"<!--.*?-->", "", markdown, flags=re.DOTALL)
    text = re.sub(r"^[ \t]*(?:```|~~~).*$\n?", "", text, flags=re.MULTILINE)
    text = re.sub(r"!\[[^\]\n]*\]\([^)\n]*\)", "", text)
    text = re.sub(r"\[([^\]\n]+)\]\([^)\n]*\)", r"\1", text)
    text = re.sub(r"<(https?://[^>\s]+)>", r"\1", text)
    text = re.sub(r"^[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*$", r"\1", text, flags=re.MULTILINE)
    text = re.sub(r"^[ \t]{0,3}>[ \t]?", "", text, flags=re.MULTILINE)
    text = re.sub(r"^[ \t]{0,3}(?:[-*_][ \t]*){3,}$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^([ \t]*)[*+-][ \t]+", r"\1• ", text, flags=re.MULTILINE)
    text = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    text = re.sub(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])", r"\1", text)
    text = re.sub(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])", r"\1", text)
    text = re.sub(r"`([^`\n]+)`", r"\1", text)
    text = re.sub(r"\\([\\`*_{}\[\]()#+.!>-])", r"\1", text)
    # One line break within a paragraph is none in Markdown, unless two spaces or a list ask for it.
    text = re.sub(r"(?<=\S)\n(?=[^\s•\x00])(?!\d+[.)] )", " ", re.sub(r" {2,}\n", "\n\x00", text)).replace("\x00", "")
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)).strip()
