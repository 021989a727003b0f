"""What is remembered of the withdrawn says nothing to whoever lacks the site's key."""

from __future__ import annotations

import hmac
import random
import re
import secrets
from hashlib import sha256
from pathlib import Path

from generator.withdrawal.looks import BITS
from generator.withdrawal.texts import close_form

FILE = "withdrawn.key"
_KEY = re.compile(r"[0-9a-f]{64}")


class Key:
    """The site's key. It lies in the repository, so that every pipeline has it, and is never published: it keeps
    the list from being read alone; whoever has the repository has its history as well."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        # The same secret order and mask for all: distances stay what they are, and say nothing without the key.
        chance = random.Random(hmac.digest(key, b"look", sha256))  # noqa: S311  # its seed is the secret
        self._order = chance.sample(range(BITS), BITS)
        self._mask = chance.getrandbits(BITS)

    def of_name(self, name: str) -> str:
        """The keyed hash of a name: HMAC-SHA256, 64 hex digits."""
        return self._hash(b"name:" + close_form(name).encode())

    def of_photo(self, digest: str) -> str:
        """The keyed hash of a photo with this SHA-256."""
        return self._hash(b"photo:" + digest.encode())

    def of_look(self, look: int) -> str:
        """A look with its bits in the key's order and behind its mask: two of them differ in as many bits as
        the looks do. An HMAC would leave nothing to compare but equal ones."""
        mixed = sum((look >> bit & 1) << place for place, bit in enumerate(self._order))
        return f"{mixed ^ self._mask:0{BITS // 4}x}"

    def _hash(self, data: bytes) -> str:
        return hmac.digest(self._key, data, sha256).hex()


def read_key(site: Path) -> Key | None:
    """The key in the site's folder; None if there is none, or no key of ours."""
    try:
        text = (site / FILE).read_text("ascii").strip()
    except (OSError, ValueError):
        return None
    return Key(bytes.fromhex(text)) if _KEY.fullmatch(text) else None


def make_key(site: Path) -> Key:
    """The key in the site's folder, made if there is none. Raises OSError."""
    if not (site / FILE).exists():
        (site / FILE).write_text(f"{secrets.token_hex(32)}\n", "ascii")
    found = read_key(site)
    if found is None:
        raise OSError(FILE)
    return found
