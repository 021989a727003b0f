"""The website edition: the honour zone as pages that work from any server, any sub-path and a folder."""

from __future__ import annotations

from datetime import date, timedelta

from generator.catalogue import Catalogue
from generator.editions.edition import Plan
from generator.editions.website.events import plan_events, turns_of_events
from generator.editions.website.exemplars import plan_exemplars
from generator.editions.website.facets import Facets
from generator.editions.website.hall import Hall, frame_of
from generator.editions.website.home import plan_home
from generator.editions.website.lists import plan_lists
from generator.editions.website.machine import plan_assets, plan_machine
from generator.editions.website.printed import plan_printed, printed_groups
from generator.editions.website.search import plan_search
from generator.editions.website.statistics import plan_statistics
from generator.engine.target import Target
from generator.exhibits import Exhibits
from generator.model import Scope
from generator.problems import Place, Problem, error
from generator.renditions import Renditions
from generator.search import plan_index
from generator.sheets import Sheets
from generator.theme import Theme
from generator.views import PageView, RedirectView

SCOPE = Scope.WEB


def plan(catalogue: Catalogue, theme: Theme, sheets: Sheets) -> Plan:
    """Every file of the website on `catalogue.day`."""
    renditions = Renditions()
    exhibits = Exhibits(catalogue, SCOPE, renditions)
    printed = printed_groups(catalogue, sheets)
    hall = Hall(catalogue, exhibits, theme, frame_of(catalogue, theme, has_sheets=bool(printed)), sheets)
    facets = Facets(hall)
    index = plan_index(exhibits)
    pages: list[Target] = [
        *plan_home(hall, facets),
        *plan_exemplars(hall, facets),
        *plan_lists(hall, facets),
        *plan_search(hall, facets, index),
        *plan_statistics(hall, facets),
        *plan_events(hall),
        *plan_printed(hall, printed),
    ]
    pages, problems = _apart(pages)
    addresses = [t.path for t in pages if t.path.endswith(".html") and not isinstance(t.view, RedirectView)]
    machine = plan_machine(hall, facets, addresses)
    targets = (*pages, *machine, *index.targets, *plan_assets(theme), *renditions.targets)
    permitted = exhibits.permitted | index.permitted | frozenset(hall.permitted())
    return Plan(targets, permitted, _next_change(hall), problems)


def _apart(pages: list[Target]) -> tuple[list[Target], tuple[Problem, ...]]:
    """The pages without those of the office's own that would take the place of one of ours.

    Imagine a content/exemplars.md: refused here, it takes only itself away, not the whole build."""
    ours = {target.path for target in pages if not isinstance(target.view, PageView)}
    refused = [target for target in pages if isinstance(target.view, PageView) and target.path in ours]
    problems = tuple(error(Place(target.about), "page-taken", path=target.path) for target in refused)
    return [target for target in pages if target not in refused] if refused else pages, problems


def _next_change(hall: Hall) -> date | None:
    """The next day on which the website differs without an edit.

    The home page tells one day from another as soon as somebody stands on it (a lone exemplar's 14 days, too,
    carry their dates), a public notice counts days, a feed without entries bears the day of the build.
    Otherwise it is the next gate that opens or closes, event that comes or passes, or year that begins."""
    catalogue, exhibits = hall.catalogue, hall.exhibits
    if exhibits.shown or exhibits.noticed or catalogue.settings.base_url:
        return catalogue.day + timedelta(days=1)
    gates = (catalogue.decide(entry, SCOPE).changes for entry in catalogue.entries)
    turns = [day for day in (*gates, *turns_of_events(hall)) if day is not None]
    return min([*turns, date(catalogue.day.year + 1, 1, 1)])
