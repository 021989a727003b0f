"""Which releases a destination has, and whether each is sound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.engine.parallel import Progress
from generator.releases.destination import Destination


@dataclass(frozen=True, slots=True)
class Release:
    """One release. `date` is the day built for, `shown` when it was last switched to, "" for never; `size` in
    bytes; `damaged` are the paths that aren't what its manifest says, empty for a sound one."""

    id: str
    date: str
    shown: str
    files: int
    size: int
    current: bool
    damaged: tuple[str, ...]


def listed(destination: Destination, progress: Callable[[], Progress | None]) -> tuple[Release, ...]:
    """All releases, the latest shown first. Every file is read."""
    current = destination.current()
    history = destination.history().settled(current)
    found = [
        _release(destination, id_, current, history.last_shown(id_), progress())
        for id_ in destination.releases()
    ]
    return tuple(
        sorted(found, key=lambda release: (release.current, release.shown, release.id), reverse=True)
    )


def _release(
    destination: Destination, id_: str, current: str, shown: str, progress: Progress | None
) -> Release:
    said = destination.seal(id_)
    files = said.files if said is not None else ()
    return Release(
        id_,
        said.date if said is not None else "",
        shown,
        len(files),
        sum(entry.size for entry in files),
        id_ == current,
        destination.damage(id_, progress),
    )
