"""Numbers that stand for a person: bank account, payment card, identity and tax numbers, a customer's file.

Their check digits are computed by python-stdnum, loaded only where a candidate stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from server.rules.model import Found
from server.rules.scene import Scene

_IBAN = re.compile(r"\b[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){3,7}(?: ?[a-z0-9]{1,3})?\b")
_CARD = re.compile(r"\b[3-6]\d{3}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,4}\b|\b3[47]\d{2}[ -]?\d{6}[ -]?\d{5}\b")
_NAMED = re.compile(
    r"\b(?:national insurance|social security|passport|ssn|nhs|tax|sécurité sociale|secu|sécu|passeport|"
    r"steuer-?id|sozialversicherungs\w*|personalausweis\w*|reisepass\w*|iban|driving licence|driver's license)"
    r"(?: (?:number|no|nr|nummer|numéro))?(?: (?:is|est|ist|lautet|of|de|von) ?| ?: ?| )"
    r"(?:[a-z]{0,2} ?\d[a-z0-9 -]{4,24})"
)
_FILE = re.compile(
    r"\b(?:account|customer|client|patient|policy|case|file|ticket|employee|membership|booking|claim|dossier|compte|"
    r"commande|contrat|kundennummer|kunde|konto|akte|vertrag|patientin|personalnummer|versicherungsnummer)"
    r"(?: (?:number|no|nr|id|numéro|n°|nummer))?\.?[ :#]{1,2}([a-z]{0,3}[ -]?\d[\d/-]{3,14}\d)\b"
)
_SORT_CODE = re.compile(
    r"\b(?:sort code|sortcode)\W{0,3}\d\d[ -]?\d\d[ -]?\d\d\b|"
    r"\b(?:blz|bankleitzahl)\W{0,3}\d{3} ?\d{3} ?\d{2}\b"
)
_PLATE = re.compile(
    r"\b(?:(?:licen[cs]e|number) plate|plaque(?: d['’]immatriculation)?|immatriculation|immatriculée?|kennzeichen)\W{1,3}"
    r"(?:is |est |ist )?[a-z]{1,3}[ -]?(?:[a-z]{1,2}[ -]?)?\d{1,4}(?:[ -]?[a-z]{1,3})?\b"
)
_FRENCH_ID = re.compile(r"\b[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d{2} ?\d{3} ?\d{3} ?\d{2}\b")

_LEAST, _LEAST_OF_OTHERS = 2, 6  # digits of a draft with a number plate, and with another such number


def find(scene: Scene, rule: Any) -> Iterator[Found]:
    """Each such number."""
    low = scene.draft.low
    if scene.draft.digits < _LEAST:
        return
    last_end = -1
    for start, end in sorted(_spans(scene, low)):
        hit = scene.tokens_within(start, end) if start >= last_end else None
        if hit is None:
            continue
        last_end = end
        yield Found(*scene.draft.span(start, end), fixes=rule.without(scene, hit.first, hit.last))


def _spans(scene: Scene, low: str) -> Iterator[tuple[int, int]]:
    for match in _PLATE.finditer(low):
        yield match.span()
    if scene.draft.digits < _LEAST_OF_OTHERS:
        return
    for match in _IBAN.finditer(low):
        from stdnum import iban

        if iban.is_valid(match.group()):
            yield match.span()
    for match in _CARD.finditer(low):
        from stdnum import luhn

        if luhn.is_valid(re.sub(r"\D", "", match.group())):
            yield match.span()
    for match in _FRENCH_ID.finditer(low):
        from stdnum.fr import nir

        if nir.is_valid(match.group()):
            yield match.span()
    for match in _SORT_CODE.finditer(low):
        yield match.span()
    for match in _NAMED.finditer(low):
        if sum(c.isdigit() for c in match.group()) >= 6:
            yield match.span()
    for match in _FILE.finditer(low):
        hit = scene.tokens_within(*match.span(1))
        if hit and scene.within(hit, scene.around(scene.pseudo("PERSON"))):
            yield match.span()
