"""What stops items from being published: wordings that break the policy though nobody has said why they may."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from server.policy import Policy
from server.store import Item
from server.vetting import GRAVE, Vetting

_NAMED = 20  # in one message
_TOLD = 50  # items between two words on how far it has come

Progress = Callable[[int, int], None]  # how many of how many


@dataclass(frozen=True, slots=True)
class Fault:
    """One wording that breaks the policy: whose it is, in which of the policy's jurisdictions, what was found."""

    item_id: str
    title: str
    variant_id: str
    lang: str
    voice: str
    jurisdictions: tuple[str, ...]
    found: tuple[str, ...]

    def __str__(self) -> str:
        return f"“{self.title}” ({self.lang}, {self.voice.replace('_', ' ')}): {' '.join(self.found)}"


def faults_of(
    items: Sequence[Item], vetting: Vetting, ui_lang: str = "en", progress: Progress = lambda number, of: None
) -> list[Fault]:
    """What is required or worth a warning in a wording that is to be published without a reason, wording by wording.

    What is shelved or a draft is not published. `found` are the rules' own messages in `ui_lang`, each once; they
    repeat no confidential word. `progress` is told how many of the items are done.
    """
    faults = []
    for number, item in enumerate(items):
        if number % _TOLD == 0:
            progress(number, len(items))
        for variant in () if item.shelved else item.variants:
            if variant.draft or variant.reason or not vetting.breaks(item, variant):
                continue
            grave = [each for each in vetting.look(item, variant, ui_lang).vetted if each.grave]
            if grave:
                found = dict.fromkeys(one.message for each in grave for one in each.findings if one.level in GRAVE)
                places = tuple(each.jurisdiction for each in grave)
                faults.append(
                    Fault(item.id, item.title, variant.id, variant.lang, variant.voice, places, tuple(found))
                )
    return faults


def said(faults: list[Fault]) -> str:
    """The faults as one message, an item a line."""
    count = len(faults)
    wordings = "1 wording breaks" if count == 1 else f"{count:,} wordings break"
    more = [f"and {count - _NAMED:,} more"] if count > _NAMED else []
    return "\n  ".join(
        [
            f"{wordings} the policy. Mend them, shelve the items, or give a reason for each on the page of its item:",
            *map(str, faults[:_NAMED]),
            *more,
        ]
    )


def secrets_of(policy: Policy, items: Iterable[Item], now: str) -> Iterator[str]:
    """Why a bundle that everybody can read may not be made of this, sentence by sentence, no confidential word in it."""
    if policy.confidential:
        yield (
            f"The policy has confidential words ({len(policy.confidential)}), which everybody could read. "
            "Publish it encrypted, or take them out of the policy."
        )
    waiting = [item.title for item in items if item.embargo_until and item.embargo_until > now]
    if waiting:
        names = ", ".join(f"“{title}”" for title in waiting[:_NAMED]) + (
            f" and {len(waiting) - _NAMED:,} more" if len(waiting) > _NAMED else ""
        )
        yield f"Everybody could read what is still under embargo: {names}. Publish it encrypted, or shelve it until then."
