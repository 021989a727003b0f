"""The board of pledges, read back: whom a unit's board gathers, how many stand on a page, the gate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import Once
from print_case import (
    MM,
    badly_broken,
    boxes_for_signs,
    collisions,
    demonstration_sheets,
    images_of,
    info_of,
    outside,
    pages_of,
    print_site,
    qpdf_check,
    said_in,
    sheets_in,
    told_in,
    unfit_fonts,
    words_of,
)
from site_builder import Files, jpeg, record, settings, site_of

A3_ACROSS = "1190.55 x 841.89 pts (A3)"
PROMISE = {
    "promise": "每天提前二十分钟到场，车厢里外走一遍再出车。",
    "kept": "2026年已践诺214天。",
    "post": "党员先锋岗",
}
UNITS = [
    {
        "name": "水务集团",
        "key": "shuiwu",
        "units": [{"name": "营业所", "key": "ying"}, {"name": "抢修班", "key": "qiang"}],
    },
    {"name": "公交集团", "key": "gongjiao", "units": [{"name": "一队", "key": "yidui"}]},
]
EXAMPLE = "示例，人物与事迹均为虚构"


def boards(folder: Path, files: Files, preview: bool = False, **said: Any) -> Path:
    """The pledge boards of a site of these records."""
    files = {**files, "site.yaml": settings(**{"units": UNITS, "demonstration": True, **said})}
    return print_site(folder, files, "pledge-board", preview=preview) / "pledge-boards"


def pledged(name: str, unit: str, **more: Any) -> bytes:
    return record(name=name, unit=unit, **{"pledge": PROMISE, **more})


@pytest.fixture(scope="module")
def shown(once: Once) -> Path:
    return demonstration_sheets(once, "pledge-board") / "pledge-boards"


def test_a_unit_has_a_board_of_its_own_and_those_below_it(shown: Path) -> None:
    assert {pdf.stem for pdf in sheets_in(shown)} == {
        "shuiwu", "shuiwu-qiangxiu-2", "shuiwu-jiangbei", "gongjiao-yebanxianludui", "paishui",
        "paishui-chengdongwushuichang", "reli-hexihuanrezhan", "ludeng-daidianqiangxiuban", "yuanlin-fatongluban",
        "kefu-rexianyizu",
    }  # fmt: skip
    said = said_in(shown / "paishui.pdf")
    assert "沈兆林" in said and "罗国栋" in said and "城东污水厂" in said
    assert "沈兆林" not in said_in(shown / "paishui-chengdongwushuichang.pdf")


def test_it_says_who_promised_what_and_what_was_kept(shown: Path) -> None:
    said = said_in(shown / "shuiwu.pdf")
    for words in (
        "陈水根",
        "党员先锋岗",
        "管网抢修二班",
        "夜间来电三声之内接起，人在路上每十五分钟给报修人回一次话。",
        "践诺",
        "2026年一季度班组夜间来电四十一个，全部三声之内接起。",
        "每次调压不超过0.005兆帕，调之前先给泵房打电话。",
        "青年安全生产示范岗",
        EXAMPLE,
    ):
        assert words in said, words
    assert {"韩", "平"} <= {word.text for word in words_of(shown / "shuiwu.pdf")[0]}  # set to three
    assert "".join(sign for sign in said if sign in "承诺践公开栏").startswith("承诺践诺公开栏")
    assert info_of(shown / "shuiwu.pdf")["Title"] == "水务集团　承诺践诺公开栏"


def test_every_one_is_a_sound_sheet(shown: Path) -> None:
    for pdf in sheets_in(shown):
        assert pages_of(pdf) == 1
        assert info_of(pdf)["Page size"] == A3_ACROSS
        assert badly_broken(pdf) == []
        assert collisions(pdf) == []
        assert outside(pdf, left=24, right=24, bottom=9) == []
        assert unfit_fonts(pdf) == []
        assert boxes_for_signs(pdf) == 0
        assert EXAMPLE in said_in(pdf)
        assert images_of(pdf)
    qpdf_check(shown / "shuiwu.pdf")


def test_many_are_dealt_over_pages_evenly_and_each_page_says_which(tmp_path: Path) -> None:
    names = [f"李建{sign}" for sign in "一二三四五六七八九"]
    files = site_of(**{f"p{n}": pledged(name, "水务集团/抢修班") for n, name in enumerate(names)})
    pdf = boards(tmp_path, files) / "shuiwu-qiang.pdf"
    assert pages_of(pdf) == 3
    for page in (1, 2, 3):
        said = said_in(pdf, page)
        assert sum(name in said for name in names) == 3
        assert f"第{page}张，共3张" in said
        assert EXAMPLE in said
    assert all(name in said_in(pdf) for name in names)
    assert outside(pdf, left=24, right=24, bottom=9) == []


def test_a_site_without_units_has_one_board(tmp_path: Path) -> None:
    files = site_of(li_na=pledged("李娜", "营业所"), wang_min=pledged("王敏", "抢修班"))
    folder = boards(tmp_path, files, units=None)
    assert [pdf.stem for pdf in sheets_in(folder)] == ["all"]
    said = said_in(folder / "all.pdf")
    assert "江城公用事业集团" in said and "营业所" in said and "抢修班" in said


HARD: dict[str, dict[str, Any]] = {
    "minority": {
        "name": "阿卜杜热合曼·买买提吐尔逊·艾合麦提江",
        "pledge": {**PROMISE, "post": "党员先锋岗与青年文明号联合岗"},
    },
    "latin": {
        "name": "Wolfeschlegelsteinhausenbergerdorff",
        "post": "ChiefTransmissionLineMaintenanceEngineer",
        "pledge": {"promise": "Answer before the third ring.", "post": "Model Post of the Night Shift"},
    },
    "much": {
        "name": "司马相如",
        "pledge": {
            "promise": "先看仪表，再听声音，最后问人；三样对不上，就停下来。" * 10,
            "kept": "接听夜间报修电话四千一百二十七个，没有一个响过三声。" * 5,
        },
    },
    "breathless": {"name": "李无点", "pledge": {"promise": "没有标点的承诺" * 30}},
    "short": {"name": "王一", "pledge": {"promise": "先看。"}},
    "team": {
        "name": "江城公用事业集团水务有限责任公司管网抢修二分公司城东片区夜间应急抢修青年突击队",
        "kind": "collective",
        "photo": {"file": "photo.jpg", "alt": "合影"},
        "pledge": PROMISE,
    },
}


def test_hard_records_stay_on_their_sheet_together_and_alone(tmp_path: Path) -> None:
    files = site_of(**{slug: record(unit="水务集团/抢修班", **given) for slug, given in HARD.items()})
    units = [{"name": given["name"], "key": slug} for slug, given in HARD.items()]
    alone = {f"{slug}_alone": record(**given | {"unit": given["name"]}) for slug, given in HARD.items()}
    files |= site_of(**alone)
    for slug in ("team", "team-alone"):
        files[f"exemplars/{slug}/photo.jpg"] = jpeg(1600, 1000)
    folder = boards(tmp_path, files, units=[*UNITS, *units])
    assert len(sheets_in(folder)) == 1 + len(HARD)
    for pdf in sheets_in(folder):
        assert badly_broken(pdf) == []
        assert collisions(pdf) == []
        assert outside(pdf, left=23, right=23, bottom=9) == []
        for words in words_of(pdf):
            assert (
                max(word.bottom for word in words if word.height > 11.5 or word.left > 200 * MM) < 277 * MM
            ), pdf.name
    together = told_in(folder / "shuiwu-qiang.pdf", 297)
    for slug, given in HARD.items():
        promise = "".join(given["pledge"]["promise"].split())
        assert promise in together, slug
        assert promise in told_in(folder / f"{slug}.pdf", 297), slug
        assert given["name"].replace("·", "") in together.replace("·", "").replace("\u00ad", ""), slug


def test_who_is_revoked_leaves_the_board_at_the_next_build(tmp_path: Path) -> None:
    files = site_of(
        li_na=pledged("李娜娜", "水务集团/营业所"),
        wang_min=pledged("王敏敏", "水务集团/抢修班"),
        zhao_li=pledged("赵立立", "水务集团/抢修班"),
    )
    folder = boards(tmp_path, files)
    assert {pdf.stem for pdf in sheets_in(folder)} == {"shuiwu", "shuiwu-ying", "shuiwu-qiang"}
    files["exemplars/wang-min/index.md"] = pledged("王敏敏", "水务集团/抢修班", status="revoked")
    boards(tmp_path, files)
    assert "王敏敏" not in said_in(folder / "shuiwu.pdf") + said_in(folder / "shuiwu-qiang.pdf")
    assert "赵立立" in said_in(folder / "shuiwu.pdf")
    files["exemplars/zhao-li/index.md"] = pledged("赵立立", "水务集团/抢修班", status="suspended")
    boards(tmp_path, files)
    assert {pdf.stem for pdf in sheets_in(folder)} == {"shuiwu-ying"}


def test_a_preview_says_so_on_every_page_and_a_real_site_is_no_example(tmp_path: Path) -> None:
    files = site_of(
        **{f"p{n}": pledged(f"李建{n}", "水务集团/抢修班", status="cultivating") for n in range(6)}
    )
    pdf = boards(tmp_path, files, preview=True, demonstration=False) / "shuiwu-qiang.pdf"
    for page in range(1, pages_of(pdf) + 1):
        said = said_in(pdf, page)
        assert min(said.count(sign) for sign in "未审核") >= 3
        assert "示例" not in said
