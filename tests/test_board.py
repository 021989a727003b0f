"""The board, read back: the demonstration's, and hard ones in every size, with and without bleed."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import Once
from print_case import (
    MM,
    RADICALS,
    Piece,
    badly_broken,
    bookmarks_of,
    boxes_for_signs,
    boxes_of,
    collisions,
    decode_qr,
    demonstration_sheets,
    images_of,
    info_of,
    outside,
    pages_of,
    print_site,
    prose,
    qpdf_check,
    render,
    said_in,
    sheets_in,
    squeezed,
    text_of,
    unfit_fonts,
    words_of,
)
from site_builder import Files, build, clean_build, jpeg, record, settings, site_of, write

SIZES = {"a3": (297, 420), "60x90": (600, 900), "80x180": (800, 1800)}
EXAMPLE = "示例，人物与事迹均为虚构"
# Millimetres on A3, from the left: the first stroke of a name meets the margin of 20; the banner hangs from the
# upper edge, and the foot stands below its line.
MARGINS = (17, 8, 18.5, 6)
PHOTO = {"file": "photo.jpg", "alt": "正面"}
GREEN = "#00a040"
UNIT = "江城公用事业集团水务有限责任公司管网抢修二分公司城东片区夜间应急抢修青年突击队班"
SUMMARY = squeezed(prose(100, 4))
VOICE = {
    "quote": "他来的时候，天还没亮。他走的时候，灯都亮了。",
    "by": "赵启明",
    "relation": "同事",
    "consent": True,
}


def scale(size: str) -> float:
    """What a millimetre of A3 is on `size`."""
    return SIZES[size][0] / 297


def printing(*boards: str, **more: Any) -> dict[str, Any]:
    return {"print": {"boards": list(boards), **more}, "demonstration": False}


def made(folder: Path, files: Files, *boards: str, **more: Any) -> Path:
    """The folder of boards of a site in these sizes."""
    units = [{"name": "水务集团", "units": ["营业所", "抢修班"]}, {"name": UNIT}]
    files = {**files, "site.yaml": settings(units=units, **printing(*boards, **more))}
    return print_site(folder, files, "board") / "boards"


def hard() -> Files:
    """Names, units, lines and texts of every kind."""
    long_line = "他在夜里四点钟起床，一个人沿着十二公里的管线走一遍，走了整整二十六年，鞋换了四十一双。" * 3
    people: dict[str, dict[str, Any]] = {
        "two": {"name": "李娜"},
        "four": {"name": "欧阳建国", "unit": UNIT, "post": "高级技师、班长"},
        "twelve": {"name": "古丽仙木卡地尔阿卜杜热合"},
        "dotted": {"name": "阿卜杜热西提·买买提依明江", "unit": UNIT},
        "letters": {"name": "Alexander Smith"},
        "line": {"name": "李建国", "one_line": long_line[:140]},
        "full": {"name": "王建国", "summary": squeezed(prose(250, 2))},
        "faceless": {"name": "赵𬭎", "photo": None, "summary": None, "one_line": None},
        "team": {"name": "江城水务集团客户服务中心热线二组夜班", "kind": "collective"},
    }
    files: Files = {}
    for slug, changes in people.items():
        given = {"summary": SUMMARY, "photo": PHOTO, "testimonials": [VOICE]} | changes
        body = "" if slug == "faceless" else prose(900, 3, chapters=2)
        files[f"exemplars/{slug}/index.md"] = record(
            body, **{k: v for k, v in given.items() if v is not None}
        )
        if given["photo"]:
            wide, high = (1600, 1200) if slug == "team" else (1200, 1600)
            files[f"exemplars/{slug}/photo.jpg"] = jpeg(wide, high, GREEN)
    return files


@pytest.fixture(scope="module")
def hard_boards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("hard"), hard(), *SIZES)


def size_of(board: Path) -> str:
    return board.stem.rpartition("-")[2]


def in_words(board: Path) -> list[Piece]:
    (words,) = words_of(board)
    return words


# --- the demonstration -----------------------------------------------------------------------------


def test_everybody_has_a_board_in_each_size(once: Once) -> None:
    folder = demonstration_sheets(once, "board") / "boards"
    boards = sheets_in(folder)
    slugs = {board.stem.rpartition("-")[0] for board in boards}
    assert {board.name for board in boards} == {
        f"{slug}-{size}.pdf" for slug in slugs for size in ("a3", "60x90")
    }
    assert {"luo-guodong", "li-na", "aiguli-maimaiti", "zhao-hong", "jiangbei-huayanzu"} <= slugs
    assert not {"feng-liye", "jia-cheng", "fang-xiaoyu", "xue-xiaomei"} & slugs


def test_the_demonstrations_boards_are_sound(once: Once) -> None:
    for board in sheets_in(demonstration_sheets(once, "board") / "boards"):
        assert pages_of(board) == 1
        assert not unfit_fonts(board), board
        assert not boxes_for_signs(board), board
        assert not RADICALS.search(text_of(board)), board
        assert not badly_broken(board)
        assert not collisions(board)
        assert not outside(board, *(side * scale(size_of(board)) for side in MARGINS))
        assert EXAMPLE in said_in(board)


def test_a_board_says_who_where_what_and_whence(once: Once) -> None:
    folder = demonstration_sheets(once, "board") / "boards"
    for size in ("a3", "60x90"):
        board = folder / f"luo-guodong-{size}.pdf"
        said = said_in(board)
        for words in ("荣誉专区", "排水公司城东污水厂运行三班班长", "在全城水最脏的地方，他养活了一缸鱼。"):
            assert words in said
        assert "江城公用事业集团2026年度先进典型" in said
        assert "扫码读完整事迹" in said
        assert decode_qr(board, dpi=72) == ["https://honour.jcgy.example/exemplars/luo-guodong/"]
        info = info_of(board)
        assert info["Title"].startswith("罗国栋")
        assert bookmarks_of(board) == [(1, "罗国栋", 1)]  # its heading, for those who read it by ear
        wide, high = (float(n) for n in info["Page size"].split()[0:3:2])
        assert (wide / MM, high / MM) == pytest.approx(SIZES[size], abs=0.01)


def test_a_name_stands_upright_and_can_be_read_from_two_metres(once: Once) -> None:
    folder = demonstration_sheets(once, "board") / "boards"
    for size in ("a3", "60x90"):
        signs = [word for word in in_words(folder / f"luo-guodong-{size}.pdf") if word.text in "罗国栋"]
        assert [sign.text for sign in signs] == list("罗国栋")
        assert all(sign.height >= 90 * scale(size) for sign in signs)
        assert all(one.bottom <= other.top for one, other in pairwise(signs))


def test_a_syllable_of_a_name_is_a_column(once: Once) -> None:
    board = demonstration_sheets(once, "board") / "boards" / "aiguli-maimaiti-a3.pdf"
    signs = {word.text: word for word in in_words(board) if word.height > 90}
    assert set(signs) == set("阿依古丽·买提")
    assert signs["阿"].left > signs["提"].right  # from the right
    assert signs["·"].top > signs["丽"].bottom - 20  # at the end of the first column


def test_a_preview_is_marked_on_every_board(once: Once) -> None:
    for board in sheets_in(demonstration_sheets(once, "board", preview=True) / "boards")[:6]:
        signs = said_in(board)  # those of a mark that lies askew stand apart
        assert min(signs.count(sign) for sign in "未审核") >= 3


# --- hard ones -------------------------------------------------------------------------------------


def test_hard_boards_lose_nothing_and_nothing_overlaps(hard_boards: Path) -> None:
    for board in sheets_in(hard_boards):
        assert pages_of(board) == 1
        assert not collisions(board), board
        assert not badly_broken(board), board
        assert not outside(board), board
        slug = board.stem.rpartition("-")[0]
        said = said_in(board)
        if slug in {"four", "dotted"}:
            assert UNIT in said, board
        if slug == "line":
            assert "一个人沿着十二公里的管线走一遍" in said
        if slug == "full":
            assert squeezed(prose(250, 2)) in said
        if slug not in {"full", "faceless"}:
            assert SUMMARY in said, board


def test_every_name_is_whole_and_large(hard_boards: Path) -> None:
    names = {"two": "李娜", "four": "欧阳建国", "twelve": "古丽仙木卡地尔阿卜杜热合", "line": "李建国"}
    names |= {"dotted": "阿卜杜热西提·买买提依明江", "team": "江城水务集团客户服务中心热线二组夜班"}
    for size in SIZES:
        least = (70 if size == "80x180" else 90) * scale(size)
        for slug, name in names.items():
            large = [
                word for word in in_words(hard_boards / f"{slug}-{size}.pdf") if word.height >= least - 0.5
            ]
            assert sorted("".join(word.text for word in large).strip("“")) == sorted(name), (slug, size)
        letters = [
            word.text for word in in_words(hard_boards / f"letters-{size}.pdf") if word.height >= least
        ]
        assert letters == ["Alexander", "Smith"]


def test_text_can_be_read_from_two_metres(hard_boards: Path) -> None:
    """19 points on A3 and as much larger as the sheet is, on every board whose record keeps to its limits."""
    for board in sheets_in(hard_boards):
        words = SUMMARY[:12] if "full" not in board.name else squeezed(prose(250, 2))[:12]
        found = [word for word in in_words(board) if word.text.startswith(words)]
        for word in found:
            assert word.height >= 19 * scale(size_of(board)) - 0.1, (board, word)
        assert found or board.name.startswith("faceless")


def test_without_a_photo_the_name_is_the_picture(hard_boards: Path) -> None:
    board = hard_boards / "faceless-a3.pdf"
    assert not images_of(board)
    assert render(board, dpi=20).getpixel((20, 200)) == (239, 232, 220)
    assert "扫码读完整事迹" in said_in(board)


def test_a_team_stands_whole_across_its_board(hard_boards: Path) -> None:
    for size, (wide, _) in SIZES.items():
        page = render(hard_boards / f"team-{size}.pdf", dpi=10)
        y = int(60 * scale(size) * 10 / 25.4)
        greens = [x for x in range(page.width) if _is_green(page.getpixel((x, y)))]
        assert len(greens) >= (wide - 30 * scale(size)) * 10 / 25.4  # but for the banner


def _is_green(pixel: Any) -> bool:
    red, green, blue = pixel[:3]
    return abs(red - 0x00) < 12 and abs(green - 0xA0) < 12 and abs(blue - 0x40) < 12


def test_nothing_to_be_read_stands_in_the_cassette(hard_boards: Path) -> None:
    for board in hard_boards.glob("*-80x180.pdf"):
        lowest = max(word.bottom for word in in_words(board))
        assert lowest <= (1800 - 100) * MM, board
        assert decode_qr(board, dpi=40), board


def test_only_the_roll_up_has_a_testimonial_that_may_be_quoted(hard_boards: Path, tmp_path: Path) -> None:
    assert VOICE["quote"] in said_in(hard_boards / "two-80x180.pdf")
    assert "赵启明" in said_in(hard_boards / "two-80x180.pdf")
    assert VOICE["quote"] not in said_in(hard_boards / "two-a3.pdf")
    shy = [{**VOICE, "consent": False}, {"quote": "没有人问过我。", "by": "钱多"}]
    folder = made(tmp_path, site_of(li_na=record(testimonials=shy)), "80x180")
    said = said_in(folder / "li-na-80x180.pdf")
    assert "天还没亮" not in said
    assert "没有人问过我" not in said


# --- what it says ----------------------------------------------------------------------------------


def test_the_summary_if_it_is_short_enough_else_how_the_deeds_begin(tmp_path: Path) -> None:
    deeds = "## 鱼\n\n头一缸鱼死在“每项都达标”的水里。\n\n" + squeezed(prose(400, 5)) + "\n"
    long = squeezed(prose(280, 6))
    files = site_of(
        summed=record(deeds, summary="他养鱼。"),
        unsummed=record(deeds, summary=None),
        too_long=record(deeds, summary=long),
    )
    folder = made(tmp_path, files, "a3")
    assert "他养鱼。" in said_in(folder / "summed-a3.pdf")
    assert "头一缸鱼" not in said_in(folder / "summed-a3.pdf")
    for slug in ("unsummed", "too-long"):
        said = said_in(folder / f"{slug}-a3.pdf")
        assert "头一缸鱼死在“每项都达标”的水里。" in said
        assert squeezed(prose(400, 5))[:30] not in said
    assert long[:30] not in said


def test_what_nobody_may_print_has_no_board(tmp_path: Path) -> None:
    consents = {"required": True}
    yes = {"basis": "书面同意", "scope": ["web", "print"]}
    files = site_of(li_na=record(consent=yes), wang_wu=record(name="王五", consent={**yes, "scope": ["web"]}))
    files["site.yaml"] = settings(consent=consents, **printing("a3"))
    site = write(tmp_path, files)
    build(site, editions=("board",))
    assert [board.name for board in sheets_in(site / "public")] == ["li-na-a3.pdf"]


# --- bleed -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = site_of(li_na=record(photo=PHOTO, summary=SUMMARY, testimonials=[VOICE]))
    files["exemplars/li-na/photo.jpg"] = jpeg(1200, 1600, GREEN)
    return made(tmp_path_factory.mktemp("bled"), files, *SIZES, bleed=True)


@pytest.mark.parametrize("size", SIZES)
def test_media_bleed_and_trim_lie_inside_one_another(bled: Path, size: str) -> None:
    board = bled / f"li-na-{size}.pdf"
    boxes = boxes_of(board)
    wide, high = SIZES[size]

    def box(inset: float) -> Any:
        sides = (inset, inset, wide + 20 - inset, high + 20 - inset)
        return pytest.approx([side * MM for side in sides], abs=0.02)

    assert list(boxes["MediaBox"]) == box(0)
    assert list(boxes["BleedBox"]) == box(7)
    assert list(boxes["TrimBox"]) == list(boxes["ArtBox"]) == box(10)
    qpdf_check(board)
    assert info_of(board)["Tagged"] == "yes"
    assert not outside(board, 10, 10, 10, 10)


@pytest.mark.parametrize("size", SIZES)
def test_pictures_and_ground_run_into_the_bleed_and_only_marks_beyond(bled: Path, size: str) -> None:
    page = render(bled / f"li-na-{size}.pdf", dpi=51)
    wide, high = SIZES[size]

    def at(x: float, y: float) -> Any:
        """The pixel so many millimetres from the trimmed sheet's upper left corner."""
        return page.getpixel((round((x + 10) * 51 / 25.4), round((y + 10) * 51 / 25.4)))

    paper, white, deep = (251, 248, 243), (255, 255, 255), (0x6E, 0x0C, 0x12)
    assert _is_green(at(-2, 100))  # the portrait at the left edge
    assert _is_green(at(5, -2))  # and at the upper
    assert at(30 * scale(size), -2)[:3] == pytest.approx(deep, abs=6)  # the banner hangs from beyond the edge
    low = deep if size == "80x180" else paper
    for x, y in ((wide + 2, high - 30), (wide / 2, high + 2), (-2, high + 2)):
        assert at(x, y)[:3] == pytest.approx(low, abs=6)
    for x, y in ((-5, high / 2), (wide + 5, high / 2), (wide / 2, -5), (wide / 2, high + 5)):
        assert at(x, y)[:3] == pytest.approx(white, abs=3)
    marks = _dark_outside(page, size)
    assert len(marks) >= 8 * 4
    for x, y in marks:
        assert min(abs(x), abs(x - wide), abs(y), abs(y - high)) < 0.8
        assert x < -3.5 or x > wide + 3.5 or y < -3.5 or y > high + 3.5  # none inside the bleed


def _dark_outside(page: Any, size: str) -> list[tuple[float, float]]:
    """Where it is dark beyond the bleed, in millimetres from the trimmed sheet's corner."""
    wide, high = SIZES[size]
    found = []
    pixels = page.load()
    for y in range(page.height):
        inside_down = -3.3 < y * 25.4 / 51 - 10 < high + 3.3
        for x in range(page.width):
            across, down = x * 25.4 / 51 - 10, y * 25.4 / 51 - 10
            if inside_down and -3.3 < across < wide + 3.3:
                continue
            if max(pixels[x, y][:3]) < 200:
                found.append((across, down))
    return found


def test_without_bleed_the_sheet_is_the_medium(hard_boards: Path) -> None:
    boxes = boxes_of(hard_boards / "two-a3.pdf")
    assert boxes["MediaBox"] == boxes["TrimBox"]


def test_the_same_record_gives_the_same_bytes(bled: Path, tmp_path: Path) -> None:
    files = site_of(li_na=record(photo=PHOTO, summary=SUMMARY, testimonials=[VOICE]))
    files["exemplars/li-na/photo.jpg"] = jpeg(1200, 1600, GREEN)
    again = made(tmp_path, files, *SIZES, bleed=True)
    for size in SIZES:
        assert (again / f"li-na-{size}.pdf").read_bytes() == (bled / f"li-na-{size}.pdf").read_bytes()


# --- the photo's resolution ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pixels", "boards", "found"),
    [
        (960, ("a3",), None),
        (480, ("a3",), {"dpi": "58", "pixels": "497", "size": "a3", "width": "480"}),
        (960, ("a3", "60x90"), {"dpi": "57", "pixels": "1002", "size": "60x90"}),
        (1002, ("60x90", "a3"), None),
        (1200, ("a3", "60x90", "80x180"), {"dpi": "38", "pixels": "1890", "size": "80x180"}),
    ],
)
def test_a_face_that_would_be_a_blur_is_told_once(
    tmp_path: Path, pixels: int, boards: tuple[str, ...], found: dict[str, str] | None
) -> None:
    files = site_of(li_na=record(photo=PHOTO))
    files["exemplars/li-na/photo.jpg"] = jpeg(pixels, pixels * 4 // 3)
    files["site.yaml"] = settings(**printing(*boards))
    built = clean_build(write(tmp_path, files), editions=("board",))
    told = [problem for problem in built.problems if problem.code == "board-blurred"]
    assert len(told) == (found is not None)
    for problem in told:
        assert found is not None
        assert found.items() <= dict(problem.found).items()
        assert str(problem.where).startswith("exemplars/li-na/index.md:")
        assert found["dpi"] in problem.message("zh-CN")
        assert found["pixels"] in problem.hint("en")
