"""Where a command talks to a person: problems, progress and results in the site's language."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.problems import Problem, Severity, say
from generator.sources.settings import written_language

if TYPE_CHECKING:
    from generator.engine.parallel import Progress
    from generator.model import Settings

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Shorter work ends before a progress bar could be read.
_QUIET = 0.5


@dataclass
class Desk:
    """The site a command works on and the language it speaks: --lang, else the site's, else Chinese.

    A site.yaml that can't be read is asked for its language all the same: its mistakes are told in it."""

    site: Path
    asked: str | None = None
    language: str = field(init=False)

    def __post_init__(self) -> None:
        self.language = self.asked or written_language(self.site)
        for stream in (sys.stdout, sys.stderr):
            # A Windows console of code page 936 can't print every name; better a box than a crash.
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")

    def speak(self, settings: Settings | None) -> None:
        """Take the site's language unless --lang asked for another."""
        if self.asked is None and settings is not None:
            self.language = settings.language

    def word(self, code: str, **found: object) -> str:
        """A sentence of the commands themselves."""
        return say(self.language, f"cli-{code}", "message", **found)

    def say(self, code: str, **found: object) -> None:
        """Print a sentence of the commands themselves."""
        print(self.word(code, **found), flush=True)

    def show(self, problems: Iterable[Problem]) -> None:
        """Print problems by place, each with what was found and what to write instead."""
        ordered = in_order(problems)
        if not ordered:
            return
        colon = "：" if self.language == "zh-CN" else ": "
        lines: list[str] = []
        for problem in ordered:
            label = click.style(self.word(problem.severity), fg=_COLOURS[problem.severity]) + colon
            where = click.style(_visible(f"{problem.where}: "), bold=True)
            lines.append(f"{where}{label}{_visible(problem.message(self.language))}")
            if advice := problem.hint(self.language):
                lines.append(click.style(_visible(f"    → {advice}"), dim=True))
        counts = {s: sum(problem.severity is s for problem in ordered) for s in Severity}
        words = [self.word(f"count-{s}", n=n) for s, n in counts.items() if n]
        lines.append(self.word("problems", counts=("，" if self.language == "zh-CN" else ", ").join(words)))
        click.echo("\n".join(lines), err=True)

    def stage(self, name: str) -> Progress | None:
        """Progress of a phase on a terminal; None elsewhere."""
        if not sys.stderr.isatty():
            return None
        return _Bar(self.word(f"stage-{name}"))

    def print_json(self, value: Any) -> None:
        """One JSON document on standard output."""
        print(json.dumps(value, ensure_ascii=False, indent=2))

    def as_data(self, problems: Iterable[Problem]) -> list[dict[str, Any]]:
        """Problems as `--json` promises them."""
        return [
            {
                "file": problem.where.file,
                "line": problem.where.line,
                "column": problem.where.column,
                "severity": str(problem.severity),
                "code": problem.code,
                "message": problem.message(self.language),
                "hint": problem.hint(self.language),
            }
            for problem in in_order(problems)
        ]


def _visible(text: str) -> str:
    """The text without what a terminal would obey: a record may hold any character, an escape sequence too."""
    return _CONTROL.sub("\ufffd", text)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by file, line and column; those of one place in the order they were found."""
    return sorted(dict.fromkeys(problems), key=lambda problem: problem.where)


def fails(problems: Iterable[Problem], *, strict: bool = False) -> bool:
    """Whether these end a command with exit code 1."""
    stops = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(problem.severity in stops for problem in problems)


class _Bar:
    """A progress bar that appears when the work turns out to be long, and goes when it is done."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._start = time.monotonic()
        self._progress: Any = None
        self._task: Any = None

    def __call__(self, done: int, total: int) -> None:
        if self._progress is None and time.monotonic() - self._start > _QUIET and done < total:
            from rich.console import Console
            from rich.progress import Progress

            self._progress = Progress(transient=True, console=Console(stderr=True))
            self._progress.start()
            self._task = self._progress.add_task(self._words, total=total)
        if self._progress is not None:
            self._progress.update(self._task, completed=done)
            if done >= total:
                self._progress.stop()


def report_crash(desk: Desk, fault: Exception) -> None:
    """Write the traceback of a fault of ours to a log and name the file."""
    text = "".join(traceback.format_exception(fault))
    log = write_log(desk, f"honour-{time.strftime('%Y%m%d-%H%M%S')}.log", text)
    if log is None:
        print(text, file=sys.stderr)
    else:
        print(desk.word("crash", fault=f"{type(fault).__name__}: {fault}", log=log), file=sys.stderr)


def write_log(desk: Desk, name: str, text: str) -> Path | None:
    """The log written: in the site's store, else where the system keeps such things, else nowhere."""
    for folder in (desk.site / ".honour", Path(tempfile.gettempdir())):
        log = folder / name
        try:
            if desk.site.is_dir():
                folder.mkdir(exist_ok=True)
            log.write_text(text, encoding="utf-8")
        except OSError:
            continue
        return log
    return None


def named_editions(written: str) -> tuple[str, ...]:
    """What --editions names. Raises click.BadParameter for what is no edition."""
    from generator import building

    names = tuple(name.strip() for name in written.split(",") if name.strip())
    if unknown := building.unknown_editions(names):
        raise click.BadParameter("、".join(unknown), param_hint="--editions")
    return names


def local(desk: Desk, path: Path) -> str:
    """How messages name a path: within the site if it lies there."""
    return path.relative_to(desk.site).as_posix() if path.is_relative_to(desk.site) else str(path)


def folders_like(desk: Desk, slug: str) -> str:
    """Records that may have been meant: one may type the name, or the pinyin without its hyphen."""
    from difflib import get_close_matches

    from generator.pinyin import slug_of

    records = (desk.site / "exemplars").glob("*/index.md")
    return (
        "、".join(get_close_matches(slug_of(slug) or slug, [r.parent.name for r in records], 3, 0.6)) or "…"
    )


def nearby(path: Path) -> str:
    """How to reach `path` from where the command was typed: relative unless it lies on another drive."""
    try:
        return os.path.relpath(path)
    except ValueError:
        return str(path)
