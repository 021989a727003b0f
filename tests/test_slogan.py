"""Slogans: the geometry of sheets that overlap, the strip of signs, and the files read back."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import Once
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops
from print_case import (
    boxes_of,
    demonstration_sheets,
    info_of,
    outside,
    pages_of,
    print_site,
    qpdf_check,
    render,
    said_in,
    sheets_in,
    text_of,
    unfit_fonts,
    words_of,
)
from site_builder import Files, build, record, settings, site_of, write

from generator.fonts import Shape
from generator.fonts.outlines import shapes_of
from generator.sheets.strip import strip_of
from generator.sheets.tiles import MARGIN, OVERLAP, PAPERS, Tiling, cut

EXAMPLE = "示例，人物与事迹均为虚构"
LONG = "找身边的人，学做得到的事，讲听得懂的话，写看得见的细节，算得清楚账。"  # 34 signs

lengths = st.floats(1, 40_000, allow_nan=False)
heights = st.floats(10, 1_300, allow_nan=False)
papers = st.sampled_from(sorted(PAPERS))


# --- the geometry ----------------------------------------------------------------------------------


@given(lengths, heights, papers, st.floats(0, 1), st.floats(0, 1))
def test_every_point_of_the_strip_is_on_a_sheet(
    length: float, height: float, paper: str, across: float, down: float
) -> None:
    tiling = cut(length, height, paper)
    x, y = across * length, down * height
    wide, high = tiling.window
    assert any(
        tile.x - 1e-6 <= x <= tile.x + wide + 1e-6 and tile.y - 1e-6 <= y <= tile.y + high + 1e-6
        for tile in tiling.tiles
    )


@given(lengths, heights, papers)
def test_neighbours_share_exactly_their_overlap(length: float, height: float, paper: str) -> None:
    tiling = cut(length, height, paper)
    wide, high = tiling.window
    at = {(tile.row, tile.column): tile for tile in tiling.tiles}
    assert len(at) == len(tiling.tiles) == tiling.rows * tiling.columns
    for (row, column), tile in at.items():
        if right := at.get((row, column + 1)):
            assert tile.x + wide - right.x == pytest.approx(OVERLAP, abs=1e-6) and right.y == tile.y
        if lower := at.get((row + 1, column)):
            assert tile.y + high - lower.y == pytest.approx(OVERLAP, abs=1e-6) and lower.x == tile.x


@given(lengths, heights, papers)
def test_no_sheet_is_wasted_and_they_count_along_the_rows(length: float, height: float, paper: str) -> None:
    tiling = cut(length, height, paper)
    assert [tile.number for tile in tiling.tiles] == list(range(1, len(tiling.tiles) + 1))
    order = [(tile.row, tile.column) for tile in tiling.tiles]
    assert order == sorted(order)
    assert sorted(tiling.page) == sorted(PAPERS[paper])
    assert tiling.window == (tiling.page[0] - 2 * MARGIN, tiling.page[1] - 2 * MARGIN)
    for size, window, count in (
        (length, tiling.window[0], tiling.columns),
        (height, tiling.window[1], tiling.rows),
    ):
        shown = count * (window - OVERLAP) + OVERLAP
        assert shown >= size - 1e-6
        assert count == 1 or shown - (window - OVERLAP) < size  # one fewer would not do


@given(lengths, heights, papers)
def test_what_the_sheets_have_to_spare_is_the_same_at_both_ends(
    length: float, height: float, paper: str
) -> None:
    tiling = cut(length, height, paper)
    first, last = tiling.tiles[0], tiling.tiles[-1]
    assert -first.x == pytest.approx(last.x + tiling.window[0] - length, abs=0.01)
    assert -first.y == pytest.approx(last.y + tiling.window[1] - height, abs=0.01)


def laid(tiling: Tiling) -> tuple[str, int, int]:
    return ("across" if tiling.page[0] > tiling.page[1] else "upright", tiling.rows, tiling.columns)


def test_paper_lies_as_it_takes_fewer_sheets() -> None:
    assert laid(cut(3000, 250, "a4")) == ("upright", 1, 17)  # 1 row; across it would take 2
    assert laid(cut(3000, 150, "a4")) == ("across", 1, 12)
    assert laid(cut(3000, 250, "a3")) == ("across", 1, 8)
    assert laid(cut(3000, 600, "a3"))[1] == 2


# --- the strip -------------------------------------------------------------------------------------


def square(signs: Iterable[str]) -> Mapping[str, Shape]:
    """Shapes of a font whose signs are all one em wide, letters half of it."""
    return {sign: Shape("M0 0", 0.5 if sign.isascii() else 1, 0.8, 0.1) for sign in signs}


def test_marks_take_less_than_a_square() -> None:
    han, mark = strip_of("安全安全", square), strip_of("安，全）", square)
    assert mark.length == pytest.approx(han.length - 2 * 0.4)
    opening = strip_of("《安", square)
    assert opening.signs[0].left == pytest.approx(-0.4)  # its empty half is cut
    assert opening.signs[1].left == pytest.approx(0.64)


def test_a_space_takes_room_and_draws_nothing() -> None:
    spaced = strip_of("安 全", square)
    assert len(spaced.signs) == 2
    assert spaced.signs[1].left - spaced.signs[0].left == pytest.approx(1.54)


def test_what_combines_stays_with_its_sign() -> None:
    asked: list[str] = []

    def shapes(signs: Iterable[str]) -> Mapping[str, Shape]:
        asked.extend(signs)
        return square(asked)

    strip_of("e\u0301——\U00020164\ufe00…", shapes)
    assert asked == ["é", "——", "\U00020164\ufe00", "…"]


def test_what_reaches_far_makes_the_strip_higher() -> None:
    def tailed(signs: Iterable[str]) -> Mapping[str, Shape]:
        return {sign: Shape("M0 0", 1, 0.8, 0.3 if sign == "，" else 0.1) for sign in signs}

    assert strip_of("安全", tailed).below == pytest.approx(0.12)
    assert strip_of("安，全", tailed).below == pytest.approx(0.3)


def test_a_slogan_of_nothing_has_no_length() -> None:
    assert strip_of("   ", square).length == 0


def serif_bold() -> tuple[Path, int]:
    import typst

    fonts = typst.Fonts(include_system_fonts=True).fonts()
    face = next(face for face in fonts if face.family == "Noto Serif CJK SC" and face.weight == 700)
    return Path(str(face.path)), int(face.index)


def test_an_outline_is_what_the_font_draws() -> None:
    shapes = shapes_of(*serif_bold(), ["安", "——", "g"])
    assert shapes["安"].advance == 1
    assert shapes["安"].above == pytest.approx(0.85, abs=0.03) and shapes["安"].below == pytest.approx(
        0.09, abs=0.03
    )
    assert shapes["g"].below > 0.2
    assert shapes["——"].path == "M50 -248H1950V-314H50Z"  # one stroke, not two with a hole between
    assert Shape.unpacked(shapes["安"].packed()) == shapes["安"]
    assert shapes_of(*serif_bold(), []) == {}


# --- the files -------------------------------------------------------------------------------------


def slogans(
    folder: Path, *said: str, preview: bool = False, paper: str = "a4", height: int = 250, **more: Any
) -> Path:
    """The files of a site with these slogans."""
    return (
        print_site(folder, slogan_files(said, paper, height, **more), "slogan", preview=preview) / "slogans"
    )


def slogan_files(said: Iterable[str], paper: str, height: int, **more: Any) -> Files:
    files = site_of(li_na=record())
    given = {"demonstration": True, "print": {"slogan": {"paper": paper, "height": height}}, **more}
    files["site.yaml"] = settings(slogans=list(said), **given)
    return files


@pytest.fixture(scope="module")
def shown(once: Once) -> Path:
    return demonstration_sheets(once, "slogan") / "slogans"


def test_every_slogan_has_a_file(shown: Path) -> None:
    assert [pdf.name for pdf in sheets_in(shown)] == ["1.pdf", "2.pdf", "3.pdf"]
    for pdf in sheets_in(shown):
        qpdf_check(pdf)
        assert unfit_fonts(pdf) == []
        assert outside(pdf, left=2, top=1, right=2, bottom=1) == []
    assert info_of(shown / "1.pdf")["Title"] == "找身边的人，学做得到的事。"


def test_every_sheet_says_which_it_is_and_that_it_is_an_example(shown: Path) -> None:
    pdf = shown / "1.pdf"
    count = pages_of(pdf) - 1
    for number, page in enumerate(words_of(pdf)[:count], 1):
        said = "".join(word.text for word in page)
        assert f"第{number}张，共{count}张" in said
        assert EXAMPLE in said
        assert (f"第{number + 1}张的边对齐这条线" in said) == (number < count)
    assert EXAMPLE in said_in(pdf, count + 1)


def test_the_map_shows_the_whole_and_tells_its_size(shown: Path) -> None:
    pdf = shown / "1.pdf"
    page = pages_of(pdf)
    said = said_in(pdf, page)
    assert "找身边的人，学做得到的事。" in said
    # 11 Han of an em, two marks of .6, a hair of .04 between them all, of 250 mm.
    metres = (11 + 2 * 0.6 + 12 * 0.04) * 0.25
    assert f"全长{metres:.2f}米" in said and "字高250毫米" in said
    assert f"A4纸{page - 1}张，竖放，1行{page - 1}列" in said
    words = {word.text for word in words_of(pdf)[page - 1]}
    assert {str(number) for number in range(1, page)} <= words
    for sheet in range(1, page + 1):
        assert boxes_of(pdf, sheet)["MediaBox"] == pytest.approx((0, 0, 595.276, 841.89), abs=0.01)


def assembled(pdf: Path, tiling: Tiling, dots: int) -> list[list[Image.Image]]:
    """What each sheet shows of the strip, by rows; `dots` a millimetre."""
    box = (
        MARGIN * dots,
        MARGIN * dots,
        (MARGIN + tiling.window[0]) * dots,
        (MARGIN + tiling.window[1]) * dots,
    )
    sheets = [render(pdf, tile.number, round(dots * 25.4)).convert("L").crop(box) for tile in tiling.tiles]
    return [sheets[row * tiling.columns : (row + 1) * tiling.columns] for row in range(tiling.rows)]


@pytest.mark.parametrize(("paper", "height", "lengthwise"), [("a4", 250, 2.04), ("a3", 620, 2.04)])
def test_sheets_laid_on_each_other_show_one_picture(
    tmp_path: Path, paper: str, height: int, lengthwise: float
) -> None:
    """Also of letters larger than half a metre, which poppler would not draw as text: in the bands that two sheets
    share they show the same."""
    pdf = slogans(tmp_path, "安全", paper=paper, height=height) / "1.pdf"
    tiling = cut(lengthwise * height, 0.99 * height, paper)
    assert pages_of(pdf) == len(tiling.tiles) + 1
    dots = 2
    rows = assembled(pdf, tiling, dots)
    band = OVERLAP * dots
    inked = 0
    for y, row in enumerate(rows):
        for x, sheet in enumerate(row):
            wide, high = sheet.size
            if x + 1 < len(row):
                theirs = row[x + 1].crop((1, 1, band - 1, high - 1))
                inked += alike(sheet.crop((wide - band + 1, 1, wide - 1, high - 1)), theirs)
            if y + 1 < len(rows):
                theirs = rows[y + 1][x].crop((1, 1, wide - 1, band - 1))
                inked += alike(sheet.crop((1, high - band + 1, wide - 1, high - 1)), theirs)
    assert inked > 100


def alike(one: Image.Image, other: Image.Image) -> int:
    """How many dots both have inked; they differ in none but the edges of strokes."""
    differing = ImageChops.difference(one, other).point(lambda grey: 255 * (grey > 128))
    assert sum(differing.histogram()[255:]) <= 0.02 * one.width * one.height
    return sum(one.histogram()[:160])


def test_characters_are_red_and_the_paper_is_white(shown: Path) -> None:
    page = render(shown / "1.pdf", 2, 30)
    colours = {colour for _, colour in page.getcolors(100_000) or []}
    assert (163, 21, 27) in colours and (255, 255, 255) in colours
    white = sum(count for count, colour in page.getcolors(100_000) or [] if min(colour) > 245)
    assert white > 0.6 * page.width * page.height


def test_a_long_slogan_of_high_characters_has_a_map_of_several_bands(tmp_path: Path) -> None:
    pdf = slogans(tmp_path, LONG, paper="a3", height=500) / "1.pdf"
    said = said_in(pdf)
    assert "2行" in said and "横放" in said
    assert "第2行第1列" in said
    assert "第二行起，再沿上边的裁切线裁去白边" in said
    last = pages_of(pdf)
    numbers = {word.text for word in words_of(pdf)[last - 1]}
    assert {str(number) for number in range(1, last)} <= numbers
    assert LONG in said_in(pdf, last)


def test_one_sheet_needs_no_glue(tmp_path: Path) -> None:
    pdf = slogans(tmp_path, "安", paper="a4", height=150) / "1.pdf"
    assert pages_of(pdf) == 2
    assert "第1张，共1张" in said_in(pdf, 1) and "拼贴" not in said_in(pdf)


def test_a_rare_sign_letters_and_figures_are_drawn(tmp_path: Path) -> None:
    pdf = slogans(tmp_path, "𬭎𠮷 12路23:10 Aging 100%", height=60) / "1.pdf"
    assert "𬭎𠮷12路23:10Aging100%" in said_in(pdf, pages_of(pdf))
    page = render(pdf, 1, 30).convert("L").point(lambda grey: 255 * (grey < 160))
    assert page.crop((12, 12, page.width - 12, page.height - 12)).getbbox() is not None


def test_a_sign_that_no_font_has_is_told_at_its_line_and_the_other_slogans_are_made(tmp_path: Path) -> None:
    files = slogan_files(["找身边的人。", "读\U0002ffff书。"], "a4", 100)
    built = build(write(tmp_path, files), editions=("slogan",))
    errors = [problem for problem in built.problems if problem.is_error]
    assert {problem.code for problem in errors} == {"print-character"}
    lines = files["site.yaml"].decode().splitlines()
    assert "读" in lines[errors[0].where.line - 1]
    assert [pdf.name for pdf in sheets_in(tmp_path / "public")] == ["1.pdf"]


def test_fewer_slogans_leave_fewer_files(tmp_path: Path) -> None:
    folder = slogans(tmp_path, "找身边的人。", "学做得到的事。", height=60)
    assert len(sheets_in(folder)) == 2
    slogans(tmp_path, "学做得到的事。", height=60)
    assert [pdf.name for pdf in sheets_in(folder)] == ["1.pdf"]
    assert "学做得到的事" in text_of(folder / "1.pdf")


def test_a_preview_says_so_on_every_sheet_and_a_real_site_is_no_example(tmp_path: Path) -> None:
    pdf = slogans(tmp_path, "安全", preview=True, demonstration=False, height=200) / "1.pdf"
    for page in range(1, pages_of(pdf) + 1):
        said = said_in(pdf, page)
        assert min(said.count(sign) for sign in "未审核") >= 3
        assert "示例" not in said


def test_a_site_in_english_speaks_it(tmp_path: Path) -> None:
    pdf = slogans(tmp_path, "Learn from those beside you", language="en", height=80) / "1.pdf"
    said = said_in(pdf)
    assert "Sheet1of" in said and "mlong" in said
    assert "Learnfromthosebesideyou" in said


def test_builds_in_one_process_let_go_of_each_other(tmp_path: Path) -> None:
    """A preview left open, or a run of tests: what a build held, fonts with it, is gone at its end."""
    kept = []
    for n in range(3):
        slogans(tmp_path / str(n), "学")
        kept.append(len(gc.get_objects()))
    assert kept[2] < kept[1] * 1.01
