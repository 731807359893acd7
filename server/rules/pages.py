"""The rules as pages for people: one a pack in docs/rules/, made of the rules themselves.

    python -m server.rules.pages           writes them anew; a test says when they are stale
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from server.policy import NO_POLICY, PACKS
from server.rules.engine import Engine
from server.rules.model import LEVEL_ORDER, Example, Rule

FOLDER = Path(__file__).parents[2] / "docs" / "rules"
_MADE = "<!-- Made by `python -m server.rules.pages` from server/rules/packs/. Change the rule, not this page. -->"
_LEVELS = {
    "required": "law or policy demands it",
    "warning": "worth a look before it goes out",
    "suggestion": "an idea",
}


def pages() -> dict[str, str]:
    """Every page by its file name, as it should be."""
    rules = Engine(NO_POLICY).rules
    by_pack = {pack: sorted((r for r in rules if r.pack == pack), key=_firmest_first) for pack in PACKS}
    made = {f"{pack}.md": "\n".join(_page(pack, found)) + "\n" for pack, found in by_pack.items() if found}
    return {"README.md": "\n".join(_overview(by_pack)) + "\n", **made}


def stale() -> list[str]:
    """The names of pages that are missing, out of date, or there without a pack."""
    wanted = pages()
    there = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*")}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def write() -> None:
    """Write every page, and take away those of packs that are no more."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, "utf-8")


def _firmest_first(rule: Rule) -> tuple[int, str]:
    return LEVEL_ORDER[rule.level], rule.id


def _overview(by_pack: dict[str, list[Rule]]) -> Iterator[str]:
    yield _MADE
    yield "# The rules"
    yield ""
    yield "One page a pack. How to write a rule stands in [adding-a-rule.md](../adding-a-rule.md); what is in force on"
    yield "this computer, a company’s own packs included, is printed by `sayso rules list`."
    yield ""
    yield "| pack | rules | categories |"
    yield "|---|---|---|"
    for pack, rules in by_pack.items():
        categories = ", ".join(dict.fromkeys(f"`{rule.category}`" for rule in rules))
        yield f"| [{pack}]({pack}.md) | {len(rules)} | {categories} |"


def _page(pack: str, rules: list[Rule]) -> Iterator[str]:
    yield _MADE
    yield f"# {pack.capitalize()}"
    yield ""
    yield "| rule | level | what it says |"
    yield "|---|---|---|"
    for rule in rules:
        yield f"| [`{rule.id}`](#{rule.id}) | {rule.level} | {_told(rule.message['en'])} |"
    yield ""
    yield "Levels: " + "; ".join(f"*{level}*: {meaning}" for level, meaning in _LEVELS.items()) + "."
    for rule in rules:
        yield ""
        yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    yield f"## {rule.id}"
    yield ""
    yield f"**{_told(rule.message['en'])}** · {rule.level} · `{rule.category}` · kind `{rule.kind}`"
    yield ""
    yield _told(rule.why["en"])
    yield ""
    for lang in ("fr", "de"):
        yield f"- {lang}: *{_told(rule.message[lang])}* {_told(rule.why[lang])}"
    if rule.fix:
        yield f"- fix: “{_told(rule.fix['en'])}” · “{_told(rule.fix['fr'])}” · “{_told(rule.fix['de'])}”"
    if rule.sources:
        yield "- from: " + " · ".join(f"[{urlsplit(source).hostname}]({source})" for source in rule.sources)
    for title, examples in (("Found in", rule.flags), ("Not in", rule.passes)):
        yield ""
        yield f"{title}:"
        yield ""
        for example in examples:
            yield f"- {_quoted(example)}"


def _told(text: str) -> str:
    """A rule's words in a table or a line: on one line, and with nothing that Markdown would read."""
    text = " ".join(text.split()).replace("\\", "\\\\")
    for mark in "|*_`<#[":
        text = text.replace(mark, f"\\{mark}")
    return text.replace("{found}", "…").replace("{to}", "…").replace("{count}", "…").replace("{most}", "…")


def _quoted(example: Example) -> str:
    """An example as code, so that hashtags, emoji and line ends stay what they are."""
    text = example.text.replace("\n", "⏎")
    fence = "`" * (2 if "`" in text else 1)
    given = {**({"language": example.lang} if example.lang else {}), **example.policy, **example.context}
    where = ", ".join(f"{name}: {value}" for name, value in given.items())
    return f"{fence}{text}{fence}" + (f" ({_told(where)})" if where else "")


if __name__ == "__main__":
    write()
