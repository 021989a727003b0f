"""`honour releases`: which releases lie at a destination, and whether each is sound."""

from __future__ import annotations

from generator import releases as room
from generator.commands.desk import Desk
from generator.commands.destination import destination_of
from generator.releases import Release


def releases(desk: Desk, *, dest: str, as_json: bool) -> int:
    """0 if all of them are sound, else 1."""
    _, _, destination = destination_of(desk, dest)
    found = room.listed(destination, lambda: desk.stage("verify"))
    if as_json:
        desk.print_json({"releases": [_as_data(release) for release in found]})
    else:
        for release in found:
            _tell(desk, release)
        if not found:
            desk.say("releases-none")
    return int(any(release.damaged for release in found))


def _as_data(release: Release) -> dict[str, object]:
    return {
        "id": release.id,
        "date": release.date,
        "shown": release.shown,
        "files": release.files,
        "size": release.size,
        "current": release.current,
        "damaged": list(release.damaged),
    }


def _tell(desk: Desk, release: Release) -> None:
    damaged = release.damaged
    state = (
        desk.word("release-damaged", path=damaged[0], count=len(damaged))
        if damaged
        else desk.word("release-sound")
    )
    desk.say(
        "release",
        mark="*" if release.current else " ",
        id=release.id,
        date=release.date or "—",
        files=release.files,
        size=f"{release.size / 1e6:.1f}",
        shown=release.shown or "—",
        state=state,
    )
