"""Withdrawal that can be proved: who is hidden, whether a release holds them, what is remembered of them."""

from generator.withdrawal.guarding import Guard, holds
from generator.withdrawal.listing import (
    buried,
    entry_from_release,
    entry_of,
    published_slugs,
    unlisted,
    vanished,
)
from generator.withdrawal.secrets import make_key
from generator.withdrawal.tombstones import tombstones

__all__ = [
    "Guard",
    "buried",
    "entry_from_release",
    "entry_of",
    "holds",
    "make_key",
    "published_slugs",
    "tombstones",
    "unlisted",
    "vanished",
]
