"""The team-room sheet, read back: what there is to learn, hard records, sparse records, the gate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Once
from print_case import (
    MM,
    NEVER_FIRST,
    Piece,
    badly_broken,
    boxes_for_signs,
    collisions,
    decode_qr,
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
from site_builder import Files, build, jpeg, record, settings, site_of, write

A4 = "595.276 x 841.89 pts (A4)"
PHOTO = {"file": "photo.jpg", "alt": "正面"}
UNIT = "江城公用事业集团有限责任公司水务分公司城东供水片区管网运行维护与夜间应急抢修中心站"
SENTENCE = "先看仪表，再听声音，最后问人；三样对不上，就停下来。"
LONG = (
    "在城东片区从事供水管网运行维护和夜间应急抢修工作三十一年零四个月，累计处理大小漏点一万二千七百六十三处，"
    "接听夜间报修电话四千一百二十七个，没有一个响过三声，没有一处返工超过两次，没有一位用户因为停水投诉过他所在的班组，"
    "也没有一次忘记把井盖盖好再走。"
)
SMALL = ("江城公用事业集团", "示例，人物与事迹均为虚构")  # the imprint; all else is read from a metre away


def learn(count: int, sentences: int = 2) -> list[dict[str, str]]:
    """So many practices."""
    return [{"title": f"三查三看第{n}条", "text": SENTENCE * sentences} for n in range(1, count + 1)]


def said_of(quote: str, **more: Any) -> dict[str, Any]:
    return {"quote": quote, "by": "王敏", "relation": "同事", "unit": "营业所", "consent": True, **more}


def team_sheets(folder: Path, files: Files, preview: bool = False, **said: Any) -> Path:
    """The team-room sheets of a site of these records; those of HARD bring their photos."""
    units = [{"name": "水务集团", "units": ["营业所", "抢修班"]}, {"name": UNIT}]
    given = {"units": units, "demonstration": True, **said}
    files = {**files, "site.yaml": settings(**given)}
    return print_site(folder, files, "team-sheet", preview=preview) / "team-sheets"


HARD: dict[str, dict[str, Any]] = {
    "bare": {"name": "马一", "one_line": "她把灯留着。", "honours": []},
    "photo_alone": {"name": "欧阳正方", "photo": PHOTO, "testimonials": [said_of("她说您先坐，我给您查。")]},
    "one": {"name": "王一", "photo": PHOTO, "practices": learn(1)},
    "minority": {
        "name": "阿卜杜热合曼·买买提吐尔逊·艾合麦提江",
        "one_line": LONG[:140],
        "post": "夜间应急抢修中心第二维护班组班长兼安全员兼兼职教师",
        "unit": UNIT,
        "photo": PHOTO,
        "practices": learn(3, 3),
        "spirit": "先关对阀门再谈抢修先听清楚再挖先问明白再答应答应了就一定办到",
        "testimonials": [
            said_of(
                "响完第一声，他眼睛还没睁，鞋已经找着了。",
                by="Wolfeschlegelsteinhausenbergerdorff",
                unit=UNIT,
            )
        ],
    },
    "latin": {
        "name": "Wolfeschlegelsteinhausenbergerdorff",
        "post": "ChiefTransmissionLineMaintenanceEngineer",
        "practices": learn(2),
    },
    "team": {
        "name": "江城公用事业集团水务有限责任公司管网抢修二分公司城东片区夜间应急抢修青年突击队",
        "kind": "collective",
        "photo": PHOTO,
        "one_line": LONG[:60] + "。",
        "practices": learn(2),
    },
    "many": {
        "name": "司马相如",
        "photo": PHOTO,
        "practices": learn(12),
        "testimonials": [said_of("她说您先坐，我给您查。" * 8)],
        "spirit": "先看，再动。",
    },
    "essay": {"name": "李长文", "photo": PHOTO, "practices": learn(1, 60), "testimonials": [said_of("短。")]},
    "summary": {
        "name": "李娜",
        "photo": PHOTO,
        "summary": SENTENCE * 4,
        "timeline": [
            {"date": f"20{n:02d}-03", "text": "考下大客车驾照，成为第一位女驾驶员"} for n in range(2, 9)
        ],
        "testimonials": [said_of("她拿着作业本进来，先给我看数，再开口。")],
        "spirit": "先记数，再开口。",
    },
    "way": {
        "name": "赵𬭎",
        "summary": "很短。",
        "timeline": [{"date": f"20{n:02d}", "text": SENTENCE * 3} for n in range(2, 28)],
    },
    "steps": {
        "name": "𠮷䶮",
        "timeline": [{"date": "2009", "text": "进管网所"}, {"date": "2019-02-03", "text": "当班长"}],
    },
}


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = site_of(**{slug: record(**given) for slug, given in HARD.items()})
    for slug, given in HARD.items():
        wide, high = (1600, 1000) if slug in ("team", "many") else (1200, 1600)
        if "photo" in given:
            files[f"exemplars/{slug.replace('_', '-')}/photo.jpg"] = jpeg(wide, high, "#7d9a8c")
    return team_sheets(tmp_path_factory.mktemp("hard"), files)


@pytest.fixture(scope="module")
def shown(once: Once) -> Path:
    return demonstration_sheets(once, "team-sheet") / "team-sheets"


def read_words(pdf: Path) -> Iterator[Piece]:
    """What is there to be read: neither the imprint nor the banner's signs."""
    for word in words_of(pdf)[0]:
        if word.text not in SMALL and not (word.top < 33 * MM and word.right < 36 * MM):
            yield word


# --- the demonstration's ---------------------------------------------------------------------------


def test_it_says_who_it_is_and_what_there_is_to_learn(shown: Path) -> None:
    pdf = shown / "li-na.pdf"
    said = said_in(pdf)
    for words in (
        "公交集团夜班线路队",
        "12路驾驶员",
        "末班车晚发的四分钟，是她替纺织厂的夜班女工争来的。",
        "可以学的三件事",
        "先记满，再说话",
        "看到问题先记三十天，只记数，不下结论。拿着数去找能改的人。",
        "三看一停",
        "一站一句",
        "她拿着作业本进来，先给我看数，再开口。我在运营部十二年，头一回有司机用数据找我改点。",
        "赵启明公交集团运营部调度主管，同事",
        "精神先记数，再开口；先等人，再赶点。",
        "扫码读全文",
        "示例，人物与事迹均为虚构",
    ):
        assert words in said, words
    assert decode_qr(pdf) == ["https://honour.jcgy.example/exemplars/li-na/"]
    assert info_of(pdf)["Title"] == "李娜　班组张贴"


def test_practices_are_counted_as_one_counts(shown: Path) -> None:
    assert "可以学的两件事" in said_in(shown / "ma-guilan.pdf")


def test_one_testimonial_is_enough_for_a_wall(shown: Path) -> None:
    """Li Na's second is as short as the first; what is read in passing is one."""
    assert "妈妈回家的车" not in said_in(shown / "li-na.pdf")


def test_every_one_is_a_sound_sheet(shown: Path) -> None:
    sheets = sheets_in(shown)
    assert len(sheets) == 29
    for pdf in sheets:
        assert pages_of(pdf) == 1
        assert info_of(pdf)["Page size"] == A4
        assert badly_broken(pdf) == []
        assert collisions(pdf) == []
        assert outside(pdf, left=20, right=19.5, bottom=8) == []
        assert {round(word.height, 1) for word in words_of(pdf)[0] if word.text in SMALL} == {10.0}
        assert min(word.height for word in read_words(pdf)) >= 13.9, pdf.name
        assert "示例，人物与事迹均为虚构" in said_in(pdf)
    for pdf in sheets[::9]:
        assert decode_qr(pdf, dpi=120) == [f"https://honour.jcgy.example/exemplars/{pdf.stem}/"]
        qpdf_check(pdf)
        assert unfit_fonts(pdf) == []
        assert boxes_for_signs(pdf) == 0
        assert info_of(pdf)["Tagged"] == "yes"


def gaps_of(pdf: Path) -> list[float]:
    """Bands of the page, in millimetres, where nothing is printed, between the portrait's top and the foot."""
    page = render(pdf, dpi=50).convert("L").point(lambda grey: 255 * (grey < 245))
    rows = [page.crop((0, y, page.width, y + 1)).getbbox() is None for y in range(page.height)]
    gaps, run = [], 0
    for blank in rows[round(18 / 25.4 * 50) : round(254 / 25.4 * 50)]:
        run = run + 1 if blank else 0
        gaps.append(run * 25.4 / 50)
    return gaps


def test_nothing_is_half_empty(shown: Path, hard: Path) -> None:
    for pdf in (*sheets_in(shown)[::3], *sheets_in(hard)):
        assert max(gaps_of(pdf)) < 48, pdf.name


# --- hard records ----------------------------------------------------------------------------------


def test_hard_records_stay_on_their_sheet(hard: Path) -> None:
    sheets = sheets_in(hard)
    assert len(sheets) == len(HARD)
    for pdf in sheets:
        assert pages_of(pdf) == 1
        assert badly_broken(pdf) == []
        assert collisions(pdf) == []
        assert outside(pdf, left=19, right=19, bottom=8) == []
        assert max(word.bottom for word in read_words(pdf)) < 285 * MM
    assert decode_qr(hard / "minority.pdf") == ["https://honour.example.cn/exemplars/minority/"]


def test_no_part_stands_on_the_foot(hard: Path) -> None:
    """Between the last line and the rule above the spirit is room."""
    for pdf in sheets_in(hard):
        above = [word.bottom for word in words_of(pdf)[0] if word.top < 250 * MM]
        assert max(above) < 252 * MM, pdf.name


def test_a_name_is_whole_however_long(hard: Path) -> None:
    for slug, given in HARD.items():
        said = said_in(hard / f"{slug.replace('_', '-')}.pdf").replace("·", "")
        assert given["name"].replace("·", "") in said, slug


def test_what_has_no_room_is_said_to_be_more(hard: Path) -> None:
    said = said_in(hard / "many.pdf")
    shown = said.count("三查三看第")
    assert 3 <= shown < 12
    assert "可以学的十二件事" in said
    assert f"还有{'一两三四五六七八九十'[12 - shown - 1]}件，扫码读" in said
    assert "先坐" not in said  # what there is to learn comes before what was said


def test_a_text_is_cut_at_a_sentence(hard: Path) -> None:
    said = said_in(hard / "essay.pdf")
    count = said.count(SENTENCE)
    assert 5 < count < 60
    assert said.count("先看仪表") == count
    assert "没有写完，扫码读" in said
    assert "还有" not in said


def test_without_practices_stand_the_summary_and_the_way(hard: Path) -> None:
    said = said_in(hard / "summary.pdf")
    assert SENTENCE * 4 in said and "成长足迹" in said and "可以学的" not in said
    assert "2008.03" in said
    steps = said_in(hard / "way.pdf")
    assert "2027" in steps and "2002" not in steps  # the latest ones


def test_who_has_little_to_say_stands_large(hard: Path) -> None:
    name = [
        word for word in words_of(hard / "photo-alone.pdf")[0] if word.text in "欧阳正方" and word.height > 40
    ]
    assert [word.text for word in sorted(name, key=lambda word: word.top)] == list("欧阳正方")
    assert len({round(word.left) for word in name}) == 1  # upright


def test_no_clause_of_the_one_line_begins_with_its_mark(hard: Path) -> None:
    for pdf in sheets_in(hard):
        for line in lines_of(pdf)[0]:
            assert not line.text.startswith(NEVER_FIRST), (pdf.name, line)


# --- the gate and the site's words -----------------------------------------------------------------


def test_a_refused_testimonial_isnt_said(tmp_path: Path) -> None:
    voices = [said_of("她从不让人等。", consent=False), said_of("她记得每个人的名字。")]
    folder = team_sheets(tmp_path, site_of(li_na=record(practices=learn(2), testimonials=voices)))
    said = said_in(folder / "li-na.pdf")
    assert "她记得每个人的名字" in said and "从不让人等" not in said


def test_who_is_revoked_has_no_sheet_at_the_next_build(tmp_path: Path) -> None:
    files = site_of(li_na=record(), wang_min=record(name="王敏"))
    folder = team_sheets(tmp_path, files)
    assert [pdf.stem for pdf in sheets_in(folder)] == ["li-na", "wang-min"]
    files["exemplars/li-na/index.md"] = record(status="revoked")
    assert [pdf.stem for pdf in sheets_in(team_sheets(tmp_path, files))] == ["wang-min"]


def test_consent_must_cover_print(tmp_path: Path) -> None:
    consent = {"basis": "本人同意", "scope": ["web", "kiosk"]}
    files = site_of(li_na=record(consent=consent), wang_min=record(name="王敏"))
    folder = team_sheets(tmp_path, files)
    assert [pdf.stem for pdf in sheets_in(folder)] == ["wang-min"]


def test_a_preview_says_so_across_the_page(tmp_path: Path) -> None:
    folder = team_sheets(
        tmp_path, site_of(li_na=record(status="cultivating", practices=learn(2))), preview=True
    )
    said = said_in(folder / "li-na.pdf")
    assert min(said.count(sign) for sign in "未审核") >= 3


def test_a_real_site_doesnt_call_itself_an_example(tmp_path: Path) -> None:
    folder = team_sheets(tmp_path, site_of(li_na=record()), demonstration=False)
    assert "示例" not in said_in(folder / "li-na.pdf")


def test_long_names_of_zone_and_office_have_room(tmp_path: Path) -> None:
    title = "江城公用事业集团有限责任公司先进典型荣誉专区和事迹专区"
    long = {"title": title, "organisation": "江城公用事业集团有限责任公司及其所属二十三个单位"}
    spirit = "先关对阀门再谈抢修先听清楚再挖先问明白再答应答应了就一定办到"
    folder = team_sheets(tmp_path, site_of(li_na=record(spirit=spirit)), **long)
    assert collisions(folder / "li-na.pdf") == []
    assert min(word.top for word in words_of(folder / "li-na.pdf")[0]) > 17 * MM


def test_a_site_in_english_speaks_it(tmp_path: Path) -> None:
    said = said_in(
        team_sheets(tmp_path, site_of(li_na=record(practices=learn(3))), language="en") / "li-na.pdf"
    )
    assert "Thingstolearn:3" in said and "Readitall" in said


def test_a_sign_that_no_font_has_is_told_and_the_other_sheets_are_made(tmp_path: Path) -> None:
    files = site_of(
        li_na=record(practices=[{"title": "三看\U0002ffff", "text": "。"}]), wang_min=record(name="王敏")
    )
    files["site.yaml"] = settings()
    built = build(write(tmp_path, files), editions=("team-sheet",))
    codes = {(problem.code, problem.where.file) for problem in built.problems if problem.is_error}
    assert codes == {("print-character", "exemplars/li-na/index.md")}
    assert [pdf.stem for pdf in sheets_in(tmp_path / "public")] == ["wang-min"]
