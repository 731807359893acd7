"""Taking in history from outside: LinkedIn's own exports, and one's own from another computer.

`read` makes of a file what it holds (`Found`), `plan` compares that with the history, `carry_out` writes it and
`undo` takes a whole import out again.
"""

from __future__ import annotations

from server.shares.imports.found import Found, FoundReading, FoundShare, ImportProblem
from server.shares.imports.plan import Plan, carry_out, plan, undo
from server.shares.imports.reading import MOST_BYTES, read, read_file

__all__ = [
    "MOST_BYTES", "Found", "FoundReading", "FoundShare", "ImportProblem", "Plan", "carry_out", "plan", "read", "read_file",
    "undo",
]
