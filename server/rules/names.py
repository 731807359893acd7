"""The policy's own words, sought in an automaton of their own: company, products, competitors, confidential words.

Which of the hits truly speak about the company is asked in `disclosure.about`; many names are common words.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from server.policy import Policy
from server.rules.prepare import Draft, fold_accents, phrase_tokens
from server.rules.scan import Hit, Scanner

_PROJECT = ("project", "projet", "projekt", "progetto", "proyecto")
LEGAL = frozenset("ltd limited inc llc plc corp corporation co gmbh ag se sas sa sarl sasu bv nv kg spa srl sl".split())


class Name(NamedTuple):
    """One name of the policy: how it is written there, and what it names.

    `role`: name, handle, link, product, part (a product without the company's name before it), competitor,
    confidential.
    """

    written: str
    role: str


class Names:
    """All names of one policy, compiled once."""

    def __init__(self, policy: Policy) -> None:
        self.scanner = Scanner()
        self.slot = self.scanner.slot()
        self.compact: dict[str, Name] = {}  # names without spaces, as hashtags have them
        company = policy.company
        if company:
            for name in (company.name, *company.aliases):
                self._name(name)
            for handle in company.handles:
                self._add(handle, Name(handle, "handle"))
                self._compact(handle, "name")
            for domain in company.domains:
                self._add(domain, Name(domain, "link"))
            for product in company.products:
                self._product(product, company.name, company.aliases)
            for competitor in company.competitors:
                self._add(competitor, Name(competitor, "competitor"))
                first = competitor.split()[0]
                if first != competitor and len(first) > 3:
                    self._add(first, Name(first, "competitor"))
        for word in policy.confidential:
            self._add(word, Name(word, "confidential"))
            self._add(_squeezed(word), Name(word, "confidential"))
            for other in _in_other_languages(word):
                self._add(other, Name(word, "confidential"))
        self.scanner.warm()

    def find(self, draft: Draft, lang: str | None) -> dict[str, list[Hit]]:
        """The hits by role, each with its Name as payload."""
        by_role: dict[str, list[Hit]] = {}
        for hit in self.scanner.phrases_in(draft, lang).get(self.slot, ()):
            name = hit.payload
            if name.role in ("competitor", "confidential") and not _as_written(draft, hit, name.written):
                continue
            by_role.setdefault(name.role, []).append(hit)
        return by_role

    def _name(self, name: str) -> None:
        role = "handle" if name.startswith("@") else "name"
        self._add(name, Name(name, role))
        self._compact(name, "name")
        if "&" in name:
            for word in ("and", "et", "und", "y", "e", "en"):
                self._add(name.replace("&", word), Name(name, role))
            self._compact(name.replace("&", "and"), "name")
        bare = _without_legal_form(name)
        if bare != name:
            self._add(bare, Name(bare, role))
            self._compact(bare, "name")
        folded = fold_accents(name)
        if folded != name:
            self._add(folded, Name(folded, role))
        if role == "name" and " " not in name and len(name) > 4 and name[-1].isalpha():
            self._add(name + "s", Name(name + "s", "name"))

    def _product(self, product: str, company: str, aliases: tuple[str, ...]) -> None:
        self._add(product, Name(product, "product"))
        if len(product) > 5 and product[-1].isalpha():
            for ending in ("s", "n"):
                self._add(product + ending, Name(product + ending, "product"))
        if len(product) > 6 and product.endswith("s") and not product.endswith("ss"):
            self._add(product[:-1], Name(product[:-1], "product"))
        self._compact(product, "product")
        for name in sorted((company, *aliases), key=len, reverse=True):
            if product.lower().startswith(name.lower() + " "):
                part = product[len(name) + 1 :]
                self._add(part, Name(part, "part"))
                self._compact(part, "part")
                break
        first, last = product.split()[0], product.split()[-1]
        if first != last and len(first) > 5 and first.isalpha() and first[0].isupper():
            if first.lower() not in (word.lower() for one in (company, *aliases) for word in one.split()):
                self._add(first, Name(first, "part"))
        if last != product and any(c.isdigit() for c in last) and any(c.isalpha() for c in last):
            self._add(last, Name(last, "part"))

    def _add(self, phrase: str, name: Name) -> None:
        self.scanner.add(self.slot, phrase, payload=name)

    def _compact(self, written: str, role: str) -> None:
        squeezed = _squeezed(written).lower()
        for key in (squeezed, fold_accents(squeezed)):
            if len(key) > 1:
                self.compact.setdefault(key, Name(written, role))


def _in_other_languages(word: str) -> list[str]:
    """Project Heron as it is called where the post is in another language: Projet Heron, Heron-Projekt."""
    first, _, rest = word.partition(" ")
    if not rest or first.lower() not in _PROJECT:
        return []
    return [f"{other} {rest}" for other in _PROJECT if other != first.lower()] + [f"{rest}-Projekt"]


def _squeezed(name: str) -> str:
    return re.sub(r"[\W_]+", "", name)


def _without_legal_form(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[-1].lower().replace(".", "") in LEGAL:
        words.pop()
    return " ".join(words)


def _as_written(draft: Draft, hit: Hit, written: str) -> bool:
    """Whether a name that begins with a capital does so in the draft too (`hooli` and `umbra` may be words)."""
    first = phrase_tokens(written)[0]
    if first.isdigit() or not written[0].isupper():
        return True
    there = draft.written(hit.first)
    return there[0].isupper() or " " in written
