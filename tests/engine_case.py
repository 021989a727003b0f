"""A tiny plan for the tests of the engine: views, recipes, and a build of them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.engine.make import Report, make
from generator.engine.parallel import Workers
from generator.engine.store import Store
from generator.engine.target import Files, Target
from generator.problems import GeneratorError, Place, error, warning

DAY = date(2026, 3, 5)


@dataclass(frozen=True, slots=True)
class Note:
    text: str
    ran: str = ""  # a file to which each run of the recipe adds a letter


def note(view: Note, files: Files) -> bytes:
    if view.ran:
        with Path(view.ran).open("a") as file:
            file.write("x")
    return (view.text + "".join(files.text(name) for name in files)).encode()


def slow_note(view: Note, files: Files) -> bytes:
    time.sleep(0.03)
    return note(view, files)


def failing(view: Note, files: Files) -> bytes:
    raise ZeroDivisionError(view.text)


def complaining(view: Note, files: Files) -> bytes:
    raise GeneratorError([error(Place("exemplars/li/index.md", 3), "stranger", path=view.text)])


def warning_only(view: Note, files: Files) -> bytes:
    raise GeneratorError([warning(Place("a.md"), "stranger", path=view.text)])


def exiting(view: Note, files: Files) -> bytes:
    raise SystemExit(view.text)


def not_bytes(view: Note, files: Files) -> bytes:
    return view.text  # type: ignore[return-value]  # the mistake under test


def dying(view: Note, files: Files) -> bytes:
    os._exit(3)


def at(path: str, text: str = "", recipe: Callable[[Note, Files], bytes] = note, **rest: object) -> Target:
    return Target(path, recipe, Note(text or path), **rest)  # type: ignore[arg-type]  # keywords of Target


def build(
    site: Path,
    targets: Iterable[Target],
    *,
    out: str = "public",
    code: str = "code",
    permitted: Iterable[str] = (),
    jobs: int = 1,
    day: date = DAY,
    preview: bool = False,
    sealed: Iterable[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    with Store(site, code) as store, Workers(jobs) as workers:
        return make(
            targets,
            site / out,
            store,
            code=code,
            permitted=frozenset(permitted),
            day=day,
            workers=workers,
            preview=preview,
            sealed=sealed,
            progress=progress,
        )


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`, by its name there."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def folders(folder: Path) -> set[str]:
    return {entry.relative_to(folder).as_posix() for entry in folder.rglob("*") if entry.is_dir()}
