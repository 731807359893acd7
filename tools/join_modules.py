"""Joins a module of the extension with all that it imports to one file, for the zip: many small files pack badly.

Each imported module becomes a function that runs once and gives what it exports, so that no name of one can meet a name
of another; the one that is loaded comes last and stays as it is. Understood is what our modules use, and nothing else is
let through: named imports, `import * as`, exported functions and constants, no rings, `await` at the top of the last.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

_IMPORT = re.compile(r'^import (?:\{(?P<names>[^}]*)\}|\* as (?P<whole>\w+)) from "(?P<path>\.[^"]+)";$', re.M)
_EXPORT = re.compile(r"^export (?=(?:async )?function (?P<function>\w+)|const (?P<constant>\w+) )", re.M)
_OTHER = re.compile(r"^(?:import|export)\b.*$|^.*\bimport\.meta\b.*$", re.M)


class Unjoinable(Exception):
    """A module uses what this does not understand; the message says which and what."""


def imported(sources: Mapping[str, str], entry: str) -> list[str]:
    """The modules that `entry` needs, itself last, each after those that it needs. Raises Unjoinable for a ring."""
    found: list[str] = []
    above: list[str] = []  # those being looked at, for a ring

    def visit(name: str) -> None:
        if name in above:
            raise Unjoinable(f"{name} imports itself by way of others")
        if name in found:
            return
        above.append(name)
        for each in _IMPORT.finditer(sources[name]):
            visit(_target(name, each["path"]))
        above.pop()
        found.append(name)

    visit(entry)
    return found


def joined(sources: Mapping[str, str], entry: str) -> str:
    """`entry` with all that it imports as one module."""
    *needed, last = imported(sources, entry)
    return "\n".join([*(_as_function(sources[name], name) for name in needed), _inside(sources[last], last)])


def _as_function(code: str, name: str) -> str:
    exports = [each["function"] or each["constant"] for each in _EXPORT.finditer(code)]
    if re.search(r"^await\b", code, re.M):
        raise Unjoinable(f"{name} waits at its top, and others need it")
    return f"const {_variable(name)} = (() => {{\n{_inside(code, name)}\nreturn {{ {', '.join(exports)} }};\n}})();"


def _inside(code: str, name: str) -> str:
    """The code with its imports taken from what the modules gave, and without the word `export`."""
    def taken(each: re.Match[str]) -> str:
        given = each["whole"] or "{" + re.sub(r"\s+as\s+", ": ", each["names"]) + "}"
        return f"const {given} = {_variable(_target(name, each['path']))};"

    code = _EXPORT.sub("", _IMPORT.sub(taken, code))
    if left := _OTHER.search(code):
        raise Unjoinable(f"{name}: “{left[0].strip()}” is not understood by the packing")
    return code


def _target(name: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


def _variable(name: str) -> str:
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))
