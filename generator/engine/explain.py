"""Why a file of the output was last remade, and whether it is still what was made."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from generator.engine.manifest import Change, Lines, difference
from generator.engine.place import holds
from generator.engine.store import Store


@dataclass(frozen=True, slots=True)
class Explanation:
    """`why` is one of: new, changed, missing, edited (by somebody else), forgotten (by the store).

    `changes` are the manifest lines that differ from the make before, empty if none is known; `lines` is the
    whole manifest; `now` is the state of the file: intact, edited or missing."""

    path: str
    why: str
    changes: tuple[Change, ...]
    lines: Lines
    now: str


def explain(store: Store, out: Path, path: str) -> Explanation | None:
    """What the store knows of `path` (relative to `out`, with `/`); None if it made no such file."""
    ledger = store.ledger(out)
    row = ledger.rows().get(path)
    story = ledger.story(path)
    if row is None or story is None:
        return None
    place = str(out / path)
    now = (
        "intact" if holds(place, row.size, row.sha256) else "edited" if os.path.lexists(place) else "missing"
    )
    changes = difference(story.before, story.lines) if story.before else ()
    return Explanation(path, story.why, changes, story.lines, now)
