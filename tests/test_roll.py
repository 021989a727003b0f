"""The honour roll, read back: the demonstration's years, and walls of few, of many, and of too many for a page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from conftest import Once
from print_case import (
    MM,
    Piece,
    badly_broken,
    bookmarks_of,
    boxes_for_signs,
    collisions,
    demonstration_sheets,
    images_of,
    info_of,
    outside,
    pages_of,
    print_site,
    said_in,
    sheets_in,
    squeezed,
    told_in,
    unfit_fonts,
    words_of,
)
from site_builder import Files, build, jpeg, record, settings, write

from generator.strokes import stroke_count, stroke_key

SIZES = {"a3": (420, 297), "a2": (594, 420)}
PHOTO = {"file": "photo.jpg", "alt": "正面"}
UNIT = "江城公用事业集团水务有限责任公司管网抢修二分公司城东片区夜间应急抢修青年突击队班"
SURNAMES = "丁马王方孔叶冯刘李杨吴何张陈林周赵徐黄魏"
GIVEN = "建国秀英桂兰志强海燕玉珍雪梅晓明"
HARD = ("阿卜杜热西提·买买提依明江", "古丽仙木卡地尔", "Alexander Smith", "欧阳建国", "赵𬭎")


def names_of(count: int, seed: int = 0) -> list[str]:
    """So many names, none twice: of two and of three signs, and a hard one now and then."""
    random, found = Random(seed), dict.fromkeys(HARD if count > len(HARD) else ())
    while len(found) < count:
        found[random.choice(SURNAMES) + "".join(random.sample(GIVEN, random.choice((1, 2))))] = None
    return list(found)


def year_of(year: int, people: Iterable[str], teams: Iterable[str] = (), **more: Any) -> Files:
    """Records of one year. Every seventh has no photo, every eleventh a unit with a long name."""
    files: Files = {}
    for kind, names in (("individual", people), ("collective", teams)):
        for number, name in enumerate(names):
            folder = f"exemplars/y{year}-{kind}-{number}"
            given: dict[str, Any] = {"name": name, "kind": kind, "year": year, "honours": [], **more}
            if number % 7 != 6:
                given["photo"] = PHOTO
                wide, high = (640, 480) if kind == "collective" else (480, 640)
                files[f"{folder}/photo.jpg"] = jpeg(wide, high, f"#{number % 200 + 30:02x}8060")
            if number % 11 == 3 and "unit" not in more:
                given["unit"] = UNIT
            files[f"{folder}/index.md"] = record(**given)
    return files


def rolls(folder: Path, files: Files, **printing: Any) -> Path:
    """The folder of rolls of a site, A3 and A2."""
    units = [{"name": "水务集团", "units": ["营业所"]}, {"name": UNIT}]
    given = {"print": {"rolls": list(SIZES), **printing}, "demonstration": False, "units": units}
    return print_site(folder, {**files, "site.yaml": settings(**given)}, "roll") / "rolls"


def hang_in_order(roll: Path, names: Iterable[str]) -> bool:
    """Whether all of `names` are written on the wall, one after the other."""
    said, at = told_in(roll, 600), 0
    for name in map(squeezed, names):
        at = said.find(name, at) + len(name)
        if at < len(name):
            return False
    return True


def large_words(roll: Path) -> list[list[Piece]]:
    """Of each page what stands right of its left side."""
    left = 84 / 420 * SIZES[roll.stem.rpartition("-")[2]][0] * MM
    return [[word for word in page if word.left > left] for page in words_of(roll)]


# --- the demonstration -----------------------------------------------------------------------------


def test_every_year_with_somebody_has_a_wall_in_each_size(once: Once) -> None:
    folder = demonstration_sheets(once, "roll") / "rolls"
    years = (2009, 2021, 2022, 2023, 2024, 2025, 2026)
    assert {roll.name for roll in sheets_in(folder)} == {f"{y}-{size}.pdf" for y in years for size in SIZES}


def test_the_demonstrations_walls_are_sound(once: Once) -> None:
    for roll in sheets_in(demonstration_sheets(once, "roll") / "rolls"):
        assert pages_of(roll) == 1
        assert not unfit_fonts(roll), roll
        assert not boxes_for_signs(roll), roll
        assert not badly_broken(roll)
        assert not collisions(roll)
        assert not outside(roll, 17, 8, 17, 17), roll
        said = said_in(roll)
        assert "示例，人物与事迹均为虚构" in said
        assert "按姓氏笔画为序" in said
        assert "光荣榜" in said
        wide, high = (float(n) / MM for n in info_of(roll)["Page size"].split()[0:3:2])
        assert (wide, high) == pytest.approx(SIZES[roll.stem.rpartition("-")[2]], abs=0.01)
        assert info_of(roll)["Title"].startswith(f"{roll.stem[:4]}")
        assert bookmarks_of(roll) == [(1, f"{roll.stem[:4]}光荣榜", 1)]


def test_a_wall_names_everybody_of_its_year_in_the_order_of_strokes(once: Once) -> None:
    roll = demonstration_sheets(once, "roll") / "rolls" / "2026-a3.pdf"
    people = ["丁强", "田家旺", "白桦", "李南星", "李娜", "吴秀珍", "陈水根", "罗国栋", "顾明远", "唐雪梅"]
    assert people == sorted(people, key=stroke_key)
    assert hang_in_order(roll, [*people, "集体", "江北水厂化验组"])
    assert hang_in_order(roll, ["个人10名集体1个", "丁强"])
    assert "郑玉芳" not in said_in(roll)
    (words,) = large_words(roll)
    top = {word.text: word.top for word in words}
    left = {word.text: word.left for word in words}
    sign = next(word for word in words if word.text == "丁")
    assert left["强"] - left["丁"] == pytest.approx(2 * sign.height, abs=1)  # as wide as a name of three
    upper, lower = ["田家旺", "李南星"], ["吴秀珍", "陈水根", "罗国栋", "顾明远", "唐雪梅"]
    assert max(top[name] for name in upper) < min(top[name] for name in lower)
    assert [left[name] for name in lower] == sorted(left[name] for name in lower)
    assert top["集体"] > max(top[name] for name in lower)
    assert top["江北水厂化验组"] > top["集体"]


def test_who_hangs_on_a_wall_hangs_there_unevenly(once: Once) -> None:
    """No grid of passport photos: names of three signs stand in several sizes and on many heights."""
    (words,) = large_words(demonstration_sheets(once, "roll") / "rolls" / "2026-a3.pdf")
    names = [
        word
        for word in words
        if word.text in ("田家旺", "李南星", "吴秀珍", "陈水根", "罗国栋", "顾明远", "唐雪梅")
    ]
    assert len({round(word.height) for word in names}) >= 3
    assert len({round(word.top) for word in names}) >= 5


# --- few, many, too many ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def walls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    teams = ["热线二组", "带电抢修班", "江城水务集团客户服务中心热线二组夜班"]
    files: Files = {}
    for count in range(1, 10):
        files |= year_of(2000 + count, names_of(count, count), teams[: count % 4])
    files |= year_of(2013, names_of(13), teams[:1]) | year_of(2030, names_of(30), teams)
    files |= (
        year_of(2047, names_of(47), teams) | year_of(2010, [], teams[:1]) | year_of(2011, [], names_of(12))
    )
    return rolls(tmp_path_factory.mktemp("walls"), files)


def test_walls_of_every_count_lose_nobody_and_nothing_overlaps(walls: Path) -> None:
    for roll in sheets_in(walls):
        assert pages_of(roll) == 1, roll
        assert not collisions(roll), roll
        assert not badly_broken(roll), roll
        assert not outside(roll, 17, 8, 17, 17), roll
        count = int(roll.stem[2:4])
        if count not in (10, 11):
            names = names_of(count, count if count < 10 else 0)
            assert hang_in_order(roll, sorted(names, key=stroke_key)), roll
            assert f"个人{count}名" in said_in(roll)


def test_teams_alone_have_the_whole_wall(walls: Path) -> None:
    for size in SIZES:
        assert hang_in_order(walls / f"2010-{size}.pdf", ["集体1个", "热线二组"])
        assert hang_in_order(walls / f"2011-{size}.pdf", sorted(names_of(12), key=stroke_key))
        assert "个人" not in said_in(walls / f"2011-{size}.pdf")


def test_a_wall_of_few_is_large(walls: Path) -> None:
    """The largest name of eight people is read across a room; each picture is sharp at 150 dpi or as it came."""
    (words,) = large_words(walls / "2008-a3.pdf")
    assert max(word.height for word in words) >= 22
    assert len(images_of(walls / "2008-a3.pdf")) == 7  # one has no photo


@pytest.fixture(scope="module")
def crowds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = year_of(2020, names_of(200), unit="水务集团/营业所") | year_of(
        2045, names_of(330), [f"第{n}班" for n in "一二三四五六七八"]
    )
    return rolls(tmp_path_factory.mktemp("crowds"), files)


def test_two_hundred_stand_on_one_sheet_of_a2(crowds: Path) -> None:
    roll = crowds / "2020-a2.pdf"
    assert pages_of(roll) == 1
    assert pages_of(crowds / "2020-a3.pdf") > 1


def test_a_crowd_goes_on_over_several_sheets(crowds: Path) -> None:
    roll = crowds / "2045-a2.pdf"
    total = pages_of(roll)
    assert total >= 3  # two of people, one of eight teams
    for page in range(1, total + 1):
        said = said_in(roll, page)
        assert f"第{page}页，共{total}页" in said
        assert "2045" in said
    assert hang_in_order(roll, ["个人330名集体8个"])
    assert all(f"第{n}班" in said_in(roll, total) for n in "一二三四五六七八")


def test_nobody_of_a_crowd_is_lost_and_all_stand_in_order(crowds: Path) -> None:
    for year, count in ((2020, 200), (2045, 330)):
        for size in SIZES:
            roll = crowds / f"{year}-{size}.pdf"
            assert not outside(roll, 17, 8, 17, 17), roll
            assert not collisions(roll), roll
            assert hang_in_order(roll, sorted(names_of(count), key=stroke_key)), roll


def test_a_dense_wall_tells_where_the_strokes_change(crowds: Path) -> None:
    figures = [f"{n}画" for n in sorted({stroke_count(name[0]) for name in names_of(200)} - {0})]
    assert len(figures) > 10
    assert hang_in_order(crowds / "2020-a2.pdf", figures)
    assert hang_in_order(crowds / "2020-a2.pdf", ["7画", "李", "杨", "何", "8画"])


# --- order and gate --------------------------------------------------------------------------------


def test_by_honour_the_highest_level_comes_first(tmp_path: Path) -> None:
    given = {"丁一": "市级", "魏建国": "省级", "王英": "", "李明": "省级"}
    files: Files = {}
    for number, (name, level) in enumerate(given.items()):
        honours = [{"title": "先进典型", "date": "2025-12-20", "level": level}] if level else []
        files[f"exemplars/p{number}/index.md"] = record(name=name, year=2025, honours=honours)
    by_honour = rolls(tmp_path / "honour", files, roll_order="honour") / "2025-a3.pdf"
    by_strokes = rolls(tmp_path / "strokes", files) / "2025-a3.pdf"
    assert "按荣誉级别为序，同级按姓氏笔画为序" in said_in(by_honour)
    assert hang_in_order(by_honour, ["李明", "魏建国", "丁一", "王英"])
    assert hang_in_order(by_strokes, ["丁一", "王英", "李明", "魏建国"])


def test_an_order_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    files = {**year_of(2025, ["李娜"]), "site.yaml": settings(print={"roll_order": "age"})}
    built = build(write(tmp_path, files), editions=("roll",))
    assert [problem for problem in built.problems if problem.is_error and problem.where.file == "site.yaml"]


def test_who_may_not_be_printed_hangs_nowhere(tmp_path: Path) -> None:
    yes = {"basis": "书面同意", "scope": ["web", "print"]}
    files = year_of(2025, ["李娜"], consent=yes) | year_of(2024, ["王五"], consent={**yes, "scope": ["web"]})
    files["site.yaml"] = settings(consent={"required": True}, print={"rolls": ["a3"]})
    site = write(tmp_path, files)
    build(site, editions=("roll",))
    assert [roll.name for roll in sheets_in(site / "public")] == ["2025-a3.pdf"]


def test_the_same_records_give_the_same_bytes(walls: Path, tmp_path: Path) -> None:
    again = rolls(tmp_path, year_of(2013, names_of(13), ["热线二组"]))
    for size in SIZES:
        assert (again / f"2013-{size}.pdf").read_bytes() == (walls / f"2013-{size}.pdf").read_bytes()


def test_a_preview_is_marked(once: Once) -> None:
    roll = demonstration_sheets(once, "roll", preview=True) / "rolls" / "2026-a2.pdf"
    assert min(said_in(roll).count(sign) for sign in "未审核") >= 3
