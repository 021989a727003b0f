"""What is wrong with an author's files: where it stands, what was found, what to write instead."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

LANGUAGES = ("zh-CN", "en")


class Severity(StrEnum):
    """How much a problem stops: an error fails the build, a warning does not, a hint is advice."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in an author's file. `file` is relative to the site, with `/`; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `code` names its message and hint in messages/<language>.toml; `found` fills them in."""

    where: Place
    code: str
    severity: Severity = Severity.ERROR
    found: tuple[tuple[str, str], ...] = ()

    def message(self, language: str) -> str:
        """What was found, in the reader's language."""
        return say(language, self.code, "message", **dict(self.found))

    def hint(self, language: str) -> str:
        """What to write instead."""
        return say(language, self.code, "hint", **dict(self.found))

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


def error(where: Place, code: str, **found: object) -> Problem:
    """A problem that fails the build."""
    return Problem(where, code, Severity.ERROR, _told(found))


def warning(where: Place, code: str, **found: object) -> Problem:
    """A problem worth reading that fails only a strict build."""
    return Problem(where, code, Severity.WARNING, _told(found))


def hint(where: Place, code: str, **found: object) -> Problem:
    """Advice."""
    return Problem(where, code, Severity.HINT, _told(found))


def _told(found: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key, str(value)) for key, value in found.items()))


class GeneratorError(Exception):
    """A command cannot go on because of these problems. Ends with exit code 1 and no traceback."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.where} {p.code}" for p in self.problems))


@cache
def messages(language: str) -> dict[str, Any]:
    """The messages of one language, by code: {"code": {"message": "…", "hint": "…"}}."""
    file = resources.files("generator") / "messages" / f"{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def say(language: str, code: str, part: str = "message", /, **found: object) -> str:
    """The text of `code` in `language`, with `{name}` filled from `found`. Raises KeyError if it has none."""
    text: str = messages(language)[code][part]
    return text.format_map({key: str(value) for key, value in found.items()})


def misnamed(path: str) -> Problem | None:
    """The error for a path that is not UTF-8; None if it is. Names out of a zip of an older Windows are GBK, and
    no page, manifest or database can hold them."""
    if path.isascii() or not _broken(path):
        return None
    parts = (
        os.fsencode(part).decode("gb18030", "replace") if _broken(part) else part for part in path.split("/")
    )
    shown = "/".join(parts)
    return error(Place(shown), "name-encoding", name=shown.rpartition("/")[2])


def _broken(name: str) -> bool:
    """Whether Python had to put surrogates for bytes of the name (PEP 383)."""
    return any("\ud800" <= character <= "\udfff" for character in name)
