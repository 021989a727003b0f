"""The desk card, read back: two faces of one promise, folded where the lines are, for those who made a promise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import Once
from PIL import ImageChops
from PIL.Image import Resampling
from print_case import (
    MM,
    Piece,
    badly_broken,
    bookmarks_of,
    boxes_for_signs,
    collisions,
    demonstration_sheets,
    info_of,
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
from site_builder import Files, record, settings, site_of

A4 = "595.276 x 841.89 pts (A4)"
FOLDS = (15, 114, 213)  # millimetres from the upper edge
PROMISE = {
    "promise": "每天提前二十分钟到场，车厢里外走一遍再出车。",
    "kept": "已践诺214天。",
    "post": "党员先锋岗",
}
UNIT = "江城公用事业集团有限责任公司水务分公司城东供水片区管网运行维护与夜间应急抢修中心站"
EXAMPLE = "示例，人物与事迹均为虚构"

HARD: dict[str, dict[str, Any]] = {
    "one": {"name": "王一", "pledge": {"promise": "先看，再动。"}},
    "minority": {
        "name": "阿卜杜热合曼·买买提吐尔逊·艾合麦提江",
        "unit": UNIT,
        "post": "夜间应急抢修中心第二维护班组班长兼安全员兼兼职教师",
        "pledge": {
            "promise": "夜间来电三声之内接起，人在路上每十五分钟给报修人回一次话，到场先关阀再开挖，完工先清场。",
            "post": "党员先锋岗与青年文明号联合岗",
        },
    },
    "latin": {
        "name": "Wolfeschlegelsteinhausenbergerdorff",
        "post": "ChiefTransmissionLineMaintenanceEngineer",
        "pledge": {"promise": "Answer before the third ring.", "post": "Model Post of the Night Shift"},
    },
    "much": {
        "name": "司马相如",
        "pledge": {"promise": "先看仪表，再听声音，最后问人；三样对不上，就停下来。" * 8},
    },
    "breathless": {"name": "李无点", "pledge": {"promise": "没有标点的承诺" * 30, "post": "无"}},
    "team": {
        "name": "江城公用事业集团水务有限责任公司管网抢修二分公司城东片区夜间应急抢修青年突击队",
        "kind": "collective",
        "pledge": PROMISE,
    },
}


def cards(folder: Path, files: Files, preview: bool = False, **said: Any) -> Path:
    """The desk cards of a site of these records."""
    units = [{"name": "水务集团", "units": ["营业所"]}, {"name": UNIT}]
    files = {**files, "site.yaml": settings(**{"units": units, "demonstration": True, **said})}
    return print_site(folder, files, "desk-card", preview=preview) / "desk-cards"


@pytest.fixture(scope="module")
def shown(once: Once) -> Path:
    return demonstration_sheets(once, "desk-card") / "desk-cards"


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    records = {slug: record(**given) for slug, given in HARD.items()}
    return cards(tmp_path_factory.mktemp("hard"), site_of(**records))


def face_of(pdf: Path, upper: bool = False) -> list[Piece]:
    """The words of one face."""
    top, bottom = (FOLDS[0], FOLDS[1]) if upper else (FOLDS[1], FOLDS[2])
    return [word for word in words_of(pdf)[0] if top * MM <= word.top and word.bottom <= bottom * MM]


def test_it_says_the_post_the_name_and_the_promise(shown: Path) -> None:
    words = [word.text for word in face_of(shown / "li-na.pdf")]
    for word in ("党", "员", "先", "锋", "岗", "李", "娜", "12路驾驶员", "每天提前二十分钟到场，", EXAMPLE):
        assert word in words
    assert info_of(shown / "li-na.pdf")["Title"] == "李娜　岗位牌"


def test_both_faces_say_the_same_each_the_right_way_up_when_folded(shown: Path, hard: Path) -> None:
    """The upper one is the lower one turned round."""
    for pdf in (shown / "li-na.pdf", shown / "daidian-qiangxiuban.pdf", hard / "minority.pdf"):
        dpi = 254  # 10 dots a millimetre
        page = render(pdf, dpi=dpi).convert("L")
        faces = [page.crop((0, top * 10 + 5, 2100, (top + 99) * 10 - 5)) for top in FOLDS[:2]]
        small = [face.resize((210, 98), Resampling.BOX) for face in (faces[0].rotate(180), faces[1])]
        worst = ImageChops.difference(*small).getextrema()[1]
        assert worst < 48, (pdf.name, worst)


def test_who_has_made_no_promise_has_no_card(shown: Path) -> None:
    made = {"li-na", "han-ping", "luo-guodong", "ma-guilan", "shen-zhaolin", "tang-xuemei", "wang-jie"}
    assert {pdf.stem for pdf in sheets_in(shown)} == {*made, "chen-shuigen", "daidian-qiangxiuban"}


def test_every_one_is_a_sound_sheet(shown: Path, hard: Path) -> None:
    for pdf in (*sheets_in(shown), *sheets_in(hard)):
        assert pages_of(pdf) == 1
        assert info_of(pdf)["Page size"] == A4
        assert badly_broken(pdf) == []
        assert collisions(pdf) == []
        assert outside(pdf, left=16, right=16, top=4, bottom=8) == []
        assert said_in(pdf).count(EXAMPLE) == 2, pdf.name
        assert unfit_fonts(pdf) == []
        assert boxes_for_signs(pdf) == 0
    qpdf_check(shown / "li-na.pdf")


def test_nothing_stands_in_a_fold(shown: Path, hard: Path) -> None:
    for pdf in (*sheets_in(shown), *sheets_in(hard)):
        for fold in FOLDS:
            upper, lower = (fold - 4) * MM, (fold + 4) * MM
            assert [word for word in words_of(pdf)[0] if word.top < lower and word.bottom > upper] == [], (
                pdf.name
            )


def test_folds_and_glue_are_told_outside_the_faces(shown: Path) -> None:
    words = {word.text: word for word in words_of(shown / "li-na.pdf")[0]}
    assert words["粘"].bottom < FOLDS[0] * MM
    assert words["折"].top > FOLDS[2] * MM
    page = render(shown / "li-na.pdf", dpi=254).convert("L")
    for fold in FOLDS:
        line = [page.getpixel((x, fold * 10 + dy)) for x in range(page.width) for dy in (-1, 0, 1)]
        dark = sum(grey < 235 for grey in line) / 3 / page.width
        assert 0.15 < dark < 0.95, fold  # dashes


def test_a_promise_stands_whole(hard: Path) -> None:
    for slug, given in HARD.items():
        said = said_in(hard / f"{slug}.pdf")
        promise = "".join(given["pledge"]["promise"].split())
        assert said.replace("\u00ad", "").count(promise) >= 1, slug


def test_nobody_is_called_a_party_member_unless_the_record_says_so(hard: Path) -> None:
    said = said_in(hard / "one.pdf")
    assert "党" not in said
    assert {"岗", "位", "承", "诺"} <= set(said)  # the card's own word for a post without one


def test_it_is_one_heading_for_who_reads_by_ear(shown: Path) -> None:
    assert bookmarks_of(shown / "li-na.pdf") == [(1, "李娜", 1)]


def test_who_is_revoked_has_no_card_at_the_next_build(tmp_path: Path) -> None:
    files = site_of(li_na=record(pledge=PROMISE), wang_min=record(name="王敏", pledge=PROMISE))
    assert [pdf.stem for pdf in sheets_in(cards(tmp_path, files))] == ["li-na", "wang-min"]
    files["exemplars/li-na/index.md"] = record(pledge=PROMISE, status="revoked")
    assert [pdf.stem for pdf in sheets_in(cards(tmp_path, files))] == ["wang-min"]


def test_a_preview_says_so_and_a_real_site_is_no_example(tmp_path: Path) -> None:
    files = site_of(li_na=record(pledge=PROMISE, status="cultivating"))
    said = said_in(cards(tmp_path, files, preview=True, demonstration=False) / "li-na.pdf")
    assert min(said.count(sign) for sign in "未审核") >= 3
    assert "示例" not in said
