"""The kiosk's pictures: each comes as a parcel, in a small width for the wall and a large one for the loop."""

from __future__ import annotations

from generator import __version__
from generator.catalogue import SourcePicture
from generator.engine.target import Derived, Target, digest_bytes
from generator.parcels import FORM, pack_picture
from generator.photos import Crop, Rendition, render, rendition_name, renditions
from generator.renditions import SOURCE, Renditions
from generator.views import Image, ParcelView

FOLDER = "kiosk/"
SMALL = 480  # pixels that a portrait of the wall has at least, if its photo has them


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
        *webps, _ = renditions(SOURCE, picture.facts, crop)
        large = webps[-1]
        small = next((view for view in webps if view.width >= SMALL), large)
        ladder = tuple(
            (self._plan(picture, folder, view, permit, about), view.width)
            for view in dict.fromkeys((small, large))
        )
        return Image(
            ladder[-1][0], large.width, large.height, alt, ladder, caption, credit, picture.facts.average
        )

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
