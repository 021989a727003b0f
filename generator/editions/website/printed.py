"""The website's ways to printed sheets: those of each exemplar on their page, all others on a page of their own."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.editions.website.hall import Hall
from generator.engine.target import Target
from generator.model import Bulletin, Compendium
from generator.sheets import Sheets, paths
from generator.views import Link, SheetsView

PATH = "sheets/index.html"
BOARDS = ("a3", "60x90", "80x180")
ROLLS = ("a3", "a2")

Groups = tuple[tuple[str, tuple[Link, ...]], ...]


def sheets_of(sheets: Sheets, slug: str) -> tuple[tuple[str, str], ...]:
    """(key of the word, path) of an exemplar's own sheets, as far as this build makes them."""
    own = (
        ("bulletin", paths.bulletin_path(slug)),
        *((f"board-{size}", paths.board_path(slug, size)) for size in BOARDS),
        ("team-sheet", paths.team_sheet_path(slug)),
        ("desk-card", paths.desk_card_path(slug)),
        ("press-kit", paths.press_kit_path(slug)),
    )
    return tuple((key, path) for key, path in own if path in sheets.offered)


def printed_groups(catalogue: Catalogue, sheets: Sheets) -> Groups:
    """Everything else for print that this build makes, by kind."""
    groups = (
        ("compendium", tuple(_books(catalogue, sheets))),
        ("issue", tuple(_issues(catalogue, sheets))),
        ("roll", tuple(_rolls(sheets))),
        ("pledge-board", tuple(_pledges(catalogue))),
        ("slogan", tuple(_slogans(catalogue))),
    )
    offered = ((key, tuple(link for link in links if link.path in sheets.offered)) for key, links in groups)
    return tuple((key, links) for key, links in offered if links)


def plan_printed(hall: Hall, groups: Groups) -> Iterator[Target]:
    """The page of printed sheets, if there are any."""
    if groups:
        yield hall.page(SheetsView(hall.frame, PATH, groups))


def _books(catalogue: Catalogue, sheets: Sheets) -> Iterator[Link]:
    """Books by the titles of content/compendia/; one that nobody wrote a file for is called by its own name."""
    titles = {d.item.slug: d.item.title for d in catalogue.compendia if isinstance(d.item, Compendium)}
    for path in sorted(sheets.offered, reverse=True):
        name = path.removesuffix(".pdf").rpartition("/")[2]
        if path == paths.compendium_path(name):
            yield Link(titles.get(name, name), path)


def _issues(catalogue: Catalogue, sheets: Sheets) -> Iterator[Link]:
    """Issues by number and title, the latest first."""
    issues = [d.item for d in catalogue.bulletins if isinstance(d.item, Bulletin)]
    for issue in sorted(issues, key=lambda issue: (issue.date, issue.slug), reverse=True):
        number = sheets.theme.words["print.issue"].format(year=issue.date.year, n=issue.number)
        words = (number if issue.number else issue.date.isoformat(), issue.title)
        yield Link(" ".join(filter(None, words)), paths.issue_path(issue.slug))


def _rolls(sheets: Sheets) -> Iterator[Link]:
    years = {path.split("/")[1][:4] for path in sheets.offered if path.startswith("rolls/")}
    for year in sorted(years, reverse=True):
        for size in ROLLS:
            yield Link(f"{year} {size.upper()}", paths.roll_path(year, size))


def _pledges(catalogue: Catalogue) -> Iterator[Link]:
    for top in catalogue.settings.units:
        for unit in top.walk():
            yield Link(" ".join(unit.names), paths.pledge_board_path(unit.path))


def _slogans(catalogue: Catalogue) -> Iterator[Link]:
    for number, slogan in enumerate(catalogue.settings.slogans, start=1):
        yield Link(slogan, paths.slogan_path(number))
