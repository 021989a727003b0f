"""A source photo looked at: its facts, or why it is refused."""

from __future__ import annotations

import re

from PIL import Image, UnidentifiedImageError

from generator.photos.decode import (
    PhotoBombError,
    decoded,
    has_alpha,
    lies_on_its_side,
    opened,
    orientation,
    resizable,
    srgb,
)
from generator.photos.facts import MOST_BYTES, PhotoFacts, PhotoRefusal

_GLANCE = 64  # pixels; the average colour needs no more
_DRAWING = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:.{0,2000}<)?svg\b", re.IGNORECASE | re.DOTALL)


def examined(data: bytes) -> PhotoFacts | PhotoRefusal:
    """The facts of the photo in `data`, or why it is refused."""
    if len(data) > MOST_BYTES:
        return _refusal("photo-too-heavy", megabytes=len(data) // 1_000_000)
    if _DRAWING.match(data):
        return _refusal("photo-drawing")
    try:
        with opened(data) as image:
            return _facts(image)
    except PhotoBombError as bomb:
        return _refusal("photo-bomb", width=bomb.width, height=bomb.height)
    except UnidentifiedImageError:
        return _refusal("photo-broken" if _begins_like_a_photo(data) else "photo-unknown")
    except Exception:
        # Damaged bytes make decoders raise anything: OSError, SyntaxError, struct.error, IndexError, MemoryError.
        return _refusal("photo-broken")


def _facts(image: Image.Image) -> PhotoFacts:
    width, height = image.size
    mode, alpha, profile = image.mode, has_alpha(image), image.info.get("icc_profile")
    kind = "JPEG" if image.format == "MPO" else image.format or ""
    # A telephone's MPO or HEIC holds depth maps and previews beside the picture, not a series of pictures.
    frames = getattr(image, "n_frames", 1) if kind in ("GIF", "WEBP", "PNG", "TIFF", "AVIF") else 1
    image.seek(0)
    if lies_on_its_side(orientation(image)):
        width, height = height, width
    pixels = resizable(decoded(image, _GLANCE / max(width, height)))
    dot = srgb(pixels.resize((1, 1), Image.Resampling.BOX), profile).tobytes()
    warnings = ("photo-animated",) if frames > 1 else ()
    return PhotoFacts(width, height, kind, mode, alpha, frames, f"#{dot.hex()}", warnings)


def _begins_like_a_photo(data: bytes) -> bool:
    known = (b"\xff\xd8", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*")
    return not data or data.startswith(known) or data[8:12] == b"WEBP" or data[4:8] == b"ftyp"


def _refusal(code: str, **found: int) -> PhotoRefusal:
    return PhotoRefusal(code, tuple((key, str(value)) for key, value in found.items()))
