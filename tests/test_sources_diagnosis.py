"""What libyaml says, told as an author understands it. Common mistakes are whole sites in sites/invalid/."""

from __future__ import annotations

import pytest
import yaml

from generator.sources.diagnosis import explain, scan
from generator.sources.positions import parse

KNOWN = {"姓名", "name", "岗位", "file", "alt", "文件"}


def explained(text: str) -> tuple[int, int, str]:
    try:
        parse(text, "a.md")
    except yaml.YAMLError as cause:
        problem = explain("a.md", text.split("\n"), 1, cause)
        return problem.where.line, problem.where.column, problem.code
    raise AssertionError("this is YAML")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("a: b: c", (1, 5, "yaml-colon-in-value")),
        ("a: b\n  c: d", (2, 3, "yaml-indentation")),
        ("  a: b\nc: d", (2, 1, "yaml-indentation")),
        ("h:\n  - a: b\n   c: d", (3, 4, "yaml-indentation")),
        ("h:\n    a: b\n  c: d", (3, 3, "yaml-indentation")),
        ("a\nb: c", (1, 1, "yaml-no-colon")),
        ("a: b\nc d", (2, 1, "yaml-no-colon")),
        ('a: "b\nc: d', (1, 4, "yaml-quote-open")),
        ('a: "b\nc: "d"', (1, 4, "yaml-quote-open")),
        ("'a: b\nc: d", (1, 1, "yaml-quote-open")),
        ("a: 'it's'", (1, 8, "yaml-after-quote")),
        ('a: "b" c', (1, 8, "yaml-after-quote")),
        ('a: "\\d"', (1, 5, "yaml-escape")),
        ("a: [b\nc: d", (1, 4, "yaml-bracket-open")),
        ("a: {b: c", (1, 4, "yaml-bracket-open")),
        ("a: [b,, c]", (1, 7, "yaml-bracket-gap")),
        ("a: @b", (1, 4, "yaml-special-start")),
        ("a: `b", (1, 4, "yaml-special-start")),
        (",a: b", (1, 1, "yaml-special-start")),
        ("%a: b", (1, 1, "yaml-special-start")),
        ("a: %b", (1, 4, "yaml-special-start")),
        ("a: *甲*", (1, 4, "yaml-special-start")),
        ("a: !甲!乙 c", (1, 4, "yaml-special-start")),
        ("a: |b\n  c", (1, 4, "yaml-special-start")),
        ("a: - b", (1, 4, "yaml-list-same-line")),
        ("a: b\n\tc: d", (2, 1, "yaml-tab")),
    ],
)
def test_a_syntax_error_is_told_where_the_author_has_to_write(
    text: str, answer: tuple[int, int, str]
) -> None:
    assert explained(text) == answer


def mended(text: str) -> tuple[list[tuple[int, int, str]], str]:
    problems, lines = scan("a.md", text.split("\n"), 1, KNOWN)
    return [(p.where.line, p.where.column, p.code) for p in problems], "\n".join(lines)


def test_every_full_width_colon_after_a_known_key_is_found_and_mended() -> None:
    assert mended("姓名：张三\n其他：x\n  - 岗位 ：班长") == (
        [(1, 3, "yaml-wide-colon"), (3, 8, "yaml-wide-colon")],
        "姓名: 张三\n其他：x\n  - 岗位 : 班长",
    )


def test_a_map_in_braces_is_mended_too() -> None:
    assert mended("{文件：a.jpg，alt：张三，李四}") == (
        [(1, 4, "yaml-wide-colon"), (1, 10, "yaml-wide-comma"), (1, 14, "yaml-wide-colon")],
        "{文件: a.jpg, alt: 张三，李四}",
    )


def test_a_colon_wants_a_space_and_an_indentation_spaces() -> None:
    assert mended("name:张三\n\tname: a\n　　name: b\nname: http://x") == (
        [(1, 5, "yaml-colon-space"), (2, 1, "yaml-tab"), (3, 1, "yaml-wide-indent")],
        "name: 张三\n  name: a\n    name: b\nname: http://x",
    )


def test_literal_texts_are_left_alone() -> None:
    text = "name: |\n  岗位：班长\n\n\t姓名：张三\nalt: x"
    assert mended(text) == ([], text)
