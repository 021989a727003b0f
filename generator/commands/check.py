"""`honour check`: every problem of the site, in one run."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator import __version__, building
from generator.commands.desk import Desk, fails
from generator.formats import FORMS
from generator.formats.finding import Finding


def check(desk: Desk, day: date | None, *, form: str) -> int:
    """0 if no problem is an error, else 1. `form` is "text" or one of FORMS."""
    surveyed = building.check(building.Wish(desk.site, day), desk.stage)
    desk.speak(surveyed.settings)
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


def _above(site: Path) -> str:
    """What leads from here to the site, "" if this is it: a pipeline starts at the top of its repository."""
    here = Path.cwd().resolve()
    if site == here or not site.is_relative_to(here):
        return ""
    return f"{site.relative_to(here).as_posix()}/"
