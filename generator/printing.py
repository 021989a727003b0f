"""Single sheets at once, outside a build: planned as a build plans them, made in parallel, put where asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from generator.building import (
    PREVIEW,
    PUBLIC,
    Wish,
    code_of_generator,
    jobs_here,
    plan_of,
    setting_of,
    survey,
    today,
)
from generator.catalogue import Catalogue, Entry
from generator.engine import seal
from generator.engine.carry import Bench, Order, carry_out, died
from generator.engine.parallel import Workers
from generator.engine.store import Store
from generator.engine.target import Target
from generator.loading import Stage
from generator.model import Scope, Settings
from generator.problems import GeneratorError, Place, Problem, error
from generator.sheets import Sheets
from generator.sheets.nomination import nomination

# What may follow the name of a record, issue, book, year or unit in the name of its sheet.
_VARIANT = r"(?:-(?:a3|a2|60x90|80x180|[0-9]+))?"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which sheets: `names` of records (or of issues, books, years, units), their edition, and what site.yaml
    would otherwise say of size and bleed."""

    names: tuple[str, ...]
    edition: str
    size: str = ""
    bleed: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """The sheets that were made, and every problem that concerns them."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]
    settings: Settings | None = None


def print_sheets(wish: Wish, choice: Choice, out: Path, stage: Stage) -> Printed:
    """Make the chosen sheets in the folder `out`, or as the file `out` if it ends in .pdf or .zip.

    The gate is asked as in a build: what may not be printed is a problem that says why. Raises GeneratorError
    if the theme can't be used, or if several sheets would be one file."""
    code = code_of_generator()
    with Store(wish.site, code, lock=False) as store, Workers(wish.jobs or jobs_here()) as workers:
        surveyed = survey(wish, store, workers, stage)
        if surveyed.catalogue is None:
            return Printed((), surveyed.problems, surveyed.settings)
        catalogue = _as_chosen(surveyed.catalogue, choice)
        theme, planned = plan_of(wish, catalogue, store)
        chosen = {name: [t for t in planned.targets if _is_of(t, name)] for name in choice.names}
        refused = [
            problem
            for name, targets in chosen.items()
            if not targets
            for problem in _why_not(catalogue, choice.edition, name, surveyed.problems)
        ]
        orders = _orders([target for targets in chosen.values() for target in targets], choice, out)
        folder = out.parent if _is_file(out) else out
        work = partial(carry_out, Bench(str(folder), code, store.kept_folder))
        outcomes = list(workers.run(work, orders, progress=stage("make"), died=died))
    made = [order.target for order, outcome in zip(orders, outcomes, strict=True) if outcome.placed]
    about = {target.about for target in made}
    told = (
        *refused,
        *theme.problems,
        *(problem for problem in planned.problems if problem.where.file in {"site.yaml", *about}),
        *(problem for outcome in outcomes for problem in outcome.problems),
    )
    files = tuple(folder / target.path for target in made)
    return Printed(files, tuple(dict.fromkeys(told)), catalogue.settings)


def print_form(wish: Wish, settings: Settings, entry: Entry, out: Path) -> Printed:
    """Make the nomination form of an exemplar as the file `out`, an absolute path without links.

    Raises GeneratorError `form-published` if that lies in an output folder: what is private must never get into
    what is published. And if the theme can't be used, no fonts are found, or a character has no shape."""
    _refuse_published(wish, out)
    code = code_of_generator()
    catalogue = Catalogue(settings, wish.day or today(settings), preview=False, entries=(entry,))
    with Store(wish.site, code, lock=False) as store:
        theme, case = setting_of(wish, settings, store)
        target = nomination(Sheets(catalogue, theme, case), entry, out.name)
        outcome = carry_out(
            Bench(str(out.parent), code, store.kept_folder), Order(target, "", "new", ours=True)
        )
    told = (*theme.problems, *case.problems, *outcome.problems)
    return Printed((out,) if outcome.placed else (), told, settings)


def _refuse_published(wish: Wish, out: Path) -> None:
    usual = (wish.site.resolve() / name for name in (PUBLIC, PREVIEW))
    folder = next((f for f in usual if out.is_relative_to(f)), None) or seal.enclosing(str(out))
    if folder is not None:
        raise GeneratorError([error(Place(out.as_posix()), "form-published", folder=folder)])


def _as_chosen(catalogue: Catalogue, choice: Choice) -> Catalogue:
    """The site as if its site.yaml asked for just this size, with or without bleed."""
    printing = replace(catalogue.settings.printing, bleed=choice.bleed or catalogue.settings.printing.bleed)
    if choice.size:
        printing = replace(printing, boards=(choice.size,), rolls=(choice.size,))
    return replace(catalogue, settings=replace(catalogue.settings, printing=printing))


def _is_of(target: Target, name: str) -> bool:
    return re.fullmatch(rf"(?:[^/]+/)+{re.escape(name)}{_VARIANT}\.\w+", target.path) is not None


def _is_file(out: Path) -> bool:
    return out.suffix.lower() in (".pdf", ".zip")


def _orders(targets: list[Target], choice: Choice, out: Path) -> list[Order]:
    """Raises GeneratorError `print-many` for several sheets and one file."""
    if _is_file(out):
        if len(targets) > 1:
            raise GeneratorError([error(Place(out.name), "print-many", count=len(targets))])
        names = [out.name]
    else:
        names = [f"{choice.edition}-{target.path.rpartition('/')[2]}" for target in targets]
    return [
        Order(replace(target, path=name), "", "new", ours=True)
        for target, name in zip(targets, names, strict=False)
    ]


def _why_not(
    catalogue: Catalogue, edition: str, name: str, problems: tuple[Problem, ...]
) -> Iterator[Problem]:
    """Why there is no such sheet: no such record, a record with errors, a closed gate, nothing to print."""
    file = f"exemplars/{name}/index.md"
    own = [problem for problem in problems if problem.where.file == file and problem.is_error]
    entry = next((entry for entry in catalogue.entries if entry.exemplar.slug == name), None)
    if entry is None:
        yield from own
        if not own:
            yield error(Place(f"exemplars/{name}"), "print-unknown", name=name, edition=edition)
        return
    scope = Scope.MEDIA if edition == "press-kit" else Scope.PRINT
    decision = catalogue.decide(entry, scope)
    if decision.page:
        yield error(Place(file), "print-nothing", name=entry.exemplar.name, edition=edition)
        return
    yield error(
        entry.exemplar.source.at("status"),
        "print-hidden",
        name=entry.exemplar.name,
        status=entry.exemplar.status,
    )
    yield from decision.closed
