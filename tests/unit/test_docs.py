"""The docs point at what is there, and the README's figures are those of docs/benchmarks.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "examples").rglob("*.md"))]
HOME = re.compile(r"`((?:benchmarks|docs|examples|extension|server|tests|tools)/[\w./-]+)`")


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_names_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    for link in re.findall(r"\]\((?!https?:)([^)]+)\)", text):
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        assert not anchor or anchor in _anchors(target), link
    assert [path for path in HOME.findall(text) if not (ROOT / path).exists()] == []


def test_the_readme_leads_to_every_page() -> None:
    linked = set(re.findall(r"\]\((docs/[\w./-]+\.md)", (ROOT / "README.md").read_text("utf-8")))
    assert {f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")} <= linked


def test_the_readme_tells_the_speed_that_was_measured() -> None:
    readme, measured = ((ROOT / name).read_text("utf-8") for name in ("README.md", "docs/benchmarks.md"))
    times = dict(re.findall(r"^\| ([\w.-]+) \|.* ([\d.]+) \|$", measured, re.MULTILINE))
    told = re.findall(r"([\w.-]+) ([\d.]+) ×", " ".join(readme.split()))
    assert len(told) == 4
    for linter, ratio in told:
        assert f"{float(times[linter]):.{len(ratio.partition('.')[2])}f}" == ratio, linter
    median = re.search(r"median ([\d.]+) ms on a quiet machine", readme)
    assert median and re.search(rf"one check, best of 5: +median {re.escape(median[1])}\d* ms", measured)
