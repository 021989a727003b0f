"""The pictures that views refer to: their addresses now, the targets that will make them."""

from __future__ import annotations

from generator.catalogue import SourcePicture
from generator.engine.target import Target
from generator.photos import WHOLE, Crop, Rendition, portrait_crop, render, rendition_name, renditions
from generator.views import Image

SOURCE = "photo"  # the name of the one input file of a rendition


class Renditions:
    """Hands out Images and remembers the targets they need. One for each edition's plan."""

    def __init__(self) -> None:
        self._targets: dict[str, Target] = {}

    @property
    def targets(self) -> tuple[Target, ...]:
        return tuple(self._targets.values())

    def portrait(
        self,
        picture: SourcePicture,
        folder: str,
        *,
        alt: str,
        credit: str,
        focus: tuple[float, float],
        permit: str,
        about: str,
    ) -> Image:
        """The 3:4 crop around `focus`, in `folder`."""
        facts = picture.facts
        crop = portrait_crop(facts.width, facts.height, focus)
        return self._image(picture, folder, crop, alt, "", credit, permit, about)

    def whole(
        self,
        picture: SourcePicture,
        folder: str,
        *,
        alt: str,
        caption: str,
        credit: str,
        permit: str,
        about: str,
    ) -> Image:
        """The picture as it is, in `folder`."""
        return self._image(picture, folder, WHOLE, alt, caption, credit, permit, about)

    def _image(
        self,
        picture: SourcePicture,
        folder: str,
        crop: Crop,
        alt: str,
        caption: str,
        credit: str,
        permit: str,
        about: str,
    ) -> Image:
        *webps, jpeg = renditions(SOURCE, picture.facts, crop)
        ladder = tuple((self._plan(picture, folder, view, permit, about), view.width) for view in webps)
        path = self._plan(picture, folder, jpeg, permit, about)
        return Image(path, jpeg.width, jpeg.height, alt, ladder, caption, credit, picture.facts.average)

    def _plan(self, picture: SourcePicture, folder: str, view: Rendition, permit: str, about: str) -> str:
        path = folder + rendition_name(picture.digest, view)
        if path not in self._targets:
            files = ((SOURCE, picture.file),)
            self._targets[path] = Target(path, render, view, files, (permit,), about, keep=True)
        return path
