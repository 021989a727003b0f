"""What a picture looks like, in 256 bits that stay nearly the same when it is scaled or encoded anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PIL import Image, ImageStat

from generator.photos import WHOLE, Crop
from generator.photos.decode import decoded, opened, resizable, srgb

SIDE = 16
BITS = SIDE * SIDE
NEAR = 24  # of 256 bits. Of 44 photos, each at 15 to 50 % of its size: at most 20; of two photos: at least 31
_CLEAR = 2  # grey levels; less is noise of an encoder
_FLAT = 4.0  # grey levels of deviation; a picture of one colour looks like every other
_GLANCE = 160  # pixels of the longer side from which a look is taken


def looks_of(data: bytes, crops: Iterable[Crop] = (WHOLE,)) -> tuple[int, ...]:
    """The look of each of `crops` of the picture in `data`; none of those of one colour or less than 16 pixels.

    Differences of neighbouring brightness (dHash; hackerfactor.com, "Kind of Like That"). Raises whatever a
    decoder makes of bytes that are no picture."""
    with opened(data) as image:
        if min(image.size) < SIDE:
            return ()
        profile = image.info.get("icc_profile")
        pixels = srgb(resizable(decoded(image, min(1.0, _GLANCE / max(image.size)))), profile).convert("L")
    return tuple(_looks(pixels, crops))


def words_in(data: bytes) -> tuple[str, ...]:
    """What is written into a picture beside its pixels: EXIF, XMP, comments, PNG's texts."""
    with opened(data) as image:
        said = [value for key, value in image.info.items() if key != "icc_profile"]
    raw = [
        value if isinstance(value, bytes) else str(value).encode()
        for value in said
        if isinstance(value, bytes | str)
    ]
    return tuple(
        text for one in raw for text in (one.decode("utf-8", "ignore"), one.decode("utf-16-le", "ignore"))
    )


def looks_of_pixels(image: Image.Image) -> tuple[int, ...]:
    """The look of a picture that is decoded already."""
    return tuple(_looks(image.convert("RGB").convert("L"), (WHOLE,)))


def _looks(pixels: Image.Image, crops: Iterable[Crop]) -> Iterator[int]:
    for left, top, right, bottom in crops:
        width, height = pixels.size
        box = (left * width, top * height, right * width, bottom * height)
        small = pixels.resize((SIDE + 1, SIDE), Image.Resampling.BOX, box)
        if ImageStat.Stat(small).stddev[0] < _FLAT:
            continue
        grey = small.tobytes()
        rows = (grey[start : start + SIDE + 1] for start in range(0, len(grey), SIDE + 1))
        look = 0
        for row in rows:
            for here, beside in pairwise(row):
                look = look << 1 | (here > beside + _CLEAR)
        yield look


def alike(one: int, other: int) -> bool:
    """Whether two looks may be of one picture."""
    return (one ^ other).bit_count() <= NEAR
