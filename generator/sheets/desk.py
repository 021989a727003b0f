"""The desk at which sheets are planned: one value for all printed editions of a build."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from generator.catalogue import Catalogue
from generator.engine.target import Input, Recipe, Target
from generator.exhibits import Exhibit, Exhibits
from generator.fonts import Case
from generator.model import Scope
from generator.problems import Problem, error
from generator.renditions import Renditions
from generator.sheets.pictures import Plates
from generator.sheets.preflight import Preflight
from generator.sheets.refuse import Refusal, refuse
from generator.theme import Theme
from generator.typeset import render_sheet, template_of
from generator.views.print.parts import Address, Deeds, Name, Person, Profile, SheetFrame, Verse


class Sheets:
    """Made anew for every plan; `refused` and `offered` gather what the printed editions come to."""

    def __init__(self, catalogue: Catalogue, theme: Theme, case: Case) -> None:
        self.catalogue = catalogue
        self.theme = theme
        self.case = case
        self.plates = Plates()
        self.refused: list[Problem] = []  # why sheets can't be printed, as planning goes on
        self.offered: set[str] = (
            set()
        )  # paths that printed editions have planned; the website links to no others

    @cached_property
    def exhibits(self) -> Exhibits:
        """Everybody whose consent covers print, in the order of lists."""
        return Exhibits(self.catalogue, Scope.PRINT, Renditions())

    @cached_property
    def media(self) -> Exhibits:
        """Everybody whose consent covers the media."""
        return Exhibits(self.catalogue, Scope.MEDIA, Renditions())

    @cached_property
    def preflight(self) -> Preflight:
        return Preflight(self.case)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What stands in the way of every sheet, told once: no fonts, no permanent address for QR codes."""
        settings = self.catalogue.settings
        missing = () if settings.base_url else (error(settings.source.at("base_url"), "print-address"),)
        return (*self.case.problems, *missing)

    @cached_property
    def frame(self) -> SheetFrame:
        """What stands on every sheet of this site."""
        settings = self.catalogue.settings
        return SheetFrame(
            title=settings.title,
            organisation=settings.organisation,
            issuer=settings.printing.issuer or settings.organisation + settings.department,
            language=settings.language,
            base_url=settings.base_url,
            demonstration=settings.demonstration,
            preview=self.catalogue.preview,
            fonts=self.case.families if self.case.usable else (),
        )

    @cached_property
    def permitted(self) -> frozenset[str]:
        """Every token that may be printed today."""
        return self.exhibits.permitted

    @cached_property
    def changes(self) -> date | None:
        """The next day on which a gate of print opens or closes."""
        catalogue = self.catalogue
        gates = (catalogue.decide(entry, Scope.PRINT).changes for entry in catalogue.entries)
        return min((day for day in gates if day is not None), default=None)

    @cached_property
    def own_words(self) -> tuple[Problem, ...]:
        """Characters of site.yaml that can't be printed."""
        settings = self.catalogue.settings
        printing = settings.printing
        words = (
            ("title", settings.title),
            ("organisation", settings.organisation),
            ("department", settings.department),
            ("print.masthead", printing.masthead),
            ("print.issuer", printing.issuer),
            ("print.contact", printing.contact),
            ("print.report", printing.report),
            ("print.send", printing.send),
            ("print.issue", printing.issue),
        )
        return self.preflight.settings(settings, words) if self.case.usable else ()

    def sheet(
        self,
        path: str,
        view: Any,
        people: Iterable[Exhibit] = (),
        *,
        tokens: Iterable[str] = (),
        about: str = "site.yaml",
        problems: Iterable[Problem] = (),
        recipe: Recipe = render_sheet,
    ) -> Target:
        """The target of a PDF that shows `people` and whatever else `tokens` name.

        What can't be printed, by `problems` or by the preflight of its people, becomes a target that refuses:
        the engine then keeps the old sheet if everybody on it may still be shown."""
        shown = tuple(people)
        permits = tuple(dict.fromkeys((*(token for one in shown for token in one.tokens), *tokens)))
        errors = [problem for problem in self.problems if problem.is_error]
        if not errors:
            errors = [*problems, *(fault for one in shown for fault in self.preflight.exemplar(one.exemplar))]
        if errors:
            self.refused += errors
            return Target(path, refuse, Refusal(tuple(errors)), (), permits, about)
        files: tuple[tuple[str, Input], ...] = (
            *self.theme.print_files(template_of(view)),
            *self.case.inputs,
            *self.plates.inputs_of(view),
        )
        return Target(path, recipe, view, files, permits, about, keep=True)

    def offer(self, targets: Iterable[Target]) -> None:
        """Let the website link to `targets`, but for those that refuse."""
        self.offered.update(target.path for target in targets if target.recipe is not refuse)

    # --- people -------------------------------------------------------------------------------------

    def person(self, exhibit: Exhibit, width: float) -> Person:
        """The exemplar of `exhibit` with a portrait for `width` millimetres."""
        exemplar, card = exhibit.exemplar, exhibit.card
        return Person(
            slug=card.slug,
            name=Name(card.name),
            pinyin=card.pinyin,
            collective=card.collective,
            one_line=Verse(card.one_line),
            unit=card.unit,
            post=card.post,
            year=card.year,
            category=card.category,
            portrait=self.plates.portrait(exhibit.entry, exemplar.photo, width),
            address=self.address(card.slug),
        )

    def profile(self, exhibit: Exhibit, width: float, *, column: float = 80) -> Profile:
        """Everything that may be printed of an exemplar: a portrait for `width` millimetres, pictures of the
        deeds for a `column` of so many."""
        exhibits, exemplar = self.exhibits, exhibit.exemplar
        return Profile(
            person=self.person(exhibit, width),
            story=exhibit.entry.story,
            deeds=Deeds(exemplar.markdown),
            pictures=tuple(
                self.plates.whole(
                    exhibit.entry.pictures[file], column, file, image.alt, image.caption, image.credit
                )
                for file, image in exhibits.pictures(exhibit).items()
            ),
            voices=exhibits.voices(exhibit),
            remarks=Verse(exemplar.remarks),
            group=self.plates.group(exhibit.entry, exemplar.photo, width),
        )

    def tokens_of(self, exhibit: Exhibit) -> tuple[str, ...]:
        """What a sheet that shows the profile of `exhibit` must be permitted besides its card."""
        exhibits = self.exhibits
        voices = (exhibits.voice_token(exhibit, voice) for voice in exhibits.voices(exhibit))
        pictures = (exhibits.picture_token(exhibit, file) for file in exhibits.pictures(exhibit))
        return (*voices, *pictures)

    def address(self, slug: str) -> Address:
        """The permanent address of an exemplar."""
        base = self.catalogue.settings.base_url
        return Address(f"{base}exemplars/{slug}/" if base else "")
