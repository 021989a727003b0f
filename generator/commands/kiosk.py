"""`honour kiosk`: copies of the published kiosk, on the machine that shows it or on a stick."""

from __future__ import annotations

import random
import time
from pathlib import Path

from generator import mirror
from generator.building import PUBLIC
from generator.commands.desk import Desk, nearby
from generator.problems import GeneratorError

_JITTER = 0.1  # of the time between two pulls, so that a hundred kiosks don't ask at once


def pull(desk: Desk, *, source: str, dest: Path, keep: int, every: float, signers: Path | None) -> int:
    """0 once the folder shows what the source shows. With `every`, minutes, again and again, whatever happens."""
    opened = mirror.open_source(source)
    while every:
        try:
            _pull(desk, opened, dest, keep, signers, quiet=True)
        except GeneratorError as refused:
            desk.show(refused.problems)
        time.sleep(60 * every * random.uniform(1 - _JITTER, 1 + _JITTER))  # noqa: S311  # no secret
    _pull(desk, opened, dest, keep, signers)
    return 0


def _pull(
    desk: Desk, source: mirror.Source, dest: Path, keep: int, signers: Path | None, *, quiet: bool = False
) -> None:
    done = mirror.pull(source, dest, keep=keep, signers=signers, progress=desk.stage("pull"))
    if done.new or done.fetched:
        desk.say(
            "pulled" if done.new else "mended",
            id=done.id[:8],
            date=done.date,
            fetched=done.fetched,
            reused=done.reused,
            size=f"{done.size / 1e6:.1f}",
        )
    elif not quiet:
        desk.say("pull-same", id=done.id[:8], date=done.date)


def export(desk: Desk, *, dest: Path, source: str) -> int:
    """0 once the folder holds a whole kiosk and what starts it."""
    opened = mirror.open_source(source or str(desk.site / PUBLIC / "kiosk"))
    done = mirror.export(opened, dest, progress=desk.stage("pull"))
    desk.say("exported", folder=nearby(dest), files=done.files, size=f"{done.size / 1e6:.1f}", date=done.date)
    return 0
