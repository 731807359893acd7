"""The charter: the policy and the rules in force, for people to read. Made from the very rules that check a draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Response

from server.companion import companion
from server.policy import PACKS, Policy
from server.rules import Context, Engine, Finding, Rule
from server.rules.disclosure.tables import jurisdiction, plain
from server.rules.language import detect
from server.rules.model import LEVEL_ORDER, Example
from server.rules.prepare import prepare
from server.web.frame import blueprint, page, words
from server.web.words import Words

VERSION_LENGTH = 8
SHORT = 5  # letters; below, a confidential word counts only where it stands alone
MOST_WEAK = 6  # labels that are not enough; the tables know many more


@dataclass(frozen=True)
class Clause:
    """One rule in the reader's language, with a text it passes and one it does not."""

    id: str
    level: str
    message: str
    why: str
    sources: tuple[str, ...]
    like: Example | None
    not_like: Example | None


@dataclass(frozen=True)
class LabelRow:
    """What readers in one place take as a label in posts of one language, and what they do not."""

    place: Any
    enough: list[str]
    weak: list[str]


@dataclass(frozen=True)
class Part:
    """One pack of rules."""

    pack: str
    title: Any
    sentences: list[Any]
    rules: list[Clause]
    labels: list[LabelRow]


@dataclass(frozen=True)
class Charter:
    """The whole page. `since` is a UTC stamp; None without a programme."""

    company: str | None
    version: str
    since: str | None
    contact: str | None
    parts: list[Part]


@blueprint.get("/charter")
def charter() -> Response:
    """The charter of the programme in force."""
    here, t = companion(), words()
    kept, programme = here.store.programme(), here.programme
    languages = programme.languages if programme else ("en",)
    return page(
        "charter",
        charter=Charter(
            company=here.policy.company.name if here.policy.company else None,
            version=here.engine.version[:VERSION_LENGTH],
            since=kept.used_at if kept else None,
            contact=programme.contact if programme else None,
            parts=parts(here.engine, languages, t),
        ),
    )


def parts(engine: Engine, languages: Sequence[str], t: Words) -> list[Part]:
    """The rules by pack, the built-in packs first and in their order, the firmest rules of each first."""
    policy, rules = engine.policy, engine.rules
    packs = list(dict.fromkeys(rule.pack for rule in rules))
    packs.sort(key=lambda pack: PACKS.index(pack) if pack in PACKS else len(PACKS))
    result = []
    for pack in packs:
        in_pack = [rule for rule in rules if rule.pack == pack and policy.ask[rule.level] != "off"]
        in_pack.sort(key=lambda rule: LEVEL_ORDER[rule.level])
        if in_pack:
            result.append(
                Part(
                    pack=pack,
                    title=t(f"pack.{pack}") if f"pack.{pack}" in t else pack,
                    sentences=_sentences(pack, policy, t),
                    rules=[_clause(rule, engine, t.language) for rule in in_pack],
                    labels=_labels(policy, languages, t) if pack == "disclosure" and policy.company else [],
                )
            )
    return result


def _sentences(pack: str, policy: Policy, t: Words) -> list[Any]:
    """What the pack is for, and what the company's own policy adds to it. Confidential words are never among it."""
    found = [t(f"pack_why.{pack}")] if f"pack_why.{pack}" in t else []
    if pack == "disclosure" and policy.company:
        found.append(t("charter_policy.rewarded" if policy.rewarded else "charter_policy.not_rewarded"))
    if pack == "confidentiality" and policy.confidential:
        found.append(t("charter_policy.confidential"))
    if pack == "respect" and policy.company and policy.company.competitors:
        found.append(t("charter_policy.competitors"))
    if pack == "authenticity" and policy.cadence_per_week:
        found.append(t.count("charter_policy.cadence", policy.cadence_per_week))
    return found


def _clause(rule: Rule, engine: Engine, language: str) -> Clause:
    policy = engine.policy
    likes, flags = _examples(rule.passes, policy, language), _examples(rule.flags, policy, language)
    found = ((example, _finding(rule, example, engine, language)) for example in flags)
    not_like, finding = next((pair for pair in found if pair[1]), (flags[0] if flags else None, None))

    def told(text: str, in_place: str | None) -> str:
        # Words with {values} of a draft are told as the check tells them of the example beside them.
        if "{" in text:
            text = in_place or re.sub(r"\{[^{}]*\}", "…", text)
        return _hushed(text, policy)

    if not_like and not_like.context:
        # What makes the difference lies outside the text, which by itself would show nothing.
        likes, not_like = [], None
    return Clause(
        id=rule.id,
        level=rule.level,
        message=told(rule.message[language], finding and finding.message),
        why=told(rule.why[language], finding and finding.why),
        sources=rule.sources,
        like=likes[0] if likes else None,
        not_like=not_like,
    )


def _finding(rule: Rule, example: Example, engine: Engine, language: str) -> Finding | None:
    """What the rule says of its example under the policy in force; None where it has nothing to say there."""
    check = engine.check(example.text, lang=example.lang, context=Context(**example.context), ui_lang=language)
    return next((finding for finding in check.findings if finding.rule == rule.id), None)


def _examples(examples: Sequence[Example], policy: Policy, language: str) -> list[Example]:
    """The examples, those first that are true under this policy, then those in the reader's language. None of them
    holds a confidential word. Their languages are filled in."""
    fit = [
        replace(example, lang=example.lang or detect(prepare(example.text)))
        for example in examples
        if _hushed(example.text, policy) == example.text
    ]
    return sorted(fit, key=lambda example: (not _holds(example, policy), example.lang != language))


def _holds(example: Example, policy: Policy) -> bool:
    """Whether what the example supposes of readers and rewards is so under this policy."""
    wanted = example.policy
    return (
        wanted.get("rewarded", policy.rewarded) == policy.rewarded
        and tuple(wanted.get("jurisdictions", policy.jurisdictions)) == policy.jurisdictions
    )


def _hushed(text: str, policy: Policy) -> str:
    """The text without the words that the company keeps for itself, however they are spaced or joined."""
    for word in sorted(policy.confidential, key=len, reverse=True):
        text = re.sub(_spaced(word), "…", text, flags=re.IGNORECASE)
    return text


def _spaced(word: str) -> str:
    """A pattern for `word` with anything between its letters that is none: `Project Heron` is `#ProjectHeron` too."""
    letters = [letter for letter in word if letter.isalnum()]
    pattern = r"[\W_]*".join(map(re.escape, letters)) if letters else re.escape(word)
    # A short word is part of too many others.
    return pattern if len(letters) >= SHORT else rf"\b{pattern}\b"


def _labels(policy: Policy, languages: Sequence[str], t: Words) -> list[LabelRow]:
    """A row for each place of the policy and each language that is read there."""
    rows = []
    for place in policy.jurisdictions:
        table = jurisdiction(place)
        spoken = table.languages or tuple(language for language in languages if language in plain())
        for language in spoken:
            grades = table.labels.get(language, {})
            put = plain()[language]["put"].strip(" .:–")
            enough = dict.fromkeys((put, *grades.get("accepted", plain()[language]["accepted"])))
            anywhere = table.labels.get("any", {})
            weak = _distinct((*anywhere.get("weak", []), *grades.get("weak", [])))
            named = t(f"place.{place}")
            rows.append(
                LabelRow(
                    place=f"{named} ({language})" if len(spoken) > 1 else named,
                    enough=[label for label in enough if label == put or label.lower() != put.lower().lstrip("#")][:3],
                    weak=weak[:MOST_WEAK],
                )
            )
    return rows


def _distinct(labels: Sequence[str]) -> list[str]:
    """The labels without those that need a company's name (X) or only say more of what another says."""
    found: list[str] = []
    for label in labels:
        if "X" not in label.split() and not any(set(known.split()) & set(label.split()) for known in found):
            found.append(label)
    return found
