"""`honour print`: one sheet, or the sheets of several, at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator import building, printing
from generator.building import Wish
from generator.commands.desk import Desk, fails, nearby


def print(  # noqa: A001  # named like its command; nothing here prints but the desk
    desk: Desk,
    *,
    names: tuple[str, ...],
    edition: str,
    size: str | None,
    bleed: bool,
    out: Path | None,
    day: date | None,
    preview: bool,
    jobs: int,
) -> int:
    """0 if every sheet was made, else 1."""
    if building.unknown_editions((edition,)) or edition == "website":
        raise click.BadParameter(edition, param_hint="--edition")
    wish = Wish(desk.site, day, preview, editions=(edition,), jobs=jobs)
    choice = printing.Choice(names, edition, size or "", bleed)
    printed = printing.print_sheets(wish, choice, (out or Path()).absolute(), desk.stage)
    desk.speak(printed.settings)
    desk.show(printed.problems)
    for file in printed.files:
        desk.say("printed", path=nearby(file))
    return int(fails(printed.problems) or not printed.files)
