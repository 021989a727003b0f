"""One build from reading to sealing, and the same way without making anything, for `check`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import metadata
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.catalogue import Catalogue
from generator.checks import check_site, sound
from generator.editions import EDITIONS, wanted
from generator.editions.edition import Plan
from generator.engine.code import code_digest
from generator.engine.make import Report, make
from generator.engine.parallel import Workers
from generator.engine.paths import check_paths
from generator.engine.rubbish import uncollected
from generator.engine.store import Store
from generator.fonts import Case
from generator.loading import Stage, load
from generator.model import Settings
from generator.plan import plan
from generator.problems import GeneratorError, Problem
from generator.sources.settings import FILE as SETTINGS_FILE
from generator.sources.settings import read_settings
from generator.theme import Theme, load_theme

PUBLIC = "public"
PREVIEW = "preview"

# Whose version changes what recipes and derived values come out as.
LIBRARIES = (
    "chinesecalendar",
    "fonttools",
    "jinja2",
    "markdown",
    "nh3",
    "pikepdf",
    "pillow",
    "pillow-heif",
    "pypdfium2",
    "pypinyin",
    "python-docx",
    "pyyaml",
    "segno",
    "typst",
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asked a build for. `day` None is today in the site's time zone; `out` None the usual folder.
    `distrust` reads every file, whatever its times say."""

    site: Path
    day: date | None = None
    preview: bool = False
    out: Path | None = None
    editions: tuple[str, ...] = ()
    jobs: int = 0
    distrust: bool = False

    @property
    def trust(self) -> bool:
        """Whether a file whose times are as before is taken for the same."""
        return trusts_file_times() and not self.distrust

    @property
    def folder(self) -> Path:
        """Where the output goes."""
        if self.out is not None:
            return self.out
        return self.site / (PREVIEW if self.preview else PUBLIC)


@dataclass(frozen=True, slots=True)
class Built:
    """What came of it. `report` is None when nothing could be made. `changes` is the next day that differs."""

    problems: tuple[Problem, ...]
    report: Report | None
    changes: date | None
    seconds: float
    settings: Settings | None = None


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A site as read and checked: `catalogue` holds the sound part of it."""

    catalogue: Catalogue | None
    settings: Settings | None
    problems: tuple[Problem, ...]


def survey(wish: Wish, store: Store, workers: Workers, stage: Stage) -> Surveyed:
    """Read and check the site."""
    loaded = load(
        wish.site,
        store,
        workers,
        today=lambda settings: wish.day or today(settings),
        preview=wish.preview,
        trust=wish.trust,
        stage=stage,
    )
    if loaded.catalogue is None:
        return Surveyed(None, loaded.settings, (*store.problems, *loaded.problems))
    catalogue, problems = sound(loaded.catalogue)
    found = (*store.problems, *loaded.problems, *problems, *check_site(catalogue))
    return Surveyed(catalogue, loaded.settings, found)


def build(wish: Wish, stage: Stage) -> Built:
    """Build the editions of a site. Never raises for what an author wrote, for a theme or an output folder that
    can't be used, or for a store that another build holds: then nothing is made, and every problem is told."""
    start = time.perf_counter()
    surveyed = _no_site(wish)
    if surveyed.problems:
        return Built(surveyed.problems, None, None, time.perf_counter() - start)
    try:
        code = code_of_generator()
        jobs = wish.jobs or jobs_here()
        with uncollected(), Store(wish.site, code) as store, Workers(jobs) as workers:
            surveyed = survey(wish, store, workers, stage)
            made = _make(wish, surveyed, code, store, workers, stage)
    except GeneratorError as refused:
        made = _Made((*surveyed.problems, *refused.problems))
    return Built(made.problems, made.report, made.changes, time.perf_counter() - start, surveyed.settings)


def _no_site(wish: Wish) -> Surveyed:
    """What is wrong where there is no site.yaml, found before a store is made in a folder that is no site."""
    missing = not os.path.isfile(wish.site / SETTINGS_FILE)  # noqa: PTH113  # nor raises in a folder closed to us
    return Surveyed(None, None, read_settings(wish.site)[1] if missing else ())


@dataclass(frozen=True, slots=True)
class _Made:
    problems: tuple[Problem, ...]
    report: Report | None = None
    changes: date | None = None


def _make(wish: Wish, surveyed: Surveyed, code: str, store: Store, workers: Workers, stage: Stage) -> _Made:
    """Raises GeneratorError if the output folder or the theme can't be used."""
    catalogue = surveyed.catalogue
    if catalogue is None:
        return _Made(surveyed.problems)
    theme, planned = plan_of(wish, catalogue, store)
    report = make(
        planned.targets,
        wish.folder,
        store,
        code=code,
        permitted=planned.permitted,
        day=catalogue.day,
        workers=workers,
        preview=wish.preview,
        sealed=planned.sealed,
        progress=stage("make"),
        preparing=stage("plates"),
    )
    problems = (*surveyed.problems, *theme.problems, *planned.problems, *report.problems)
    return _Made(problems, report, planned.changes)


def check(wish: Wish, stage: Stage) -> Surveyed:
    """Every problem of a site that shows before a page is made. A build may run at the same time."""
    if (nothing := _no_site(wish)).problems:
        return nothing
    with (
        Store(wish.site, code_of_generator(), lock=False) as store,
        Workers(wish.jobs or jobs_here()) as workers,
    ):
        surveyed = survey(wish, store, workers, stage)
        catalogue, problems = surveyed.catalogue, surveyed.problems
        if catalogue is None:
            return surveyed
        try:
            theme, planned = plan_of(wish, catalogue, store)
            problems = (*problems, *theme.problems, *planned.problems)
            check_paths(planned.targets, planned.sealed)
        except GeneratorError as refused:
            problems = (*problems, *refused.problems)
    return Surveyed(catalogue, surveyed.settings, problems)


def plan_of(wish: Wish, catalogue: Catalogue, store: Store) -> tuple[Theme, Plan]:
    """The theme of a site and its plan, of the editions wished for. Raises GeneratorError if the theme can't
    be used."""
    theme, case = setting_of(wish, catalogue.settings, store)
    return theme, plan(catalogue, theme, case, wanted(catalogue.settings, wish.editions))


def setting_of(wish: Wish, settings: Settings, store: Store) -> tuple[Theme, Case]:
    """The theme of a site and the fonts it prints in. Raises GeneratorError if the theme can't be used."""
    theme = load_theme(wish.site, settings.theme, settings.language)
    asked = wish.editions or settings.editions  # whoever chose sheets is told about their fonts
    return theme, Case(wish.site, settings.fonts, theme.fonts, store, trust=wish.trust, hints=bool(asked))


def today(settings: Settings) -> date:
    """The day it is where the office sits."""
    return datetime.now(ZoneInfo(settings.timezone)).date()


def trusts_file_times() -> bool:
    """Windows' file times are coarse and a pipeline's are those of the checkout: there every file is read."""
    return sys.platform != "win32" and not os.environ.get("CI")


def jobs_here() -> int:
    """As many worker processes as this process may use processors."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def code_of_generator() -> str:
    """The digest of everything besides views and files that decides what recipes make."""
    versions = {name: _version(name) for name in LIBRARIES}
    return code_digest([Path(__file__).resolve().parent], versions)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:  # a vendored or frozen installation without metadata
        return "unknown"


def unknown_editions(names: Sequence[str]) -> tuple[str, ...]:
    """Those of `names` that are no edition."""
    return tuple(name for name in names if name not in EDITIONS)
