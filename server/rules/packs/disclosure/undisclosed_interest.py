"""Whether readers are told what they are owed: see `server/rules/disclosure`, one module a question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from server.rules.disclosure.findings import findings
from server.rules.model import Found
from server.rules.scene import Scene


def find(scene: Scene, rule: Any) -> Iterator[Found]:
    """The finding of the verdict that the engine has already reached."""
    return findings(scene, scene.judgement) if scene.judgement else iter(())
