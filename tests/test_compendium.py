"""The compendium, read back: the demonstration's book, a small one with namesakes, and a thick one."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
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
    lines_of,
    pages_of,
    print_site,
    prose,
    qpdf_check,
    render,
    said_in,
    squeezed,
    text_of,
    unfit_fonts,
    words_of,
)
from published_case import SHOWN, letters, paragraphs
from site_builder import Files, build, document, jpeg, record, settings, site_of, write

from generator.editions.compendium import book
from generator.typeset.plates import as_page

PAGE = (0.0, 0.0, 524.409, 737.008)  # 185 × 260 mm
CHAPTERS = ["坚守一线", "服务群众", "技术创新", "攻坚克难", "诚信守责"]
INDEXES = ["姓名音序索引", "姓名笔画索引", "单位索引"]
PHOTO = {"file": "photo.jpg", "alt": "正面"}
PRESS = {"name": "王杰", "unit": "公交集团", "categories": ["技术创新"]}


def book_site(**changes: Any) -> Files:
    """Six people and a team in two chapters; two are called 王杰; one is revoked."""
    files = site_of(
        li_na=record(prose(700, 1, 2), photo=PHOTO, remarks="车晚走四分钟。"),
        wang_jie=record(prose(300, 2, 1), **PRESS),
        wang_jie_2=record(prose(300, 3, 1), **PRESS | {"unit": "水务集团/抢修班"}, photo=PHOTO),
        ding_qiang=record(prose(300, 4), name="丁强", unit="水务集团"),
        aiguli=record(prose(900, 5, 3), name="阿依古丽·买买提", categories=["技术创新"]),
        zhao_hong=record(prose(300, 6), name="赵𬭎", categories=["技术创新"], unit="公交集团"),
        banzu=record(
            prose(300, 7), name="营业所早班", kind="collective", members=["李一", "王二"], photo=PHOTO
        ),
        feng=record(prose(300, 8), name="冯立业", status="revoked"),
    )
    pictures = {f"exemplars/{slug}/photo.jpg": jpeg(1200, 1600) for slug in ("li-na", "wang-jie-2")}
    item = {
        "title": "身边的人",
        "date": "2026-02-27",
        "colophon": "内部资料，免费交流。",
        "face": "wang-jie-2",
    }
    return files | pictures | {
        "exemplars/banzu/photo.jpg": jpeg(1600, 900),
        "content/compendia/all.md": document(item | changes, "他们就在我们身边。\n"),
    }  # fmt: skip


@pytest.fixture(scope="module")
def demo(once: Once) -> Path:
    """The demonstration's book."""
    return demonstration_sheets(once, "compendium") / "compendium/2026.pdf"


@pytest.fixture(scope="module")
def small(once: Once) -> Path:
    folder = once("compendium-small", lambda folder: print_site(folder, book_site(), "compendium"))
    return folder / "public/compendium/all.pdf"


@pytest.fixture(scope="module")
def thick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same people as if they were too many for a spread each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book, "MOST_SPREADS", 1)
        public = print_site(tmp_path_factory.mktemp("thick"), book_site(), "compendium")
    return public / "compendium/all.pdf"


@pytest.fixture(params=["demo", "small", "thick"])
def any_book(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


# Read once: nobody writes these books again.
words_in, lines_in, said_on = cache(words_of), cache(lines_of), cache(said_in)


def starts(pdf: Path) -> dict[str, int]:
    """Where every bookmark leads; of namesakes the first."""
    return {title: page for _, title, page in reversed(bookmarks_of(pdf))}


def listed(pdf: Path, title: str) -> list[tuple[str, int]]:
    """The rows of a list of the book, title and page number, column after column."""
    found: list[tuple[str, int]] = []
    page = starts(pdf)[title]
    while title in said_in(pdf, page):  # in the foot of all its pages
        found += rows_of(pdf, page)
        page += 1
    return found


def rows_of(pdf: Path, page: int, top: float = 60, least: float = 8.7) -> list[tuple[str, int]]:
    """Names and numbers below `top`. Units and readings are set smaller than any name, which has `least` points."""
    words = [word for word in words_of(pdf)[page - 1] if top < word.bottom < 655]
    middle = PAGE[2] / 2
    sides = [[word for word in words if (word.left < middle) == left] for left in (True, False)]
    one_column = not any(word.text.isdigit() and word.right > middle - 30 for word in sides[0])
    found = []
    for column in [words] if one_column else sides:
        edge = max((word.right for word in column if word.text.isdigit()), default=0)
        numbers = [word for word in column if word.text.isdigit() and word.right > edge - 2]
        above = top
        for number in sorted(numbers, key=lambda word: word.bottom):
            row = [word for word in column if above < word.bottom <= number.bottom + 3 and word != number]
            name = [word for word in row if word.height > least and word.bottom > number.bottom - 14]
            found.append(("".join(word.text for word in sorted(name, key=reading)), int(number.text)))
            above = number.bottom + 3
    return found


def reading(word: Piece) -> tuple[int, float]:
    return (round(word.bottom / 6), word.left)


def foot_of(pdf: Path, page: int) -> list[Piece]:
    """What stands at the foot of a page, from the left; nothing on pages that are all picture."""
    lines = [line for line in lines_in(pdf)[page - 1] if 665 < line.top < 690 and line.height < 9.5]
    numbered = any(str(page) in line.text for line in lines)
    return sorted(lines, key=lambda line: line.left) if numbered else []


# --- the file --------------------------------------------------------------------------------------


def test_a_print_shop_can_take_it(any_book: Path) -> None:
    qpdf_check(any_book)
    assert unfit_fonts(any_book) == []
    assert boxes_for_signs(any_book) == 0
    assert {boxes_of(any_book, page)["MediaBox"] for page in (1, 2, 5, pages_of(any_book))} == {
        tuple(round(side, 2) for side in PAGE)
    }


def test_it_is_titled_and_tagged(demo: Path) -> None:
    told = info_of(demo)
    assert told["Title"] == "身边的人　江城公用事业集团　先进典型事迹汇编"
    assert told["Author"] == "江城公用事业集团党群工作部"
    assert {"荣誉专区", "服务群众"} <= set(told["Keywords"].split(", "))
    assert told["Tagged"] == "yes"
    with pikepdf.open(demo) as opened:
        assert str(opened.Root.Lang).lower().startswith("zh")


def test_bleed_runs_over_the_edge(tmp_path: Path) -> None:
    files = book_site() | {"site.yaml": settings(print={"bleed": True})}
    pdf = print_site(tmp_path, files, "compendium") / "compendium/all.pdf"
    boxes = boxes_of(pdf, 1)
    assert boxes["TrimBox"] == pytest.approx((8.5, 8.5, 8.5 + PAGE[2], 8.5 + PAGE[3]), abs=0.1)
    assert boxes["BleedBox"] == pytest.approx((0, 0, 17 + PAGE[2], 17 + PAGE[3]), abs=0.1)
    cover = render(pdf, 1, 72)
    corners = {cover.getpixel((x, y)) for x in (1, cover.width - 2) for y in (1, cover.height - 2)}
    assert len(corners) == 1 and corners != {(255, 255, 255)}


# --- its parts -------------------------------------------------------------------------------------


def test_bookmarks_are_chapters_people_and_indexes(demo: Path) -> None:
    people = [title for level, title, _ in bookmarks_of(demo) if level == 2]
    assert set(people) == {one.name for one in SHOWN if one.year == 2026} and len(people) == 11
    assert [title for level, title, _ in bookmarks_of(demo) if level == 1] == [
        "前言",
        "目录",
        *(f"第{n}章　{title}" for n, title in zip("一二三四五", CHAPTERS, strict=True)),
        *INDEXES,
        "版权页",
    ]


def test_each_exemplar_stands_in_the_chapter_of_their_first_category(small: Path) -> None:
    assert [(level, title) for level, title, _ in bookmarks_of(small)][2:-4] == [
        (1, "第一章　服务群众"),
        *((2, name) for name in ("丁强", "李娜", "营业所早班")),
        (1, "第二章　技术创新"),
        *((2, name) for name in ("阿依古丽·买买提", "王杰", "王杰", "赵𬭎")),
    ]


def test_without_categories_the_book_is_one_chapter(tmp_path: Path) -> None:
    files = book_site() | {"site.yaml": settings(categories=None)}
    pdf = print_site(tmp_path, files, "compendium") / "compendium/all.pdf"
    assert [title for level, title, _ in bookmarks_of(pdf) if level == 1][2:3] == ["人物"]
    assert len(people_of(pdf)) == 7


def test_each_number_in_the_contents_is_the_page_where_it_starts(any_book: Path) -> None:
    rows = listed(any_book, "目录")
    marks = [(title, page) for _, title, page in bookmarks_of(any_book) if title not in ("目录", "版权页")]
    assert [page for _, page in rows] == [page for _, page in marks]
    for (title, page), (bookmark, _) in zip(rows, marks, strict=True):
        shown = re.sub(r"^\d", "", squeezed(title))
        assert shown == re.sub("第.章　", "", bookmark)
        assert shown in said_on(any_book, page)


def test_a_chapter_lists_its_people_with_their_pages(any_book: Path) -> None:
    marks = bookmarks_of(any_book)
    openings = [at for at, (level, title, _) in enumerate(marks) if level == 1 and title.startswith("第")]
    assert openings
    for at in openings:
        following = marks[at + 1 :]
        people = following[: next(n for n, (level, *_) in enumerate(following) if level == 1)]
        rows = rows_of(any_book, marks[at][2], top=151 * MM, least=9.8)
        assert rows == [(name, page) for _, name, page in people]


def test_parts_start_on_right_pages_and_portraits_face_the_name(demo: Path, small: Path) -> None:
    for pdf in (demo, small):
        assert pages_of(pdf) % 2 == 0  # the back of the book
        for level, _, page in bookmarks_of(pdf):
            assert page % 2 == (level == 1)
    for level, name, page in bookmarks_of(demo):
        if level == 2:
            assert f"{page}{name}" in said_on(demo, page)
            assert len(said_on(demo, page)) < 60 and len(said_on(demo, page + 1)) > 200
            assert name in squeezed(text_of(demo, page + 1)) and images_on(demo, page) == 1


def images_on(pdf: Path, page: int) -> int:
    return sum(number == page for number, _, _ in images_of(pdf))


def test_pages_bear_their_number_outside(any_book: Path) -> None:
    bare = 0
    for page in range(1, pages_of(any_book) + 1):
        foot = foot_of(any_book, page)
        if not foot:
            bare += 1
        elif page % 2:
            assert foot[-1].text.endswith(str(page)) and foot[-1].right == pytest.approx(
                PAGE[2] - 21.3 * MM, abs=2
            )
        else:
            assert foot[0].text.startswith(str(page)) and foot[0].left == pytest.approx(21.3 * MM, abs=2)
    assert bare < pages_of(any_book) * 0.6


def test_left_pages_bear_the_chapter_and_right_ones_the_name(any_book: Path) -> None:
    chapter, checked = "", 0
    marks = bookmarks_of(any_book)
    for (level, title, first), (_, _, following) in pairwise(marks):
        chapter = title if level == 1 else chapter
        for page in range(first, following if level == 2 else first):
            foot = squeezed("".join(line.text for line in foot_of(any_book, page)))
            if foot:
                checked += 1
                assert (title if page % 2 else squeezed(chapter)) in foot, page
    assert checked >= 8


def test_the_cover_bears_title_year_and_every_name(demo: Path) -> None:
    said = "".join(sorted(said_on(demo, 1)))
    for words in ("身边的人", "先进典型事迹汇编", "2026", *(one.name for one in SHOWN if one.year == 2026)):
        assert set(squeezed(words)) <= set(said)
    assert images_on(demo, 1) == 1
    assert render(demo, 1, 20).getpixel((3, 3)) == (0x6E, 0x0C, 0x12)


def test_too_many_names_for_the_cover_are_counted(tmp_path: Path) -> None:
    signs = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂文辉力玲海燕国红"
    people = {
        f"p{n}": record("一句话。\n", name=f"张{a}{b}")
        for n, (a, b) in enumerate((a, b) for a in signs[:6] for b in signs[:24])
    }
    pdf = print_site(tmp_path, site_of(**people), "compendium") / "compendium/2025.pdf"
    cover = said_in(pdf, 1)
    assert "个人144名" in cover and "张" not in cover
    assert len([level for level, *_ in bookmarks_of(pdf) if level == 2]) == 144
    rows = listed(pdf, "姓名音序索引")
    assert len(rows) == 144 and len({page for _, page in rows}) == 144


def test_the_colophon_says_who_when_and_how_many(small: Path) -> None:
    said = said_on(small, starts(small)["版权页"])
    assert "个人6名，集体1个" in said and "2026年2月27日" in said
    assert "内部资料，免费交流。" in said and "NotoSerifCJKSC" in said


# --- indexes ---------------------------------------------------------------------------------------


def test_names_stand_by_pinyin(small: Path) -> None:
    rows = listed(small, "姓名音序索引")
    pages = starts(small)
    assert [squeezed(name) for name, _ in rows] == [
        "阿依古丽·买买提", "丁强", "李娜", "王杰", "王杰", "营业所早班", "赵𬭎",
    ]  # fmt: skip
    for name, page in rows:
        assert name == "王杰" or page == pages[squeezed(name)]
    heads = [word.text for word in words_in(small)[pages["姓名音序索引"] - 1] if word.height > 16]
    assert sorted(word for word in heads if len(word) == 1) == list("ADLWYZ")


def test_names_stand_by_strokes(small: Path) -> None:
    """丁 2, 王 4, 阿 and 李 7 (李 begins with 横, 阿 with 折), 赵 9, 营 11."""
    rows = listed(small, "姓名笔画索引")
    assert [squeezed(name) for name, _ in rows] == [
        "丁强", "王杰", "王杰", "李娜", "阿依古丽·买买提", "赵𬭎", "营业所早班",
    ]  # fmt: skip
    said = said_on(small, starts(small)["姓名笔画索引"])
    for head in ("二画", "四画", "七画", "九画", "十一画"):
        assert head in said


def test_namesakes_are_told_apart_by_their_units(small: Path) -> None:
    first, second = [page for _, name, page in bookmarks_of(small) if name == "王杰"]
    for index in INDEXES[:2]:
        said = said_on(small, starts(small)[index])
        assert f"王杰公交集团{first}" in said
        assert f"王杰水务集团抢修班{second}" in said


def test_units_stand_in_the_order_of_the_site(small: Path) -> None:
    said = said_on(small, starts(small)["单位索引"]).partition("单位索引")[2]
    pages = starts(small)
    expected = (
        f"水务集团丁强{pages['丁强']}", f"李娜{pages['李娜']}", "抢修班王杰", f"公交集团王杰{pages['王杰']}",
        f"赵𬭎{pages['赵𬭎']}",
    )  # fmt: skip
    at = [said.index(words) for words in expected]
    assert at == sorted(at)


# --- words -----------------------------------------------------------------------------------------


def test_every_sentence_of_everybody_is_there(demo: Path) -> None:
    told = letters(text_of(demo))
    for exemplar in SHOWN:
        if exemplar.year == 2026:
            said = [voice.quote for voice in exemplar.testimonials if voice.consent]
            words = [exemplar.summary, exemplar.remarks, exemplar.spirit, *said]
            # A running foot may stand between two halves of a paragraph.
            halves = [re.split("[。；]", text)[0] for text in (*paragraphs(exemplar), *words)]
            for text in halves:
                assert letters(text)[:16] in told, (exemplar.slug, text)


def test_lines_are_broken_and_set_as_they_should(any_book: Path) -> None:
    assert badly_broken(any_book) == []
    assert collisions(any_book) == []
    assert RADICALS.findall(text_of(any_book)) == []
    for page, words in enumerate(words_in(any_book), 1):
        low = [word for word in words if word.bottom > 229 * MM and word.top < 236 * MM]
        assert low == [] or foot_of(any_book, page) == [], page


def test_a_phone_reads_the_permanent_address(small: Path) -> None:
    found = [url for page in range(1, pages_of(small) + 1) for url in decode_qr(small, page, 120)]
    slugs = ("aiguli", "banzu", "ding-qiang", "li-na", "wang-jie", "wang-jie-2", "zhao-hong")
    base = "https://honour.example.cn/"
    assert sorted(found) == sorted([*(f"{base}exemplars/{slug}/" for slug in slugs), base])


def test_their_own_words_take_the_right_page_if_it_is_free(demo: Path) -> None:
    """陈水根's text ends on a left page; 李娜's on a right one, where her words follow."""
    pages = starts(demo)
    alone = said_on(demo, pages["丁强"] - 1)
    assert alone.startswith("那头的人半夜打电话") and (pages["丁强"] - 1) % 2
    below = said_on(demo, pages["唐雪梅"] - 1)
    assert below.index("我没做什么大事") > below.index("扫码读全文")


def test_a_team_across_keeps_its_width_above_its_members(small: Path) -> None:
    page = starts(small)["营业所早班"]
    assert all(words in said_on(small, page) for words in ("成员", "李一", "王二"))
    shot = render(small, page, 30)
    assert shot.getpixel((2, 2)) == shot.getpixel((shot.width - 3, 2)) != shot.getpixel((2, shot.height // 2))


def test_a_thick_book_sets_portrait_and_name_on_one_page(thick: Path, small: Path) -> None:
    assert pages_of(thick) < pages_of(small)
    pages = starts(thick)
    assert images_on(thick, pages["李娜"]) == 1
    assert "她把窗口的灯留到最后一个人。" in said_on(thick, pages["李娜"])


# --- marks on every page ---------------------------------------------------------------------------


def test_the_demonstration_says_so_on_every_page_that_says_anything(demo: Path, small: Path) -> None:
    for page in range(1, pages_of(demo) + 1):
        said = said_on(demo, page)
        assert "示例" in said or said == "", page
    assert "示例" not in said_on(small)


def test_a_preview_says_so_across_every_page(tmp_path: Path) -> None:
    preview = print_site(tmp_path, book_site(), "compendium", preview=True)
    pdf = preview / "compendium/all.pdf"
    for page in range(1, pages_of(pdf) + 1):
        text = said_in(pdf, page)
        assert min(text.count(sign) for sign in "未审核") >= 3, page


# --- who stands in it ------------------------------------------------------------------------------


def people_of(pdf: Path) -> list[str]:
    return [name for level, name, _ in bookmarks_of(pdf) if level == 2]


def test_year_campaign_and_names_narrow_the_choice(tmp_path: Path) -> None:
    files = book_site(year=2024) | {
        "exemplars/li-na/index.md": record(year=2024, campaign="biao-bing"),
        "exemplars/wang-jie/index.md": record(name="王杰", year=2024),
        "content/campaigns/biao-bing.md": document({"title": "标兵"}),
        "content/compendia/campaign.md": document({"title": "标兵", "campaign": "biao-bing"}),
        "content/compendia/named.md": document(
            {"title": "几个人", "exemplars": ["zhao-hong", "feng", "ding-qiang"]}
        ),
    }  # fmt: skip
    public = print_site(tmp_path, files, "compendium")
    assert sorted(people_of(public / "compendium/all.pdf")) == ["李娜", "王杰"]
    assert people_of(public / "compendium/campaign.pdf") == ["李娜"]
    assert people_of(public / "compendium/named.pdf") == ["丁强", "赵𬭎"]


def test_without_a_file_there_is_a_book_of_the_latest_year(tmp_path: Path) -> None:
    files = {name: data for name, data in book_site().items() if "compendia" not in name}
    files["exemplars/li-na/index.md"] = record(year=2024)
    public = print_site(tmp_path, files, "compendium")
    assert [pdf.name for pdf in (public / "compendium").iterdir()] == ["2025.pdf"]
    pdf = public / "compendium/2025.pdf"
    assert "李娜" not in people_of(pdf) and len(people_of(pdf)) == 6
    assert info_of(pdf)["Title"].startswith("荣誉专区")
    assert "前言" not in starts(pdf)


def test_a_book_of_nobody_is_told_and_not_made(tmp_path: Path) -> None:
    site = write(tmp_path, book_site(year=1999, face="wang-jei", campaign="biao-bin"))
    built = build(site, editions=("compendium",))
    told = {problem.code: problem for problem in built.problems if not problem.is_error}
    assert {"compendium-empty", "exemplar-unknown", "campaign-unknown"} <= set(told)
    assert told["exemplar-unknown"].where.line > 1
    assert not (site / "public/compendium").exists()


def test_a_revoked_exemplar_leaves_the_book_and_every_index(tmp_path: Path) -> None:
    files = book_site()
    pdf = print_site(tmp_path, files, "compendium") / "compendium/all.pdf"
    assert "李娜" in said_in(pdf) and "冯立业" not in said_in(pdf)
    files["exemplars/li-na/index.md"] = record(status="revoked")
    print_site(tmp_path, files, "compendium")
    assert "李娜" not in said_in(pdf)
    assert [len(listed(pdf, index)) for index in INDEXES[:2]] == [6, 6]


def test_an_old_book_does_not_outlive_somebody_in_it(tmp_path: Path) -> None:
    """The new one can't be printed; the old one stays only while everybody in it may be shown."""
    files = book_site()
    pdf = print_site(tmp_path, files, "compendium") / "compendium/all.pdf"
    files["exemplars/ding-qiang/index.md"] = record("没有字体有这个字：\U0002ebe0。\n", name="丁强")
    built = build(write(tmp_path, files), editions=("compendium",))
    assert [problem.code for problem in built.problems if problem.is_error][:1] == ["print-character"]
    assert pdf.is_file()
    files["exemplars/li-na/index.md"] = record(status="revoked")
    build(write(tmp_path, files), editions=("compendium",))
    assert not pdf.exists()


# --- plates ----------------------------------------------------------------------------------------


def test_a_plate_is_the_very_jpeg(tmp_path: Path) -> None:
    data = jpeg(300, 400)
    assert as_page(data) == as_page(data)
    file = tmp_path / "plate.pdf"
    file.write_bytes(as_page(data))
    qpdf_check(file)
    assert images_of(file) == [(1, 300, 400)]
    with pikepdf.open(file) as opened:
        image = opened.pages[0].Resources.XObject.I
        assert image.read_raw_bytes() == data
        assert bytes(image.ColorSpace[1].read_bytes())[36:40] == b"acsp"
