import csv
import io
import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pages_case import CARD, FRAME

from generator.data import render_people, render_spreadsheet
from generator.engine.target import Files
from generator.views import Image, PeopleRow, PeopleView, SpreadsheetView


def row(**changes: Any) -> PeopleRow:
    return PeopleRow(replace(CARD, **changes), ("fuwu",), "gongjiao", ("shiji",))


def script(*rows: PeopleRow) -> str:
    return render_people(PeopleView(FRAME, "data/people.js", rows), Files(())).decode()


def people(*rows: PeopleRow) -> list[dict[str, object]]:
    text = script(*rows)
    assert text.startswith("window.HONOUR_PEOPLE=[")
    parsed: list[dict[str, object]] = json.loads(text.removeprefix("window.HONOUR_PEOPLE=").rstrip(";\n"))
    return parsed


def sheet(*rows: tuple[str, ...]) -> bytes:
    return render_spreadsheet(SpreadsheetView("statistics/honours.csv", ("姓名",), rows), Files(()))


def test_the_script_gives_every_exemplar_with_a_portrait_sharp_in_a_row() -> None:
    first, second = people(row(), row(slug="ke-ban", portrait=None, collective=True))
    assert first == {
        "slug": "li-na",
        "name": "李娜",
        "pinyin": "lǐ nà",
        "url": "exemplars/li-na/index.html",
        "one": "末班车晚发的四分钟，是她替纺织厂的夜班女工争来的。",
        "unit": ["公交集团", "夜班线路队"],
        "post": "驾驶员",
        "year": 2026,
        "col": 0,
        "cats": ["fuwu"],
        "u": "gongjiao",
        "lv": ["shiji"],
        "img": "images/p-240.webp",
        "w": 900,
        "h": 1200,
    }
    assert second["col"] == 1
    assert "img" not in second


def test_a_portrait_without_webp_is_shown_as_jpeg() -> None:
    assert people(row(portrait=Image("images/p.jpg", 900, 1200, "")))[0]["img"] == "images/p.jpg"


def test_a_portrait_with_narrow_renditions_only_gives_the_widest() -> None:
    narrow = Image("images/p.jpg", 200, 266, "", (("images/p-100.webp", 100), ("images/p-200.webp", 200)))
    assert people(row(portrait=narrow))[0]["img"] == "images/p-200.webp"


def test_nobody_yet_is_an_empty_list() -> None:
    assert people() == []


@given(st.text())
def test_no_text_ends_the_script_or_its_line(text: str) -> None:
    written = script(row(one_line=text))
    assert "<" not in written
    assert "\u2028" not in written and "\u2029" not in written
    assert people(row(one_line=text))[0]["one"] == text


def test_the_json_gives_permanent_addresses() -> None:
    data = render_people(PeopleView(FRAME, "exemplars.json", (row(),)), Files(()))
    (exemplar,) = json.loads(data)["exemplars"]
    assert exemplar["slug"] == "li-na"
    assert exemplar["name"] == "李娜"
    assert exemplar["url"] == "https://honour.example/zone/exemplars/li-na/"


def test_the_spreadsheet_opens_in_excel() -> None:
    assert sheet(("李娜",)) == "\ufeff姓名\r\n李娜\r\n".encode()


def test_a_formula_is_defused_also_behind_spaces_and_in_full_width() -> None:
    for formula in ('=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1"):
        (_, (cell,)) = csv.reader(io.StringIO(sheet((formula,)).decode("utf-8-sig"), newline=""))
        assert cell == "'" + formula


@given(
    st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.text("李娜,\"'\r\n 1")))
)
def test_every_cell_comes_back_whole(rows: list[tuple[str, str]]) -> None:
    read = list(csv.reader(io.StringIO(sheet(*rows).decode("utf-8-sig"), newline="")))[1:]
    assert [[cell.removeprefix("'") for cell in line] for line in read] == [
        [cell.removeprefix("'") for cell in line] for line in rows
    ]
