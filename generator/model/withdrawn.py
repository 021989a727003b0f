"""Who was withdrawn, as withdrawn.yaml keeps it: enough to keep them out, and nothing about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Withdrawn:
    """One entry. `name`, `photos` and `looks` are keyed: 64 hex digits each, meaningless without the site's key."""

    slug: str
    date: date
    name: str = ""
    photos: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()


@dataclass(frozen=True)
class AllowedName:
    """A name that may stand in the output although somebody hidden bears it, and why."""

    name: str
    reason: str
