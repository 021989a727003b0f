"""All editions' targets in one list."""

from __future__ import annotations

from collections.abc import Sequence

from generator.catalogue import Catalogue
from generator.editions import EDITIONS, WEBSITE
from generator.editions.edition import Plan
from generator.fonts import Case
from generator.sheets import Sheets
from generator.theme import Theme


def plan(catalogue: Catalogue, theme: Theme, case: Case, editions: Sequence[str]) -> Plan:
    """The plan of the named `editions`. Raises KeyError for an unknown one.

    Two targets of one path are an error that the engine names both of."""
    sheets = Sheets(catalogue, theme, case)
    plans: list[Plan] = []
    for name in sorted(editions, key=WEBSITE.__eq__):  # the website last: it links to what the others made
        plans.append(EDITIONS[name](catalogue, theme, sheets))
        sheets.offer(plans[-1].targets)
    problems = (*(problem for one in plans for problem in one.problems), *sheets.refused)
    return Plan(
        targets=tuple(target for one in plans for target in one.targets),
        permitted=frozenset().union(*(one.permitted for one in plans)),
        changes=min((one.changes for one in plans if one.changes is not None), default=None),
        problems=tuple(dict.fromkeys(problems)),
        sealed=tuple(folder for one in plans for folder in one.sealed),
    )
