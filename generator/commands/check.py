"""`honour check`: every problem of the site, in one run."""

from __future__ import annotations

from datetime import date

from generator import building
from generator.commands.desk import Desk, fails


def check(desk: Desk, day: date | None, *, as_json: bool) -> int:
    """0 if no problem is an error, else 1."""
    surveyed = building.check(building.Wish(desk.site, day), desk.stage)
    desk.speak(surveyed.settings)
    if as_json:
        desk.print_json({"problems": desk.as_data(surveyed.problems)})
    else:
        desk.show(surveyed.problems)
        if surveyed.catalogue is not None and not fails(surveyed.problems):
            desk.say("checked", count=len(surveyed.catalogue.entries))
    return int(fails(surveyed.problems))
