"""Which books there are, who stands in them, and what is planned for each."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.editions.compendium.indexes import by_pinyin, by_strokes, by_units
from generator.editions.compendium.parts import parts_of
from generator.editions.edition import Plan
from generator.engine.target import Target
from generator.exhibits import Exhibit
from generator.model import Compendium, Kind, Source
from generator.problems import Problem, warning
from generator.sheets import Sheets, compendium_path
from generator.theme import Theme
from generator.views.print.compendium import CompendiumView
from generator.views.print.parts import Address, Deeds, PrintPicture

# With up to so many people everybody has a page for the portrait and one for the name facing it: four pages each,
# and a spine of 25 mm is as thick as a book is bound without a second volume.
MOST_SPREADS = 150
COVER_FACE = 84  # millimetres


def plan(catalogue: Catalogue, theme: Theme, sheets: Sheets) -> Plan:
    """Every book that has somebody in it."""
    items = (document.item for document in catalogue.compendia)
    books = [item for item in items if isinstance(item, Compendium)]
    targets = [target for item in books for target in _written(sheets, item)]
    empty = [
        warning(item.source.at(), "compendium-empty", title=item.title)
        for item in books
        if not _chosen(sheets, item)
    ]
    if not books:
        targets += _of_latest_year(sheets)
    return Plan(tuple(targets), sheets.permitted, sheets.changes, (*sheets.problems, *empty))


def _written(sheets: Sheets, item: Compendium) -> Iterator[Target]:
    if people := _chosen(sheets, item):
        problems = (*sheets.own_words, *_of_terms(sheets), *sheets.preflight.document(item))
        yield _target(sheets, item, people, problems)


def _chosen(sheets: Sheets, item: Compendium) -> tuple[Exhibit, ...]:
    """Who stands in a book: named people in the order they are named in, all others in the order of lists."""
    shown = sheets.exhibits.shown
    if item.exemplars:
        by_slug = sheets.exhibits.by_slug
        shown = tuple(by_slug[slug] for slug in dict.fromkeys(item.exemplars) if slug in by_slug)
    return tuple(
        exhibit
        for exhibit in shown
        if item.year in (None, exhibit.year) and item.campaign in ("", exhibit.exemplar.campaign)
    )


def _of_latest_year(sheets: Sheets) -> Iterator[Target]:
    """The book that nobody wrote a file for."""
    settings = sheets.catalogue.settings
    year = max((exhibit.year for exhibit in sheets.exhibits.shown), default=0)
    if year:
        item = Compendium(str(year), settings.title, Source("site.yaml"), year=year)
        problems = (*sheets.own_words, *_of_terms(sheets))
        yield _target(sheets, item, _chosen(sheets, item), problems)


def _of_terms(sheets: Sheets) -> tuple[Problem, ...]:
    """Characters of the settings' categories and units that can't be printed."""
    settings = sheets.catalogue.settings
    words = [(f"categories.{n}", term.title + term.intro) for n, term in enumerate(settings.categories)]
    words += [
        (f"units.{n}", "".join(unit.name for unit in top.walk())) for n, top in enumerate(settings.units)
    ]
    return sheets.preflight.settings(settings, words) if sheets.case.usable else ()


def _target(
    sheets: Sheets, item: Compendium, people: tuple[Exhibit, ...], problems: tuple[Problem, ...]
) -> Target:
    settings = sheets.catalogue.settings
    spreads = len(people) <= MOST_SPREADS
    parts = parts_of(sheets, people, spreads=spreads)
    in_order = tuple(sheets.exhibits.by_slug[p.person.slug] for part in parts for p in part.profiles)
    view = CompendiumView(
        frame=sheets.frame,
        title=item.title,
        subtitle=item.subtitle,
        years=_years(item, people),
        date=item.date,
        foreword=Deeds(item.markdown),
        face=_face(sheets, item, in_order),
        parts=parts,
        pinyin=by_pinyin(in_order),
        strokes=by_strokes(in_order),
        units=by_units(in_order, settings.units),
        individuals=sum(exhibit.exemplar.kind is Kind.INDIVIDUAL for exhibit in people),
        collectives=sum(exhibit.exemplar.kind is Kind.COLLECTIVE for exhibit in people),
        colophon=item.colophon,
        home=Address(settings.base_url),
        spreads=spreads,
        bleed=settings.printing.bleed,
    )
    return sheets.sheet(
        compendium_path(item.slug),
        view,
        people,
        tokens=[token for exhibit in people for token in sheets.tokens_of(exhibit)],
        about=item.source.file,
        problems=problems,
    )


def _years(item: Compendium, people: tuple[Exhibit, ...]) -> tuple[int, ...]:
    """The year of the book, or the first and the last of its people's; () if nobody's is known."""
    years = sorted({exhibit.year for exhibit in people if exhibit.year})
    return (item.year,) if item.year else tuple(dict.fromkeys(years[:1] + years[-1:]))


def _face(sheets: Sheets, item: Compendium, people: tuple[Exhibit, ...]) -> PrintPicture | None:
    """The portrait on the cover: of whom the book asks for, else of the first who has one."""
    asked = [exhibit for exhibit in people if exhibit.slug == item.face]
    portraits = (sheets.person(exhibit, COVER_FACE).portrait for exhibit in (*asked, *people))
    return next((portrait for portrait in portraits if portrait is not None), None)
