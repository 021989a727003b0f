"""Which renditions a photo gets, how they are cut and named, before a pixel is read."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.photos import (
    WHOLE,
    PhotoFacts,
    Rendition,
    ladder,
    portrait_crop,
    rendition_name,
    renditions,
    width_code,
)

SIDE = st.integers(1, 20_000)
PART = st.floats(0, 1)
DIGEST = "0123456789abcdef" * 2


@given(SIDE, SIDE, PART, PART)
def test_the_portrait_is_three_to_four_inside_the_picture_and_holds_its_focus(
    width: int, height: int, x: float, y: float
) -> None:
    left, top, right, bottom = portrait_crop(width, height, (x, y))
    assert 0 <= left < right <= 1
    assert 0 <= top < bottom <= 1
    assert left - 1e-5 <= x <= right + 1e-5
    assert top - 1e-5 <= y <= bottom + 1e-5
    assume(min(width, height) >= 100 and max(width, height) / min(width, height) < 20)
    assert (right - left) * width / ((bottom - top) * height) == pytest.approx(0.75, rel=1e-3)
    assert max(right - left, bottom - top) == 1  # the largest there is


def test_the_face_lies_in_the_middle_and_above_it() -> None:
    left, _, right, _ = portrait_crop(4000, 3000, (0.4, 0.4))
    assert (left + right) / 2 == pytest.approx(0.4)
    _, top, _, bottom = portrait_crop(1000, 3000, (0.5, 0.5))
    assert (0.5 - top) / (bottom - top) == pytest.approx(0.4, abs=1e-5)
    assert portrait_crop(4000, 3000, (0.0, 0.0))[0] == 0.0
    assert portrait_crop(4000, 3000, (1.0, 1.0))[2] == 1.0


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (4000, (320, 640, 1280)),
        (1280, (320, 640, 1280)),
        (1279, (320, 640, 1279)),
        (800, (320, 640, 800)),
        (700, (320, 640)),
        (320, (320,)),
        (90, (90,)),
    ],
)
def test_widths_never_exceed_the_source(width: int, widths: tuple[int, ...]) -> None:
    assert ladder(width) == widths


@given(SIDE, SIDE, PART, PART)
def test_every_rendition_has_the_shape_of_its_crop(width: int, height: int, x: float, y: float) -> None:
    facts = PhotoFacts(width, height, "JPEG", "RGB", False, 1, "#000000")
    for crop in (WHOLE, portrait_crop(width, height, (x, y))):
        *webps, jpeg = renditions("photo", facts, crop)
        across, down = (crop[2] - crop[0]) * width, (crop[3] - crop[1]) * height
        assert {view.format for view in webps} == {"webp"}
        assert jpeg.format == "jpeg"
        assert jpeg.width in [view.width for view in webps]
        assert jpeg.width <= 640 or len(webps) == 1
        for view in (*webps, jpeg):
            assert view.width <= max(1, round(across))
            assert view.height == pytest.approx(min(view.width * down / across, 16_000), abs=1)
        assert [view.width for view in webps] == sorted({view.width for view in webps})


def test_a_name_changes_with_all_that_changes_the_bytes_and_nothing_else() -> None:
    view = Rendition("photo", 640, 853)
    others = [
        replace(view, width=320),
        replace(view, height=852),
        replace(view, crop=(0.0, 0.0, 0.5, 1.0)),
        replace(view, format="jpeg"),
        replace(view, quality=79),
    ]
    names = [rendition_name(DIGEST, one) for one in (view, *others)] + [rendition_name("f" * 32, view)]
    assert len(set(names)) == len(names)
    assert rendition_name(DIGEST, replace(view, source="other")) == names[0]
    assert names[0].startswith("photo-")
    assert names[0].endswith("-640.webp")
    assert len(names[0]) == len("photo-0123456789ab-640.webp")
    assert names[4].endswith("-640.jpg")


@pytest.mark.parametrize(
    ("width", "code"), [(120, "photo-too-small"), (480, "photo-small"), (959, "photo-small"), (960, "")]
)
def test_a_narrow_portrait_is_named(width: int, code: str) -> None:
    assert width_code(width) == code


def test_planning_loads_no_pictures() -> None:
    code = (
        "import sys; from generator.photos import *\n"
        "facts = PhotoFacts(4000, 3000, 'JPEG', 'RGB', False, 1, '#000000')\n"
        "print(*[rendition_name('0' * 32, view) for view in renditions('p', facts, portrait_crop(4000, 3000))])\n"
        "sys.exit(bool({'PIL.Image', 'pillow_heif'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert len(run.stdout.split()) == 4
