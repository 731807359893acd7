"""The third question: what is owed?"""

from __future__ import annotations

from server.rules.disclosure.tables import Jurisdiction
from server.rules.scene import Scene

LABEL = "label"
RELATIONSHIP = "relationship"


def rewarded(scene: Scene) -> bool:
    """Whether this share is rewarded.

    The item's own reward if an item was used, else the policy's; never for a person who takes no part in rewards.
    """
    if not scene.context.takes_rewards:
        return False
    reward = scene.context.reward
    if reward is not None:
        return reward.strip().lower() not in ("", "none")
    return scene.policy.rewarded


def owed(promoting: bool, is_rewarded: bool, where: Jurisdiction) -> str | None:
    """LABEL for rewarded promotion, RELATIONSHIP for praise of one's employer where the law or good advice wants it."""
    if not promoting:
        return None
    if is_rewarded:
        return LABEL
    return RELATIONSHIP if where.unrewarded != "nothing" else None
