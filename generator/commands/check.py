"""`honour check`: every problem of the site, in one run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator import building, withdrawal
from generator.commands.desk import Desk, fails
from generator.engine import seal
from generator.problems import Problem
from generator.sources.withdrawn import read_register


def check(desk: Desk, day: date | None, *, as_json: bool) -> int:
    """0 if no problem is an error, else 1."""
    surveyed = building.check(building.Wish(desk.site, day), desk.stage)
    desk.speak(surveyed.settings)
    surveyed = replace(surveyed, problems=(*surveyed.problems, *_withdrawn(desk, surveyed)))
    if as_json:
        desk.print_json({"problems": desk.as_data(surveyed.problems)})
    else:
        desk.show(surveyed.problems)
        if surveyed.catalogue is not None and not fails(surveyed.problems):
            desk.say("checked", count=len(surveyed.catalogue.entries))
    return int(fails(surveyed.problems))


def _withdrawn(desk: Desk, surveyed: building.Surveyed) -> Iterator[Problem]:
    """What withdrawn.yaml lacks. What is published is asked only where it lies in a folder: no check waits for
    another machine."""
    register, problems = read_register(desk.site)
    yield from problems
    if surveyed.catalogue is None or surveyed.settings is None:
        return
    yield from withdrawal.unlisted(surveyed.catalogue, register)
    to = surveyed.settings.publishing.to
    said = seal.read(str(Path(to, "current"))) if to and not to.startswith("ssh:") else None
    if said is not None:
        yield from withdrawal.vanished((entry.path for entry in said.files), to, surveyed.catalogue, register)
