"""Markdown as Chinese offices write it: what readers see, what print gets, what the author is told."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

from generator.text import LONGEST, TextNote, read_text, text_digest
from generator.text.blocks import (
    Figure,
    FootnoteMark,
    Footnotes,
    Heading,
    Link,
    Paragraph,
    Quote,
    Rule,
    Strong,
    Table,
    Words,
)


def html(markdown: str) -> str:
    return read_text(markdown).html.strip()


def words(text: str) -> tuple[Words]:
    return (Words(text),)


def test_one_parse_gives_html_blocks_and_plain_text() -> None:
    text = read_text(
        "## 初心\n\n他说**好**。\n\n![雨夜](stop.jpg '末班车')\n\n> 够了\n\n---\n\n见[站](a.html)"
    )
    assert text.blocks == (
        Heading(2, "初心", "初心", words("初心")),
        Paragraph((Words("他说"), Strong(words("好")), Words("。"))),
        Figure("stop.jpg", "雨夜", "末班车"),
        Quote((Paragraph(words("够了")),)),
        Rule(),
        Paragraph((Words("见"), Link("a.html", words("站")))),
    )
    assert text.html == (
        '<h2 id="初心">初心</h2>\n<p>他说<strong>好</strong>。</p>\n<figure data-file="stop.jpg"></figure>\n'
        '<blockquote>\n<p>够了</p>\n</blockquote>\n<hr>\n<p>见<a href="a.html">站</a></p>\n'
    )
    assert text.plain == "初心\n他说好。\n够了\n见站"
    assert text.characters == len("初心他说好。够了见站")
    assert text.headings == (text.blocks[0],)
    assert (text.images, text.links, text.notes) == (("stop.jpg",), ("a.html",), ())


def test_a_text_pickles_and_is_equal_twice() -> None:
    markdown = "主要事迹：\n- 一\n\n[^1]见\n\n[^1]: 注"
    assert read_text(markdown) == read_text(markdown)
    assert pickle.loads(pickle.dumps(read_text(markdown))) == read_text(markdown)


def test_footnotes_and_ids_of_one_text_do_not_reach_the_next() -> None:
    read_text("## 初心\n\n甲[^1]\n\n[^1]: 注")
    assert read_text("## 初心\n\n乙").html == '<h2 id="初心">初心</h2>\n<p>乙</p>\n'


def test_unpickling_loads_no_parser() -> None:
    code = "import sys, generator.text; sys.exit(bool({'markdown', 'nh3'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_digest_knows_the_text_and_how_it_is_read() -> None:
    digests = {
        text_digest("甲"),
        text_digest("乙"),
        text_digest("甲", level=3),
        text_digest("甲", prefix="a-"),
    }
    assert len(digests) == 4
    assert read_text("甲", level=3).digest == text_digest("甲", level=3)


def test_headings_begin_below_the_title_of_the_page() -> None:
    text = read_text("# 甲\n## 乙\n### 丙\n###### 丁")
    assert [heading.level for heading in text.headings] == [2, 2, 3, 6]
    assert [heading.level for heading in read_text("# 甲\n### 丙", level=4).headings] == [4, 5]


def test_heading_ids_are_the_headings_words() -> None:
    text = read_text(
        "## 二十三点零六分\n## 一站一句！\n## 二十三点零六分\n## 2019 年\n## Page\n## ……\n## 词 2\n"
    )
    ids = [heading.id for heading in text.headings]
    assert ids == ["二十三点零六分", "一站一句", "二十三点零六分-2", "2019-年", "t-page", "t-section", "词-2"]
    assert [h.id for h in read_text("## 词-2\n## 词\n## 词\n").headings] == ["词-2", "词", "词-3"]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("##初心", "初心"),
        ("## 初心 ##", "初心"),
        ("##　初心", "初心"),
        ("## C#", "C#"),
        ("## **初**心", "初心"),
    ],
)
def test_headings_as_typed(line: str, title: str) -> None:
    assert [heading.title for heading in read_text(f"甲\n{line}\n乙").headings] == [title]


@pytest.mark.parametrize("line", ["#1机组跳闸", "#话题#大家说", "文字\n---", "文字\n==="])
def test_what_looks_like_a_heading_and_is_none(line: str) -> None:
    text = read_text(line)
    assert text.headings == ()
    assert text.plain.startswith(line.split("\n")[0])


def test_tables_keep_alignment_and_short_rows_are_filled() -> None:
    (table,) = read_text("如下表：\n| 站 | 人数 |\n|:--|--:|\n| 桥头 | 12 |\n| 厂 |\n后文").blocks[1:2]
    assert table == Table(
        (words("站"), words("人数")), ("left", "right"), ((words("桥头"), words("12")), (words("厂"), ()))
    )
    assert '<td class="right">12</td>' in html("| a | b |\n|--|--:|\n| 1 | 12 |")


def test_a_pipe_in_prose_makes_no_table() -> None:
    assert read_text("甲|乙\n|").plain == "甲|乙|"


def test_footnotes_count_from_their_first_mention() -> None:
    text = read_text("乙[^b]甲[^a]乙[^b]\n\n[^a]: 注甲\n[^b]: 注乙\n\n    第二段\n[^c]: 没人提")
    marks = [inline for inline in text.blocks[0].inlines if isinstance(inline, FootnoteMark)]
    assert marks == [FootnoteMark(1, True), FootnoteMark(2, True), FootnoteMark(1, False)]
    notes = text.blocks[1]
    assert isinstance(notes, Footnotes)
    assert notes.notes[1] == (Paragraph(words("注甲")),)
    assert notes.unmentioned == 1
    assert text.plain == "乙甲乙\n注乙\n第二段\n注甲\n没人提"
    assert text.html.count('id="fnref-1"') == 1
    assert '<a href="#fnref-2" role="doc-backlink">↩</a>' in text.html


def test_two_footnotes_of_one_name_are_both_kept() -> None:
    assert read_text("甲[^1]\n\n[^1]: 前\n\n[^1]: 后").plain == "甲\n前\n后"


def test_ids_of_several_texts_on_a_page_are_set_apart() -> None:
    text = read_text("## 初心\n\n甲[^1]\n\n[^1]: 注", prefix="li-na-")
    assert 'id="li-na-初心"' in text.html
    assert 'href="#li-na-fn-1" id="li-na-fnref-1"' in text.html
    assert 'id="li-na-fn-1"' in text.html


@pytest.mark.parametrize(
    ("line", "code", "found"),
    [
        ("![图](https://a.cn/b.jpg)", "text-image-elsewhere", "https://a.cn/b.jpg"),
        ("![图](../b.jpg)", "text-image-elsewhere", "../b.jpg"),
        ("![图](C:\\照片\\b.jpg)", "text-image-elsewhere", "C:\\照片\\b.jpg"),
        ("[点](javascript:alert(1))", "text-link-refused", "javascript:alert(1)"),
        ("[点](java&#115;cript:x)", "text-link-refused", "java&#115;cript:x"),
        ("[点](data:text/html,x)", "text-link-refused", "data:text/html,x"),
        ("[点](//evil.cn/)", "text-link-refused", "//evil.cn/"),
        ("[点](\\\\server\\share)", "text-link-refused", "\\\\server\\share"),
        ("[站]（https://a.cn）", "text-link-brackets", "[站]"),
        ("红<font color=red>字", "text-html", "<font color=red>"),
        ("见[^9]", "text-footnote-missing", "[^9]"),
        ("##", "text-heading-empty", "##"),
    ],
)
def test_notes_say_where(line: str, code: str, found: str) -> None:
    text = read_text(f"第一行\n\n第三行\n\n{line}\n\n后文")
    assert text.notes == (TextNote(4, code, found),)
    assert "javascript:" not in text.html or 'href="javascript' not in text.html
    assert text.plain.startswith("第一行\n第三行")


def test_the_same_mistake_twice_is_told_at_both_lines() -> None:
    notes = read_text("甲<u>乙\n\n> 丙<u>丁\n>\n> ##\n\n| a | b |\n|-|-|\n| 1 | 2 | 3 |").notes
    assert [(note.line_offset, note.code) for note in notes] == [
        (0, "text-html"),
        (2, "text-html"),
        (4, "text-heading-empty"),
        (8, "text-table-row"),
    ]


def test_raw_html_is_shown_and_comments_are_not() -> None:
    assert html("<script>alert('1')</script>") == "<p>&lt;script&gt;alert('1')&lt;/script&gt;</p>"
    text = read_text("前<!-- 内部\n备注 -->后\n\n<!-- 段 -->\n\n尾 <!-- 没完")
    assert text.plain == "前后\n尾 <!-- 没完"


def test_a_text_too_long_or_too_tangled_is_set_as_it_is() -> None:
    text = read_text("好" * (LONGEST + 1))
    assert (text.characters, text.notes) == (LONGEST, (TextNote(0, "text-too-long", str(LONGEST + 1)),))
    text = read_text("开头<!-- 密 -->\n\n" + "- > " * 50 + "尾\n\n结束")
    assert text.notes == (TextNote(2, "text-tangled"),)
    assert text.plain.split("\n") == ["开头", ("- > " * 50 + "尾"), "结束"]
