"""The path of a QR code draws exactly the modules that segno computes."""

import re

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.qr import MASK, QUIET_ZONE, qr_path

ADDRESS = "https://honour.jcgy.example/exemplars/li-na/"
RUN = r"M(\d+) (\d+)h(\d+)v1h-(\d+)z"


def drawn(path, side):
    """The grid of modules that the path fills; refuses anything but runs inside the square, each once."""
    assert re.fullmatch(f"({RUN})*", path)
    grid = [[0] * side for _ in range(side)]
    for x, y, width, back in re.findall(RUN, path):
        assert width == back
        for column in range(int(x), int(x) + int(width)):
            assert grid[int(y)][column] == 0
            grid[int(y)][column] = 1
    return grid


def expected(content):
    code = segno.make_qr(content, error="m", mask=MASK)
    return [list(row) for row in code.matrix_iter(border=QUIET_ZONE)]


def test_the_address_of_an_exemplar():
    path, side = qr_path(ADDRESS)
    assert drawn(path, side) == expected(ADDRESS)


def test_the_quiet_zone_is_four_light_modules_on_every_side():
    assert QUIET_ZONE == 4  # ISO/IEC 18004
    path, side = qr_path(ADDRESS)
    grid = drawn(path, side)
    dark = [(x, y) for y, row in enumerate(grid) for x, module in enumerate(row) if module]
    assert min(x for x, _ in dark) == min(y for _, y in dark) == 4
    assert max(x for x, _ in dark) == max(y for _, y in dark) == side - 5


def test_nothing_has_no_code():
    assert qr_path("") == ("", 0)


def test_the_error_correction_is_at_least_m():
    assert segno.make_qr(ADDRESS, error="m").error in ("M", "Q", "H")
    assert qr_path(ADDRESS)[1] == segno.make_qr(ADDRESS, error="m").symbol_size(border=4)[0]


@pytest.mark.parametrize("content", ["党群工作部 8120", "mailto:dangqun@example.cn", "1234567890" * 20])
def test_other_contents(content):
    path, side = qr_path(content)
    assert drawn(path, side) == expected(content)


@given(st.text(st.characters(categories=["Lo", "Ll", "Nd", "Po"]), min_size=1, max_size=60))
@settings(max_examples=30, deadline=None)
def test_any_text(content):
    path, side = qr_path(content)
    assert drawn(path, side) == expected(content)
