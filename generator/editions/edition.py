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
    """An edition's files. `permitted` are the tokens it may show today, `changes` the next day that differs."""

    targets: tuple[Target, ...]
    permitted: frozenset[str]
    changes: date | None = None
    problems: tuple[Problem, ...] = ()


Edition = Callable[[Catalogue, Theme, Sheets], Plan]
