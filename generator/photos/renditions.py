"""Which pictures are made from a photo, how they are cut and named: known before any is made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import Literal

from generator.photos.facts import PhotoFacts

VERSION = 1  # raise it when the same rendition shall get other bytes
WIDTHS = (320, 640, 1280)
JPEG_WIDTH = 640  # the one for readers and chat previews that know no WebP
TALLEST = 16_000  # a chat's long screenshot may be taller; WebP ends at 16,383
PORTRAIT = 3 / 4  # width to height, always
FACE = (0.5, 0.4)  # where in the portrait the focus comes to lie, if the photo's edges allow
QUALITY = {"webp": 80, "jpeg": 82}

Format = Literal["webp", "jpeg"]
Crop = tuple[float, float, float, float]  # left, top, right, bottom in 0..1 of the upright picture
WHOLE: Crop = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Rendition:
    """One picture to make: `crop` of the upright photo `source` (a name of the target's files) brought to
    `width` by `height` pixels; `quality` 0 to 100."""

    source: str
    width: int
    height: int
    crop: Crop = WHOLE
    format: Format = "webp"
    quality: int = QUALITY["webp"]


def portrait_crop(width: int, height: int, focus: tuple[float, float] = FACE) -> Crop:
    """The largest 3:4 part of a `width` by `height` picture around `focus` ((x, y) in 0..1)."""
    across = min(1.0, height * PORTRAIT / width)
    down = min(1.0, width / PORTRAIT / height)
    left = min(max(focus[0] - FACE[0] * across, 0.0), 1.0 - across)
    top = min(max(focus[1] - FACE[1] * down, 0.0), 1.0 - down)
    return (round(left, 6), round(top, 6), round(left + across, 6), round(top + down, 6))


def ladder(width: int) -> tuple[int, ...]:
    """The widths to make of a picture `width` pixels wide: never wider than it is, and its own width on top
    where the steps would throw a quarter of it away."""
    steps = tuple(step for step in WIDTHS if step <= width)
    if not steps or (width < WIDTHS[-1] and width >= steps[-1] * 1.25):
        return (*steps, width)
    return steps


def renditions(source: str, facts: PhotoFacts, crop: Crop = WHOLE) -> tuple[Rendition, ...]:
    """The WebPs of `crop`, narrowest first, then one JPEG."""
    across = (crop[2] - crop[0]) * facts.width
    down = (crop[3] - crop[1]) * facts.height
    widths = ladder(max(1, min(round(across), int(TALLEST * across / down))))
    webps = [Rendition(source, width, _height(width, across, down), crop) for width in widths]
    wide = max((width for width in widths if width <= JPEG_WIDTH), default=widths[0])
    jpeg = Rendition(source, wide, _height(wide, across, down), crop, "jpeg", QUALITY["jpeg"])
    return (*webps, jpeg)


def _height(width: int, across: float, down: float) -> int:
    return max(1, min(TALLEST, round(width * down / across)))


def rendition_name(source_digest: str, rendition: Rendition) -> str:
    """`photo-<12 hex>-640.webp`: other bytes always have another name, so that it may be cached for ever."""
    crop = ",".join(f"{edge:.6f}" for edge in rendition.crop)
    made = f"{rendition.width}x{rendition.height} {rendition.format} {rendition.quality}"
    key = f"{VERSION} {encoder()} {source_digest} {crop} {made}"
    mark = blake2b(key.encode(), digest_size=6).hexdigest()
    suffix = "jpg" if rendition.format == "jpeg" else "webp"
    return f"photo-{mark}-{rendition.width}.{suffix}"


@cache
def encoder() -> str:
    """The encoder's version. Pillow's wheels carry their own libwebp and libjpeg, so Pillow's stands for all;
    to ask for theirs would load the library in builds that make no picture."""
    import PIL

    return PIL.__version__
