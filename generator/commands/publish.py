"""`honour publish`: build, check, stage, verify, switch."""

from __future__ import annotations

from datetime import date

from generator import building, releases, withdrawal
from generator.admission import admission
from generator.building import Wish
from generator.commands.desk import Desk, fails
from generator.commands.destination import destination_of
from generator.engine.parallel import Workers
from generator.engine.store import FOLDER as STORE
from generator.problems import GeneratorError, Place, error


def publish(
    desk: Desk,
    *,
    dest: str,
    day: date | None,
    keep: int,
    wait: float,
    pointer: bool,
    despite_errors: bool,
    jobs: int,
) -> int:
    """0 once the destination shows the site as it is now; 1 also if that is the site without what has errors."""
    settings, written, destination = destination_of(desk, dest, pointer=pointer)
    with releases.held(
        destination,
        wait,
        lambda who: desk.say("publish-waits", host=who.host, user=who.user, pid=who.pid, since=who.since),
    ):
        wish = Wish(desk.site, day, jobs=jobs, distrust=True)
        built = building.build(wish, desk.stage)
        desk.show(built.problems)
        failed = fails(built.problems)
        if built.report is None or (failed and not despite_errors):
            raise GeneratorError([error(Place(written), "release-errors")])
        content = releases.content_of(wish.folder, whole=not despite_errors)
        with Workers(jobs or building.jobs_here()) as workers:
            content = releases.compressed(content, desk.site / STORE, workers, desk.stage("compress"))
        if settings.publishing.key:
            content = releases.signed(content, desk.site / settings.publishing.key, desk.site / STORE)
        with admission(desk.site, day, desk.stage, jobs) as asked:
            gone = asked.vanished(written, destination.seal(was) if (was := destination.current()) else None)
            if gone and not despite_errors:
                raise GeneratorError(gone)
            desk.show((*gone, *withdrawal.unlisted(asked.catalogue, asked.register)))
            failed = failed or bool(gone)
            done = releases.publish(
                destination,
                content,
                keep=keep or settings.publishing.keep,
                guards=(asked.guard,),
                progress=desk.stage("stage"),
                verify=desk.stage("verify"),
            )
            for name, data in withdrawal.tombstones(
                withdrawal.buried(asked.catalogue, asked.register)
            ).items():
                destination.place(name, data)
    desk.say(
        "published" if done.new else "publish-same",
        id=done.id[:8],
        date=done.date,
        files=done.files,
        size=f"{done.size / 1e6:.1f}",
    )
    if built.changes is not None:
        desk.say("changes", day=built.changes)
    if failed:
        desk.say("publish-despite")
    return int(failed)
