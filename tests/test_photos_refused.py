"""What is no photo, or not a whole one, is refused by name; nothing is refused with a traceback."""

from __future__ import annotations

import random
import struct
import time
import zlib

import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from photo_case import (
    code_of,
    facts_of,
    noise,
    saved,
)

from generator.photos import PhotoFacts, PhotoRefusal, examine, renditions
from generator.photos.rendering import rendered


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
