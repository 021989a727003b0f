"""One order carried out, in whatever process: the recipe run and its bytes put in place."""

from __future__ import annotations

import traceback
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from generator.engine.kept import Kept
from generator.engine.ledger import pack
from generator.engine.manifest import Walk
from generator.engine.place import Placed, StrangerError, put
from generator.engine.target import Derived, Files, InputChanged, Target, derive
from generator.engine.unwritten import unwritten
from generator.problems import GeneratorError, Place, Problem, error


@dataclass(frozen=True, slots=True)
class Bench:
    """What all orders of a run share. `kept` is the folder of kept bytes, if there is one."""

    out: str
    code: str
    kept: Path | None


@dataclass(frozen=True, slots=True)
class Order:
    """A target to be made. `ours`: nothing stands in its place, or what we wrote. `why` as in `Story`."""

    target: Target
    key: str
    why: str
    ours: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an order: a file in place, or problems.

    `kept` says that its bytes were found and the recipe not run; `lines` is the packed manifest; `trace` is
    the traceback of an unexpected failure."""

    placed: Placed | None
    lines: bytes = b""
    kept: bool = False
    problems: tuple[Problem, ...] = ()
    trace: str = ""


def carry_out(bench: Bench, order: Order) -> Outcome:
    """Make one target. Never raises for what the recipe does; a failure leaves the old file as it was."""
    target = order.target
    shelf = Kept(bench.kept) if bench.kept is not None else None
    kept = shelf if target.keep else None
    try:
        data = kept.fetch(order.key) if kept is not None else None
        found = data is not None
        if data is None:
            data = target.recipe(target.view, Files(target.files, shelf))
            if not isinstance(data, bytes):
                raise TypeError(f"the recipe gave {type(data).__name__}, not bytes")
            if kept is not None:
                kept.put(order.key, data)
    except GeneratorError as cause:
        told = (_placed(problem, target) for problem in cause.problems)
        return _failed(*(tuple(told) or (_problem(target, "recipe-failed", cause="GeneratorError"),)))
    except InputChanged as cause:
        return _failed(_problem(target, "input-changed", file=cause.name))
    except (Exception, SystemExit) as cause:  # a recipe may fail in any way, and the others are still made
        said = f"{type(cause).__name__}: {cause}"
        return _failed(_problem(target, "recipe-failed", cause=said), trace=traceback.format_exc())
    try:
        placed = put(bench.out, target.path, data, ours=order.ours)
    except StrangerError:
        return _failed(_problem(target, "stranger"))
    except OSError as cause:
        return _failed(unwritten(bench.out, target.path, cause, target.about))
    return Outcome(placed, pack(Walk(bench.code).lines(target)), kept=found)


def prepare(bench: Bench, wanted: Derived) -> None:
    """Put the bytes of `wanted` on the shelf, so that no order has to make them.

    Whatever goes wrong is left to the orders that ask for it: each says so of its own target."""
    if bench.kept is not None:
        with suppress(Exception):
            derive(wanted, Kept(bench.kept))


def unprepared(wanted: Derived) -> None:
    """A derived input that took two workers with it: its orders will say so."""


def died(order: Order) -> Outcome:
    """The outcome of an order that took two workers with it."""
    return _failed(_problem(order.target, "worker-died"))


def _failed(*problems: Problem, trace: str = "") -> Outcome:
    return Outcome(None, problems=problems, trace=trace)


def _placed(problem: Problem, target: Target) -> Problem:
    """A recipe doesn't know whose file it makes: what it says without a file is said of the target's."""
    return problem if problem.where.file else replace(problem, where=Place(target.about or target.path))


def _problem(target: Target, code: str, **found: str) -> Problem:
    return error(Place(target.about or target.path), code, path=target.path, **found)
