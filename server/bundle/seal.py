"""The outside of a bundle: who made it, when, which version; its content signed, and encrypted unless it is public.

    sayso-bundle 1
    {"encrypted":true,"made_at":"2026-11-21T09:30:00Z","signer":"…","size":48213,"version":7}
    the signature: Ed25519 (RFC 8032) over all the rest, base64url
    the content: AES-SIV (RFC 5297), its key by HKDF-SHA256 (RFC 5869) from the content key, bound to the lines before

AES-SIV needs no random number, so that the same content with the same keys gives the same bytes, and is safe with that.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from server import clock
from server.bundle import BundleError
from server.bundle.keys import Keys
from server.bundle.link import Link, bytes_of, text_of

FORMAT = 1
MOST_BYTES = 30_000_000  # of a whole bundle
_NAME = b"sayso-bundle "
MOST_HEADER = 1_000
_AHEAD = timedelta(days=1)
_TELL = "tell whoever publishes the programme"


@dataclass(frozen=True, slots=True)
class Header:
    """What a bundle says of itself. `signer` is the public key, `size` the bytes of its content as they lie there."""

    version: int
    made_at: str
    signer: str
    encrypted: bool
    size: int

    def line(self) -> bytes:
        names = ("encrypted", "made_at", "signer", "size", "version")
        return json.dumps({name: getattr(self, name) for name in names}, separators=(",", ":")).encode() + b"\n"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A bundle whose signature holds. `head` are the lines that its content is bound to."""

    header: Header
    head: bytes
    content: bytes


def seal(content: bytes, keys: Keys, *, version: int, made_at: str, public: bool) -> bytes:
    """The bundle of some content: the same bytes for the same content, keys, version and time."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    size = len(content) + (0 if public else 16)
    head = _NAME + b"%d\n" % FORMAT + Header(version, made_at, text_of(keys.pin), not public, size).line()
    if not public:
        content = _cipher(keys.content).encrypt(content, [head])
    signature = Ed25519PrivateKey.from_private_bytes(keys.signing).sign(head + content)
    return head + text_of(signature).encode() + b"\n" + content


def verify(data: bytes, pin: bytes, now: datetime | None = None) -> Sealed:
    """The bundle, once its signature is known to be that of `pin`. Raises BundleError."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    header, signature, head, content = _parts(data)
    if header.signer != text_of(pin):
        raise BundleError(
            "is signed by another than the link names, so it is not used. If the programme has new keys, ask whoever "
            "publishes it for the new link; if they know of none, somebody else put this bundle there"
        )
    if len(content) != header.size:
        raise BundleError(
            f"is not whole: {len(content):,} of {header.size:,} bytes are there. Try again later; if it stays so, "
            f"{_TELL} to upload it again"
        )
    try:
        Ed25519PublicKey.from_public_bytes(pin).verify(signature, head + content)
    except (InvalidSignature, ValueError):
        raise BundleError(
            "was changed after it was signed, so it is not used. Try again later; if it stays so, "
            f"{_TELL} to upload it again"
        ) from None
    made = datetime.fromisoformat(header.made_at)
    if made > (now or clock.now()) + _AHEAD:
        raise BundleError(
            f"was made on {made:%Y-%m-%d}, which lies ahead of this computer's clock. Set the date of this computer "
            f"right; if it is right, {_TELL} that theirs is not"
        )
    return Sealed(header, head, content)


def opened(sealed: Sealed, link: Link) -> bytes:
    """The content in clear. Raises BundleError where the link's key does not open it."""
    from cryptography.exceptions import InvalidTag

    if not sealed.header.encrypted:
        return sealed.content
    if link.key is None:
        raise BundleError("is encrypted, and the link lacks the part key=…; copy the whole link again")
    try:
        return _cipher(link.key).decrypt(sealed.content, [sealed.head])
    except (InvalidTag, ValueError):
        raise BundleError(
            "does not open with the key in the link. Ask whoever publishes the programme for the present link"
        ) from None


def header_of(data: bytes) -> Header:
    """What a bundle says of itself, nothing of it verified. Raises BundleError."""
    return _parts(data)[0]


def is_bundle(data: bytes) -> bool:
    """Whether this begins as a bundle of any format does."""
    return data.startswith(_NAME)


def _parts(data: bytes) -> tuple[Header, bytes, bytes, bytes]:
    """Header, signature, the lines before it and the content, their form checked."""
    if not is_bundle(data):
        web_page = data[:200].lstrip().lower().startswith((b"<!doctype html", b"<html"))
        raise BundleError(
            ("is a web page" if web_page else "is something else") + " where a published programme should lie. "
            f"Open the address without its # part in a browser to see what it says, or {_TELL}"
        )
    name, *lines = data[:MOST_HEADER].split(b"\n", 3)
    form = name.removeprefix(_NAME)
    if form.isdigit() and len(form) < 4 and int(form) > FORMAT and lines:
        raise BundleError("was made by a newer Sayso. Update Sayso, then try again")
    if len(lines) < 3 or form != b"%d" % FORMAT:
        raise BundleError(f"is not whole or was changed. Try again later; if it stays so, {_TELL} to upload it again")
    head = name + b"\n" + lines[0] + b"\n"
    try:
        header = Header(**json.loads(lines[0]))
        signature = bytes_of(lines[1].decode("ascii"))
        kinds = (int, str, str, bool, int)
        fields = (header.version, header.made_at, header.signer, header.encrypted, header.size)
        sound = tuple(map(type, fields)) == kinds and header.version > 0 and header.line() == lines[0] + b"\n"
        sound = sound and clock.stamp(datetime.fromisoformat(header.made_at)) == header.made_at
    except (ValueError, TypeError, RecursionError, OverflowError):
        sound = False
    if not sound:
        raise BundleError(f"is damaged. Try again later; if it stays so, {_TELL} to upload it again")
    return header, signature, head, data[len(head) + len(lines[1]) + 1 :]


def _cipher(key: bytes):
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return AESSIV(HKDF(SHA256(), 64, salt=None, info=b"sayso bundle 1, content").derive(key))
