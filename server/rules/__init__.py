"""Rules: text, policy and context in; findings out. See `engine` for how, `packs/` for what."""

from server.rules.engine import Engine
from server.rules.model import Check, Context, Edit, Finding, Fix, Fold, Rule
from server.rules.offsets import to_utf16, utf16_index
from server.rules.own_words import own_words

__all__ = [
    "Check",
    "Context",
    "Edit",
    "Engine",
    "Finding",
    "Fix",
    "Fold",
    "Rule",
    "own_words",
    "to_utf16",
    "utf16_index",
]
