"""Rules that a site must keep, one a module; CHECKS names them all.

A rule takes the catalogue and yields problems. An error of a RECORD rule hides its record from every edition; the
others are said and hide nothing by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from generator.catalogue import Catalogue
from generator.checks import (
    doubles,
    gate,
    limits,
    mentions,
    pictures,
    references,
    settings,
    untouched,
    voices,
)
from generator.problems import Problem

Rule = Callable[[Catalogue], Iterable[Problem]]

RECORD_CHECKS: dict[str, Rule] = {
    "references": references.check,
    "limits": limits.check,
    "pictures": pictures.check,
    "doubles": doubles.check,
    "untouched": untouched.check,
}

CHECKS: dict[str, Rule] = {
    "settings": settings.check,
    "gate": gate.check,
    "mentions": mentions.check,
    "voices": voices.check,
}


def sound(catalogue: Catalogue) -> tuple[Catalogue, tuple[Problem, ...]]:
    """The catalogue without the records that a RECORD rule refuses, and every problem those rules found."""
    problems = tuple(_ask(RECORD_CHECKS, catalogue))
    refused = {problem.where.file for problem in problems if problem.is_error}
    return catalogue.without(refused), problems


def check_site(catalogue: Catalogue) -> tuple[Problem, ...]:
    """What the remaining rules say of a sound catalogue."""
    return tuple(_ask(CHECKS, catalogue))


def _ask(rules: dict[str, Rule], catalogue: Catalogue) -> Iterator[Problem]:
    for rule in rules.values():
        yield from rule(catalogue)
