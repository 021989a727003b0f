"""Lists, paragraphs and spaces as they come out of Word and WPS."""

from __future__ import annotations

import pytest

from generator.text import read_text
from generator.text.blocks import (
    LineBreak,
    Listing,
    Paragraph,
    Words,
)


def html(markdown: str) -> str:
    return read_text(markdown).html.strip()


def words(text: str) -> tuple[Words]:
    return (Words(text),)


def items(markdown: str) -> list[str]:
    listing = next(block for block in read_text(markdown).blocks if isinstance(block, Listing))
    return [" ".join(_plain(block) for block in item) for item in listing.items]


def _plain(block: object) -> str:
    match block:
        case Paragraph(inlines):
            return "".join(inline.text for inline in inlines if isinstance(inline, Words))
        case Listing():
            return "(" + "/".join(_plain(item[0]) for item in block.items) + ")"
        case _:
            return type(block).__name__


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("主要事迹：\n- 一\n- 二", ["一", "二"]),
        ("主要事迹：\n1. 一\n2. 二", ["一", "二"]),
        ("> 主要事迹：\n> - 一\n", None),
        ("- 一\n- 二\n  - 甲\n  - 乙\n- 三", ["一", "二 (甲/乙)", "三"]),
        ("1. 一\n   - 甲\n2. 二", ["一 (甲)", "二"]),
        ("- 一\n\n  续\n- 二", ["一 续", "二"]),
        ("• 一\n• 二", ["一", "二"]),
        ("1、一\n2、二", ["一", "二"]),
        ("做法：\n1．一\n2．二", ["一", "二"]),
        ("（略）\n\n3）三\n4）四", ["三", "四"]),
        ("1.认真负责\n2.精益求精", ["认真负责", "精益求精"]),
    ],
)
def test_lists_as_typed(markdown: str, expected: list[str] | None) -> None:
    if expected is None:
        assert "<blockquote>\n<p>主要事迹：</p>\n<ul>\n<li>一</li>" in html(markdown)
    else:
        assert items(markdown) == expected


@pytest.mark.parametrize(
    "markdown",
    [
        "1、一\n正文",
        "3.5万元\n4.5万元",
        "1、只有一条",
        "2017. 这一年",
        "共有\n8. 这不是第八条",
        "-5度\n-6度",
        "*职工之家*",
    ],
)
def test_what_looks_like_a_list_and_is_none(markdown: str) -> None:
    text = read_text(markdown)
    assert not any(isinstance(block, Listing) for block in text.blocks)
    assert text.characters == len("".join(markdown.replace("*", "").split()))


def test_a_list_starts_at_its_number_and_kinds_do_not_mix() -> None:
    assert '<ol start="3">' in html("3. 三\n4. 四")
    text = read_text("- 甲\n1. 一")
    assert [block.ordered for block in text.blocks if isinstance(block, Listing)] == [False, True]


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("他开了\n二十一年\n公交车", "他开了二十一年公交车"),
        ("a long\nline of\nwords", "a long line of words"),
        ("乘坐 12\n路", "乘坐 12路"),
        ("使用\nPython 编写", "使用Python 编写"),
        ("他说**好**\n**的**", "他说好的"),
        ("said “yes”\nand left", "said “yes” and left"),
        ("他说：\n“好。”", "他说：“好。”"),
        ("한국어\n단어", "한국어 단어"),
        ("　　开头缩进", "开头缩进"),
        ("\u00a0\u200b\ufeff 开头", "开头"),
        ("&emsp;&emsp;开头&nbsp;后", "开头 后"),
        ("    粘贴来的缩进", "粘贴来的缩进"),
        ("　　第一段\n　　第二段", "第一段\n第二段"),
        ("- 一\n　　正文", "一\n正文"),
        ("李　娜", "李　娜"),
        ("👨\u200d👩\u200d👧 一家", "👨\u200d👩\u200d👧 一家"),
        ("مرحبا بالعالم", "مرحبا بالعالم"),
        ("𬭎㛃䶮𠅤𠮷", "𬭎㛃䶮𠅤𠮷"),
    ],
)
def test_spaces_and_line_ends(markdown: str, plain: str) -> None:
    assert read_text(markdown).plain == plain
    assert read_text(markdown.replace("\n", "\r\n")).plain == plain


@pytest.mark.parametrize("markdown", ["甲  \n乙", "甲\\\n乙", "甲<br>\n乙", "甲<BR/> 乙"])
def test_line_breaks_that_are_meant(markdown: str) -> None:
    assert read_text(markdown).blocks == (Paragraph((Words("甲"), LineBreak(), Words("乙"))),)
