"""The slogans (标语) of site.yaml, each set in one line and cut into sheets of office paper."""

from __future__ import annotations

from generator.catalogue import Catalogue
from generator.editions.edition import Plan
from generator.engine.target import Target
from generator.sheets import Sheets
from generator.sheets.paths import slogan_path
from generator.sheets.strip import strip_of
from generator.sheets.tiles import MARGIN, OVERLAP, cut
from generator.theme import Theme
from generator.views.print.slogan import SloganView, StripSign, StripTile


def plan(catalogue: Catalogue, theme: Theme, sheets: Sheets) -> Plan:
    """A file of each slogan, numbered as site.yaml lists them. They show nobody, so no gate changes them."""
    slogans = enumerate(catalogue.settings.slogans, start=1)
    targets = tuple(_strip(sheets, number, slogan) for number, slogan in slogans)
    return Plan(targets, sheets.permitted, None, sheets.problems)


def _strip(sheets: Sheets, number: int, slogan: str) -> Target:
    settings = sheets.catalogue.settings
    paper, height = settings.printing.slogan.paper, settings.printing.slogan.height
    strip = strip_of(slogan, sheets.case.shapes)
    length, tall = round(strip.length * height, 2), round((strip.above + strip.below) * height, 2)
    tiling = cut(length, tall, paper)
    view = SloganView(
        frame=sheets.frame,
        slogan=slogan,
        paper=paper.upper(),
        height=height,
        length=length,
        tall=tall,
        above=round(strip.above * height, 2),
        page=tiling.page,
        window=tiling.window,
        margin=MARGIN,
        overlap=OVERLAP,
        columns=tiling.columns,
        rows=tiling.rows,
        signs=tuple(
            StripSign(round(sign.left * height, 2), round(sign.shape.advance * height, 2), sign.shape.path)
            for sign in strip.signs
        ),
        tiles=tuple(StripTile(one.number, one.row, one.column, one.x, one.y) for one in tiling.tiles),
    )
    problems = sheets.preflight.settings(settings, ((f"slogans.{number - 1}", slogan),))
    return sheets.sheet(slogan_path(number), view, problems=problems)
