"""Phone numbers of people: looked at only where seven digits stand, and read by the kept library.

`phonenumbers` says which are numbers of the readers' countries and which are free or shared lines, which nobody owns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from server.rules.model import Found
from server.rules.scene import Scene

_DIGITS = re.compile(r"\+?\(?\d(?:[ ()./-]{0,2}\d){6,14}(?!\d)")
_REGIONS = {"uk": "GB", "us": "US", "fr": "FR", "de": "DE", "es": "ES", "it": "IT", "nl": "NL", "ie": "IE", "ca": "CA",
            "au": "AU", "in": "IN", "eu": ""}  # fmt: skip
_SPOKEN = {"en": ("GB", "US"), "fr": ("FR",), "de": ("DE",), "es": ("ES",), "it": ("IT",), "nl": ("NL",)}
_DATES = re.compile(r"(?:19|20)\d\d[-/.]\d\d[-/.]\d\d|\d\d[-/.]\d\d[-/.](?:19|20)\d\d")
# Whose number it is: one's own, or one that a company gives out.
_OWN_OR_PUBLIC = frozenset("""
    me my us reception switchboard hotline helpline support desk fax enquiries inquiries whatsapp
    moi mon ma standard accueil assistance secrétariat gratuit
    mich mir meine meiner zentrale empfang kundendienst servicenummer telefonzentrale
    """.split())
# Where many people answer; a name beside them, or whose telephone it is, still counts.
_PLACES = frozenset("""
    showroom bookings booking reservations orders shop store office clinic surgery restaurant press
    réservations boutique magasin cabinet agence mairie
    reservierung reservierungen bestellungen buchungen filiale praxis geschäftsstelle pressestelle
    """.split())
_OF_ONE = frozenset("mobile cell her his own personal private portable perso sien handy privat seine ihre".split())
# Signs that a notice puts before the number it gives out; a name beside them still counts.
_GIVEN_OUT = ("📞", "☎", "📲", "📱")
# What leads to a number goes with it: Call Nadia [on 07700 900123].
_LEADS = frozenset(("on", "at", "under", "sur", "au", "unter", ":", ","))
_CALLS = frozenset("""
    ring call phone mobile cell tel telephone text whatsapp number landline dial sms
    appelez appeler appelle portable téléphone numéro joignable joindre tél perso
    ruft anrufen rufnummer handy telefon telefonnummer nummer mobil erreichbar handynummer privatnummer privat
    """.split())


def find(scene: Scene, rule: Any) -> Iterator[Found]:
    """Each number that a person may own."""
    draft = scene.draft
    if draft.digits < 7:
        return
    around: dict[int, set[str]] = {}  # the words of a sentence, by its first: a long one holds many numbers
    for match in _DIGITS.finditer(draft.low):
        if _DATES.search(match.group()) or match.start() and draft.low[match.start() - 1] in "#/=_-.,@£$€":
            continue
        if draft.low[match.end() : match.end() + 1] == "%":
            continue
        hit = scene.tokens_within(*match.span())
        if hit is None:
            continue
        first, last = draft.sentences[draft.sentence_of[hit.first]]
        if first not in around:
            around[first] = set(draft.words[first : last + 1])
        words = around[first]
        if any(sign in draft.low[max(0, match.start() - 24) : match.start()] for sign in _GIVEN_OUT) and not any(
            first <= name.first <= last for name in scene.pseudo("PERSON")
        ):
            continue
        if words & _PLACES and not words & _OF_ONE and not any(
            first <= name.first <= last for name in scene.pseudo("PERSON")
        ):
            continue
        if words & _OWN_OR_PUBLIC or not _someones(match.group(), scene, bool(words & _CALLS)):
            continue
        begin = hit.first
        while begin > first and draft.words[begin - 1] in _LEADS:
            begin -= 1
        yield Found(*draft.span(*match.span()), fixes=rule.without(scene, begin, hit.last))


def _someones(written: str, scene: Scene, called: bool) -> bool:
    """Whether it is a number of the readers' countries that one person may own."""
    import phonenumbers as numbers

    regions = [_REGIONS[where] for where in scene.policy.jurisdictions]
    regions += _SPOKEN.get(scene.lang or "", ())
    regions += ("GB", "FR", "DE") if called else ()
    plus = written.startswith("+")
    for region in [None] if plus else dict.fromkeys(filter(None, regions)):
        try:
            number = numbers.parse(written, region)
        except numbers.NumberParseException:
            continue
        kind = numbers.number_type(number)
        if kind in (numbers.PhoneNumberType.TOLL_FREE, numbers.PhoneNumberType.SHARED_COST,
                    numbers.PhoneNumberType.PREMIUM_RATE, numbers.PhoneNumberType.UAN):  # fmt: skip
            return False
        sure = numbers.is_valid_number(number) and (plus or written[0] in "0(" or called)
        if sure or called and numbers.is_possible_number(number):
            return True
    return False
