"""How Chinese is set: where a line breaks, how a name is spaced, how a number reads.

Pure functions of strings, for templates to use as filters. Large text breaks where a reader breathes, by
clause; a quotation has a line for each sentence; no line breaks inside 12路."""

from __future__ import annotations

import re
from datetime import date

_CLOSERS = "”’）》」』】〉〕)"
# The colon of 12：30 and the separators of figures are inside a number, not between clauses.
_STOP = "[，。；？！]|：(?![0-9０-９])"
_CLAUSE = re.compile(rf"(?:[^，。；：？！]|：(?=[0-9０-９]))*(?:(?:{_STOP})(?:{_STOP}|[{_CLOSERS}])*|$)")
_END = rf"[。？！]++…*+[{_CLOSERS}]*+"
# Nothing ends before a pause: 。……，然后 would begin a line with its comma.
_SENTENCE = re.compile(rf"(?:[^。？！\n]|{_END}(?=[，、；：]))*(?:{_END}|\n|$)")
# “后面还有七个。”她说 is one sentence: whoever spoke belongs to what was said.
_SPEAKER = re.compile(r"[，；、：]|[^，。；：？！“”\n]{1,6}[说道问答讲喊叹]")
_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SIGN = re.compile("[^\ufe00-\ufe0f\U000e0100-\U000e01ef][\ufe00-\ufe0f\U000e0100-\U000e01ef]*")
# Combining marks of the scripts that occur, variation selectors, joiners, direction marks, tags.
_UNSEEN = re.compile(
    "[\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U000e0000-\U000e01ef]"
)
_MEASURES = (
    "公里|千米|厘米|毫米|平方米|立方米|公斤|千克|小时|分钟|秒钟|万元|亿元|摄氏度|[年月日号路时分秒点岁人次个位名件台辆户盏站"
    "座米元度级届期批班组楼室条本步吨克升天周遍种项篇万亿倍页字人章]"
)
_UNIT = rf"[%％‰℃]|{_MEASURES}|[A-Za-z]{{1,3}}(?![A-Za-z])"
_FIGURES = "(?<![0-9])[0-9]++(?:[.,:：—–-][0-9]++){0,4}"
_QUANTITY = re.compile(rf"(?:第?{_FIGURES}(?:{_UNIT})+)+|(?<![0-9])[0-9]++(?:[.,:：][0-9]++)+")
_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")


def clauses(text: str) -> tuple[str, ...]:
    """`text` cut after ，。；：？！ and the closing marks and brackets behind them. Nothing is lost."""
    return tuple(part for part in _CLAUSE.findall(text) if part)


def sentences(text: str) -> tuple[str, ...]:
    """`text` cut after 。？！ and at line ends, white space at the cuts dropped. What names the speaker of a
    quotation stays with it."""
    found: list[str] = []
    open_quote = False
    for part in _SENTENCE.findall(text):
        if open_quote and _SPEAKER.match(part):
            found[-1] += part
        else:
            found.append(part)
        open_quote = part.endswith("”")
    return tuple(stripped for part in found if (stripped := part.strip()))


def spaced_name(name: str) -> str:
    """A Chinese name of two characters with U+3000 between them (李　娜), so that it is as wide as one of
    three; every other name as it is."""
    parts = signs(name)
    if len(parts) == 2 and all(_HAN.match(sign) for sign in parts):
        return "\u3000".join(parts)
    return name


def signs(name: str) -> tuple[str, ...]:
    """The characters of `name` without white space, each with its variation selectors."""
    return tuple(_SIGN.findall("".join(name.split())))


def count_characters(text: str) -> int:
    """How many characters a reader counts: no white space, no invisible signs, accents with their letters."""
    return len(_UNSEEN.sub("", "".join(text.split())))


def chinese_number(number: int) -> str:
    """`number` as it is read: 二百一十四, 一千零五, 十二. From 10,000 on, and below 0, in figures."""
    if not 0 <= number <= 9999:
        return str(number)
    if number < 10:
        return _DIGITS[number]
    read = ""
    for place, digit in zip(range(len(str(number)) - 1, -1, -1), str(number), strict=True):
        if digit != "0":
            read += _DIGITS[int(digit)] + _UNITS[place]
        elif not read.endswith("零"):
            read += "零"
    read = read.rstrip("零")
    return read.removeprefix("一") if 10 <= number <= 19 else read


def chinese_month_day(day: date) -> str:
    """十一月二十二日."""
    return f"{chinese_number(day.month)}月{chinese_number(day.day)}日"


def formal_date(written: str) -> str:
    """A date as documents bear it, as far as it is known: 2026-04-28 is 二〇二六年四月二十八日."""
    year, *rest = written.split("-")
    words = "".join("〇一二三四五六七八九"[int(digit)] for digit in year) + "年"
    return words + "".join(
        f"{chinese_number(int(part))}{sign}" for part, sign in zip(rest, "月日", strict=False)
    )


def unbreakable(text: str) -> tuple[tuple[str, bool], ...]:
    """`text` in segments, each with whether it must stay on one line: 12路, 2019年11月, 23:10, 98.5%."""
    segments: list[tuple[str, bool]] = []
    at = 0
    for found in _QUANTITY.finditer(text):
        segments += [(text[at : found.start()], False), (found.group(), True)]
        at = found.end()
    segments.append((text[at:], False))
    return tuple(segment for segment in segments if segment[0])
