"""Renditions: the same bytes always, of the right part, at the right size."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from photo_case import (
    CORNERS,
    LAID,
    corners,
    facts_of,
    near,
    noise,
    picture,
    saved,
)
from PIL import Image

from generator.engine.target import File, Files, digest_bytes
from generator.photos import Rendition, render, renditions
from generator.photos.rendering import rendered


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


def test_a_long_screenshot_is_narrowed_to_what_webp_can_hold() -> None:
    data = saved(Image.new("L", (900, 27_000), 128), "PNG")
    *_, widest, _ = renditions("p", facts_of(data))
    assert (widest.width, widest.height) == (533, 15_990)
    assert Image.open(io.BytesIO(rendered(widest, data))).size == (533, 15_990)


def test_a_scan_of_sixty_megapixels_is_read() -> None:
    data = saved(Image.new("RGB", (9000, 6700), (90, 120, 60)))
    began = time.process_time()
    facts = facts_of(data)
    made = rendered(Rendition("p", 1280, 953), data)
    assert time.process_time() - began < 20
    assert (facts.width, facts.height) == (9000, 6700)
    assert Image.open(io.BytesIO(made)).size == (1280, 953)
