"""What an edition is: a function of the catalogue, the theme and the desk of sheets to a plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from generator.catalogue import Catalogue
from generator.engine.target import Target
from generator.problems import Problem
from generator.sheets import Sheets
from generator.theme import Theme


@dataclass(frozen=True, slots=True)
class Plan:
    """An edition's files. `permitted` are the tokens it may show today, `changes` the next day that differs.

    `sealed` are folders that get a `manifest.json` of their own ("kiosk"), so that they can be mirrored alone."""

    targets: tuple[Target, ...]
    permitted: frozenset[str]
    changes: date | None = None
    problems: tuple[Problem, ...] = ()
    sealed: tuple[str, ...] = ()


Edition = Callable[[Catalogue, Theme, Sheets], Plan]
