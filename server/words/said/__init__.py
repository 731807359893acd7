"""What the parts below the pages say in English, said in the reader's language: sentences of the YAML files here.

Errors of sources, files and bundles are kept as text, in the store too, so they are known again by their English words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from server import strict

FILES = sorted(Path(__file__).parent.glob("*.yaml"))
_SENTENCE = strict.record({"fr": strict.text, "de": strict.text}, required=("fr", "de"))
SEPARATORS = {"en": ",", "fr": "\u202f", "de": "."}  # of thousands
_COLON = {"fr": "\u00a0: ", "de": ": "}
_TELLING = 12  # characters of its own from which on a sentence is looked for before what stands behind a colon
_Pattern = tuple[re.Pattern[str], dict[str, str], int]


@lru_cache(maxsize=1)
def messages() -> dict[str, dict[str, str]]:
    """English → language → the sentence, read at the first call."""
    found: dict[str, dict[str, str]] = {}
    for file in FILES:
        found |= strict.load(file.read_text("utf-8"), file.name, strict.mapping(_SENTENCE))
    return found


@lru_cache(maxsize=1)
def _patterns() -> list[_Pattern]:
    """The sentences with values, those with most words of their own first."""
    found = sorted((each for each in messages() if "{}" in each), key=_own, reverse=True)
    return [(re.compile(_pattern(each), re.DOTALL), messages()[each], _own(each)) for each in found]


def _own(sentence: str) -> int:
    return len(sentence.replace("{}", ""))


def _pattern(sentence: str) -> str:
    pattern = "(.+?)".join(map(re.escape, sentence.split("{}")))
    # A value that begins a sentence holds no “: ”: before that stands what the sentence is about.
    return pattern if sentence.startswith("{}: ") else re.sub(r"^\(\.\+\?\)", "((?:(?!: ).)+?)", pattern)


def said(message: str, language: str) -> str | None:
    """The message in another language, None where it is not known there.

    A message may stand behind what it is about, as in “https://x.example/feed: is not there (404); check the address”.
    """
    if message in messages():
        return messages()[message][language]
    telling = [each for each in _patterns() if each[2] >= _TELLING]
    if found := _filled(message, language, telling):
        return found
    for colon in re.finditer(": ", message):
        about = message[: colon.start()]
        quoted = about.count("“") > about.count("”")
        if not quoted and (rest := said(message[colon.end() :], language)):
            return f"{said(about, language) or about}{_COLON[language]}{rest}"
    if found := _filled(message, language, _patterns()[len(telling) :]):
        return found
    if message.endswith(".") and (found := said(message[:-1], language)):
        return f"{found}."
    return None


def _value(value: str, language: str) -> str:
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", value):
        return value.replace(",", SEPARATORS[language])
    return said(value, language) or value


def _filled(message: str, language: str, patterns: list[_Pattern]) -> str | None:
    """The sentence of the first pattern that the message is of, with its values, which may be known themselves."""
    for pattern, sentence, _ in patterns:
        if found := pattern.fullmatch(message):
            return sentence[language].format(*(_value(each, language) for each in found.groups()))
    return None
