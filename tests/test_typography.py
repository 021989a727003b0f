"""Where lines of Chinese break, how names are spaced and numbers read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.typography import (
    chinese_month_day,
    chinese_number,
    clauses,
    count_characters,
    sentences,
    spaced_name,
    unbreakable,
)

TEXT = st.text("甲乙丙，。；：？！、“”（）…—12:ab \n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("末班车晚发的四分钟，是她争来的。", ["末班车晚发的四分钟，", "是她争来的。"]),
        ("他说：“好！”就走", ["他说：", "“好！”", "就走"]),
        ("（见附件；另发）后来，", ["（见附件；", "另发）后来，"]),
        ("甲、乙、丙", ["甲、乙、丙"]),
        ("“好！”，他说", ["“好！”，", "他说"]),
        ("真的？！是的……", ["真的？！", "是的……"]),
        ("23：30，到站", ["23：30，", "到站"]),
        ("", []),
    ],
)
def test_clauses_end_where_a_reader_breathes(text: str, expected: list[str]) -> None:
    assert list(clauses(text)) == expected


@given(TEXT)
def test_clauses_lose_nothing_and_none_begins_with_a_stop(text: str) -> None:
    parts = clauses(text)
    assert "".join(parts) == text
    assert all(parts)
    assert not any(part[0] in "，。；？！" for part in parts[1:])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("她先给我看数，再开口。我在运营部十二年。", ["她先给我看数，再开口。", "我在运营部十二年。"]),
        ("“后面还有七个。”她说。他走了。", ["“后面还有七个。”她说。", "他走了。"]),
        ("“该穿外套了。”“桥上有冰。”", ["“该穿外套了。”", "“桥上有冰。”"]),
        ("“两分钟够了。”那天没有人跑。", ["“两分钟够了。”", "那天没有人跑。"]),
        ("“好。”，他说。", ["“好。”，他说。"]),
        ("好吗？！好\n 再来 ", ["好吗？！", "好", "再来"]),
        ("  \n", []),
        ("一，一。……，然后一。二。", ["一，一。……，然后一。", "二。"]),
        ("他问：“谁？”，没人答。", ["他问：“谁？”，没人答。"]),
    ],
)
def test_sentences_of_a_quotation(text: str, expected: list[str]) -> None:
    assert list(sentences(text)) == expected


@given(TEXT)
def test_sentences_lose_only_white_space(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("李娜", "李　娜"),
        ("李 娜", "李　娜"),
        ("𠮷娜", "𠮷　娜"),
        ("葛\U000e0100娜", "葛\U000e0100　娜"),
        ("〇一", "〇　一"),
        ("陈水根", "陈水根"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("Li", "Li"),
        ("李A", "李A"),
        ("李", "李"),
        ("", ""),
    ],
)
def test_names_of_two_characters_are_as_wide_as_three(name: str, expected: str) -> None:
    assert spaced_name(name) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("李　娜 说：\n好", 5),
        ("12路 bus", 6),
        ("𬭎𠅤𠮷", 3),
        ("葛\U000e0100", 1),
        ("e\u0301", 1),
        ("零\u200b宽\ufeff", 2),
        (" \t\u00a0", 0),
    ],
)
def test_characters_are_counted_as_readers_count(text: str, count: int) -> None:
    assert count_characters(text) == count


@pytest.mark.parametrize(
    ("number", "read"),
    [
        (0, "零"),
        (2, "二"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (99, "九十九"),
        (101, "一百零一"),
        (110, "一百一十"),
        (214, "二百一十四"),
        (1000, "一千"),
        (1005, "一千零五"),
        (1010, "一千零一十"),
        (2300, "二千三百"),
        (9999, "九千九百九十九"),
        (10000, "10000"),
        (-1, "-1"),
    ],
)
def test_numbers_in_characters(number: int, read: str) -> None:
    assert chinese_number(number) == read


def test_every_number_reads_differently() -> None:
    assert len({chinese_number(number) for number in range(10_000)}) == 10_000


def test_days_in_characters() -> None:
    assert chinese_month_day(date(2026, 11, 22)) == "十一月二十二日"
    assert chinese_month_day(date(2026, 1, 10)) == "一月十日"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("坐12路到第3站", ["12路", "第3站"]),
        ("2019年11月17日，下雨", ["2019年11月17日"]),
        ("23:10发车，准点率98.5%", ["23:10", "98.5%"]),
        ("水压0.35MPa，走了86步", ["0.35MPa", "86步"]),
        ("1,500字", ["1,500字"]),
        ("四十一天", []),
    ],
)
def test_quantities_stay_in_one_piece(text: str, kept: list[str]) -> None:
    segments = unbreakable(text)
    assert [segment for segment, together in segments if together] == kept
    assert "".join(segment for segment, _ in segments) == text


@given(TEXT)
def test_segments_lose_nothing(text: str) -> None:
    segments = unbreakable(text)
    assert "".join(segment for segment, _ in segments) == text
    assert all(segment for segment, _ in segments)
