"""The companion as one value: the store, the engine for the programme in force, and who may speak to it."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable
from dataclasses import replace
from itertools import takewhile

from flask import current_app

from server import access, clock, company_packs, paging, programme
from server.policy import NO_POLICY, Policy
from server.rules import Check, Context, Engine
from server.rules.own_words import own_words
from server.store import Item, NotFound, Pairing, Store, Variant
from server.strict import StrictError
from server.suggest import Suggester


class Companion:
    """What every route works on. `port` is where it listens, once it does; `secret` opens the local routes."""

    def __init__(self, store: Store, port: int) -> None:
        self.store = store
        self.port = port
        self.secret = secrets.token_urlsafe(32)
        self.codes = access.PairingCodes()
        self.pages = access.PageSessions()
        self.on_erase: list[Callable[[], None]] = []  # what other parts hold in memory of the person's
        self._suggester: tuple[tuple[Item, ...], Suggester] | None = None
        self.reload()

    def reload(self) -> None:
        """Build the engine anew from the programme in force; without one, the packs without a company."""
        try:
            in_force = programme.in_force(self.store)
        except StrictError as error:
            # A programme taken into use under an older, laxer version: say so, and check without a company.
            in_force = None
            self.store.notices.append(f"The programme in force cannot be read, so drafts are checked without it: {error}")
        self.programme = in_force
        self.policy: Policy = in_force.policy if in_force else NO_POLICY
        self.engine = self._engine(in_force.packs if in_force else {})
        self._suggester = None

    def _engine(self, packs: company_packs.Packs) -> Engine:
        try:
            return company_packs.engine(self.policy, packs)
        except StrictError as error:
            self.store.notices.append(f"The company's own rules cannot be read, so drafts are checked without them: {error}")
            return Engine(self.policy)

    def use_programme(self, origin: str) -> None:
        """Take the programme at a path or address into use. Raises what `programme.use` raises; then nothing changes."""
        programme.use(self.store, origin)
        self.reload()

    def pair(self, code: str, client: str) -> tuple[str, str | None]:
        """Redeem a pairing code: (`ok`, token), or why not and None."""
        outcome = self.codes.redeem(code)
        if outcome != "ok":
            return outcome, None
        token = secrets.token_urlsafe(32)
        self.store.add_pairing(Pairing(str(uuid.uuid4()), access.digest(token), client, clock.stamp()))
        return outcome, token

    def context(self, item: Item | None, variant: Variant | None) -> Context:
        """What the rules may know beside the text: the item used, its variant, company posts this week."""
        since = clock.week_start()
        return Context(
            item_title=item.title if item else None,
            item_url=item.url if item else None,
            reward=item.reward if item else None,
            variant_text=variant.text if variant else None,
            posts_this_week=sum(1 for _ in takewhile(lambda share: share.posted_at >= since, self.store.shares())),
            takes_rewards=self.store.preferences().takes_rewards,
        )

    def check(
        self,
        text: str,
        *,
        item_id: str | None = None,
        variant_id: str | None = None,
        lang: str | None = None,
        ui_lang: str = "en",
        platform_label: bool = False,
    ) -> tuple[Check, float | None]:
        """Check a draft; with an item used, also how much of it is the person's own words. Raises NotFound.

        What the person always leaves out is left out here, unless it is required; the verdict never changes by it.
        """
        item = self.store.item(item_id) if item_id else None
        variant = find_variant(item, variant_id, text) if item else None
        context = replace(self.context(item, variant), platform_label=platform_label)
        check = self.engine.check(text, lang=lang, context=context, ui_lang=ui_lang)
        left_out = self.store.preferences().dismissed_rules
        if left_out:
            stay = tuple(each for each in check.findings if each.level == "required" or each.rule not in left_out)
            check = replace(check, findings=stay)
        return check, own_words(text, variant.text) if variant else None

    def suggester(self) -> Suggester:
        """The index over the items as they are now, built again only when they changed."""
        items = self.store.items()
        if self._suggester is None or self._suggester[0] is not items:
            self._suggester = (items, Suggester(items))
        return self._suggester[1]

    def ready_text(self, item: Item, variant: Variant) -> str:
        """The variant as *Use* inserts it: the advertising label first where one is due, the item's link last."""
        text = variant.text if item.url in variant.text else f"{variant.text}\n\n{item.url}"
        return self.engine.labelled(text, lang=variant.lang, context=replace(self.context(item, variant), posts_this_week=None))

    def erase(self) -> None:
        """Erase everything: the store with its backups, every pairing, every page session."""
        self.store.erase()
        paging.forget()
        self.pages.clear()
        for forget in self.on_erase:
            forget()
        self.reload()


def find_variant(item: Item, variant_id: str | None, text: str) -> Variant | None:
    """The variant named; without a name, the one that `text` has most of. Raises NotFound for a name unknown."""
    if variant_id:
        for variant in item.variants:
            if variant.id == variant_id:
                return variant
        raise NotFound("variant", variant_id)
    return min(item.variants, key=lambda variant: own_words(text, variant.text) or 0.0, default=None)


def companion() -> Companion:
    """The companion of the application that serves the present request."""
    return current_app.extensions["sayso"]
