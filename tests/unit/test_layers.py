"""Who may import whom: arrows point one way, from the pages and the API down to the store, lazy imports included."""

from __future__ import annotations

import ast
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in (ROOT / "server").rglob("*.py")
}
# What stands below knows nothing of what is named here; the names of packages hold for all that is in them.
SHUT = {
    "server.rules": ("flask", "server.store", "server.feed", "server.shares", "server.suggest", "server.api", "server.web", "server.companion"),
    "server.store": ("flask", "server.rules", "server.feed", "server.shares", "server.suggest", "server.api", "server.web", "server.companion"),
    "server.feed": ("flask", "server.rules", "server.shares", "server.suggest", "server.programme", "server.api", "server.web", "server.companion"),
    "server.suggest": ("flask", "server.rules", "server.feed", "server.shares", "server.programme", "server.api", "server.web", "server.companion"),
    "server.shares": ("flask", "server.feed", "server.suggest", "server.programme", "server.api", "server.web", "server.companion"),
    "server.bundle": ("flask", "server.api", "server.web", "server.companion"),
    "server.charter": ("flask", "server.store", "server.api", "server.web", "server.companion"),
    "server.api": ("server.web",),
}


@cache
def imported(module: str) -> frozenset[str]:
    """All that a module imports, but for its types: the modules of ours, and other packages by their names."""
    tree = ast.parse(MODULES[module].read_text("utf-8"))
    types = [node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)]
    skipped = {inner for node in types for inner in ast.walk(node)}
    package = module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]
    found: set[str] = set()
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            found.update(each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = f"{package}.{node.module}" if node.level else node.module or ""
            inner = {f"{base}.{each.name}" for each in node.names} & MODULES.keys()
            found |= inner if inner and len(inner) == len(node.names) else {base, *inner}
    return frozenset(found)


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def test_no_module_leads_back_to_itself() -> None:
    # A package's own face may name its parts, and they it.
    faces = {module for module, path in MODULES.items() if path.name == "__init__.py"}
    graph = {module: imported(module) & MODULES.keys() - faces for module in MODULES.keys() - faces}
    assert len(list(TopologicalSorter(graph).static_order())) == len(graph)


@pytest.mark.parametrize("package", SHUT)
def test_what_stands_below_does_not_know_what_stands_above(package: str) -> None:
    found = {
        (module, other)
        for module in MODULES if within(module, package)
        for other in imported(module)
        for shut in SHUT[package] if within(other, shut)
    }
    assert found == set()


def test_tinydb_stands_behind_one_module() -> None:
    assert [module for module in MODULES if any(within(each, "tinydb") for each in imported(module))] == ["server.store.engine"]
