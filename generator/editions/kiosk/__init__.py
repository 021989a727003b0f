"""The kiosk edition: one folder that shows everybody in turn, from a server, a disk or a stick, for months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlsplit

from generator.catalogue import Catalogue
from generator.editions.edition import Plan
from generator.editions.kiosk.deck import deck_of
from generator.editions.kiosk.discretion import Discretion
from generator.editions.kiosk.letters import plan_letters
from generator.editions.kiosk.naming import Naming
from generator.editions.kiosk.operation import SEALED, plan_operation
from generator.editions.kiosk.people import plan_people
from generator.editions.kiosk.pictures import FOLDER, Frames
from generator.engine.target import File, Target, digest_bytes
from generator.exhibits import Exhibits
from generator.model import Scope
from generator.parcels import pack_boot, pack_code, pack_deck, pack_page, pack_style, pack_version
from generator.sheets import Sheets
from generator.theme import Theme, render_page, template_of
from generator.views import Core, Frame, KioskShellView, KioskView, ParcelView, VersionView

SCOPE = Scope.KIOSK
LANGUAGES = ("zh-CN", "en")
ICON = "icon.svg"
ENGINE = "10-engine.js"


def plan(catalogue: Catalogue, theme: Theme, sheets: Sheets) -> Plan:
    """Every file of the kiosk on `catalogue.day`."""
    frames, naming = Frames(), Naming()
    exhibits = Exhibits(catalogue, SCOPE, frames)
    frame = _frame(catalogue)
    discretion = Discretion(exhibits, theme.words["kiosk.someone"], theme.words["kiosk.some_team"])
    people = tuple(plan_people(exhibits, theme, frame, discretion, naming))
    everyone = exhibits.tokens(exhibit.card for exhibit in exhibits.shown)
    letters = naming.named("letters", plan_letters(exhibits, everyone))
    slides = tuple(planned.slide for planned in people)
    deck = deck_of(catalogue, discretion, slides, naming.name_of(letters.path))
    words = tuple(dict(file for language in LANGUAGES for file in theme.words_in(language)).items())
    shell = KioskShellView(frame, "")
    boot = naming.named("boot", Target("", pack_boot, ParcelView(""), _boot_files(theme)))
    core = (
        naming.named("code", Target("", pack_code, ParcelView(""), _code_files(theme))),
        naming.named("style", Target("", pack_style, ParcelView(""), theme.coloured("kiosk/styles"))),
        naming.named("shell", Target("", pack_page, shell, theme.files_for(template_of(shell)))),
        naming.named("deck", Target("", pack_deck, deck, words, everyone)),
    )
    parcels = (boot, *core, letters, *(planned.target for planned in people), *frames.targets)
    fixed = _fixed(catalogue, theme, frame, naming, boot, core, parcels)
    targets = (*parcels, *fixed, *plan_operation(theme))
    return Plan(targets, exhibits.permitted, _next_change(catalogue, exhibits), sealed=(SEALED,))


def _fixed(
    catalogue: Catalogue,
    theme: Theme,
    frame: Frame,
    naming: Naming,
    boot: Target,
    core: Sequence[Target],
    parcels: Sequence[Target],
) -> tuple[Target, Target]:
    """The two files whose names stay: the page and the version, which is that of the page and of all parcels."""
    names = tuple(sorted(naming.name_of(parcel.path) for parcel in parcels))
    view = KioskView(
        frame=frame,
        path=f"{FOLDER}index.html",
        version="",
        boot=naming.name_of(boot.path),
        core=Core(*(naming.name_of(target.path) for target in core)),
        heartbeat=_origin(catalogue.settings.kiosk.heartbeat),
    )
    files = theme.files_for(template_of(view))
    page = naming.mark(Target(view.path, render_page, view, files))
    version = digest_bytes("\n".join((page, *names)).encode())
    return (
        Target(view.path, render_page, replace(view, version=version), files),
        Target(f"{FOLDER}version.js", pack_version, VersionView(f"{FOLDER}version.js", version, names)),
    )


def _boot_files(theme: Theme) -> tuple[tuple[str, File], ...]:
    icons = tuple(named for named in theme.folder("assets") if named[0].endswith(f"/{ICON}"))
    return (*theme.folder("kiosk/boot"), *icons)


def _code_files(theme: Theme) -> tuple[tuple[str, File], ...]:
    """The engine of the search, which the website's pages share, and the kiosk's own scripts."""
    engine = tuple(named for named in theme.folder("search") if named[0].endswith(f"/{ENGINE}"))
    return (*engine, *theme.folder("kiosk/scripts"))


def _frame(catalogue: Catalogue) -> Frame:
    settings = catalogue.settings
    return Frame(
        title=settings.title,
        organisation=settings.organisation,
        department=settings.department,
        language=settings.language,
        base_url=settings.base_url,
        demonstration=settings.demonstration,
        preview=catalogue.preview,
        party=settings.party,
        stylesheet="",
        script="",
        nav=(),
        footer=(),
        has_feedback=False,
    )


def _origin(address: str) -> str:
    """https://watch.example.cn of https://watch.example.cn/kiosk?lobby=1."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if address else ""


def _next_change(catalogue: Catalogue, exhibits: Exhibits) -> date | None:
    """The deck carries the day of the build, by which a kiosk knows whether its clock can be believed."""
    if exhibits.shown:
        return catalogue.day + timedelta(days=1)
    gates = (catalogue.decide(entry, SCOPE).changes for entry in catalogue.entries)
    return min((day for day in gates if day is not None), default=None)
