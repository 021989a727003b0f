"""Pictures made for tests of photos, and what is asked of them."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw

from generator.photos import PhotoFacts, PhotoRefusal, Rendition, examine
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
