"""From policy and rules to a charter, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from server import strict
from server.policy import PACKS, Policy
from server.rules import Check, Context, Engine, Finding, Rule
from server.rules.disclosure.tables import jurisdiction, plain
from server.rules.language import detect
from server.rules.model import LEVEL_ORDER, UI_LANGUAGES, Example
from server.rules.prepare import prepare
from server.words import Words

VERSION_LENGTH = 8
SHORT = 5  # letters; below, a confidential word counts only where it stands alone
MOST_WEAK = 6  # labels that are not enough; the tables know many more
MOST_LABELS = 3  # labels that a card names


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
    """What readers in one place take as a label in posts of one language, and what they do not. `sources` are the rules'
    own, at that place's authorities."""

    place: Any
    enough: list[str]
    weak: list[str]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """One pack of rules: what is asked of people, and what is advised."""

    pack: str
    title: Any
    sentences: list[Any]
    asked: list[Clause]
    advised: list[Clause]
    labels: list[LabelRow]


@dataclass(frozen=True)
class Charter:
    """The whole of it. `since` is a UTC stamp; None without a programme."""

    company: str | None
    version: str
    since: str | None
    contact: str | None
    parts: list[Part]


def build(
    engine: Engine,
    t: Words,
    *,
    languages: Sequence[str] = ("en",),
    since: str | None = None,
    contact: str | None = None,
) -> Charter:
    """The charter of an engine's policy and rules in the words `t`. `languages` are the programme's."""
    policy = engine.policy
    rows = _labels(policy, languages, t) if policy.company else []
    return Charter(
        company=policy.company.name if policy.company else None,
        version=engine.version[:VERSION_LENGTH],
        since=since,
        contact=contact,
        parts=_parts(engine, rows, t),
    )


def labels_to_begin_with(policy: Policy, languages: Sequence[str], t: Words) -> list[str]:
    """The labels that a praising post begins with, the best of each place; none where no label is owed."""
    if not policy.rewarded or not policy.company or "disclosure" not in policy.packs:
        return []
    return list(dict.fromkeys(row.enough[0] for row in _labels(policy, languages, t)))[:MOST_LABELS]


def new_rules(engine: Engine, known: Sequence[str], language: str) -> list[str]:
    """What the rules say that are in force and not among the ids `known`, firmest first."""
    fresh = [rule for rule in engine.rules if rule.id not in known and engine.policy.ask[rule.level] != "off"]
    fresh.sort(key=lambda rule: LEVEL_ORDER[rule.level])
    return [_told(rule.message[language], None, engine.policy) for rule in fresh]


def _parts(engine: Engine, rows: list[LabelRow], t: Words) -> list[Part]:
    """The rules by pack, the built-in packs first and in their order, the firmest rules of each first."""
    policy, rules = engine.policy, engine.rules
    packs = list(dict.fromkeys(rule.pack for rule in rules))
    packs.sort(key=lambda pack: PACKS.index(pack) if pack in PACKS else len(PACKS))
    result = []
    for pack in packs:
        in_pack = [rule for rule in rules if rule.pack == pack and policy.ask[rule.level] != "off"]
        in_pack.sort(key=lambda rule: LEVEL_ORDER[rule.level])
        if in_pack:
            clauses = [_clause(rule, engine, t.language) for rule in in_pack]
            result.append(
                Part(
                    pack=pack,
                    title=t(f"pack.{pack}") if f"pack.{pack}" in t else pack.replace("-", " ").capitalize(),
                    sentences=_sentences(pack, policy, t),
                    asked=[clause for clause in clauses if clause.level == "required"],
                    advised=[clause for clause in clauses if clause.level != "required"],
                    labels=rows if pack == "disclosure" else [],
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
    flags = _examples(rule.flags, policy, language)
    found = ((example, _check(rule, example, engine, language)) for example in flags)
    pairs = ((example, _first(rule, check), check) for example, check in found)
    not_like, finding, check = next((pair for pair in pairs if pair[1]), (flags[0] if flags else None, None, None))
    like = None
    if not_like and not_like.context:
        # What makes the difference lies outside the text, which by itself would show nothing.
        not_like = None
    else:
        mended = _mended(not_like, finding, check, engine) if not_like and finding and check else None
        like = mended or _written(rule, engine, language) or _passing(rule, engine, language)
    return Clause(
        id=rule.id,
        level=rule.level,
        message=_told(rule.message[language], finding and finding.message, policy),
        why=_told(rule.why[language], finding and finding.why, policy),
        sources=rule.sources,
        like=like,
        not_like=not_like,
    )


def _told(text: str, in_place: str | None, policy: Policy) -> str:
    """A rule's words. Those with {values} of a draft are told as the check tells them of the example beside them."""
    if "{" in text:
        text = in_place or re.sub(r"\{[^{}]*\}", "…", text)
    return _hushed(text, policy)


def _check(rule: Rule, example: Example, engine: Engine, language: str) -> Check:
    context = Context(**example.context)
    return engine.check(example.text, lang=example.lang, context=context, ui_lang=language, alone=rule.id)


def _first(rule: Rule, check: Check) -> Finding | None:
    """What the rule says of its example under the policy in force; None where it has nothing to say there."""
    return next((finding for finding in check.findings if finding.rule == rule.id), None)


def _clean(text: str, lang: str | None, engine: Engine) -> bool:
    """Whether the check has no more than an idea about a text: a good example is not one that would be told off."""
    return all(finding.level == "suggestion" for finding in engine.check(text, lang=lang).findings)


def _mended(not_like: Example, finding: Finding, check: Check, engine: Engine) -> Example | None:
    """The example as the finding's best fix makes it, where it writes something: taking words out shows nothing."""
    for fix in finding.fixes[:1]:
        text = fix.apply(not_like.text)
        if any(edit.text.strip() for edit in fix.edits) and _clean(text, check.lang, engine):
            return replace(not_like, text=text)
    return None


@lru_cache(maxsize=1)
def good() -> dict[str, dict[str, str]]:
    """A good way to say it, by rule and language."""
    file = Path(__file__).parent / "good.yaml"
    said = strict.record({language: strict.text for language in UI_LANGUAGES}, required=UI_LANGUAGES)
    return strict.load(file.read_text("utf-8"), file.name, strict.mapping(said))


def _written(rule: Rule, engine: Engine, language: str) -> Example | None:
    """The good way to say it that is written for a built-in rule, where this policy has nothing against it."""
    text = good().get(rule.id, {}).get(language) if rule.pack in PACKS else None
    return Example(text, language) if text and _clean(text, language, engine) else None


def _passing(rule: Rule, engine: Engine, language: str) -> Example | None:
    """The rule's own example that passes and that the rest of the check has little to say about."""
    likes = [example for example in _examples(rule.passes, engine.policy, language) if not example.context]
    clean = (example for example in likes if _clean(example.text, example.lang, engine))
    return next(clean, likes[0] if likes else None)


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
            accepted = grades.get("accepted", plain()[language]["accepted"])
            # The words that are the same everywhere first, and one word before several.
            known = [label for label in plain()[language]["accepted"] if label in accepted]
            others = (label for label in (*known, *accepted) if label.lower() != put.lower().lstrip("#"))
            enough = dict.fromkeys((put, *(label[0].upper() + label[1:] for label in sorted(others, key=lambda label: " " in label))))
            anywhere = table.labels.get("any", {})
            weak = _distinct((*anywhere.get("weak", []), *grades.get("weak", [])))
            named = t(f"place.{place}")
            rows.append(
                LabelRow(
                    place=f"{named} ({language})" if len(spoken) > 1 else named,
                    enough=list(enough)[:3],
                    weak=weak[:MOST_WEAK],
                    sources=table.sources[:2],
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
