"""What the checks say of an item's ready-made wordings, as *Use* would put them in, in each jurisdiction."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from server import company_packs
from server.policy import Policy
from server.rules import Engine, Finding
from server.rules.model import Fold
from server.store import Item, Variant
from server.wording import context_of, ready_text

GRAVE = frozenset({"required", "warning"})


@dataclass(frozen=True)
class Vetted:
    """One wording in one jurisdiction. `level` is that of its worst finding, or `fine`."""

    jurisdiction: str
    disclosure: str
    findings: tuple[Finding, ...]

    @property
    def level(self) -> str:
        return self.findings[0].level if self.findings else "fine"

    @property
    def grave(self) -> bool:
        """Whether it breaks the policy here: somebody has to say why it is published all the same."""
        return any(finding.level in GRAVE for finding in self.findings)


@dataclass(frozen=True)
class Look:
    """A wording as readers see it: the whole text with label and link, where the feed cuts it, what is said of it."""

    text: str
    fold: Fold
    vetted: tuple[Vetted, ...]

    @property
    def grave(self) -> bool:
        return any(each.grave for each in self.vetted)


class Vetting:
    """The engines of one policy, one a jurisdiction; kept, it remembers which wordings it found to be fine."""

    def __init__(self, engine: Engine, packs: company_packs.Packs) -> None:
        """`engine` is the policy's own, with the rules of `packs`. Raises StrictError where they cannot be read."""
        self._whole = engine
        self._alone: dict[str, Engine] = {}
        policy: Policy = engine.policy
        for place in policy.jurisdictions:
            single = replace(policy, jurisdictions=(place,))
            self._alone[place] = engine if single == policy else company_packs.engine(single, packs)
        self._fine: set[bytes] = set()

    def breaks(self, item: Item, variant: Variant) -> bool:
        """Whether the wording breaks the policy in one jurisdiction or another: `look` then says where and how.

        One check for all: the verdict of several jurisdictions is the worst of each. A wording found to be fine is not
        checked again until something in it changes.
        """
        said = (variant.text, variant.lang, item.title, item.url, item.reward, item.tags)
        known = hashlib.blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        if known in self._fine:
            return False
        text = ready_text(self._whole, item, variant, item.url)
        check = self._whole.check(text, lang=variant.lang, context=context_of(item))
        if any(finding.level in GRAVE for finding in check.findings):
            return True
        self._fine.add(known)
        return False

    def look(self, item: Item, variant: Variant, ui_lang: str = "en", link: str | None = None) -> Look:
        """The wording of the item as it would be posted, unchanged, by someone who takes rewards.

        `link` is the item's address as posts carry it, where that is not the plain one.
        """
        text = ready_text(self._whole, item, variant, link or item.url)
        context = context_of(item)
        checks = {
            place: engine.check(text, lang=variant.lang, context=context, ui_lang=ui_lang)
            for place, engine in self._alone.items()
        }
        vetted = tuple(Vetted(place, check.disclosure, check.findings) for place, check in checks.items())
        return Look(text, next(iter(checks.values())).fold, vetted)
