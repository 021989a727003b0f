"""Chapters, pictures at their place, voices between chapters. The HTML is that of generator.text itself."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.chapters import chapters_of, footnotes_of, parts_of
from generator.text import read_text
from generator.views import Image, Voice

BRIDGE = Image("exemplars/li-na/bridge-1.jpg", 640, 480, "桥")
LAMP = Image("exemplars/li-na/lamp-1.jpg", 640, 480, "灯")
IMAGES = {"bridge.jpg": BRIDGE, "a&b 'c'.jpg": LAMP}
VOICES = tuple(Voice(f"第{n}句", f"王{n}", "同事", "") for n in range(4))

THREE = "开头。\n\n## 一\n\n甲\n\n## 二\n\n乙\n\n## 三\n\n丙\n"


def chapters(markdown, images=IMAGES, voices=()):
    return chapters_of(read_text(markdown).html, images, voices)[0]


class Balance(HTMLParser):
    """Raises where an element closes that wasn't opened, and at the end where one stays open."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in ("br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (tag, self.open)
        self.open.pop()


def assert_whole(html):
    balance = Balance()
    balance.feed(html)
    balance.close()
    assert balance.open == []


def test_the_text_before_the_first_heading_is_chapter_0_and_the_rest_count_from_1():
    found = chapters(THREE)
    assert [(one.number, one.id, one.title) for one in found] == [
        (0, "", ""),
        (1, "一", "一"),
        (2, "二", "二"),
        (3, "三", "三"),
    ]
    assert [one.parts for one in found] == [(f"<p>{words}</p>",) for words in ("开头。", "甲", "乙", "丙")]


def test_a_text_that_begins_with_a_heading_has_no_chapter_0():
    assert [one.number for one in chapters("## 一\n\n甲")] == [1]


def test_no_text_has_no_chapters():
    assert chapters_of(read_text("").html, {}, VOICES) == ((), VOICES)


def test_a_smaller_heading_stays_inside_its_chapter():
    (only,) = chapters("## 一\n\n### 小标题\n\n甲")
    assert only.parts == ('<h3 id="小标题">小标题</h3>\n<p>甲</p>',)


def test_a_heading_is_given_as_plain_words():
    (only,) = chapters("## 水 & *火* <土>\n\n甲")
    assert only.title == "水 & 火 <土>"


def test_a_picture_stands_where_the_author_put_it():
    (only,) = chapters("## 一\n\n前\n\n![桥](bridge.jpg)\n\n后")
    assert only.parts == ("<p>前</p>", BRIDGE, "<p>后</p>")


def test_a_file_name_that_html_escapes_is_found():
    assert LAMP in parts_of(read_text("![灯](<a&b 'c'.jpg>)").html, IMAGES)


def test_a_picture_that_may_not_be_shown_leaves_no_trace():
    (only,) = chapters("## 一\n\n前\n\n![桥](bridge.jpg)\n\n后", {})
    assert "".join(only.parts) == "<p>前</p><p>后</p>"
    assert "bridge" not in repr(only)


@pytest.mark.parametrize(
    "markdown",
    [
        "> 引\n>\n> ![桥](bridge.jpg)\n>\n> 文",
        "- 甲\n- ![桥](bridge.jpg)\n- 乙",
        "1. 甲\n   - 乙 ![桥](bridge.jpg)\n",
        "| 甲 |\n|---|\n| 乙 |\n\n> - ![桥](bridge.jpg)",
    ],
)
def test_a_picture_within_a_list_or_quotation_follows_it_and_the_pieces_are_whole(markdown):
    html = read_text(markdown + "\n\n末段").html
    assert "<figure" in html
    parts = parts_of(html, IMAGES)
    assert BRIDGE in parts
    assert parts.index(BRIDGE) < len(parts) - 1  # before the last paragraph
    for part in parts:
        if isinstance(part, str):
            assert_whole(part)
            assert "<li></li>" not in part


def test_a_list_of_nothing_but_pictures_leaves_no_bullets():
    assert parts_of('<ul>\n<li><figure data-file="bridge.jpg"></figure>\n</li>\n</ul>\n', IMAGES) == (BRIDGE,)


def test_a_heading_within_a_quotation_cuts_nothing():
    (only,) = chapters("## 一\n\n> ## 抬头\n> 文\n\n末")
    (html,) = only.parts
    assert_whole(html)
    assert "抬头" in html


BLOCKS = [
    "文",
    "## 题",
    "### 小题",
    "> ## 题\n> 文",
    "- 甲\n- 乙",
    "- ![](bridge.jpg)",
    "![](bridge.jpg)",
    "> ![](bridge.jpg)\n> 文",
    "> - ![](bridge.jpg)",
    "1. 甲\n2. ![](a.jpg)",
    "| 甲 |\n|---|\n| 乙 |",
    "文[^1]\n\n[^1]: 注",
    "---",
]


@given(st.lists(st.sampled_from(BLOCKS), max_size=6))
@settings(max_examples=150, deadline=None)
def test_whatever_is_written_every_piece_is_whole_and_no_words_are_lost(blocks):
    text = read_text("\n\n".join(blocks))
    found, _ = chapters_of(text.html, IMAGES, ())
    html = [part for chapter in found for part in chapter.parts if isinstance(part, str)]
    for piece in html:
        assert_whole(piece)
        assert "<figure" not in piece
    notes = footnotes_of(text.html)
    assert_whole(notes)
    read = words("".join(html) + notes) + "".join(chapter.title for chapter in found)
    assert sorted(read) == sorted(words(text.html))
    pictures = [part for chapter in found for part in chapter.parts if isinstance(part, Image)]
    assert len(pictures) == text.html.count('data-file="bridge.jpg"')


def words(html):
    return re.sub(r"<[^>]*>|\s", "", html)


def test_the_notes_stand_apart_from_the_last_chapter():
    text = read_text("## 一\n\n文[^1]\n\n[^1]: 注\n")
    (only,), _ = chapters_of(text.html, {}, ())
    assert "注" not in "".join(only.parts)
    assert words(footnotes_of(text.html)) == "注↩"
    assert footnotes_of(read_text(THREE).html) == ""


def test_a_picture_in_a_note_leaves_no_trace():
    text = read_text("文[^1]\n\n[^1]: 注\n\n    ![桥](bridge.jpg)\n")
    assert "bridge" in text.html
    assert "注" in footnotes_of(text.html)
    assert "figure" not in footnotes_of(text.html)
    assert "bridge" not in footnotes_of(text.html)


def test_voices_stand_between_chapters_from_the_second_on():
    found, left = chapters_of(read_text(THREE).html, {}, VOICES)
    assert [one.voice for one in found] == [None, VOICES[0], VOICES[1], None]
    assert left == VOICES[2:]


@pytest.mark.parametrize("markdown", ["开头。", "## 一\n\n甲", "## 一\n\n甲\n\n## 二\n\n乙"])
def test_one_or_two_chapters_leave_no_place_between(markdown):
    found, left = chapters_of(read_text(markdown).html, {}, VOICES)
    assert all(one.voice is None for one in found)
    assert left == VOICES


def test_fewer_voices_than_places_leave_none():
    found, left = chapters_of(read_text(THREE).html, {}, VOICES[:1])
    assert [one.voice for one in found] == [None, VOICES[0], None, None]
    assert left == ()
