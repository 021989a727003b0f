"""All editions' targets in one list."""

from __future__ import annotations

from collections.abc import Sequence

from generator.catalogue import Catalogue
from generator.editions import EDITIONS
from generator.editions.edition import Plan
from generator.theme import Theme


def plan(catalogue: Catalogue, theme: Theme, editions: Sequence[str] = ()) -> Plan:
    """The plan of the named `editions` (all, if none is named). Raises KeyError for an unknown one.

    Two targets of one path are an error that the engine names both of."""
    plans = [EDITIONS[name](catalogue, theme) for name in editions or EDITIONS]
    return Plan(
        targets=tuple(target for one in plans for target in one.targets),
        permitted=frozenset().union(*(one.permitted for one in plans)),
        changes=min((one.changes for one in plans if one.changes is not None), default=None),
        problems=tuple(problem for one in plans for problem in one.problems),
    )
