"""What every page of the website is planned with: the frame around it, the people in it, the theme behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from generator.catalogue import Catalogue, Document
from generator.chapters import parts_of
from generator.engine.target import Target
from generator.exhibits import Exhibits
from generator.model import Activity, Picture
from generator.sheets import Sheets
from generator.theme import Theme, render_page, template_of
from generator.views import Card, Frame, Image, Link

SEARCH = "search/index.html"


@dataclass(frozen=True)
class Hall:
    """One edition's planning: read-only but for the renditions that it orders."""

    catalogue: Catalogue
    exhibits: Exhibits
    theme: Theme
    frame: Frame
    sheets: Sheets

    def page(
        self, view: Any, cards: Iterable[Card] = (), *, tokens: Iterable[str] = (), about: str = "site.yaml"
    ) -> Target:
        """The target of a page that shows `cards` and whatever else `tokens` name."""
        permits = tuple(dict.fromkeys((*self.exhibits.tokens(cards), *tokens)))
        return Target(view.path, render_page, view, self.theme.files_for(template_of(view)), permits, about)

    def prose(self, document: Document, folder: str) -> tuple[tuple[str | Image, ...], tuple[str, ...]]:
        """A document's text with its pictures, and the tokens of those pictures."""
        told = {picture.file: picture for picture in getattr(document.item, "pictures", ())}
        images: dict[str, Image] = {}
        for figure in document.text.figures:
            picture = told.get(figure.file) or Picture(figure.file, figure.alt, figure.caption)
            shown = self.picture(document, picture, folder)
            if shown is not None:
                images[figure.file] = shown
        return parts_of(document.text.html, images), tuple(self.token(document, file) for file in images)

    def picture(self, document: Document, picture: Picture, folder: str) -> Image | None:
        """A picture of an activity or page if everyone in it allows it, in the output's `folder`."""
        source = document.pictures.get(picture.file)
        if source is None or not self.exhibits.allows(picture):
            return None
        return self.exhibits.renditions.whole(
            source,
            folder,
            alt=picture.alt,
            caption=picture.caption,
            credit=picture.credit,
            permit=self.token(document, picture.file),
            about=document.item.source.file,
        )

    def token(self, document: Document, file: str) -> str:
        return f"{self.exhibits.scope}:{document.item.source.file}:picture:{document.pictures[file].digest}"

    def permitted(self) -> Iterable[str]:
        """The tokens of everything that documents show."""
        for document in self.catalogue.documents:
            told = {picture.file: picture for picture in getattr(document.item, "pictures", ())}
            for file in document.pictures:
                if self.exhibits.allows(told.get(file) or Picture(file, "")):
                    yield self.token(document, file)


def frame_of(catalogue: Catalogue, theme: Theme, *, has_sheets: bool) -> Frame:
    """The words and addresses around every page. The footer leads to the office's own pages that have an order."""
    settings = catalogue.settings
    nav = [
        ("people", "exemplars/index.html"),
        ("collectives", "collectives/index.html"),
        ("years", "years/index.html"),
        ("activities", "activities/index.html"),
        ("notices", "notices/index.html"),
        ("statistics", "statistics/index.html"),
        ("search", SEARCH),
    ]
    footer = tuple(
        Link(document.item.title, f"{document.item.slug}/index.html")
        for document in sorted(catalogue.pages, key=lambda d: (getattr(d.item, "order", 0), d.item.slug))
        if getattr(document.item, "order", 0)
    )
    return Frame(
        title=settings.title,
        organisation=settings.organisation,
        department=settings.department,
        language=settings.language,
        base_url=settings.base_url,
        demonstration=settings.demonstration,
        preview=catalogue.preview,
        party=settings.party,
        stylesheet=theme.stylesheet_path,
        script=theme.script_path,
        nav=tuple(nav),
        footer=footer,
        has_feedback=settings.feedback.nominate is not None or settings.feedback.correct is not None,
        has_sheets=has_sheets,
    )


def activity_path(activity: Activity) -> str:
    return f"activities/{activity.slug}/index.html"
