"""`honour rollback`: show an earlier release again."""

from __future__ import annotations

from generator import releases
from generator.admission import admission
from generator.commands.desk import Desk
from generator.commands.destination import destination_of


def rollback(desk: Desk, *, release: str, dest: str, wait: float) -> int:
    """0 once the destination shows the release before, or the one whose id begins so."""
    _, _, destination = destination_of(desk, dest)
    with (
        releases.held(
            destination,
            wait,
            lambda who: desk.say("publish-waits", host=who.host, user=who.user, pid=who.pid, since=who.since),
        ),
        admission(desk.site, None, desk.stage) as asked,
    ):
        done = releases.rollback(destination, release, guards=(asked.guard,), progress=desk.stage("verify"))
    desk.say("rolled-back", id=done.id[:8], date=done.date, files=done.files)
    return 0
