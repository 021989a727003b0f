"""A rendition made: the same bytes for the same photo, rendition and encoder, wherever and whenever."""

from __future__ import annotations

import io
from hashlib import blake2b

from PIL import Image

from generator.photos.decode import decoded, lies_on_its_side, opened, orientation, resizable, srgb
from generator.photos.renditions import WIDTHS, Crop, Rendition

WEBP_METHOD = 2  # 4 takes twice the time for 4 % fewer bytes, 0 two thirds for 18 % more


def rendered(view: Rendition, data: bytes) -> bytes:
    """The encoded picture of `view`, made from the photo in `data`. Raises ValueError for a rendition wider
    than its source, and what the decoder raises for damaged bytes (examine finds both)."""
    picture = _cut(data, view.crop, max(view.width, WIDTHS[-1]))
    if view.width > picture.width:
        raise ValueError(f"{view.width} pixels asked of {picture.width}")
    size = (view.width, view.height)
    if picture.size != size:
        picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    out = io.BytesIO()
    if view.format == "webp":
        picture.save(out, "WEBP", quality=view.quality, method=WEBP_METHOD)
    else:
        picture.save(out, "JPEG", quality=view.quality, optimize=True, progressive=True)
    return out.getvalue()


def _cut(data: bytes, crop: Crop, widest: int) -> Image.Image:
    """The part `crop` of the photo, at most `widest` pixels wide, upright and in sRGB.

    The three widths and the JPEG of one portrait follow each other in a worker, so the last pictures stay at
    hand. Every rendition is made from this picture, cached or not: the cache can't show in the bytes."""
    key = (blake2b(data, digest_size=16).digest(), crop, widest)
    if key not in _recent:
        while len(_recent) >= _REMEMBERED:
            del _recent[next(iter(_recent))]
        _recent[key] = _freshly_cut(data, crop, widest)
    return _recent[key]


_REMEMBERED = 2  # pictures of some 7 MB: the portrait and the whole of one photo
_recent: dict[tuple[bytes, Crop, int], Image.Image] = {}


def _freshly_cut(data: bytes, crop: Crop, widest: int) -> Image.Image:
    with opened(data) as image:
        profile = image.info.get("icc_profile")
        upright = image.size[::-1] if lies_on_its_side(orientation(image)) else image.size
        across, down = (crop[2] - crop[0]) * upright[0], (crop[3] - crop[1]) * upright[1]
        width = min(widest, max(1, round(across)))
        pixels = resizable(decoded(image, width / across))
        box = (
            crop[0] * pixels.width,
            crop[1] * pixels.height,
            min(crop[2], 1.0) * pixels.width,
            min(crop[3], 1.0) * pixels.height,
        )
        size = (width, max(1, round(width * down / across)))
        cut = pixels.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)
        return srgb(cut, profile)
