"""The statistics page: who was seen, who was not. Individuals are counted; collectives stand apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.data import render_spreadsheet
from generator.editions.website.facets import Facet, Facets
from generator.editions.website.hall import Hall
from generator.engine.target import Target
from generator.exhibits import Exhibit
from generator.model import Unit, term
from generator.views import Finding, Link, ShareLine, SpreadsheetView, StatisticsView, UnitCounts

SPREADSHEET = "statistics/honours.csv"
# A column a year fits the page and the memory of its readers.
MOST_YEARS = 10
# More names than this make a list, not a sentence.
NAMED = 3
# A share of fewer people is an accident, not a trend.
ENOUGH = 3


def plan_statistics(hall: Hall, facets: Facets) -> Iterator[Target]:
    """statistics/index.html and the spreadsheet of everybody shown."""
    settings = hall.catalogue.settings
    individuals = [e for e in hall.exhibits.shown if not e.card.collective]
    years = _years(individuals, hall.catalogue.day.year)
    units = tuple(_unit_counts(unit, individuals, years) for unit in settings.units)
    totals = tuple(sum(row.counts[n] for row in units) for n in range(len(years)))
    staff = sum(unit.staff for unit in settings.units)
    classes = _post_classes(hall, individuals, years)
    view = StatisticsView(
        frame=hall.frame,
        path="statistics/index.html",
        years=years,
        individuals=len(individuals),
        collectives=len(hall.exhibits.shown) - len(individuals),
        units_seen=sum(row.total > 0 for row in units),
        units_total=len(units),
        rotation_days=len(hall.exhibits.shown),
        units=units,
        year_totals=totals,
        total_per_thousand=_per_thousand(sum(row.total for row in units), staff),
        post_classes=classes,
        levels=_counted(facets.levels),
        categories=_counted(facets.categories),
        findings=findings(years, units, classes, _classified(hall, individuals, years)),
        spreadsheet=SPREADSHEET,
    )
    yield hall.page(view)
    permits = hall.exhibits.tokens(e.card for e in hall.exhibits.shown)
    yield Target(SPREADSHEET, render_spreadsheet, _spreadsheet(hall), permits=permits)


def findings(
    years: Sequence[int],
    units: Sequence[UnitCounts],
    classes: Sequence[ShareLine],
    classified: Sequence[int],
) -> tuple[Finding, ...]:
    """Two or three sentences that the figures bear out; "empty" alone when nobody is published.

    `classified` says of how many people each year's shares are."""
    if not any(unit.total for unit in units):
        return (Finding("empty", ()),)
    said = [_said_of_posts(years, classes, classified), _said_of_most(units), _said_of_absent(years, units)]
    return tuple(finding for finding in said if finding is not None)


def _said_of_posts(
    years: Sequence[int], classes: Sequence[ShareLine], classified: Sequence[int]
) -> Finding | None:
    """How the first post class (the front line) fared between the first and the last year of enough people."""
    if not classes:
        return None
    shares = zip(years, classes[0].shares, classified, strict=True)
    known = [(year, share) for year, share, people in shares if share is not None and people >= ENOUGH]
    if len(known) < 2:
        return None
    (first, was), (last, now) = known[0], known[-1]
    step = round(now * 100) - round(was * 100)
    code = "posts-same" if step == 0 else "posts-up" if step > 0 else "posts-down"
    words = {"post": classes[0].title, "first": first, "last": last, "was": f"{was:.0%}", "now": f"{now:.0%}"}
    return Finding(code, _words(words))


def _said_of_most(units: Sequence[UnitCounts]) -> Finding | None:
    if len(units) < 2:
        return None
    most = max(unit.total for unit in units)
    leaders = [unit.name for unit in units if unit.total == most]
    if len(leaders) == len(units):
        return Finding("units-equal", _words({"count": most}))
    if len(leaders) > NAMED:
        return None
    code = "unit-most" if len(leaders) == 1 else "units-most"
    return Finding(code, _words({"units": "、".join(leaders), "count": most}))


def _said_of_absent(years: Sequence[int], units: Sequence[UnitCounts]) -> Finding | None:
    absent = [unit.name for unit in units if not unit.counts[-1]]
    words = {"year": years[-1], "units": "、".join(absent), "count": len(absent), "total": len(units)}
    if not absent:
        return Finding("nobody-absent", _words(words)) if len(units) > 1 else None
    if len(absent) == len(units):
        return Finding("all-absent", _words(words))
    return Finding("units-absent" if len(absent) <= NAMED else "many-absent", _words(words))


def _words(words: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((key, str(value)) for key, value in words.items())


def _years(individuals: Sequence[Exhibit], today: int) -> tuple[int, ...]:
    """The last ten years up to this one, oldest first, without the empty ones before the first honour."""
    known = {e.year for e in individuals if e.year}
    last = max({today, *known})
    recent = range(last - MOST_YEARS + 1, last + 1)
    first = min((year for year in recent if year in known), default=last)
    return tuple(range(first, last + 1))


def _unit_counts(unit: Unit, individuals: Sequence[Exhibit], years: tuple[int, ...]) -> UnitCounts:
    own = [e.year for e in individuals if e.unit is not None and e.unit.path[0] == unit.key]
    counts = tuple(own.count(year) for year in years)
    path = f"units/{unit.key}/index.html"
    return UnitCounts(unit.name, path, counts, sum(counts), _per_thousand(sum(counts), unit.staff))


def _per_thousand(count: int, staff: int) -> str:
    return f"{count * 1000 / staff:.1f}" if staff else ""


def _post_classes(
    hall: Hall, individuals: Sequence[Exhibit], years: tuple[int, ...]
) -> tuple[ShareLine, ...]:
    terms = hall.catalogue.settings.post_classes
    said = [(e.year, t) for e in individuals if (t := term(terms, e.exemplar.post_class))]
    lines = []
    for one in terms:
        shares: list[float | None] = []
        for year in years:
            of_year = [t for at, t in said if at == year]
            shares.append(of_year.count(one) / len(of_year) if of_year else None)
        lines.append(ShareLine(one.title, tuple(shares)))
    return tuple(lines) if said else ()


def _classified(hall: Hall, individuals: Sequence[Exhibit], years: tuple[int, ...]) -> tuple[int, ...]:
    """How many individuals of each year have a post class."""
    terms = hall.catalogue.settings.post_classes
    said = [e.year for e in individuals if term(terms, e.exemplar.post_class)]
    return tuple(said.count(year) for year in years)


def _counted(facets: tuple[Facet, ...]) -> tuple[Link, ...]:
    return tuple(Link(facet.heading, facet.path, len(facet.members)) for facet in facets)


def _spreadsheet(hall: Hall) -> SpreadsheetView:
    """One exemplar a row, as the yearly assessment asks for it; its header in the language of the site."""
    words = hall.theme.words
    columns = ("year", "name", "kind", "unit", "post", "categories", "honours", "address")
    rows = []
    for exhibit in hall.exhibits.shown:
        card, exemplar = exhibit.card, exhibit.exemplar
        honours = [
            " ".join(part for part in (h.date, h.level, h.title, h.grade) if part) for h in exemplar.honours
        ]
        rows.append(
            (
                str(exhibit.year or ""),
                card.name,
                words["spreadsheet.collective" if card.collective else "spreadsheet.individual"],
                " ".join(card.unit),
                card.post,
                "、".join(t.title for t in exhibit.categories),
                "；".join(honours),
                f"{hall.frame.base_url}exemplars/{card.slug}/" if hall.frame.base_url else "",
            )
        )
    return SpreadsheetView(SPREADSHEET, tuple(words[f"spreadsheet.{name}"] for name in columns), tuple(rows))
