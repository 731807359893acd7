"""What the parts below the pages say in English, said in the reader's language: sentences of messages.yaml.

Errors of sources and bundles are kept as text, in the store too, so they are known again by their English words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from server import strict

FILE = Path(__file__).parent / "messages.yaml"
_SENTENCE = strict.record({"fr": strict.text, "de": strict.text}, required=("fr", "de"))
_COLON = {"fr": "\u00a0: ", "de": ": "}


@lru_cache(maxsize=1)
def messages() -> dict[str, dict[str, str]]:
    """English → language → the sentence, read at the first call."""
    return strict.load(FILE.read_text("utf-8"), FILE.name, strict.mapping(_SENTENCE))


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[re.Pattern[str], dict[str, str]]]:
    """The sentences with values, those with most words of their own first."""
    found = sorted((each for each in messages() if "{}" in each), key=len, reverse=True)
    return [(re.compile("(.+?)".join(map(re.escape, each.split("{}"))), re.DOTALL), messages()[each]) for each in found]


def said(message: str, language: str) -> str | None:
    """The message in another language, None where it is not known there.

    A message may stand behind what it is about, as in “https://x.example/feed: is not there (404); check the address”.
    """
    if message in messages():
        return messages()[message][language]
    for pattern, sentence in _patterns():
        if found := pattern.fullmatch(message):
            return sentence[language].format(*(said(value, language) or value for value in found.groups()))
    for colon in re.finditer(": ", message):
        if rest := said(message[colon.end() :], language):
            about = message[: colon.start()]
            return f"{said(about, language) or about}{_COLON[language]}{rest}"
    return None
