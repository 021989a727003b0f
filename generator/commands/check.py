"""`honour check`: every problem of the site, in one run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator import __version__, building, withdrawal
from generator.commands.desk import Desk, fails
from generator.engine import seal
from generator.formats import FORMS
from generator.formats.finding import Finding
from generator.problems import Problem
from generator.sources.withdrawn import read_register


def check(desk: Desk, day: date | None, *, form: str) -> int:
    """0 if no problem is an error, else 1. `form` is "text" or one of FORMS."""
    surveyed = building.check(building.Wish(desk.site, day), desk.stage)
    desk.speak(surveyed.settings)
    surveyed = replace(surveyed, problems=(*surveyed.problems, *_withdrawn(desk, surveyed)))
    if form == "text":
        desk.show(surveyed.problems)
        if surveyed.catalogue is not None and not fails(surveyed.problems):
            desk.say("checked", count=len(surveyed.catalogue.entries))
    else:
        above = _above(desk.site)
        findings = [
            Finding(path=f"{above}{said['file']}", **said) for said in desk.as_data(surveyed.problems)
        ]
        print(FORMS[form](findings, __version__))
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


def _above(site: Path) -> str:
    """What leads from here to the site, "" if this is it: a pipeline starts at the top of its repository."""
    here = Path.cwd().resolve()
    if site == here or not site.is_relative_to(here):
        return ""
    return f"{site.relative_to(here).as_posix()}/"
