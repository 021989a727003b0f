"""Facets: everybody, and by category, unit, line, year, level, honour; each is a list with an address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from generator.editions.website.hall import Hall
from generator.exhibits import Exhibit
from generator.model import Status, Term, Unit
from generator.views import Card, Crumb, FacetRow, FilterRow, Link, Option, YearBar


@dataclass(frozen=True, slots=True)
class Facet:
    """One list of people: its address, heading and members in the order of lists."""

    kind: str
    key: str
    folder: str
    heading: str
    members: tuple[Exhibit, ...]
    intro: str = ""
    heading_key: str = ""
    crumbs: tuple[Crumb, ...] = ()
    below: tuple[Link, ...] = ()
    also: tuple[Card, ...] = ()

    @property
    def path(self) -> str:
        return f"{self.folder}index.html"

    def row(self, depth: int = 0) -> FacetRow:
        faces = tuple(exhibit.card for exhibit in self.members[:3])
        return FacetRow(self.heading, self.path, len(self.members), self.intro, depth, faces)


class Facets:
    """Every facet of the exhibits, worked out once for the lists, the filters and the links of other pages."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        shown, settings = hall.exhibits.shown, hall.catalogue.settings
        self.everyone = Facet("all", "", "exemplars/", "", shown, heading_key="list.all")
        self.collectives = Facet(
            "collectives",
            "",
            "collectives/",
            "",
            tuple(e for e in shown if e.card.collective),
            heading_key="list.collectives",
        )
        self.legacy = Facet(
            "legacy",
            "",
            "legacy/",
            "",
            tuple(e for e in shown if e.exemplar.status is Status.LEGACY),
            heading_key="list.legacy",
        )
        self.categories = self._terms(
            "category", "categories", settings.categories, lambda exhibit: exhibit.categories
        )
        lines = {t.title: t for t in settings.lines} | {t.key: t for t in settings.lines}
        self.lines = self._terms(
            "line",
            "lines",
            settings.lines,
            lambda e: (lines[e.exemplar.line],) if e.exemplar.line in lines else (),
        )
        self.levels = self._terms("level", "levels", settings.levels, lambda exhibit: exhibit.levels)
        self.units = tuple(self._unit_facets())
        self.years = tuple(self._year_facets())
        self.honours = tuple(self._honour_facets())

    def _terms(
        self, kind: str, folder: str, terms: tuple[Term, ...], held: Callable[[Exhibit], Iterable[Term]]
    ) -> tuple[Facet, ...]:
        members: dict[str, list[Exhibit]] = {t.key: [] for t in terms}
        for exhibit in self.hall.exhibits.shown:
            for t in held(exhibit):
                members[t.key].append(exhibit)
        return tuple(
            Facet(kind, t.key, f"{folder}/{t.key}/", t.title, tuple(members[t.key]), t.intro) for t in terms
        )

    def _unit_facets(self) -> Iterator[Facet]:
        members: dict[tuple[str, ...], list[Exhibit]] = {}
        for exhibit in self.hall.exhibits.shown:
            path = exhibit.unit.path if exhibit.unit else ()
            for depth in range(1, len(path) + 1):
                members.setdefault(path[:depth], []).append(exhibit)
        for top in self.hall.catalogue.settings.units:
            for unit in top.walk():
                yield Facet(
                    "unit",
                    "/".join(unit.path),
                    unit_folder(unit.path),
                    unit.name,
                    tuple(members.get(unit.path, ())),
                    crumbs=tuple(
                        Crumb(name, f"{unit_folder(unit.path[: n + 1])}index.html")
                        for n, name in enumerate(unit.names[:-1])
                    ),
                    below=tuple(
                        Link(b.name, f"{unit_folder(b.path)}index.html", len(members.get(b.path, ())))
                        for b in unit.units
                    ),
                )

    def _year_facets(self) -> Iterator[Facet]:
        shown = self.hall.exhibits.shown
        honoured: dict[str, list[Exhibit]] = {}
        for exhibit in shown:
            for year_of_honour in {honour.date[:4] for honour in exhibit.exemplar.honours}:
                honoured.setdefault(year_of_honour, []).append(exhibit)
        for year, members in groupby(shown, key=lambda exhibit: exhibit.year):
            if year:
                also = tuple(e.card for e in honoured.get(str(year), ()) if e.year != year)
                yield Facet("year", str(year), f"years/{year}/", str(year), tuple(members), also=also)

    def _honour_facets(self) -> Iterator[Facet]:
        members: dict[str, list[Exhibit]] = {}
        keys: dict[str, str] = {}
        for exhibit in self.hall.exhibits.shown:
            keys |= {honour.title: honour.key for honour in exhibit.entry.story.honours}
            for title in dict.fromkeys(honour.title for honour in exhibit.exemplar.honours):
                members.setdefault(title, []).append(exhibit)
        taken: set[str] = set()
        for title in sorted(members):
            key = base = keys.get(title) or "honour"
            number = 2
            while key in taken:
                key, number = f"{base}-{number}", number + 1
            taken.add(key)
            yield Facet("honour", key, f"honours/{key}/", title, tuple(members[title]))

    def all(self) -> tuple[Facet, ...]:
        named = (*self.categories, *self.units, *self.lines, *self.years, *self.levels, *self.honours)
        return (self.everyone, self.collectives, self.legacy, *named)

    def year_bars(self) -> tuple[YearBar, ...]:
        """Newest first; the current year is that of the day of the build."""
        most = max((len(facet.members) for facet in self.years), default=1)
        today = self.hall.catalogue.day.year
        return tuple(
            YearBar(int(f.key), f.path, len(f.members), len(f.members) / most, int(f.key) == today)
            for f in self.years
        )

    def filters(self, chosen: Facet) -> tuple[FilterRow, ...]:
        """Four rows; an option leads to its own page, and to a combination where scripts run."""
        rows = {
            "year": self.years,
            "category": self.categories,
            "unit": tuple(f for f in self.units if not f.crumbs),
            "level": self.levels,
        }
        return tuple(self._filter(key, facets, chosen) for key, facets in rows.items() if facets)

    def _filter(self, key: str, facets: tuple[Facet, ...], chosen: Facet) -> FilterRow:
        total, most = len(self.everyone.members), max(len(f.members) for f in facets) or 1
        none = not any(facet is chosen for facet in facets)
        first = Option("", self.everyone.path, total, none, 0.0, "")
        return FilterRow(
            key,
            (
                first,
                *(
                    Option(f.heading, f.path, len(f.members), f is chosen, len(f.members) / most, f.key)
                    for f in facets
                ),
            ),
        )


def unit_folder(path: tuple[str, ...]) -> str:
    return f"units/{'/'.join(path)}/"


def unit_links(unit: Unit | None) -> tuple[Link, ...]:
    """The way from the top of the tree to `unit`."""
    if unit is None:
        return ()
    return tuple(
        Link(name, f"{unit_folder(unit.path[: n + 1])}index.html") for n, name in enumerate(unit.names)
    )
