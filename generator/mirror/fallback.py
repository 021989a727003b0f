"""An older version is no fallback if it shows anybody whom the newest doesn't: they may have been withdrawn."""

from __future__ import annotations

import re
from pathlib import Path

# The parcel of letters names everybody in a version: {"slugs":["li-na", …], within a string of a script.
_SLUGS = re.compile(r'\\?"slugs\\?":\[([^\]]*)\]')
_SLUG = re.compile("[a-z0-9-]+")


def shows_more(old: Path, new: Path) -> bool:
    """Whether the version `old` shows anybody whom `new` doesn't.

    So no kiosk needs a list of the withdrawn, nor a key. Of an old version that doesn't say whom it shows,
    nobody knows that it doesn't; if the new one doesn't either, nothing can be compared."""
    people, here = people_in(new), people_in(old)
    return people is not None and (here is None or not here <= people)


def people_in(version: Path) -> frozenset[str] | None:
    """The slugs of everybody whom a version shows; None if it doesn't say."""
    for parcel in sorted(version.glob("letters-*.js")):
        try:
            found = _SLUGS.search(parcel.read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return frozenset(_SLUG.findall(found[1])) if found else None
    return None
