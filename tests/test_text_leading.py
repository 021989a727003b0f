"""How a text begins on a sheet with room for so many characters: whole paragraphs, else whole sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text import read_text
from generator.text.leading import leading
from generator.typography import count_characters

MOST = 260
SENTENCE = "他每天五点四十到班，先看鱼，再看数。"  # eighteen characters


def begun(markdown: str, most: int = MOST) -> tuple[str, ...]:
    return leading(read_text(markdown).blocks, most)


def test_whole_paragraphs_as_long_as_they_fit() -> None:
    first, second, third = SENTENCE * 5, SENTENCE * 9, SENTENCE * 2
    assert begun(f"{first}\n\n{second}\n\n{third}") == (first, second)


def test_to_the_very_character() -> None:
    fits = "字" * (MOST - 1) + "。"
    assert begun(fits) == (fits,)
    assert begun("字" + fits) == ()


def test_a_first_paragraph_too_long_gives_its_first_sentences() -> None:
    (told,) = begun(SENTENCE * 20 + "完。")
    assert told == SENTENCE * 14
    assert count_characters(told) <= MOST


def test_a_sentence_ends_behind_its_quotation_mark() -> None:
    (told,) = begun("雨停了，灯亮着。“后面还有七个。”" * 20)
    assert told == "雨停了，灯亮着。“后面还有七个。”" * 15


def test_the_blanks_between_sentences_stay() -> None:
    assert begun("12路末班车。 Line 12 runs until ten. 完了。" + "字" * MOST) == (
        "12路末班车。 Line 12 runs until ten. 完了。",
    )


def test_headings_and_pictures_are_passed_over() -> None:
    text = "## 鱼缸\n\n头一缸鱼死了。\n\n![鱼](fish.jpg)\n\n***\n\n第二缸活到今天。"
    assert begun(text) == ("头一缸鱼死了。", "第二缸活到今天。")


def test_a_list_ends_it_with_the_sentence_that_leads_there() -> None:
    assert begun("他在污水厂。\n\n他做了三件事：\n\n1. 养鱼\n2. 看数\n\n后来他退休了。") == ("他在污水厂。",)


def test_emphasis_links_and_footnotes_leave_their_words() -> None:
    text = "头一缸鱼**死了**，[第二缸](https://example.cn)活着[^1]。\n\n[^1]: 到今天。"
    assert begun(text) == ("头一缸鱼死了，第二缸活着。",)


@pytest.mark.parametrize("text", ["", "   ", "## 只有标题", "- 列表", "> 引文"])
def test_nothing_comes_of_nothing(text: str) -> None:
    assert begun(text) == ()


@given(st.lists(st.text("他在厂里看鱼，。！？”“ \n", max_size=300), max_size=4), st.integers(1, 400))
def test_never_too_long_never_cut_inside_a_sentence(paragraphs: list[str], most: int) -> None:
    blocks = read_text("\n\n".join(paragraphs)).blocks
    whole = leading(blocks, 10_000)
    told = leading(blocks, most)
    assert sum(map(count_characters, told)) <= most
    if told and told != whole[: len(told)]:
        (only,) = told
        assert whole[0].startswith(only)
        assert only.endswith(("。", "！", "？", "”"))
