"""The bulletin, read back: the demonstration's, and hard ones of every kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from conftest import Once
from PIL import Image, ImageChops
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
    told_in,
    unfit_fonts,
    words_of,
)
from published_case import SHOWN, letters, paragraphs, records
from site_builder import Files, document, jpeg, record, settings, site_of

A4 = (0.0, 0.0, 595.28, 841.89)
TEXT_ENDS = 265 * MM
FOOT_BEGINS = 270 * MM
EXAMPLE = "示例，人物与事迹均为虚构"

# --- hard records ----------------------------------------------------------------------------------

UNIT = "江城公用事业集团水务有限责任公司管网抢修二分公司城东片区夜间应急抢修青年突击队班"
GREEN = "#00a040"
PHOTO = {"file": "photo.jpg", "alt": "正面"}
TABLE = "\n\n| 年份 | 次数 | 说明 |\n|---|---:|---|\n" + "".join(
    f"| {2015 + n}年 | {n * 7} | 挖到图上没有的管线，补进图里{n}处 |\n" for n in range(8)
)


def honours(count: int) -> list[dict[str, str]]:
    return [
        {
            "title": f"第{n}届全市公用事业系统先进个人",
            "level": "市级",
            "grade": "一等奖",
            "date": f"{2025 - n}-05-10",
        }
        for n in range(count)
    ]


def voices(*lengths: int) -> list[dict[str, Any]]:
    return [
        {"quote": squeezed(prose(length, seed)), "by": "赵启明", "relation": "同事", "consent": True}
        for seed, length in enumerate(lengths)
    ]


def hard_records() -> Iterator[tuple[str, dict[str, Any], str, dict[str, bytes]]]:
    """Slug, changes of the record, deeds, pictures."""
    upright = {"photo.jpg": jpeg(900, 1200)}
    yield "two-signs", {"name": "李娜", "honours": [], "photo": PHOTO}, prose(300, 1), upright
    yield "twelve-signs", {
        "name": "阿卜杜热合曼·买买提吐尔逊", "unit": f"水务集团/{UNIT}", "honours": honours(12), "photo": PHOTO,
        "post": "夜间应急抢修中心第二维护班组班长兼安全员", "one_line": squeezed(prose(139, 3)),
        "testimonials": voices(60, 90, 120), "remarks": squeezed(prose(120, 9)),
    }, prose(1500, 2, 4), upright  # fmt: skip
    yield "no-photo", {"name": "𠮷䶮"}, prose(1500, 5), {}
    yield "short-no-photo", {"name": "𬭎㛃𠅤", "honours": honours(1)}, prose(300, 6), {}
    team = {"name": "城东片区夜间应急抢修青年突击队", "kind": "collective", "photo": PHOTO}
    yield "across", team, prose(800, 4, 3), {"photo.jpg": jpeg(1600, 900)}
    yield "table", {"honours": honours(4)}, prose(500, 7, 2) + TABLE + "\n" + prose(300, 8), {}
    story = "".join(f"{prose(150, n, int(n % 3 == 0))}\n![图](p{n}.jpg)\n\n" for n in range(8))
    told = [{"file": f"p{n}.jpg", "alt": "图", "caption": f"第{n}张，井盖打开的样子。"} for n in range(8)]
    pictures = {f"p{n}.jpg": jpeg(1200, 800, f"#{n * 25:02x}8866") for n in range(8)}
    yield "eight-pictures", {"photo": PHOTO, "pictures": told}, story, upright | pictures
    tall = {"tall.jpg": jpeg(500, 2400, GREEN), "wide.jpg": jpeg(2400, 300, GREEN)}
    yield "odd-pictures", {}, prose(400, 3) + "\n![高](tall.jpg)\n\n![宽](wide.jpg)\n\n" + prose(200, 4), tall
    yield (
        "long-voice",
        {"testimonials": voices(900), "remarks": squeezed(prose(600, 11))},
        prose(600, 12, 2),
        {},
    )
    yield "many-honours", {"honours": honours(40)}, prose(700, 13, 2), {}
    yield "latin", {
        "name": "Wolfeschlegelsteinhausenbergerdorff", "post": "ChiefTransmissionLineMaintenanceEngineer",
        "one_line": "He answered the telephone before it rang in the night, and nobody knows how.",
    }, "## Telephone\n\nHe answered.\n", {}  # fmt: skip
    marks = "- 一\n- 二\n  1. 三\n\n> 引一句话。\n\n**粗**和*楷*，`x = 1`[^1]。\n\n---\n\n[^1]: 注一条。\n"
    yield "marks", {}, prose(200, 14, 1) + "\n" + marks, {}
    yield "one-word", {"one_line": "好。"}, "好。\n", {}


HARD = {slug: (changes, body, files) for slug, changes, body, files in hard_records()}


def hard_site() -> Files:
    units = [{"name": "水务集团", "units": [UNIT, "营业所"]}, {"name": "公交集团", "staff": 900}]
    files = {"site.yaml": settings(units=units)}
    for slug, (changes, body, pictures) in HARD.items():
        files[f"exemplars/{slug}/index.md"] = record(body, **changes)
        files |= {f"exemplars/{slug}/{name}": data for name, data in pictures.items()}
    return files


@pytest.fixture(scope="module")
def hard(once: Once) -> Path:
    """The bulletins of hard records."""
    return once("bulletin-hard", lambda folder: print_site(folder, hard_site())) / "public"


@pytest.fixture(scope="module")
def demo(once: Once) -> Path:
    """The bulletins of the demonstration."""
    return demonstration_sheets(once, "bulletin")


@pytest.fixture(params=["demo", "hard"])
def bulletins(request: pytest.FixtureRequest) -> list[Path]:
    """Every bulletin of a site; what is asked of one is asked of all."""
    return sheets_in(request.getfixturevalue(request.param) / "bulletins")


@pytest.fixture(params=["demo", "hard"])
def singles(request: pytest.FixtureRequest) -> list[Path]:
    """The bulletins of one exemplar each."""
    return sorted((request.getfixturevalue(request.param) / "bulletins").glob("*.pdf"))


def name_of(pdf: Path) -> str:
    if pdf.stem in HARD:
        return str(HARD[pdf.stem][0].get("name", "李娜"))
    return records()[pdf.stem].name


# --- the file --------------------------------------------------------------------------------------


def test_everybody_has_a_bulletin(demo: Path, hard: Path) -> None:
    assert {pdf.stem for pdf in (demo / "bulletins").glob("*.pdf")} == {exemplar.slug for exemplar in SHOWN}
    assert {pdf.stem for pdf in sheets_in(hard)} == set(HARD)


def test_a_print_shop_can_take_it(bulletins: list[Path]) -> None:
    for pdf in bulletins:
        assert unfit_fonts(pdf) == []
        assert boxes_for_signs(pdf) == 0, pdf
    for pdf in bulletins[::3]:
        qpdf_check(pdf)
        assert {boxes_of(pdf, page)["MediaBox"] for page in range(1, pages_of(pdf) + 1)} == {A4}


def test_it_is_tagged_titled_and_says_its_language(singles: list[Path]) -> None:
    for pdf in singles:
        told = info_of(pdf)
        assert told["Tagged"] == "yes"
        assert name_of(pdf) in told["Title"] and told["Title"].startswith("荣誉简报")
        assert told["Author"].startswith("江城公用事业集团")
        with pikepdf.open(pdf) as opened:
            assert str(opened.Root.Lang).lower().startswith("zh")
        assert bookmarks_of(pdf)[0] == (1, name_of(pdf), 1)


def test_a_phone_reads_the_permanent_address(singles: list[Path]) -> None:
    for pdf in singles:
        base = "https://honour.example.cn/" if pdf.stem in HARD else "https://honour.jcgy.example/"
        assert decode_qr(pdf, dpi=120) == [f"{base}exemplars/{pdf.stem}/"]


# --- the words -------------------------------------------------------------------------------------


def test_names_and_sentences_are_found_whole(demo: Path) -> None:
    for exemplar in SHOWN:
        said = said_in(demo / "bulletins" / f"{exemplar.slug}.pdf")
        assert squeezed(exemplar.name) in said
        assert squeezed(exemplar.one_line) in said
        assert paragraphs(exemplar)[1].split("。")[0] in said, exemplar.slug


@pytest.mark.parametrize("slug", sorted(HARD))
def test_every_name_and_line_is_printed_whole(hard: Path, slug: str) -> None:
    changes = HARD[slug][0]
    said = said_in(hard / "bulletins" / f"{slug}.pdf")
    assert squeezed(name_of(Path(slug))) in said
    assert squeezed(changes.get("one_line", "她把窗口的灯留到最后一个人。")) in said
    for unit in changes.get("unit", "水务集团/营业所").split("/"):
        assert unit in said
    told = told_in(hard / "bulletins" / f"{slug}.pdf", 268)
    for honour in changes.get("honours", [{"title": "先进典型"}]):
        assert honour["title"] + honour.get("grade", "") in told


@pytest.mark.parametrize("sign", "𬭎㛃䶮𠅤𠮷")
def test_rare_signs_of_names_are_printed_and_found(hard: Path, sign: str) -> None:
    pdf = hard / "bulletins" / ("no-photo.pdf" if sign in "𠮷䶮" else "short-no-photo.pdf")
    assert sign in text_of(pdf)
    assert sign in info_of(pdf)["Title"]
    assert boxes_for_signs(pdf) == 0


def test_a_name_is_found_in_one_piece(singles: list[Path]) -> None:
    """Set to three (李　娜) or over two lines, a search for 李娜 would not find it: it stands in the foot too."""
    for pdf in singles:
        name = name_of(pdf)
        assert len(name) > 12 or name in text_of(pdf), pdf.stem


def test_no_sign_becomes_a_radical(bulletins: list[Path]) -> None:
    for pdf in bulletins:
        assert RADICALS.findall(text_of(pdf)) == []


def test_every_sentence_of_hard_deeds_is_there(hard: Path) -> None:
    for slug, (changes, body, _) in HARD.items():
        told = letters(told_in(hard / "bulletins" / f"{slug}.pdf", 268))
        said = [*(voice["quote"] for voice in changes.get("testimonials", ())), changes.get("remarks", "")]
        plain = re.sub(r"!\[.*?\)|\[\^1\]:?", "\n", body)
        for text in [*plain.splitlines(), *said]:
            assert letters(re.sub(r"^[#>-]+|^ *\d\.", "", text)) in told, (slug, text)


# --- the setting -----------------------------------------------------------------------------------


def test_no_line_begins_with_a_mark_that_ends_something(bulletins: list[Path]) -> None:
    assert [line for pdf in bulletins for line in badly_broken(pdf)] == []


def test_nothing_stands_in_the_margins(bulletins: list[Path]) -> None:
    assert [word for pdf in bulletins for word in outside(pdf, left=28, right=28, top=25.5, bottom=6.5)] == []


def test_nothing_stands_on_anything(bulletins: list[Path]) -> None:
    assert [pair for pdf in bulletins for pair in collisions(pdf)] == []


def test_text_ends_above_the_foot(bulletins: list[Path]) -> None:
    for pdf in bulletins:
        for words in words_of(pdf):
            assert [word for word in words if word.top < FOOT_BEGINS and word.bottom > TEXT_ENDS + 1] == [], (
                pdf
            )


def columns(lines: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The lines of the text in two columns, by the middle of the page; the foot is left out."""
    text = [line for line in lines if line.bottom < FOOT_BEGINS]
    middle = A4[2] / 2
    return [line for line in text if line.left < middle - 5], [
        line for line in text if line.left >= middle - 5
    ]


def test_a_heading_never_ends_a_column(singles: list[Path]) -> None:
    for pdf in singles:
        body = HARD[pdf.stem][1] if pdf.stem in HARD else records()[pdf.stem].markdown
        titles = {squeezed(title) for title in re.findall(r"(?m)^##+ (.*)", body)}
        found = 0
        for lines in lines_of(pdf):
            for column in columns(lines):
                for at, line in enumerate(column):
                    if line.text in titles:
                        found += 1
                        assert column[at + 1].top < line.bottom + 8 * MM, (pdf.stem, line.text)
        assert found >= len(titles)


def paragraphs_only(slug: str) -> bool:
    """Whether a hard record has nothing but text in its columns."""
    changes, body, _ = HARD[slug]
    few = len(changes.get("honours", [1])) <= 3
    return few and not ("remarks" in changes or "testimonials" in changes or re.search(r"[|!>-]", body))


def test_the_last_columns_end_together(hard: Path) -> None:
    checked = 0
    for slug in filter(paragraphs_only, HARD):
        left, right = columns(lines_of(hard / "bulletins" / f"{slug}.pdf")[-1])
        if len(left) > 4 and len(right) > 4:
            checked += 1
            assert abs(left[-1].bottom - right[-1].bottom) < 2.5 * 6.3 * MM, slug
    assert checked >= 3


def test_no_page_is_empty(bulletins: list[Path]) -> None:
    for pdf in bulletins:
        for number, words in enumerate(words_of(pdf), 1):
            assert any(word.top < FOOT_BEGINS - 5 for word in words), (pdf.stem, number)


def test_a_page_is_not_wasted_on_little(demo: Path) -> None:
    """No bulletin of the demonstration takes a page for its last few lines."""
    for pdf in sheets_in(demo / "bulletins"):
        left, _ = columns(lines_of(pdf)[-1])
        assert pages_of(pdf) == 1 or len(left) > 3, pdf.stem


# --- pictures --------------------------------------------------------------------------------------


def test_pictures_are_printed_at_the_size_that_print_needs(hard: Path) -> None:
    assert len(images_of(hard / "bulletins/eight-pictures.pdf")) == 9
    assert images_of(hard / "bulletins/no-photo.pdf") == []
    portrait = images_of(hard / "bulletins/two-signs.pdf")[0]
    assert portrait == (1, 900, 1200)  # 60 mm at 300 dpi are 709 pixels; never scaled up
    across = images_of(hard / "bulletins/across.pdf")[0]
    assert across[1] / across[2] == pytest.approx(3 / 4, abs=0.01)


def test_an_odd_picture_stands_whole_on_a_page(hard: Path) -> None:
    """One of 1 : 5 is narrower than its column, so that it isn't higher than a page."""
    pdf = hard / "bulletins/odd-pictures.pdf"
    assert sorted(size for _, *size in images_of(pdf)) == [[500, 2400], [960, 120]]
    drawn = [green_box(render(pdf, page, 72)) for page in range(1, pages_of(pdf) + 1)]
    (box,) = filter(None, drawn)
    assert box[0] > 27 * MM and box[1] > 25 * MM and box[2] < 183 * MM and box[3] < TEXT_ENDS
    assert box[3] - box[1] == pytest.approx(100 * MM, abs=3)


def green_box(page: Image.Image) -> tuple[int, int, int, int] | None:
    """Where the pictures stand, in points."""
    red, green, _ = page.split()
    is_green = ImageChops.multiply(
        red.point(lambda v: 255 * (v < 20)), green.point(lambda v: 255 * (150 < v < 170))
    )
    return is_green.getbbox()


# --- marks on every page ---------------------------------------------------------------------------


def test_the_demonstration_says_so_on_every_page(demo: Path, hard: Path) -> None:
    for pdf in sheets_in(demo / "bulletins"):
        for page in range(1, pages_of(pdf) + 1):
            assert EXAMPLE in said_in(pdf, page), (pdf.stem, page)
    for pdf in sheets_in(hard / "bulletins"):
        assert "示例" not in text_of(pdf)


def test_a_preview_says_so_across_every_page(tmp_path: Path) -> None:
    files = site_of(
        li_na=record(prose(1500, 5), status="nominated"), wang_jie=record("一句话。\n", name="王杰")
    )
    public = print_site(tmp_path, files)
    assert [pdf.stem for pdf in sheets_in(public)] == ["wang-jie"]
    plain = public / "bulletins/wang-jie.pdf"
    preview = print_site(tmp_path, files, preview=True)
    for pdf in sheets_in(preview):
        for page in range(1, pages_of(pdf) + 1):
            text = said_in(pdf, page)
            assert min(text.count(sign) for sign in "未审核") >= 3, (pdf.stem, page)
    assert pages_of(preview / "bulletins/li-na.pdf") == 2
    assert "未审核" not in said_in(plain)
    marked, clean = (render(pdf, 1, 30) for pdf in (preview / "bulletins/wang-jie.pdf", plain))
    tinted = sum(
        marked.getpixel((x, y)) != clean.getpixel((x, y))
        for x in range(clean.width)
        for y in range(clean.height)
    )
    assert tinted > 0.01 * clean.width * clean.height


# --- issues ----------------------------------------------------------------------------------------

NOTE = "这一期登两个上夜班的人。\n\n他们**互相**不认识。\n"
CIRCULATION = {
    "report": "集团党委",
    "send": "集团各部室",
    "issue": "所属各单位",
    "copies": 200,
    "contact": "党群工作部 8120",
}


def issue_site(**changes: Any) -> Files:
    files = site_of(
        li_na=record(prose(400, 1, 2)),
        wang_jie=record(prose(700, 2, 2), name="王杰"),
        zhao=record(prose(300, 3), name="赵𬭎", status="revoked"),
    )
    issue = {
        "date": "2026-02-27",
        "number": 3,
        "total": 118,
        "title": "夜班里的人",
        "exemplars": ["wang-jie", "zhao", "li-na"],
    }
    return files | {
        "site.yaml": settings(print={"masthead": "江城榜样", **CIRCULATION}),
        "content/bulletins/2026-03.md": document(issue | changes, NOTE),
        "content/bulletins/2026-02.md": document({"date": "2026-01-27", "number": 2, "exemplars": ["li-na"]}),
        "content/bulletins/2026-01.md": document({"date": "2026-01-03", "number": 1, "exemplars": ["zhao"]}),
    }  # fmt: skip


@pytest.fixture(scope="module")
def issues(once: Once) -> Path:
    return once("bulletin-issues", lambda folder: print_site(folder, issue_site())) / "public/bulletins"


def test_an_issue_shows_its_people_in_their_order(issues: Path) -> None:
    pdf = issues / "issues/2026-03.pdf"
    named = [(title, page) for level, title, page in bookmarks_of(pdf) if level == 1]
    assert [name for name, _ in named] == ["王杰", "李娜"]
    assert named[0][1] == 1 and named[1][1] > 1
    base = "https://honour.example.cn/exemplars/"
    codes = [code for page in range(1, pages_of(pdf) + 1) for code in decode_qr(pdf, page)]
    assert codes == [f"{base}wang-jie/", f"{base}li-na/"]


def test_an_issue_bears_its_number_note_and_circulation(issues: Path) -> None:
    pdf = issues / "issues/2026-03.pdf"
    said = said_in(pdf)
    for words in (
        "2026年第3期（总第118期）",
        "2026年2月27日",
        "夜班里的人",
        "按语",
        "这一期登两个上夜班的人。",
        "他们互相不认识。",
    ):
        assert words in said, words
    assert said.startswith("江城榜样") or all(sign in said_in(pdf, 1)[:40] for sign in "江城榜样")
    assert info_of(pdf)["Title"] == "江城榜样　2026年第3期（总第118期）　王杰、李娜"
    last = said_in(pdf, pages_of(pdf))
    for words in ("报：", "集团党委", "送：", "集团各部室", "发：", "所属各单位", "共印200份"):
        assert words in last, words
        assert words not in said_in(pdf, 1) or pages_of(pdf) == 1
    assert "党群工作部8120" in said_in(pdf, 1)
    assert badly_broken(pdf) + collisions(pdf) + outside(pdf, 28, 25.5, 28, 6.5) == []
    qpdf_check(pdf)


def test_who_is_hidden_is_in_no_issue(issues: Path) -> None:
    assert {pdf.stem for pdf in sheets_in(issues / "issues")} == {"2026-03", "2026-02"}
    for pdf in sheets_in(issues):
        assert "𬭎" not in text_of(pdf) + info_of(pdf)["Title"]


def test_a_bulletin_bears_the_number_of_the_latest_issue(issues: Path) -> None:
    assert "2026年第3期（总第118期）" in said_in(issues / "li-na.pdf")
    assert "2026年2月27日" in said_in(issues / "wang-jie.pdf")


def test_an_issue_of_many_is_set_like_one_of_few(tmp_path: Path) -> None:
    """Five people of all lengths: each begins a page, none of them is lost, every page is in order."""
    slugs = [f"p-{n}" for n in range(5)]
    files = {
        f"exemplars/{slug}/index.md": record(
            prose(100 + 350 * n, n, n % 4), name=f"第{n}人", testimonials=voices(50)
        )
        for n, slug in enumerate(slugs)
    }
    issue = document({"date": "2026-02-27", "number": 3, "exemplars": slugs[::-1]}, prose(400, 3))
    files |= {"site.yaml": settings(print=CIRCULATION), "content/bulletins/all.md": issue}
    pdf = print_site(tmp_path, files) / "bulletins/issues/all.pdf"
    named = [(title, page) for level, title, page in bookmarks_of(pdf) if level == 1]
    assert [name for name, _ in named] == [f"第{n}人" for n in reversed(range(5))]
    assert len({page for _, page in named}) == 5
    assert all(min(word.top for word in words) < 30 * MM for words in words_of(pdf))
    assert badly_broken(pdf) + collisions(pdf) + outside(pdf, 28, 25.5, 28, 6.5) == []
    told = letters(told_in(pdf, 268))
    for n, slug in enumerate(slugs):
        body = files[f"exemplars/{slug}/index.md"].decode().split("---\n")[2]
        assert all(letters(line) in told for line in body.splitlines()), n


# --- what it depends on ----------------------------------------------------------------------------


def test_the_day_of_the_build_is_not_in_it(tmp_path: Path) -> None:
    files = site_of(li_na=record())
    first = (print_site(tmp_path, files) / "bulletins/li-na.pdf").read_bytes()
    later = (print_site(tmp_path, files, day=date(2026, 9, 1)) / "bulletins/li-na.pdf").read_bytes()
    assert first == later


def test_an_english_site_has_english_words(tmp_path: Path) -> None:
    files = site_of(
        li_na=record("## Night\n\nShe kept the light on.\n", name="Li Na", one_line="She stayed.")
    )
    files["site.yaml"] = settings(language="en", print=CIRCULATION)
    pdf = print_site(tmp_path, files) / "bulletins/li-na.pdf"
    text = text_of(pdf)
    assert (
        "Li Na" in text and "She kept the light on." in text and "honour.example.cn/exemplars/li-na" in text
    )
    assert not re.search("[简报扫码读]", text)
    assert collisions(pdf) + outside(pdf, 28, 25.5, 28, 6.5) == []
