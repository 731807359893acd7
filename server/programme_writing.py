"""A programme written back out, in the form that `server.programme_file` reads. The same programme gives the same text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import yaml

from server.feed.items import title_variant
from server.policy import ASK, PACKS, Policy
from server.programme_file import ProgrammeFile
from server.store import Item, Variant

try:
    from yaml import CSafeDumper as _Dumper
except ImportError:  # a wheel without libyaml: the same language, slower
    from yaml import SafeDumper as _Dumper  # type: ignore[assignment]


def written(programme: ProgrammeFile, items: Iterable[Item], *, as_json: bool = False) -> str:
    """The programme with these items, as YAML for people or as JSON.

    Rules of folders are written out with the others. Read again it is the same programme, but that what it left to
    a default may now be said.
    """
    plain = {**plain_programme(programme), "items": [plain_item(item) for item in items]}
    if programme.sources:
        plain["sources"] = [
            _said(
                **({"file": source.place} if source.kind == "file" else {"url": source.place}),
                kind=source.kind if source.kind not in ("feed", "file") else "",
                category=source.category,
                title=source.title,
            )
            for source in programme.sources
        ]
    if as_json:
        plain |= {"rules": rules} if (rules := _rules(programme, _plain_rule)) else {}
        return to_json(plain)
    dumper = _Representer()
    tree = dumper.represent_data(plain)
    if rules := _rules(programme, lambda text: yaml.compose(text, yaml.SafeLoader)):
        packs = [
            (dumper.represent_data(pack), _mapping([(dumper.represent_data(id), rule) for id, rule in found.items()]))
            for pack, found in rules.items()
        ]
        tree.value.append((dumper.represent_data("rules"), _mapping(packs)))
    return yaml.serialize(tree, Dumper=_Dumper, allow_unicode=True, width=120)


def to_json(plain: Any) -> str:
    """JSON that YAML reads too: characters beyond ASCII are escaped, since YAML takes some of them for line breaks."""
    return json.dumps(plain, ensure_ascii=True, separators=(",", ":"))


def plain_programme(programme: ProgrammeFile) -> dict[str, Any]:
    """All of a programme but its items, sources and rules, as the keys and plain values of its file."""
    return _said(
        name=programme.name,
        languages=programme.languages,
        contact=programme.contact,
        allow_private=programme.allow_private,
        policy=plain_policy(programme.policy),
        mix=dict(programme.mix),
        utm=dict(programme.utm),
        personal_parameter=programme.personal_parameter,
        roles=programme.roles,
        regions=programme.regions,
        value=_said(**programme.value.plain()) if programme.value else {},
        answers=[
            _said(proposal=answer.proposal, state=answer.state, note=answer.note) for answer in programme.answers
        ],
    ) | ({} if programme.policy != Policy() else {"policy": {}})


def plain_policy(policy: Policy) -> dict[str, Any]:
    """A policy as the keys and plain values of its file; what is as where it was left out is left out."""
    company = policy.company
    plain = _said(
        company=_said(
            name=company.name,
            aliases=company.aliases,
            handles=company.handles,
            domains=company.domains,
            products=company.products,
            competitors=company.competitors,
        )
        if company
        else {},
        confidential=policy.confidential,
        cadence=_said(per_week=policy.cadence_per_week, rest_days=policy.cadence_rest_days),
        ask={level: how for level, how in policy.ask.items() if how != ASK[level]},
    )
    if policy.jurisdictions != ("eu",):
        plain["jurisdictions"] = list(policy.jurisdictions)
    if policy.packs != PACKS:
        plain["packs"] = list(policy.packs)
    if policy.rewarded:
        plain["rewarded"] = True
    return plain


def plain_item(item: Item, variants: Iterable[Variant] | None = None) -> dict[str, Any]:
    """An item as the keys and plain values of a programme's file, with `variants` in place of its own where given."""
    wordings = tuple(item.variants if variants is None else variants)
    if wordings == (title_variant(item.id, item.title, item.lang),):
        wordings = ()  # what an item without any gets
    plain = _said(
        title=item.title,
        url=item.url,
        summary=item.summary,
        image=item.image,
        lang=item.lang,
        category=item.category,
        topics=item.topics,
        audience=item.audience,
        regions=item.regions,
        tags=[tag.lstrip("#") for tag in item.tags],
        variants=[_variant(each) for each in wordings],
        published_at=item.published_at,
        embargo_until=item.embargo_until,
        expires_at=item.expires_at,
        campaign=item.campaign,
        reward=item.reward,
    )
    return plain | ({"shelved": True} if item.shelved else {})


def _variant(variant: Variant) -> dict[str, Any]:
    plain = _said(text=variant.text, lang=variant.lang, voice=variant.voice, reason=variant.reason)
    return plain | ({"draft": True} if variant.draft else {})


def _said(**values: Any) -> dict[str, Any]:
    """The values that say something, in their order: texts without space around them, lists without empty texts."""
    said = {}
    for key, value in values.items():
        if isinstance(value, (list, tuple)):
            value = [each.strip() if isinstance(each, str) else each for each in value]
            value = [each for each in value if each]
        elif isinstance(value, str):
            value = value.strip()
        if value:
            said[key] = value
    return said


def _rules(programme: ProgrammeFile, form: Any) -> dict[str, dict[str, Any]]:
    return {
        pack: {rule: form(text) for rule, text in sorted(rules.items())}
        for pack, rules in sorted(programme.packs.items())
    }


def _plain_rule(text: str) -> Any:
    return _plain_node(yaml.compose(text, yaml.SafeLoader))


def _plain_node(node: yaml.Node | None) -> Any:
    # Every scalar as the characters that were written: the rule's own schema says what they are.
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain_node(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain_node(value) for value in node.value]
    return node.value if node else ""


def _mapping(pairs: list[tuple[yaml.Node, yaml.Node]]) -> yaml.MappingNode:
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=False)


class _Representer(yaml.representer.SafeRepresenter):
    """Plain values to nodes: block style, keys in the order given, no aliases."""

    def __init__(self) -> None:
        super().__init__(default_flow_style=False, sort_keys=False)

    def ignore_aliases(self, data: Any) -> bool:
        return True
