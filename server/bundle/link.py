"""The subscription link: where a bundle lies, who signs it, and the key to read it.

`https://HOST/PATH#pin=…&key=…`. What stands after # is never sent to a server.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from server.bundle import BundleError
from server.feed.address import canonical

KEY_BYTES = 32
_AGAIN = "copy the whole link again, from https:// to its end"


@dataclass(frozen=True, slots=True)
class Link:
    """`pin` is the signer's public key (Ed25519, 32 bytes), `key` the content key (32 bytes), None for a plain bundle."""

    address: str
    pin: bytes
    key: bytes | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return f"{self.address}#pin={text_of(self.pin)}" + (f"&key={text_of(self.key)}" if self.key else "")

    @property
    def host(self) -> str:
        """The host that the link names."""
        return urlsplit(self.address).hostname or ""


def address_of(url: str) -> str:
    """The address where a bundle lies, as it is asked for. Raises BundleError for what is no web address."""
    found = canonical(url.partition("#")[0], as_asked=True)
    if not found:
        raise BundleError("the address is no web address that can be read; give it as https://host/path")
    return found


def is_link(text: str) -> bool:
    """Whether this is a web address with a pin or a key after its #: meant as a subscription link."""
    head, _, fragment = text.strip().partition("#")
    return head.lower().startswith(("http://", "https://")) and fragment.startswith(("pin=", "key="))


def parse(text: str) -> Link:
    """The link that someone was given. Raises BundleError, whose words never hold any of the link."""
    place, _, fragment = text.strip().partition("#")
    parts = parse_qsl(fragment, keep_blank_values=True)
    named = dict(parts)
    if len(parts) != len(named) or not named.keys() <= {"pin", "key"}:
        raise BundleError(f"the link holds what no subscription link has; {_AGAIN}")
    if "pin" not in named:
        raise BundleError(f"the link lacks the part pin=…, without which nobody could tell a forged bundle; {_AGAIN}")
    key = _bytes(named["key"]) if "key" in named else None
    return Link(address_of(place), _bytes(named["pin"]), key)


def text_of(value: bytes) -> str:
    """Bytes as base64url without padding."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    """The bytes of base64url without padding. Raises ValueError."""
    try:
        value = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from None
    if text_of(value) != text:
        raise ValueError("there is another way to write these bytes")
    return value


def _bytes(text: str) -> bytes:
    try:
        value = bytes_of(text)
    except ValueError:
        value = b""
    if len(value) != KEY_BYTES:
        raise BundleError(f"the link was cut short or changed on its way; {_AGAIN}")
    return value
