"""Keys and tokens by their shape: detect-secrets' detectors, loaded only where something long and mixed stands.

Its regular expressions alone are used. Its verification would send the secret to the service it belongs to, and
nothing leaves this machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from server.rules.model import Found
from server.rules.scene import Scene

_DETECTORS = (
    "aws.AWSKeyDetector", "azure_storage_key.AzureStorageKeyDetector", "basic_auth.BasicAuthDetector",
    "discord.DiscordBotTokenDetector", "github_token.GitHubTokenDetector", "gitlab_token.GitLabTokenDetector",
    "jwt.JwtTokenDetector", "mailchimp.MailchimpDetector", "npm.NpmDetector", "openai.OpenAIDetector",
    "private_key.PrivateKeyDetector", "pypi_token.PypiTokenDetector", "sendgrid.SendGridDetector",
    "slack.SlackDetector", "square_oauth.SquareOAuthDetector", "stripe.StripeDetector",
    "telegram_token.TelegramBotTokenDetector", "twilio.TwilioKeyDetector",
)  # fmt: skip
# Shapes that the library does not know: Google, GitHub's fine-grained tokens, newer OpenAI and Anthropic keys.
_MORE = (
    re.compile(r"\bAIza[0-9A-Za-z_-]{30,}"),
    re.compile(r"\bgithub_pat_[0-9A-Za-z_]{20,}"),
    re.compile(r"\bsk-(?:proj|ant)-[0-9A-Za-z_-]{10,}"),
    re.compile(r"\b[sprk]{2}_(?:live|test)_[0-9A-Za-z]{10,}"),
)
# Sixteen characters in a row, the head of a key file, or a name and password in an address.
_CANDIDATE = re.compile(r"\b[A-Za-z0-9_+/=.:-]{16,}|-----BEGIN|://[^\s/@]+:[^\s/@]+@")
_MIXED = re.compile(r"\d|-----|@")
_LONGEST_LINE = 1000  # what is looked at around a candidate; keys are shorter


def find(scene: Scene, rule: Any) -> Iterator[Found]:
    """Each key or token."""
    draft = scene.draft
    if not draft.digits and "@" not in draft.plain and "-----" not in draft.plain and draft.plain.isascii():
        return  # none is mixed, which is soon seen
    last_end = -1
    for start, end in sorted(_spans(draft.plain)):
        # What the library marks may stop short of the key's end: the whole run of characters is the key.
        while end < len(draft.plain) and (draft.plain[end].isalnum() or draft.plain[end] in "_-=+/"):
            end += 1
        hit = scene.tokens_within(start, end) if start >= last_end else None
        if hit is None:
            continue
        last_end = end
        yield Found(*draft.span(start, end), fixes=rule.without(scene, hit.first, hit.last))


def _spans(plain: str) -> Iterator[tuple[int, int]]:
    seen = -1
    for candidate in _CANDIDATE.finditer(plain):
        if candidate.start() < seen or not _MIXED.search(candidate.group()):
            continue
        start = max(plain.rfind("\n", 0, candidate.start()) + 1, candidate.start() - _LONGEST_LINE // 2)
        stop = plain.find("\n", candidate.end())
        seen = min(len(plain) if stop < 0 else stop, start + _LONGEST_LINE)
        for shape in (*_shapes(), *_MORE):
            for match in shape.finditer(plain, start, seen):
                yield match.span()


@lru_cache(maxsize=1)
def _shapes() -> tuple[re.Pattern[str], ...]:
    from importlib import import_module

    found: list[re.Pattern[str]] = []
    for name in _DETECTORS:
        module, detector = name.split(".")
        found += getattr(import_module(f"detect_secrets.plugins.{module}"), detector).denylist
    return tuple(found)
