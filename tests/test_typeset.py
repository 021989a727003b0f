"""What print templates get of a view, and how a template is named."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

import pytest

from generator.model import Scope
from generator.typeset import template_of
from generator.typeset.data import blocks_of, data_of
from generator.views import Story
from generator.views.print.parts import Address, Deeds, Name, Verse


@dataclass(frozen=True)
class TeamRoomSheetView:
    name: Name
    day: date | None
    scope: Scope
    several: tuple[Verse, ...] = ()


def test_a_template_is_named_after_its_view() -> None:
    view = TeamRoomSheetView(Name("李娜"), None, Scope.PRINT)
    assert template_of(view) == "team-room-sheet.typ"


def test_a_view_is_plain_data_to_the_bottom() -> None:
    view = TeamRoomSheetView(Name("李娜"), date(2026, 11, 2), Scope.PRINT, (Verse("天亮了。"),))
    plain = data_of(view)
    assert json.loads(json.dumps(plain)) == plain
    assert plain["scope"] == "print" and plain["several"][0]["sentences"] == [["天亮了。"]]


@pytest.mark.parametrize(
    ("name", "spaced", "signs"),
    [
        ("李娜", "李　娜", ["李", "娜"]),
        ("赵𬭎", "赵　𬭎", ["赵", "𬭎"]),
        ("孙小禾", "孙小禾", ["孙", "小", "禾"]),
        ("阿依古丽·买买提", "阿依古丽·买买提", list("阿依古丽·买买提")),
        ("葛\U000e0100城", "葛\U000e0100　城", ["葛\U000e0100", "城"]),
    ],
)
def test_a_name_is_given_plain_spaced_and_sign_by_sign(name: str, spaced: str, signs: list[str]) -> None:
    assert data_of(Name(name)) == {"text": name, "spaced": spaced, "signs": signs}


def test_words_set_large_come_in_sentences_of_clauses() -> None:
    spoken = data_of(Verse("先记数，再开口；先等人。“后面还有七个。”她说。"))["sentences"]
    assert spoken == [["先记数，", "再开口；", "先等人。"], ["“后面还有七个。”", "她说。"]]


@pytest.mark.parametrize(
    ("day", "formal"),
    [
        (date(2026, 4, 28), "二〇二六年四月二十八日"),
        (date(2020, 10, 10), "二〇二〇年十月十日"),
        (date(2009, 12, 31), "二〇〇九年十二月三十一日"),
    ],
)
def test_a_day_is_given_in_figures_and_as_documents_are_dated(day: date, formal: str) -> None:
    found = data_of(day)
    assert (found["formal"], found["iso"]) == (formal, day.isoformat())
    assert (found["year"], found["month"], found["day"]) == (day.year, day.month, day.day)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://honour.example.cn/exemplars/li-na/", "honour.example.cn/exemplars/li-na"),
        ("http://10.0.0.8:8080/zone/exemplars/li-na/", "10.0.0.8:8080/zone/exemplars/li-na"),
    ],
)
def test_an_address_is_given_as_it_is_read_and_as_an_outline(url: str, shown: str) -> None:
    found = data_of(Address(url))
    assert (found["url"], found["shown"]) == (url, shown)
    assert found["path"].startswith("M") and found["side"] > 21


def test_a_figure_that_may_not_be_shown_is_left_out_wherever_it_stands() -> None:
    text = "一。\n\n![灯](a.jpg)\n\n> 引。\n>\n> ![人](b.jpg)\n\n- 项\n\n  ![人](b.jpg)\n"
    told = json.dumps(blocks_of(text, {"a.jpg"}))
    assert "a.jpg" in told and "b.jpg" not in told
    assert "jpg" not in json.dumps(data_of(Deeds(text)))


def test_blocks_say_their_kind() -> None:
    text = "## 题\n\n段**粗**。[^1]\n\n- 项\n\n| 甲 | 乙 |\n|---|--:|\n| 1 | 2 |\n\n---\n\n[^1]: 注。\n"
    blocks = blocks_of(text, ())
    assert [block["kind"] for block in blocks] == [
        "Heading",
        "Paragraph",
        "Listing",
        "Table",
        "Rule",
        "Footnotes",
    ]
    assert [inline["kind"] for inline in blocks[1]["inlines"]] == ["Words", "Strong", "Words", "FootnoteMark"]
    assert blocks[3]["align"][1] == "right" and blocks[3]["rows"][0][1][0]["text"] == "2"


def test_nothing_of_an_empty_text_is_given() -> None:
    assert blocks_of(" \n", ()) == [] and data_of(Verse(""))["sentences"] == []


def test_a_story_comes_without_its_html() -> None:
    plain = data_of(Story(digest="d", html="<p>", summary="一句。"))
    assert plain["summary"] == "一句。" and "html" not in plain and "digest" not in plain
