"""The recipe of a sheet that can't be printed: it says why and makes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from generator.engine.target import Files
from generator.problems import GeneratorError, Problem


@dataclass(frozen=True)
class Refusal:
    problems: tuple[Problem, ...]


def refuse(view: Refusal, files: Files) -> bytes:
    """Raises GeneratorError with the problems of `view`."""
    raise GeneratorError(view.problems)
