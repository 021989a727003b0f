"""The pictures that views refer to: their addresses now, the targets that will make them."""

from __future__ import annotations

from generator.catalogue import SourcePicture
from generator.engine.target import Target
from generator.photos import Rendition, ladder, portrait_crop, render, rendition_name
from generator.views import Image

JPEG_WIDTH = 640
WIDE_JPEG_WIDTH = 1280


class Renditions:
    """Hands out Images and remembers the targets they need. One for each edition's plan."""

    def __init__(self) -> None:
        self._targets: dict[str, Target] = {}
        self._images: dict[tuple[str, str, bool, tuple[float, float]], tuple[Image, tuple[Target, ...]]] = {}

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
        return self._image(picture, folder, crop, JPEG_WIDTH, alt, "", credit, permit, about)

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
        return self._image(picture, folder, None, WIDE_JPEG_WIDTH, alt, caption, credit, permit, about)

    def _image(
        self,
        picture: SourcePicture,
        folder: str,
        crop: tuple[float, float, float, float] | None,
        jpeg_width: int,
        alt: str,
        caption: str,
        credit: str,
        permit: str,
        about: str,
    ) -> Image:
        facts = picture.facts
        across = facts.width if crop is None else round((crop[2] - crop[0]) * facts.width)
        down = facts.height if crop is None else round((crop[3] - crop[1]) * facts.height)
        widths = ladder(across)
        webp = []
        for width in widths:
            view = Rendition("photo", width, max(1, round(down * width / across)), crop, "webp")
            webp.append((self._plan(picture, folder, view, permit, about), width))
        width = min(jpeg_width, widths[-1])
        height = max(1, round(down * width / across))
        path = self._plan(picture, folder, Rendition("photo", width, height, crop, "jpeg"), permit, about)
        return Image(path, width, height, alt, tuple(webp), caption, credit, facts.average)

    def _plan(self, picture: SourcePicture, folder: str, view: Rendition, permit: str, about: str) -> str:
        path = folder + rendition_name(picture.digest, view)
        if path not in self._targets:
            files = (("photo", picture.file),)
            self._targets[path] = Target(path, render, view, files, (permit,), about, keep=True)
        return path
