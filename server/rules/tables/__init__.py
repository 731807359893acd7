"""Tables of words and wordings that code reads: YAML files in this folder, read as strictly as rules are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from server import strict

FOLDER = Path(__file__).parent


def read(name: str, schema: strict.Type) -> Any:
    """One table by its file name below this folder. Raises StrictError, which names file, line and key."""
    return strict.load((FOLDER / name).read_text("utf-8"), f"tables/{name}", schema)


@lru_cache(maxsize=1)
def tag_words() -> Mapping[str, frozenset[str]]:
    """Frequent words of hashtags, by language."""
    given = read("tag_words.yaml", strict.mapping(strict.text))
    return {lang: frozenset(words.split()) for lang, words in given.items()}
