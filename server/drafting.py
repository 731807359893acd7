"""Drafts of an item's wordings from its title and summary, in three voices and its own language.

They are honest by what they leave out. Every fact in them is a whole sentence of the summary or the title itself;
nothing is cut short, joined or put stronger. The first person says only what is true of whoever posts it, that they
work there and pass it on, never what they did, read, felt or think: that is theirs to add. A sentence in which the
summary's own writer says "I" is left out, and so is their "we" where the page is not the company's. Each draft is
marked as one, and is neither suggested nor published until a person has released it.
"""

from __future__ import annotations

import re
import uuid
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from server import strict
from server.policy import Company
from server.store import VOICES, Item, Variant

MOST_SENTENCES = 2
MOST_CHARACTERS = 320  # of a summary's sentences: what readers see without unfolding, and a little more
_FILE = Path(__file__).with_suffix(".yaml")
_PHRASES = {name: strict.text for name in ("own", "other", "plain", "question")}
_LANGUAGE = strict.record(
    {**_PHRASES, **{name: strict.list_of(strict.text) for name in ("mine", "ours")}},
    required=(*_PHRASES, "mine", "ours"),
)

_END = re.compile(r"(?<=[.!?…])[\"”»“’)]*\s+(?=[\"“«„‘(¿¡]*[A-ZÀ-ÖØ-Þ0-9])")
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:[A-Z]|Dr|Prof|Mr|Mrs|Ms|Mme|M|St|No|Nr|Nos|vs|ca|bzw|z\. ?B|e\.g|i\.e|p\. ?ex|Inc|Ltd|Co)\.$")
_WHOLE = re.compile(r"[.!?][\"”»“’)]*$")
_ODDS = re.compile(
    r"read more|continue reading|learn more|click here|appeared first on|lire la suite|en savoir plus|est apparu en premier"
    r"|weiterlesen|mehr lesen|mehr erfahren|erschien zuerst|leer más|seguir leyendo|leggi tutto|lees meer|https?://|\[(?:…|\.\.\.)\]",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def languages() -> tuple[str, ...]:
    """The languages in which wordings can be drafted."""
    return tuple(_phrases())


def draft_wordings(item: Item, company: Company | None = None, lang: str | None = None) -> list[Variant]:
    """One draft a voice that the item has no wording in yet, beyond its bare title; [] where none can be made.

    `lang`: the language of title and summary, where the item does not say it itself.
    """
    lang = item.lang or lang or "en"
    phrases = _phrases().get(lang)
    title = " ".join(item.title.split())
    if phrases is None or not title:
        return []
    own = company is not None and _is_of(item.url, company)
    said = _sentences(item, phrases, own)
    texts = {
        "first_person": _joined(_first(phrases, title, company, own), said),
        "factual": _joined(_closed(title), said),
        "question": _joined(f"{_closed(title)} {phrases['question']}", said),
    }
    there = {variant.voice for variant in item.variants if variant.lang == lang and variant.text.strip() != title}
    return [
        Variant(str(uuid.uuid5(uuid.UUID(item.id), f"{lang}|{voice}|{texts[voice]}")), texts[voice], lang, voice, draft=True)
        for voice in VOICES
        if voice not in there and texts[voice] not in (title, _closed(title))  # the bare title is no wording
    ]


@lru_cache(maxsize=1)
def _phrases() -> dict[str, dict]:
    return strict.load(_FILE.read_text("utf-8"), _FILE.name, strict.mapping(_LANGUAGE))


def _first(phrases: dict, title: str, company: Company | None, own: bool) -> str:
    if company is None:
        return _closed(phrases["plain"].format(title=title))
    return _closed(phrases["own" if own else "other"].format(company=company.name, title=title))


def _sentences(item: Item, phrases: dict, own: bool) -> list[str]:
    """The first whole sentences of the summary that anybody at the company could say."""
    others = set(phrases["mine"]) | (set() if own else set(phrases["ours"]))
    found: list[str] = []
    for sentence in _split(item.summary):
        words = {word.casefold().replace("'", "’") for word in _WORD.findall(sentence)}
        # French elides: j’ai, m’a.
        words |= {word.partition("’")[0] for word in words}
        if not _WHOLE.search(sentence) or _ODDS.search(sentence) or words & others or sentence in item.title:
            continue
        if sum(map(len, found)) + len(sentence) > MOST_CHARACTERS:
            break
        found.append(sentence)
        if len(found) == MOST_SENTENCES:
            break
    return found


def _split(text: str) -> list[str]:
    """The sentences of a text; one that ends in an abbreviation goes on."""
    sentences: list[str] = []
    at = 0
    flat = " ".join(text.split())
    for end in [*_END.finditer(flat), None]:
        piece = flat[at : end.start() if end else len(flat)]
        if end and _ABBREVIATED.search(piece):
            continue
        whole = flat[at : end.end() if end else len(flat)].strip()
        if whole:
            sentences.append(whole)
        at = end.end() if end else len(flat)
    return sentences


def _closed(text: str) -> str:
    return text if text[-1] in ".!?…" else f"{text}."


def _joined(opening: str, said: list[str]) -> str:
    return f"{opening}\n\n{' '.join(said)}" if said else opening


def _is_of(url: str, company: Company) -> bool:
    host = (urlsplit(url).hostname or "").casefold()
    return any(host == domain or host.endswith(f".{domain}") for domain in map(str.casefold, company.domains))
