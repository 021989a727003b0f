"""The pages of lists, of the indexes that lead to them, of the archive and of the names.

Pages of 24 are numbered from the oldest, so an addition touches only the newest page, which stands at the
list's own address; its number leads there too. It holds the rest besides, up to 47: with 29 people nobody
should find five of them and a link."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from generator.editions.website.facets import Facet, Facets
from generator.editions.website.hall import Hall
from generator.engine.target import Target
from generator.views import Card, FacetIndexView, ListView, NamesView, RedirectView, YearGroup, YearsView

PER_PAGE = 24
PER_ARCHIVE_YEAR = 12
DATA = "data/people.js"
NAMES = "names/index.html"


def plan_lists(hall: Hall, facets: Facets) -> Iterator[Target]:
    """Every list, every index of lists, the archive and the index of names."""
    for facet in facets.all():
        yield from _pages(hall, facets, facet)
    for name, kinds in (
        ("categories", facets.categories),
        ("lines", facets.lines),
        ("levels", facets.levels),
        ("honours", facets.honours),
        ("units", facets.units),
    ):
        rows = tuple(facet.row(len(facet.crumbs)) for facet in kinds)
        faces = [card for row in rows for card in row.faces]
        yield hall.page(FacetIndexView(hall.frame, f"{name}/index.html", name, rows), faces)
    everyone = [exhibit.card for exhibit in facets.everyone.members]
    groups = tuple(
        YearGroup(int(f.key), tuple(e.card for e in f.members[:PER_ARCHIVE_YEAR])) for f in facets.years
    )
    archived = [card for group in groups for card in group.cards]
    yield hall.page(YearsView(hall.frame, "years/index.html", facets.year_bars(), groups), archived)
    yield hall.page(NamesView(hall.frame, NAMES, by_initial(facets.everyone), len(everyone)), everyone)


def by_initial(facet: Facet) -> tuple[tuple[str, tuple[Card, ...]], ...]:
    """The cards of a list by the first letter of their pinyin, "#" last."""
    in_order = sorted(
        facet.members, key=lambda e: (e.card.initial == "#", e.card.initial, e.entry.reading.key, e.slug)
    )
    groups = groupby((exhibit.card for exhibit in in_order), key=lambda card: card.initial)
    return tuple((initial, tuple(cards)) for initial, cards in groups)


def _pages(hall: Hall, facets: Facets, facet: Facet) -> Iterator[Target]:
    oldest_first = facet.members[::-1]
    pages = max(1, len(oldest_first) // PER_PAGE)
    for number in range(1, pages + 1):
        newest = number == pages
        end = len(oldest_first) if newest else number * PER_PAGE
        members = oldest_first[(number - 1) * PER_PAGE : end][::-1]
        numbered = f"{facet.folder}page-{number}.html"
        view = ListView(
            frame=hall.frame,
            path=facet.path if newest else numbered,
            facet=facet.kind,
            heading=facet.heading,
            heading_key=facet.heading_key,
            intro=facet.intro,
            total=len(facet.members) if newest else 0,
            newest=newest,
            number=number,
            groups=tuple(
                YearGroup(year, tuple(exhibit.card for exhibit in group))
                for year, group in groupby(members, key=lambda exhibit: exhibit.year)
            ),
            filters=facets.filters(facet) if newest else (),
            newer="" if newest else f"{facet.folder}page-{number + 1}.html",
            older=f"{facet.folder}page-{number - 1}.html" if number > 1 else "",
            crumbs=facet.crumbs,
            below=facet.below if newest else (),
            also=facet.also if newest else (),
            data=DATA if newest else "",
            facet_key=facet.key,
        )
        yield hall.page(view, [*(e.card for e in members), *view.also])
        if newest and number > 1:
            heading = facet.heading or hall.theme.words[facet.heading_key]
            yield hall.page(RedirectView(hall.frame, numbered, facet.path, heading))
