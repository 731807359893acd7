"""The publisher's keys and what was published last, in the data folder's `keys`: files of mode 0600 that no backup and
no export holds.

keys/publishing.json   the Ed25519 signing key and the content key, made once
keys/published.json    the last version and what it was made of
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from server import clock
from server.bundle import BundleError
from server.bundle.link import KEY_BYTES, bytes_of, text_of
from server.store.files import make_private, set_aside, write_whole

_FOLDER, _KEYS, _LAST = "keys", "publishing.json", "published.json"


@dataclass(frozen=True, slots=True)
class Keys:
    """`signing` is the private key, `content` what readers need as well; 32 bytes each."""

    signing: bytes = field(repr=False)
    content: bytes = field(repr=False)

    @property
    def pin(self) -> bytes:
        """The public key that belongs to `signing`: what a link pins."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.signing).public_key().public_bytes_raw()


@dataclass(frozen=True, slots=True)
class Last:
    """What was published last: `digest` is the SHA-256 of its content, `pin` whose it is."""

    pin: str
    version: int
    made_at: str
    digest: str
    url: str | None = None


def of(folder: Path) -> Keys:
    """The keys of the data folder, made where there are none. Raises BundleError where they cannot be read."""
    given = _read(folder, _KEYS)
    if given is None:
        return _make(folder)
    try:
        keys = Keys(bytes_of(given["signing"]), bytes_of(given["content"]))
    except (KeyError, TypeError, ValueError):
        keys = Keys(b"", b"")
    if {len(keys.signing), len(keys.content)} != {KEY_BYTES}:
        raise BundleError(
            f"the keys in {folder / _FOLDER / _KEYS} are damaged. Put your copy of that file back. If there is none, "
            "publish with --new-keys: then everyone has to subscribe anew, with the new link"
        )
    return keys


def renew(folder: Path, now: datetime | None = None) -> Keys:
    """New keys; the old ones are set aside in a file of another name."""
    path = folder / _FOLDER / _KEYS
    if path.exists():
        set_aside(path, clock.stamp(now).translate(str.maketrans("", "", "-:")))
    return _make(folder)


def last(folder: Path) -> Last | None:
    """What was published last, None before the first time. A damaged note of it counts as none."""
    try:
        given = _read(folder, _LAST) or {}
        known = Last(**given)
        return known if isinstance(known.version, int) and isinstance(known.made_at, str) else None
    except (TypeError, BundleError):
        return None


def remember(folder: Path, published: Last) -> None:
    """Note what is published now."""
    _write(folder, _LAST, asdict(published))


def forget(folder: Path) -> None:
    """Remove the keys and all that is known of what was published."""
    for path in (folder / _FOLDER).glob("publish*.json*"):
        path.unlink(missing_ok=True)


def _make(folder: Path) -> Keys:
    keys = Keys(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES))
    _write(folder, _KEYS, {"signing": text_of(keys.signing), "content": text_of(keys.content)})
    return keys


def _read(folder: Path, name: str) -> dict[str, Any] | None:
    path = folder / _FOLDER / name
    try:
        given = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValueError:
        return {}
    except OSError as error:
        raise BundleError(f"{path} cannot be read ({error.strerror}); check its permissions") from None
    return given if isinstance(given, dict) else {}


def _write(folder: Path, name: str, content: dict[str, Any]) -> None:
    make_private(folder / _FOLDER)
    write_whole(folder / _FOLDER / name, json.dumps(content).encode())
