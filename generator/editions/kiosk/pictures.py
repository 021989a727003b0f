"""The kiosk's pictures: each comes as a parcel, in a small width for the wall and a large one for the loop."""

from __future__ import annotations

from generator import __version__
from generator.catalogue import SourcePicture
from generator.engine.target import Derived, Target, digest_bytes
from generator.parcels import FORM, pack_picture
from generator.photos import Crop, Rendition, render, rendition_name
from generator.photos.renditions import TALLEST
from generator.renditions import SOURCE, Renditions
from generator.views import Image, ParcelView

FOLDER = "kiosk/"
# Pixels across, of the wall and of all else: the largest portrait of the largest screen is 1,422 wide.
WIDTHS = (640, 1440)


class Frames(Renditions):
    """Hands out pictures whose paths are names of parcels, and remembers the targets they need."""

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
        across = (crop[2] - crop[0]) * picture.facts.width
        down = (crop[3] - crop[1]) * picture.facts.height
        most = max(1, min(round(across), int(TALLEST * across / down)))
        widths = tuple(dict.fromkeys(min(step, most) for step in WIDTHS))
        ladder = tuple(
            (self._plan(picture, folder, _rendition(width, across, down, crop), permit, about), width)
            for width in widths
        )
        height = _rendition(widths[-1], across, down, crop).height
        return Image(ladder[-1][0], widths[-1], height, alt, ladder, caption, credit, picture.facts.average)

    def _plan(self, picture: SourcePicture, folder: str, view: Rendition, permit: str, about: str) -> str:
        made = rendition_name(picture.digest, view)
        name = f"picture-{digest_bytes(f'{__version__} {FORM} {made}'.encode())[:12]}.js"
        if name not in self._targets:
            path = FOLDER + name
            rendered = Derived(
                render, view, ((SOURCE, picture.file),), digest_bytes(f"kiosk/{made}".encode())
            )
            self._targets[name] = Target(
                path, pack_picture, ParcelView(path), (("picture", rendered),), (permit,), about
            )
        return name


def _rendition(width: int, across: float, down: float, crop: Crop) -> Rendition:
    return Rendition(SOURCE, width, max(1, min(TALLEST, round(width * down / across))), crop)
