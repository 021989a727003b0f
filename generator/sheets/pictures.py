"""Pictures at the size they are printed in (plates): planned here, made once for all sheets that show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from generator.catalogue import Entry, SourcePicture
from generator.engine.target import Derived, digest_bytes
from generator.model import Photo
from generator.photos import WHOLE, Crop, Rendition, portrait_crop, render, rendition_name
from generator.views.print.parts import PrintPicture

SOURCE = "photo"
QUALITY = 90
# Widths in pixels that a plate may have: few, so that sheets of about one size share it.
WIDTHS = (480, 960, 1440, 2160, 3240)
RESOLUTION = 300  # dots per inch of a sheet in the hand
BOARD_RESOLUTION = 150  # of what is read from two metres
LONGEST = 3000  # pixels of a picture's long side in a press kit
_FAR = 150  # millimetres; wider pictures stand on boards
_INCH = 25.4


class Plates:
    """Hands out pictures for print and remembers the inputs that will make them."""

    def __init__(self) -> None:
        self._inputs: dict[str, Derived] = {}

    def portrait(self, entry: Entry, photo: Photo | None, width: float) -> PrintPicture | None:
        """The 3:4 crop around the focus, for `width` millimetres; None without a photo."""
        source = entry.pictures.get(photo.file) if photo else None
        if photo is None or source is None:
            return None
        crop = portrait_crop(source.facts.width, source.facts.height, photo.focus)
        return self._plate(source, crop, width, photo.file, photo.alt, "", photo.credit)

    def group(self, entry: Entry, photo: Photo | None, width: float) -> PrintPicture | None:
        """The whole photo where it lies across: a 3:4 crop would cut people off."""
        source = entry.pictures.get(photo.file) if photo else None
        if photo is None or source is None or source.facts.width <= source.facts.height:
            return None
        return self.whole(source, width * 2, photo.file, photo.alt, "", photo.credit)

    def whole(
        self, source: SourcePicture, width: float, name: str, alt: str, caption: str, credit: str
    ) -> PrintPicture:
        """The picture as it is, for `width` millimetres."""
        return self._plate(source, WHOLE, width, name, alt, caption, credit)

    def press(self, source: SourcePicture, name: str, alt: str, caption: str, credit: str) -> PrintPicture:
        """The picture as it is, as large as a newsroom wants it."""
        wide, high = source.facts.width, source.facts.height
        pixels = max(1, round(wide * min(1.0, LONGEST / max(wide, high))))
        return self._made(source, WHOLE, pixels, name, alt, caption, credit)

    def inputs_of(self, view: Any) -> tuple[tuple[str, Derived], ...]:
        """The inputs of every plate in `view`, each once."""
        names = sorted({picture.file for picture in _pictures(view)})
        return tuple((name, self._inputs[name]) for name in names)

    def _plate(
        self,
        source: SourcePicture,
        crop: Crop,
        width: float,
        name: str,
        alt: str,
        caption: str,
        credit: str,
    ) -> PrintPicture:
        wanted = width / _INCH * (BOARD_RESOLUTION if width > _FAR else RESOLUTION)
        pixels = next((step for step in WIDTHS if step >= wanted), WIDTHS[-1])
        return self._made(source, crop, pixels, name, alt, caption, credit)

    def _made(
        self, source: SourcePicture, crop: Crop, most: int, name: str, alt: str, caption: str, credit: str
    ) -> PrintPicture:
        """The plate of at most `most` pixels across."""
        across = max(1, round((crop[2] - crop[0]) * source.facts.width))
        down = max(1, round((crop[3] - crop[1]) * source.facts.height))
        pixels = min(across, most)
        rendition = Rendition(SOURCE, pixels, max(1, round(pixels * down / across)), crop, "jpeg", QUALITY)
        mark = rendition_name(source.digest, rendition).removeprefix("photo-")
        file = f"picture/{mark}"
        if file not in self._inputs:
            inputs = ((SOURCE, source.file),)
            self._inputs[file] = Derived(render, rendition, inputs, digest_bytes(file.encode()))
        return PrintPicture(name, file, rendition.width, rendition.height, alt, caption, credit)


def _pictures(value: Any) -> Iterator[PrintPicture]:
    if isinstance(value, PrintPicture):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _pictures(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _pictures(getattr(value, field.name))
