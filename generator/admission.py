"""What publishing asks of withdrawal: a guard that judges releases by the site as it is today."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator import building, withdrawal
from generator.building import Wish
from generator.catalogue import Catalogue
from generator.engine.parallel import Workers
from generator.engine.seal import Seal
from generator.engine.store import Store
from generator.loading import Stage
from generator.problems import GeneratorError, Problem
from generator.sources.withdrawn import Register, read_register


@dataclass(frozen=True)
class Admission:
    """The site's catalogue, its list of the withdrawn, and the guard made of both."""

    catalogue: Catalogue
    register: Register
    guard: withdrawal.Guard

    def vanished(self, dest: str, before: Seal | None) -> tuple[Problem, ...]:
        """Errors for whoever the release before shows and whose folder went without `honour revoke`."""
        paths = () if before is None else (entry.path for entry in before.files)
        return tuple(withdrawal.vanished(paths, dest, self.catalogue, self.register))


@contextmanager
def admission(site: Path, day: date | None, stage: Stage, jobs: int = 0) -> Iterator[Admission]:
    """The site is read once more, from the store. Raises GeneratorError for a site or a list that can't be
    read: whoever can't say who is withdrawn publishes nothing."""
    register, problems = read_register(site)
    if any(problem.is_error for problem in problems):
        raise GeneratorError(problems)
    with (
        Store(site, building.code_of_generator(), lock=False) as store,
        Workers(jobs or building.jobs_here()) as workers,
    ):
        surveyed = building.survey(Wish(site, day), store, workers, stage)
        if surveyed.catalogue is None:
            raise GeneratorError(surveyed.problems)
        guard = withdrawal.Guard(site, surveyed.catalogue, register, store, workers, stage("guard"))
        yield Admission(surveyed.catalogue, register, guard)
