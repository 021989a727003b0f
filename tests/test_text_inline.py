"""Emphasis without spaces between words, links, pictures, and signs that mean nothing."""

from __future__ import annotations

import pytest

from generator.text import read_text
from generator.text.blocks import (
    Code,
    Emphasis,
    Figure,
    Link,
    Paragraph,
    Strong,
    Words,
)


def html(markdown: str) -> str:
    return read_text(markdown).html.strip()


def words(text: str) -> tuple[Words]:
    return (Words(text),)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("**“词”**后", "<strong>“词”</strong>后"),
        ("他说**好**。", "他说<strong>好</strong>。"),
        ("**主要事迹：**他", "<strong>主要事迹：</strong>他"),
        ("他的__作业本__上", "他的<strong>作业本</strong>上"),
        ("与*职工之家*。", "与<em>职工之家</em>。"),
        ("***两样***", "<em><strong>两样</strong></em>"),
        ("**甲*乙*丙**", "<strong>甲<em>乙</em>丙</strong>"),
        ("**A**B**C**", "<strong>A</strong>B<strong>C</strong>"),
        ("_so_ it is", "<em>so</em> it is"),
        ("`a*b*` 与 `` ` ``", "<code>a*b*</code> 与 <code>`</code>"),
        (r"\*不是\*", "*不是*"),
        ("&lt;甲&gt; &copy; &amp;amp; AT&T &foo;", "&lt;甲&gt; © &amp;amp; AT&amp;T &amp;foo;"),
    ],
)
def test_emphasis_code_and_signs(markdown: str, expected: str) -> None:
    assert html(markdown) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    "markdown",
    [
        "附件_先进事迹_李娜",
        "snake_case_name",
        "4*3*2米",
        "电话138****1234",
        "李**、王**同志",
        "*为必填，**为选填",
        "2 * 3 * 4",
        "** 空格 **",
        "a<b，c>d，《书》",
        "C:\\Users\\name",
        "[见附件]",
        "[1]: 参见附件",
        "a ] b [ c",
        "`没有结束",
    ],
)
def test_signs_that_mean_nothing_stay(markdown: str) -> None:
    assert read_text(markdown).plain == markdown
    assert not any(tag in html(markdown) for tag in ("<em>", "<strong>", "<code>"))


@pytest.mark.parametrize(
    ("markdown", "href"),
    [
        ("[文](https://a.cn/b_(c)?x=1&y=*2*)", "https://a.cn/b_(c)?x=1&y=*2*"),
        ("[文](../about/ '题')", "../about/"),
        ("[文](#初心)", "#初心"),
        ("[文](附件 一.pdf)", "附件%20一.pdf"),
        ("[文](mailto:a@b.cn)", "mailto:a@b.cn"),
        ("[文](HTTPS://a.cn)", "https://a.cn"),
        ("[**文**](tel:0551-1)", "tel:0551-1"),
        ("<https://a.cn/文>", "https://a.cn/文"),
        ("<a@b.cn>", "mailto:a@b.cn"),
    ],
)
def test_links(markdown: str, href: str) -> None:
    text = read_text(markdown)
    assert text.links == (href,)
    assert ('rel="noopener noreferrer"' in text.html) == href.startswith("http")


def test_no_link_stands_within_a_link() -> None:
    assert html("[甲 [乙](b) 丙](c)") == '<p>[甲 <a href="b">乙</a> 丙](c)</p>'
    assert html("[见 <https://a.cn>](c)") == '<p><a href="c">见 https://a.cn</a></p>'
    assert read_text("[`代码`](c)").blocks == (Paragraph((Link("c", (Code("代码"),)),)),)


def test_a_picture_is_lifted_out_of_its_line() -> None:
    text = read_text(
        "前![甲](a%20b.jpg)**后![乙](./c.png)**\n\n- 项![丙](d.jpg)\n\n| ![丁](e.jpg) | x |\n|-|-|\n| 1 | 2 |"
    )
    assert text.images == ("a b.jpg", "c.png", "d.jpg", "e.jpg")
    assert text.plain == "前后\n项\nx\n1 2"
    assert text.blocks[0] == Paragraph((Words("前"), Strong(words("后"))))
    assert text.blocks[1] == Figure("a b.jpg", "甲", "")
    assert Emphasis(words("甲")) not in text.blocks
