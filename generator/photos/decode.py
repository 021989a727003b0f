"""From a stranger's bytes to pixels: upright, sRGB, opaque, and not one pixel more than needed."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pillow_heif
from PIL import Image, ImageCms

MOST_PIXELS = 120_000_000  # above the 108 of telephones; a decoder needs 3 bytes for each
PAPER = (0xFB, 0xF8, 0xF3)
FORMATS = ("JPEG", "MPO", "PNG", "WEBP", "GIF", "TIFF", "BMP", "HEIF", "AVIF")

_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class PhotoBombError(Exception):
    """The header announces more than MOST_PIXELS."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__(f"{width}x{height}")
        self.width = width
        self.height = height


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The picture in `data`, its header read and its pixels not yet. Raises PhotoBombError, and whatever a
    decoder makes of damaged bytes (PIL.UnidentifiedImageError for bytes that are no picture)."""
    with warnings.catch_warnings():
        # A damaged EXIF block or a TIFF with odd tags is no reason to lose the picture; size is checked here.
        warnings.simplefilter("ignore")
        with _pixel_limit(), Image.open(io.BytesIO(data), formats=_formats()) as image:
            if image.width * image.height > MOST_PIXELS:
                raise PhotoBombError(image.width, image.height)
            if image.format == "TIFF":
                image.load()  # turns it upright, and so changes its size and orientation
            yield image


@contextmanager
def _pixel_limit() -> Iterator[None]:
    """Pillow's own limit is a third of ours and half a warning; it steps aside for the check above."""
    usual, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = usual


@cache
def _formats() -> tuple[str, ...]:
    pillow_heif.register_heif_opener()
    Image.init()
    return tuple(name for name in FORMATS if name in Image.OPEN)


def orientation(image: Image.Image) -> int:
    """The EXIF orientation, 1 to 8; 1 if there is none or it can't be read."""
    try:
        found = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # EXIF comes from a stranger too, and what its parser raises is not documented
        return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def lies_on_its_side(turn: int) -> bool:
    """Whether orientation `turn` swaps width and height."""
    return turn >= 5


def decoded(image: Image.Image, scale: float) -> Image.Image:
    """The pixels of `image`, upright, to be used before it is closed; a JPEG at the smallest of its own scales
    (1, 1/2, 1/4, 1/8) not below `scale`."""
    turn = orientation(image)
    if image.format in ("JPEG", "MPO"):
        image.draft(None, (max(1, int(image.width * scale)), max(1, int(image.height * scale))))
    image.load()
    way = _UPRIGHT.get(turn)
    return image.transpose(way) if way is not None else image


def has_alpha(image: Image.Image) -> bool:
    """Whether some of it may be transparent."""
    return image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info


def resizable(image: Image.Image) -> Image.Image:
    """The same picture in a mode that can be scaled without harm: L, RGB, RGBA or CMYK."""
    if image.mode in ("L", "RGB", "RGBA", "CMYK") and not (image.mode != "RGBA" and has_alpha(image)):
        return image
    if has_alpha(image):
        return image.convert("RGBA")
    if image.mode == "1":
        return image.convert("L")
    if image.mode.startswith(("I", "F")):
        return _eight_bits(image)
    return image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """16 and 32 bits to 8: a 16-bit picture by its range, floating point by the values that occur."""
    wide = image.convert("F")
    lowest, highest = wide.getextrema()
    assert isinstance(lowest, float) and isinstance(highest, float)
    if image.mode == "F":
        black, white = lowest, highest
    else:
        black, white = 0.0, 65535.0 if highest > 255 or image.mode.startswith("I;16") else 255.0
    factor = 255.0 / (white - black) if white > black else 0.0
    return wide.point(lambda value: value * factor - black * factor).convert("L")


def srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """`image` (as resizable returns it) in sRGB on paper, without metadata. A broken `profile` is ignored."""
    mask = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if mask else image
    plain = _converted(colours, profile) if profile else colours.convert("RGB")
    ground = Image.new("RGB", image.size, PAPER)
    ground.paste(plain, mask=mask)
    return ground


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(image, source, _srgb_profile(), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        made = None
    return made if made is not None else image.convert("RGB")


@cache
def _srgb_profile() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
