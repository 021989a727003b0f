"""Source photos of every kind that offices hand in: accepted upright and plain, or refused by name."""

from __future__ import annotations

import io
import random
import struct
import subprocess
import sys
import time
import zlib
from itertools import pairwise
from pathlib import Path

import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw

from generator.engine.target import File, Files, digest_bytes
from generator.photos import PhotoFacts, PhotoRefusal, Rendition, examine, render, renditions
from generator.photos.rendering import rendered
from generator.problems import LANGUAGES, say

PAPER = (0xFB, 0xF8, 0xF3)
CORNERS = ((200, 30, 30), (30, 160, 30), (30, 30, 200), (220, 200, 40))  # in reading order


def picture(width: int = 640, height: int = 480) -> Image.Image:
    """Four fields of four colours: any turn, flip or loss of colour shows."""
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    for n, colour in enumerate(CORNERS):
        left, top = (n % 2) * width // 2, (n // 2) * height // 2
        draw.rectangle((left, top, left + width // 2, top + height // 2), fill=colour)
    return image


def noise(width: int, height: int) -> Image.Image:
    """The same grain each time: what compresses badly."""
    grains = random.Random(7).randbytes(width * height // 16 * 3)
    return Image.frombytes("RGB", (width // 4, height // 4), grains).resize((width, height))


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    if kind == "JPEG":
        options = {"quality": 95, **options}
    image.save(out, kind, **options)  # type: ignore[arg-type]  # Pillow's options differ by format
    return out.getvalue()


def facts_of(data: bytes) -> PhotoFacts:
    facts = examine(data)
    assert isinstance(facts, PhotoFacts)
    return facts


def code_of(data: bytes) -> str:
    refusal = examine(data)
    assert isinstance(refusal, PhotoRefusal)
    for language in LANGUAGES:
        found = {"file": "photo.jpg", **dict(refusal.found)}
        assert "photo.jpg" in say(language, refusal.code, "message", **found)
        assert say(language, refusal.code, "hint", **found)
    return refusal.code


def shown(data: bytes, width: int = 320) -> Image.Image:
    """The whole photo as its WebP shows it."""
    facts = facts_of(data)
    height = round(width * facts.height / facts.width)
    return Image.open(io.BytesIO(rendered(Rendition("p", width, height), data))).convert("RGB")


def near(found: object, expected: tuple[int, ...], by: int = 6) -> bool:
    assert isinstance(found, tuple)
    return all(abs(one - other) <= by for one, other in zip(found, expected, strict=True))


def corners(image: Image.Image) -> list[object]:
    w, h = image.size
    return [
        image.getpixel(at)
        for at in ((w // 4, h // 4), (3 * w // 4, h // 4), (w // 4, 3 * h // 4), (3 * w // 4, 3 * h // 4))
    ]


def assert_upright(data: bytes, by: int = 6) -> None:
    image = shown(data)
    assert image.size == (320, 240)
    for found, expected in zip(corners(image), CORNERS, strict=True):
        assert near(found, expected, by), (found, expected)


# --- what is accepted ------------------------------------------------------------------------------

LAID = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


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


# --- what is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF"])
@pytest.mark.parametrize("part", [0.01, 0.3, 0.9])
def test_a_truncated_photo_is_broken(kind: str, part: float) -> None:
    data = saved(noise(640, 480), kind)
    assert code_of(data[: int(len(data) * part)]) == "photo-broken"


def test_a_truncated_heic_is_broken() -> None:
    pillow_heif.register_heif_opener()
    data = saved(noise(640, 480), "HEIF")
    assert code_of(data[: len(data) // 2]) == "photo-broken"


def test_a_jpeg_with_a_hole_is_broken_and_a_scratch_is_borne() -> None:
    data = saved(noise(1280, 960))
    middle = len(data) // 2
    assert code_of(data[:middle] + random.Random(2).randbytes(3000) + data[middle + 3000 :]) == "photo-broken"
    scratched = data[:middle] + b"\x55" + data[middle + 1 :]
    assert len(rendered(renditions("p", facts_of(scratched))[0], scratched)) > 1000


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "photo-broken"),
        (b"%PDF-1.7 and so on", "photo-unknown"),
        (b"PK\x03\x04 a Word document", "photo-unknown"),
        (b"\xff\xd8\xff\xe0 nothing else", "photo-broken"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "photo-drawing"),
        (b"\xef\xbb\xbf \n<svg onload='alert(1)'/>", "photo-drawing"),
        (b"<!-- x --><svg/>", "photo-drawing"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "photo-unknown"),
    ],
)
def test_what_is_no_photo(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_a_bomb_is_refused_by_its_header() -> None:
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    began = time.process_time()
    assert (
        code_of(bomb + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT")))
        == "photo-bomb"
    )
    assert time.process_time() - began < 1
    assert code_of(b"\xff\xd8" + b"\0" * 100_000_001) == "photo-too-heavy"


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP"]),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=30),
)
def test_no_damage_makes_examine_raise(kind: str, damage: list[tuple[float, int]]) -> None:
    data = bytearray(saved(noise(64, 48), kind))
    for part, value in damage:
        data[int(part * len(data))] = value
    assert isinstance(examine(bytes(data)), PhotoFacts | PhotoRefusal)


# --- renditions ------------------------------------------------------------------------------------


def test_render_is_a_recipe_over_its_file(tmp_path: Path) -> None:
    data = saved(picture())
    path = tmp_path / "photo.jpg"
    path.write_bytes(data)
    files = Files((("p", File(path, digest_bytes(data))),))
    assert render(Rendition("p", 320, 240), files) == rendered(Rendition("p", 320, 240), data)


def test_the_crop_is_that_of_the_upright_picture() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = picture().transpose(LAID[6])
    view = Rendition("p", 320, 240, (0.5, 0.0, 1.0, 0.5))
    made = Image.open(io.BytesIO(rendered(view, saved(lying, exif=exif)))).convert("RGB")
    assert all(near(found, CORNERS[1], 8) for found in corners(made))


def test_nothing_is_made_wider_than_its_source() -> None:
    with pytest.raises(ValueError, match="700 pixels asked of 640"):
        rendered(Rendition("p", 700, 525), saved(picture()))


def test_the_bytes_do_not_depend_on_what_was_made_before_or_where() -> None:
    data = saved(noise(1600, 1200))
    views = renditions("p", facts_of(data))
    first = [digest_bytes(rendered(view, data)) for view in views]
    other = saved(picture())
    for view in reversed(views):
        rendered(Rendition("p", 320, 240), other)
        rendered(Rendition("p", 320, 240, (0, 0, 0.9, 0.9)), other)
        assert digest_bytes(rendered(view, data)) == first[views.index(view)]
    code = (
        "import sys; from generator.photos import *; from generator.photos.rendering import rendered\n"
        "from generator.engine.target import digest_bytes\n"
        "data = sys.stdin.buffer.read(); views = renditions('p', examine(data))\n"
        "print(*[digest_bytes(rendered(view, data)) for view in reversed(views)])"
    )
    run = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True)
    assert run.stdout.decode().split() == first[::-1]


def test_wider_renditions_are_bigger_and_the_jpeg_is_one() -> None:
    data = saved(noise(1600, 1200))
    *webps, jpeg = renditions("p", facts_of(data))
    sizes = [len(rendered(view, data)) for view in webps]
    assert all(small < large for small, large in pairwise(sizes))
    assert Image.open(io.BytesIO(rendered(jpeg, data))).format == "JPEG"
    assert [Image.open(io.BytesIO(rendered(view, data))).size for view in webps] == [
        (320, 240),
        (640, 480),
        (1280, 960),
    ]


def test_a_scan_of_sixty_megapixels_is_read() -> None:
    data = saved(Image.new("RGB", (9000, 6700), (90, 120, 60)))
    began = time.process_time()
    facts = facts_of(data)
    made = rendered(Rendition("p", 1280, 953), data)
    assert time.process_time() - began < 20
    assert (facts.width, facts.height) == (9000, 6700)
    assert Image.open(io.BytesIO(made)).size == (1280, 953)
