"""`honour rollback`: show an earlier release again."""

from __future__ import annotations

from generator import releases
from generator.admission import admission
from generator.building import Wish
from generator.commands.desk import Desk
from generator.problems import GeneratorError, Place, error
from generator.sources.settings import read_settings


def rollback(desk: Desk, *, release: str, dest: str, wait: float) -> int:
    """0 once the destination shows the release before, or the one whose id begins so."""
    settings, problems = read_settings(desk.site)
    if settings is None:
        raise GeneratorError(problems)
    desk.speak(settings)
    written = dest or settings.publishing.to
    if not written:
        raise GeneratorError([error(Place("site.yaml"), "release-nowhere")])
    destination = releases.open_destination(written, site=desk.site, built=Wish(desk.site).folder)
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
