"""The certificate: its words and where they come from, the room for the seal, what may fill a blank."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import Once
from PIL import Image as Pillow
from PIL import ImageChops
from print_case import (
    MM,
    badly_broken,
    bookmarks_of,
    boxes_for_signs,
    collisions,
    demonstration_sheets,
    info_of,
    lines_of,
    outside,
    pages_of,
    print_site,
    qpdf_check,
    render,
    said_in,
    sheets_in,
    unfit_fonts,
    words_of,
)
from site_builder import build, record, settings, site_of, write

from generator.sources.settings import parse_settings
from generator.typography import formal_date

ORGANISATION = "江城公用事业集团"
OWN = {"title": "先进典型（个人）", "date": "2026-04-28", "by": ORGANISATION}
A4_LANDSCAPE = "841.89 x 595.276 pts (A4)"
PANEL = 78


def certificates(
    folder: Path, records: dict[str, bytes], wish: dict[str, Any] | None = None, **said: Any
) -> Path:
    """The certificates of a site of these records, whose site.yaml says `said`."""
    files = site_of(**records)
    files["site.yaml"] = settings(**said)
    return print_site(folder, files, "certificate", **(wish or {})) / "certificates"


def told(folder: Path, **wording: str) -> list[Any]:
    """The problems of a site whose certificates are worded so."""
    files = site_of(li_na=record(honours=[OWN]))
    files["site.yaml"] = settings(print={"certificate": wording})
    return list(build(write(folder, files), editions=("certificate",)).problems)


# --- the demonstration's ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shown(once: Once) -> Path:
    return demonstration_sheets(once, "certificate") / "certificates"


def test_it_says_who_did_what_is_given_what_by_whom_and_when(shown: Path) -> None:
    pdf = shown / "li-na-1.pdf"
    lines = [line.text for line in lines_of(pdf)[0]]
    for line in (
        "走过一条马路。",
        "学会了等人。",
        "授予你2026年度先进典型（个人）称号，特发此证。",
        ORGANISATION,
    ):
        assert line in lines
    assert {"李", "娜", "同志"} <= {word.text for word in words_of(pdf)[0]}
    assert "二〇二六年四月二十八日" in lines
    said = said_in(pdf)
    assert "编号JC-2026-007" in said and "文号江公用党〔2026〕12号" in said
    assert "示例，人物与事迹均为虚构" in said
    assert "".join(sign for sign in said if sign in "荣誉证书")[:4] == "荣誉证书"


def test_a_team_is_addressed_as_a_team(shown: Path) -> None:
    said = said_in(shown / "jiangbei-huayanzu-1.pdf")
    assert "授予你们2026年度先进典型（集体）称号" in said
    assert "同志" not in said


def test_what_others_gave_is_theirs_to_certify(shown: Path) -> None:
    """Li Na has three honours: one of the group's, one of the city's, one of her company's."""
    assert [pdf.name for pdf in sorted(shown.glob("li-na-*"))] == ["li-na-1.pdf"]


def test_they_count_from_the_latest(shown: Path) -> None:
    assert "二〇二三年五月四日" in said_in(shown / "aiguli-maimaiti-1.pdf")
    assert "二〇二一年十月十五日" in said_in(shown / "aiguli-maimaiti-2.pdf")


def test_a_prize_stands_with_its_title(shown: Path) -> None:
    assert "授予你2021年度技术比武二等奖，特发此证。" in said_in(shown / "aiguli-maimaiti-2.pdf")


def test_every_one_is_a_sound_sheet(shown: Path) -> None:
    sheets = sheets_in(shown)
    assert len(sheets) > 30
    for pdf in sheets:
        assert pages_of(pdf) == 1
        assert info_of(pdf)["Page size"] == A4_LANDSCAPE
        assert badly_broken(pdf) == []
        assert collisions(pdf) == []
        assert outside(pdf, left=20, top=20, right=27, bottom=19) == []
    for pdf in sheets[::10]:
        qpdf_check(pdf)
        assert unfit_fonts(pdf) == []
        assert boxes_for_signs(pdf) == 0
        assert info_of(pdf)["Tagged"] == "yes"
    assert bookmarks_of(shown / "li-na-1.pdf") == [(1, "李娜", 1)]


def is_bare(pdf: Path, left: float, top: float, side: float = 45) -> bool:
    """Whether nothing is printed in a square of so many millimetres."""
    dpi = 100
    box = tuple(round(edge * dpi / 25.4) for edge in (left, top, left + side, top + side))
    part = render(pdf, dpi=dpi).crop(box)  # type: ignore[arg-type]
    return ImageChops.difference(part, Pillow.new("RGB", part.size, "#FBF8F3")).getbbox() is None


def seal_is_free(pdf: Path) -> bool:
    """Above the issuer, flush with it, 45 millimetres square are free."""
    lines = lines_of(pdf)[0]
    date = next(
        line for line in lines if line.text.startswith("二") and line.text.endswith(("年", "月", "日"))
    )
    right = [line for line in lines if abs(line.right - date.right) < 12 and 0 < date.top - line.top < 60]
    upper = min(line.top for line in right)
    return is_bare(pdf, date.right / MM - 45, upper / MM - 45.5)


def test_the_seal_has_its_room(shown: Path) -> None:
    for pdf in sheets_in(shown):
        assert seal_is_free(pdf), pdf.name


def test_the_title_is_red_and_nothing_else_of_the_award(shown: Path) -> None:
    pdf = shown / "li-na-1.pdf"
    line = next(line for line in lines_of(pdf)[0] if line.text.startswith("授予你"))
    dpi = 150
    edges = (line.left, line.top, line.right, line.bottom)
    strip = render(pdf, dpi=dpi).crop(tuple(round(edge * dpi / 72) for edge in edges))  # type: ignore[arg-type]
    red = [
        x
        for x in range(strip.width)
        for y in range(strip.height)
        if (pixel := strip.getpixel((x, y)))[0] > 140 and pixel[1] < 60
    ]
    signs = strip.width / len("授予你2026年度先进典型（个人）称号，特发此证。")
    assert min(red) > 5 * signs and max(red) < 17 * signs


# --- wording ---------------------------------------------------------------------------------------


def test_an_office_words_it_itself(tmp_path: Path) -> None:
    wording = {
        "标题": "聘书",
        "个人": "鉴于{姓名}在｛年度｝年的工作，{by}决定授予{title}{grade}。",
        "称谓": "女士",
        "落款": "{授予单位}工会",
    }
    own = {**OWN, "grade": "一等奖"}
    pdf = (
        certificates(tmp_path, {"li_na": record(honours=[own])}, print={"certificate": wording})
        / "li-na-1.pdf"
    )
    said = said_in(pdf)
    assert "鉴于李娜在2026年的工作，江城公用事业集团决定授予先进典型（个人）一等奖。" in said
    assert "女士" in said and "同志" not in said
    assert "江城公用事业集团工会" in said
    assert "荣誉证书" not in said


def test_a_prize_that_the_wording_has_no_blank_for_is_not_lost(tmp_path: Path) -> None:
    own = {**OWN, "title": "标兵", "grade": "二等奖"}
    words = {"individual": "授予{title}称号。"}
    pdf = (
        certificates(tmp_path, {"li_na": record(honours=[own])}, print={"certificate": words}) / "li-na-1.pdf"
    )
    assert "授予标兵（二等奖）称号。" in said_in(pdf)


def test_an_unknown_blank_is_told_at_its_line_with_those_there_are(tmp_path: Path) -> None:
    problems = [p for p in told(tmp_path, individual="授予{称号}。", salutation="{nmae}") if p.is_error]
    assert [problem.code for problem in problems] == ["blank-unknown", "blank-unknown"]
    text = (tmp_path / "site.yaml").read_text("utf-8").splitlines()
    assert "{称号}" in text[problems[0].where.line - 1]
    assert "{nmae}" in text[problems[1].where.line - 1]
    assert "{称号}" in problems[0].message("zh-CN")
    assert "{姓名} {名称} {等级} {年度} {授予单位}" in problems[0].hint("zh-CN")
    assert "{name} {title} {grade} {year} {by}" in problems[1].hint("en")


@pytest.mark.parametrize("wording", ["授予{title", "授予title}", "{{title}}", "授予{}"])
def test_braces_stand_in_pairs_around_a_name(tmp_path: Path, wording: str) -> None:
    assert (
        {problem.code for problem in told(tmp_path, individual=wording) if problem.is_error}
        <= {
            "blank-brace",
            "blank-unknown",
        }
        != set()
    )


def test_both_languages_of_a_blank_mean_the_same() -> None:
    said = settings(print={"certificate": {"individual": "{姓名}{ 年度 }{title}"}})
    read, problems = parse_settings(said)
    assert problems == () and read is not None
    assert read.printing.certificate.individual == "{name}{year}{title}"


def test_what_an_editor_writes_is_no_code(tmp_path: Path) -> None:
    """Neither Typst's nor a blank's: a title with braces is printed as it is."""
    own = {**OWN, "title": '#eval("1")$x$*{year}*', "number": "#panic()", "by": ""}
    pdf = (
        certificates(tmp_path, {"li_na": record(honours=[own], citation="#sys.inputs\n\\u{4e00}")})
        / "li-na-1.pdf"
    )
    said = said_in(pdf)
    assert '授予你2026年度#eval("1")$x$*{year}*称号' in said
    assert "#panic()" in said and "#sys.inputs" in said


# --- hard ones -------------------------------------------------------------------------------------

HARD: dict[str, dict[str, Any]] = {
    "long-name": {"name": "阿不都热合曼·买买提江·艾尔肯"},
    "rare-name": {"name": "𬭎㛃𠅤"},
    "team": {"name": "城东片区管网运行维护与夜间应急抢修中心第二维护班组暨青年突击队", "kind": "collective"},
    "long-line": {"one_line": "他在那里守着，" * 19 + "守到天亮。"},
    "one-clause": {"one_line": "长" * 139 + "。"},
    "nine-lines": {"citation": "\n".join(f"第{n}行写一件他做成的事，" for n in range(9))},
    "paragraph": {"citation": "你把每一个深夜都当作第一个深夜，" * 15 + "记住了。"},
    "nothing": {"one_line": None},
    "long-title": {
        "honours": [{**OWN, "title": "长期坚守基层一线和急难险重岗位默默奉献的先进典型（个人）标兵"}]
    },
    "long-document": {
        "honours": [
            {
                **OWN,
                "number": "JC-" + "2026" * 8,
                "document": "江公用党群工作部企业文化部〔2026〕第一千二百三十四号",
            }
        ]
    },
    "a-month": {"honours": [{**OWN, "date": "2026-04"}]},
    "a-year": {"honours": [{**OWN, "date": "2026"}]},
}


@pytest.fixture(scope="module")
def hard(once: Once) -> Path:
    records = {slug.replace("-", "_"): record(**({"honours": [OWN]} | facts)) for slug, facts in HARD.items()}
    return once("hard-certificates", lambda folder: certificates(folder, records)) / "public" / "certificates"


@pytest.mark.parametrize("slug", HARD)
def test_whatever_is_long_or_missing_stands_well(hard: Path, slug: str) -> None:
    pdf = hard / f"{slug}-1.pdf"
    facts = HARD[slug]
    said = said_in(pdf)
    for key in ("name", "one_line", "citation"):
        assert "".join((facts.get(key) or "").split()) in said
    for honour in facts.get("honours", ()):
        assert all(str(honour[key]) in said for key in ("title", "number", "document") if key in honour)
    assert pages_of(pdf) == 1
    assert badly_broken(pdf) == []
    assert collisions(pdf) == []
    assert outside(pdf, left=20, top=20, right=27, bottom=19) == []
    assert seal_is_free(pdf)
    assert boxes_for_signs(pdf) == 0


def test_a_long_issuer_leaves_the_seal_its_room(tmp_path: Path) -> None:
    issuer = "江城公用事业集团有限责任公司及其所属二十三个单位党群工作部企业文化部"
    folder = certificates(tmp_path, {"li_na": record(honours=[{**OWN, "by": issuer}])}, organisation=issuer)
    pdf = folder / "li-na-1.pdf"
    assert issuer in said_in(pdf)
    assert seal_is_free(pdf)
    assert badly_broken(pdf) == collisions(pdf) == []


def test_a_deed_beyond_the_sheet_is_the_one_line_or_a_problem(tmp_path: Path) -> None:
    long = "你把每一个深夜都当作第一个深夜，" * 30
    files = site_of(
        li_na=record(honours=[OWN], citation=long, one_line="她把灯留着。"),
        wang_min=record(name="王敏", honours=[OWN], citation=long, one_line=None),
    )
    site = write(tmp_path, files)
    built = build(site, editions=("certificate",))
    assert "她把灯留着。" in said_in(site / "public/certificates/li-na-1.pdf")
    assert not (site / "public/certificates/wang-min-1.pdf").exists()
    (problem,) = {problem for problem in built.problems if problem.is_error}
    assert (problem.code, problem.where.file) == ("certificate-long", "exemplars/wang-min/index.md")
    assert (
        "citation" in (tmp_path / problem.where.file).read_text("utf-8").splitlines()[problem.where.line - 1]
    )


def test_wording_beyond_the_sheet_is_a_problem(tmp_path: Path) -> None:
    problems = told(tmp_path, individual="授予{title}称号，特发此证。" * 60)
    assert {problem.code for problem in problems if problem.is_error} == {"print-overfull"}
    assert sheets_in(tmp_path / "public") == []


def test_the_year_is_that_of_the_selection(tmp_path: Path) -> None:
    """Selected for 2025, honoured in January 2026; the older honour has its own year."""
    both = [{**OWN, "date": "2026-01-20"}, {**OWN, "date": "2019-05"}]
    folder = certificates(tmp_path, {"li_na": record(honours=both, year=2025)})
    assert "授予你2025年度" in said_in(folder / "li-na-1.pdf")
    assert "授予你2019年度" in said_in(folder / "li-na-2.pdf")


def test_nobody_unapproved_is_certified_but_in_a_preview_that_says_so(tmp_path: Path) -> None:
    files = site_of(li_na=record(honours=[OWN], status="nominated"))
    site = write(tmp_path, files)
    build(site, editions=("certificate",))
    assert sheets_in(site / "public") == []
    build(site, editions=("certificate",), preview=True)
    (pdf,) = sheets_in(site / "preview")
    assert said_in(pdf).count("核") == 3  # they lie across, and are read sign by sign


def test_an_english_site_has_english_ones(tmp_path: Path) -> None:
    facts = record(
        name="Ann Lee",
        one_line="She kept the light on.",
        honours=[{"title": "Exemplar", "date": "2026-04-28"}],
    )
    pdf = (
        certificates(tmp_path, {"ann_lee": facts}, language="en", organisation="Rivertown Utilities")
        / "ann-lee-1.pdf"
    )
    said = said_in(pdf)
    assert "WeawardyouthetitleExemplarfor2026." in said
    assert "28Apr2026" in said and "同志" not in said
    assert outside(pdf, left=10, top=20, right=27, bottom=19) == []


def test_no_build_makes_them_unasked(tmp_path: Path) -> None:
    """Whoever prints certificates means to seal them."""
    site = write(tmp_path, site_of(li_na=record(honours=[OWN])))
    build(site)
    assert not (site / "public" / "certificates").exists()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-04-28", "二〇二六年四月二十八日"),
        ("2017-12-10", "二〇一七年十二月十日"),
        ("2009-10", "二〇〇九年十月"),
        ("2000", "二〇〇〇年"),
    ],
)
def test_dates_as_documents_bear_them(written: str, read: str) -> None:
    assert formal_date(written) == read
