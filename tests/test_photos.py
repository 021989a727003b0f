"""Source photos of every kind that offices hand in stand upright, in sRGB, on paper."""

from __future__ import annotations

import io
import struct
import zlib

import pillow_heif
import pytest
from photo_case import (
    CORNERS,
    LAID,
    PAPER,
    assert_upright,
    corners,
    facts_of,
    near,
    picture,
    saved,
    shown,
)
from PIL import Image, ImageCms

from generator.photos import Rendition, renditions
from generator.photos.rendering import rendered


@pytest.mark.parametrize("orientation", LAID)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_every_orientation_stands_upright(orientation: int, kind: str) -> None:
    way = LAID[orientation]
    lying = picture().transpose(way) if way is not None else picture()
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(lying, kind, exif=exif)
    assert (facts_of(data).width, facts_of(data).height) == (640, 480)
    assert_upright(data, 8)


def test_nothing_of_the_camera_or_the_place_is_left() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SpikeCam"
    exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 54.0, 20.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(
        picture(),
        exif=exif,
        icc_profile=profile,
        comment=b"secret words",
        xmp=b"<x:xmpmeta>secret</x:xmpmeta>",
    )
    assert b"SpikeCam" in data
    for view in renditions("p", facts_of(data)):
        made = rendered(view, data)
        assert not any(
            word in made for word in (b"SpikeCam", b"secret", b"Exif", b"ICC", b"EXIF", b"XMP", b"acsp")
        )
        image = Image.open(io.BytesIO(made))
        assert not image.getexif()
        assert not {"icc_profile", "comment", "exif", "xmp"} & set(image.info)


def sixteen_bits() -> bytes:
    """A 16-bit RGB PNG of the four fields, written by hand: Pillow writes none."""
    rows = b"".join(
        b"\0"
        + b"".join(
            struct.pack(">3H", *(v * 257 for v in CORNERS[(y >= 60) * 2 + (x >= 80)])) for x in range(160)
        )
        for y in range(120)
    )

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 160, 120, 16, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def test_sixteen_bits_of_colour_and_of_grey() -> None:
    facts = facts_of(sixteen_bits())
    assert (facts.width, facts.height) == (160, 120)
    image = Image.open(io.BytesIO(rendered(Rendition("p", 160, 120), sixteen_bits()))).convert("RGB")
    assert all(near(found, expected) for found, expected in zip(corners(image), CORNERS, strict=True))
    for kind in ("PNG", "TIFF"):
        grey = Image.new("I;16", (640, 480), 0x8000)
        assert near(shown(saved(grey, kind)).getpixel((9, 9)), (128, 128, 128), 2)
    floating = Image.new("F", (640, 480), 0.25)
    floating.paste(1.0, (0, 0, 320, 480))
    assert near(shown(saved(floating, "TIFF")).getpixel((9, 9)), (255, 255, 255), 2)


@pytest.mark.parametrize("kind", ["PNG", "BMP", "WEBP", "TIFF"])
def test_other_formats(kind: str) -> None:
    data = saved(picture(), kind)
    assert facts_of(data).format == kind
    assert_upright(data, 8)


def test_cmyk_palette_grey_and_black_and_white() -> None:
    assert_upright(saved(picture().convert("CMYK")), 8)
    assert facts_of(saved(picture().convert("CMYK"))).mode == "CMYK"
    assert_upright(saved(picture().convert("P", palette=Image.Palette.ADAPTIVE), "PNG"), 8)
    grey = shown(saved(picture().convert("L"))).getpixel((60, 60))
    assert near(grey, (81, 81, 81), 4)
    assert near(shown(saved(Image.new("1", (640, 480), 1), "PNG")).getpixel((9, 9)), (255, 255, 255), 1)


def test_what_is_transparent_lies_on_paper() -> None:
    image = picture().convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 320, 480))
    facts = facts_of(saved(image, "PNG"))
    assert facts.has_alpha
    half = shown(saved(image, "PNG"))
    assert near(half.getpixel((60, 60)), PAPER, 3)
    assert near(half.getpixel((240, 60)), CORNERS[1])
    keyed = picture().convert("P", palette=Image.Palette.ADAPTIVE)
    clear = keyed.getpixel((10, 10))
    data = saved(keyed, "GIF", transparency=clear)
    assert near(shown(data).getpixel((60, 60)), PAPER, 3)
    assert near(
        shown(saved(Image.new("LA", (640, 480), (0, 128)), "PNG")).getpixel((9, 9)), (125, 124, 121), 3
    )


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_several_pictures_the_first_is_used(kind: str) -> None:
    second = Image.new("RGB", (640, 480), (0, 0, 0))
    data = saved(picture(), kind, save_all=True, append_images=[second])
    facts = facts_of(data)
    assert (facts.frames, facts.warnings) == (2, ("photo-animated",))
    assert_upright(data, 12)


def test_heic_of_a_telephone() -> None:
    pillow_heif.register_heif_opener()
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved(picture(), "HEIF", quality=90)
    assert facts_of(data).format == "HEIF"
    assert_upright(data, 12)
    turned = saved(picture().transpose(LAID[6]), "HEIF", quality=90, exif=exif.tobytes())
    assert (facts_of(turned).width, facts_of(turned).height) == (640, 480)
    assert_upright(turned, 12)


def p3_profile() -> bytes:
    """A Display P3 profile: the sRGB profile of littleCMS with P3's primaries (D50-adapted, s15Fixed16)."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    primaries = {
        b"rXYZ": (0.51512, 0.24120, -0.00105),
        b"gXYZ": (0.29198, 0.69225, 0.04189),
        b"bXYZ": (0.15710, 0.06657, 0.78407),
    }
    for n in range(struct.unpack_from(">I", data, 128)[0]):
        tag, offset = (
            bytes(data[132 + 12 * n : 136 + 12 * n]),
            struct.unpack_from(">I", data, 136 + 12 * n)[0],
        )
        if tag in primaries:
            struct.pack_into(">3i", data, offset + 8, *(round(value * 65536) for value in primaries[tag]))
    return bytes(data)


def test_display_p3_becomes_srgb() -> None:
    # P3 (200, 100, 50) is sRGB (215, 93, 31), by the CSS Color 4 matrices.
    data = saved(Image.new("RGB", (640, 480), (200, 100, 50)), "PNG", icc_profile=p3_profile())
    assert near(shown(data).getpixel((9, 9)), (215, 93, 31), 3)
    assert near(tuple(bytes.fromhex(facts_of(data).average[1:])), (215, 93, 31), 3)


def shown_average(data: bytes) -> str:
    pixel = Image.open(
        io.BytesIO(rendered(Rendition("p", 640, 480, format="jpeg", quality=100), data))
    ).getpixel((9, 9))
    assert isinstance(pixel, tuple)
    return "#" + bytes(pixel).hex()


def test_a_broken_profile_is_no_reason_to_lose_the_photo() -> None:
    assert_upright(saved(picture(), "PNG", icc_profile=b"not a profile" * 20), 8)
    assert_upright(saved(picture().convert("CMYK"), icc_profile=p3_profile()), 8)


def test_the_average_is_that_of_the_picture() -> None:
    assert facts_of(saved(Image.new("RGB", (640, 480), (120, 60, 200)), "PNG")).average == "#783cc8"
    assert facts_of(saved(Image.new("RGBA", (640, 480), (0, 0, 0, 0)), "PNG")).average == "#fbf8f3"
