"""The board of pledges (承诺践诺公开栏): what the people of a unit have promised, and what they kept of it."""

from __future__ import annotations

from generator.catalogue import Catalogue
from generator.editions.edition import Plan
from generator.engine.target import Target
from generator.exhibits import Exhibit
from generator.model import Pledge, Unit
from generator.sheets import Sheets
from generator.sheets.paths import pledge_board_path
from generator.theme import Theme
from generator.views.print.parts import Name, Verse
from generator.views.print.pledge_board import PledgeBoardView, Pledged

# Millimetres of a portrait, by how many stand on the board; of more than these the last.
PORTRAITS = (140, 85, 54)

Promise = tuple[Exhibit, Pledge]

# A site without units is one.
WHOLE = Unit("all", "", ("all",), ())


def plan(catalogue: Catalogue, theme: Theme, sheets: Sheets) -> Plan:
    """A board of each unit that somebody with a pledge belongs to, and of each unit at the top that gathers
    several of those."""
    made = [(one, pledge) for one in sheets.exhibits.shown if (pledge := one.exemplar.pledge)]
    tops = catalogue.settings.units
    boards = (
        ((unit, _gathered(unit, made)) for top in tops for unit in top.walk()) if tops else [(WHOLE, made)]
    )
    targets = tuple(_board(sheets, unit, people) for unit, people in boards if people)
    return Plan(targets, sheets.permitted, sheets.changes, sheets.problems)


def _gathered(unit: Unit, made: list[Promise]) -> list[Promise]:
    """Whom the board of `unit` shows: its own people and those below it. Nobody, if all of them stand together
    on the board of one unit below."""
    depth = len(unit.path)
    within = [(one, pledge) for one, pledge in made if one.unit and one.unit.path[:depth] == unit.path]
    paths = {one.unit.path for one, _ in within if one.unit}
    return within if unit.path in paths or (depth == 1 and len(paths) > 1) else []


def _board(sheets: Sheets, unit: Unit, people: list[Promise]) -> Target:
    width = PORTRAITS[min(len(people), len(PORTRAITS)) - 1]
    view = PledgeBoardView(
        frame=sheets.frame,
        unit=unit.names,
        people=tuple(_pledged(sheets, unit, exhibit, pledge, width) for exhibit, pledge in people),
    )
    exhibits = (exhibit for exhibit, _ in people)
    return sheets.sheet(pledge_board_path(unit.path), view, exhibits, problems=sheets.own_words)


def _pledged(sheets: Sheets, unit: Unit, exhibit: Exhibit, pledge: Pledge, width: float) -> Pledged:
    card, photo, plates = exhibit.card, exhibit.exemplar.photo, sheets.plates
    return Pledged(
        name=Name(card.name),
        portrait=plates.portrait(exhibit.entry, photo, width),
        group=plates.group(exhibit.entry, photo, width) if card.collective else None,
        unit=card.unit[len(unit.names) :],
        post=card.post,
        title=pledge.post,
        promise=Verse(pledge.promise),
        kept=Verse(pledge.kept),
    )
