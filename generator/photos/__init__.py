"""Source photos: what they are, which renditions are made of them, and the renditions' bytes.

Everything that planning needs is here without Pillow; looking at a photo and making a picture load it."""

from __future__ import annotations

from generator.engine.target import Files
from generator.photos.facts import MOST_BYTES, PhotoFacts, PhotoRefusal, width_code
from generator.photos.renditions import (
    WHOLE,
    Crop,
    Rendition,
    ladder,
    portrait_crop,
    rendition_name,
    renditions,
)

__all__ = [
    "MOST_BYTES",
    "WHOLE",
    "Crop",
    "PhotoFacts",
    "PhotoRefusal",
    "Rendition",
    "examine",
    "ladder",
    "portrait_crop",
    "render",
    "rendition_name",
    "renditions",
    "width_code",
]


def examine(data: bytes) -> PhotoFacts | PhotoRefusal:
    """The facts of the photo in `data`, or why it is refused."""
    from generator.photos.examining import examined

    return examined(data)


def render(view: Rendition, files: Files) -> bytes:
    """The recipe of a rendition: the encoded picture. Raises ValueError for one wider than its source."""
    from generator.photos.rendering import rendered

    return rendered(view, files.bytes(view.source))
