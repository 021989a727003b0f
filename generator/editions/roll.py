"""The honour roll (光荣榜): a wall of everybody honoured in a year, individuals and collectives apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from generator.catalogue import Catalogue
from generator.editions.edition import Plan
from generator.engine.target import Target
from generator.exhibits import Exhibit
from generator.sheets import Sheets, roll_path
from generator.strokes import stroke_count, stroke_key
from generator.theme import Theme
from generator.views.print.parts import Name
from generator.views.print.roll import Hung, RollView

# Millimetres: the wall that roll.typ hangs portraits on, and how much higher than wide one is with its name.
WALLS = {"a3": (308, 255), "a2": (436, 361)}
_HEIGHT = 1.75
_WIDEST = 120  # of a portrait
_ACROSS = 1.2  # a picture that is hardly wider than high is cut as a portrait is


def plan(catalogue: Catalogue, theme: Theme, sheets: Sheets) -> Plan:
    """A wall of every year that has somebody to show, in each size that site.yaml asks for."""
    shown = [exhibit for exhibit in sheets.exhibits.shown if exhibit.year > 0]
    years = sorted({exhibit.year for exhibit in shown}, reverse=True)
    order = _orders(catalogue)[catalogue.settings.printing.roll_order]
    walls = {year: sorted((e for e in shown if e.year == year), key=order) for year in years}
    sizes = [size for size in catalogue.settings.printing.rolls if size in WALLS]
    targets = tuple(_wall(sheets, year, people, size) for year, people in walls.items() for size in sizes)
    return Plan(targets, sheets.permitted, sheets.changes, sheets.problems)


def _orders(catalogue: Catalogue) -> dict[str, Callable[[Exhibit], Any]]:
    """What people are sorted by, by the setting `roll_order`."""
    levels = [level.key for level in catalogue.settings.levels]

    def by_strokes(exhibit: Exhibit) -> Any:
        return (stroke_key(exhibit.card.name), exhibit.slug)

    def by_honour(exhibit: Exhibit) -> Any:
        highest = levels.index(exhibit.levels[0].key) if exhibit.levels else len(levels)
        return (highest, by_strokes(exhibit))

    return {"strokes": by_strokes, "honour": by_honour}


def _wall(sheets: Sheets, year: int, exhibits: Iterable[Exhibit], size: str) -> Target:
    hung = tuple(exhibits)
    people = [exhibit for exhibit in hung if not exhibit.card.collective]
    teams = [exhibit for exhibit in hung if exhibit.card.collective]
    view = RollView(
        frame=sheets.frame,
        size=size,
        year=year,
        order=sheets.catalogue.settings.printing.roll_order,
        people=tuple(_hung(sheets, exhibit, _width(size, len(people))) for exhibit in people),
        teams=tuple(_hung(sheets, exhibit, _width(size, len(hung))) for exhibit in teams),
    )
    return sheets.sheet(roll_path(str(year), size), view, hung, problems=sheets.own_words)


def _hung(sheets: Sheets, exhibit: Exhibit, width: float) -> Hung:
    entry, photo, card = exhibit.entry, exhibit.exemplar.photo, exhibit.card
    across = sheets.plates.group(entry, photo, width) if card.collective else None
    if across is not None and across.width < _ACROSS * across.height:
        across = None
    return Hung(
        name=Name(card.name),
        unit=card.unit,
        portrait=None if across else sheets.plates.portrait(entry, photo, width),
        across=across,
        strokes=stroke_count(card.name[0]),
        level=card.levels[0] if card.levels else "",
    )


def _width(size: str, count: int) -> float:
    """About how many millimetres wide each of `count` portraits hangs on the wall of `size`."""
    across, down = WALLS[size]
    return min(_WIDEST, float((across * down / (max(count, 1) * _HEIGHT)) ** 0.5))
