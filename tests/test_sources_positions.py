from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.sources.positions import Node, parse


def plain(node: Node | None) -> Any:
    if node is None or node.value is None or isinstance(node.value, str):
        return node and node.value
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    return {key: plain(value) for key, (_, value) in node.value.items()}


def test_scalars_stay_as_written() -> None:
    text = "a: 012\nb: 12:30\nc: NO\nd: 是\ne: 2017-12-15\nf: 1e3\ng: ''\nh: ~\ni:\nj: 'null'\n"
    tree, problems = parse(text, "a.md")
    assert problems == ()
    assert plain(tree) == {
        "a": "012",
        "b": "12:30",
        "c": "NO",
        "d": "是",
        "e": "2017-12-15",
        "f": "1e3",
        "g": "",
        "h": None,
        "i": None,
        "j": "null",
    }


def test_everything_knows_its_place_counted_in_characters() -> None:
    tree, _ = parse("名: 𠮷\n表:\n  - {键: 值, 丙: 丁}\n", "a.md", first_line=5)
    assert tree is not None
    assert isinstance(tree.value, dict)
    assert [(value.line, value.column) for _, value in tree.value.values()] == [(5, 4), (7, 3)]
    items = tree.value["表"][1].value
    assert isinstance(items, list)
    (item,) = items
    assert isinstance(item.value, dict)
    key, value = item.value["丙"]
    assert (key.line, key.column, value.column) == (7, 12, 15)


def test_lines_of_a_chinese_paragraph_join_without_spaces() -> None:
    tree, _ = parse("a: 他每天\n  都来 WPS\n  看一看\nb: >\n  甲\n  乙\nc: |\n  甲\n  乙\nd: 张 三\n", "a.md")
    assert plain(tree) == {"a": "他每天都来 WPS 看一看", "b": "甲乙", "c": "甲\n乙", "d": "张 三"}


def test_white_space_of_word_at_the_ends_is_dropped() -> None:
    tree, _ = parse("a: \u3000张三\u00a0\u200b\nb: '\u2003李\u3000四 '\n", "a.md")
    assert plain(tree) == {"a": "张三", "b": "李\u3000四"}


def test_a_key_that_stands_twice_names_both_lines_and_keeps_the_first() -> None:
    tree, (problem,) = parse("a: 1\nb: 2\na: 3\n", "a.md", first_line=2)
    assert plain(tree) == {"a": "1", "b": "2"}
    assert (problem.where.line, dict(problem.found)["first"]) == (4, "2")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x [1]\nb: *x\n", "yaml-special-start"),
        ("a: *x\n", "yaml-special-start"),
        ("a: !!python/object:os.system x\n", "yaml-tag"),
        ("a: ! x\n", "yaml-tag"),
        ("[a]: b\n", "yaml-key-not-text"),
        ("? {a: b}\n", "yaml-key-not-text"),
        ("? \n: b\n", "yaml-key-not-text"),
        ('a: "\\0"\n', "character-invisible"),
        ('a: "\\u2028"\n', "character-invisible"),
        ("a: b\n---\nc: d\n", "yaml-several-documents"),
        ("[" * 21, "yaml-too-deep"),
        ("[" * 1_000_000, "yaml-too-deep"),
        ("- " * 1_000_000, "yaml-too-deep"),
        ("a: [" + "b, " * 20_001, "yaml-too-many"),
    ],
)
def test_what_no_record_needs_is_refused(text: str, code: str) -> None:
    tree, problems = parse(text, "a.md")
    assert tree is None
    assert problems[-1].code == code


scalars = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp", "Zs"]), max_size=8)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(scalars, inner, max_size=4),
    max_leaves=20,
)


@given(trees)
def test_whatever_yaml_writes_is_read_back(tree: Any) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, default_style='"', width=10**6)
    got, problems = parse(text, "a.md")
    assert problems == ()
    assert plain(got) == tree
