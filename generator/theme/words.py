"""The words of the interface: translations by preference, numbers and dates as the language has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import yaml
from markupsafe import Markup, escape

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Translate = Callable[..., str]


class UnknownWordsError(Exception):
    """A template asks for a key that no translation file has, or one whose words need more than was given."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def read_words(text: str) -> dict[str, str]:
    """The flat keys of one translation file. Raises yaml.YAMLError."""
    read = yaml.load(text, Loader=_LOADER) or {}  # noqa: S506 - a safe loader, C or Python
    return {str(key): str(value) for key, value in read.items()} if isinstance(read, dict) else {}


def merge(texts: Iterable[str]) -> dict[str, str]:
    """Translation files, the most particular first, as one dictionary."""
    words: dict[str, str] = {}
    for text in texts:
        words = read_words(text) | words
    return words


def translator(words: dict[str, str]) -> Translate:
    """`t(key, n=3)`: the words of `key`, filled. Markup given stays markup. Raises UnknownWordsError."""

    def translate(key: str, **given: Any) -> str:
        try:
            text = words[key]
            if not given:
                return text
            if any(isinstance(value, Markup) for value in given.values()):
                return escape(text).format(**given)
            return text.format(**given)
        except (KeyError, IndexError, ValueError) as cause:
            raise UnknownWordsError(key) from cause

    return translate


def counter(language: str) -> Callable[[int], str]:
    """A filter for counts in sentences: 十一 (两 for a bare two) in Chinese, digits elsewhere."""
    if not language.startswith("zh"):
        return str
    from generator.typography import chinese_number

    return lambda number: "两" if number == 2 else chinese_number(number)


def date_filters(t: Translate, language: str) -> dict[str, Callable[[date | str], str]]:
    """`day` 11·26, `date` 2026年11月20日 (what is known), `month_day` 十一月二十日, `dotted` 2026.04."""

    def filled(key: str, value: date | str) -> str:
        parts = [int(part) for part in iso(value).split("-")]
        year, month, day = (*parts, 1, 1)[:3]
        words = {"y": year, "m": month, "d": day, "mm": f"{month:02}", "dd": f"{day:02}"}
        return t(key, month=t(f"month.{month}"), **words)

    def full(value: date | str) -> str:
        return filled(("date.year", "date.month", "date.full")[iso(value).count("-")], value)

    def month_day(value: date | str) -> str:
        if not language.startswith("zh"):
            return filled("date.month_day", value)
        from generator.typography import chinese_month_day

        return chinese_month_day(date.fromisoformat(iso(value)))

    return {
        "day": lambda value: filled("date.day", value),
        "date": full,
        "month_day": month_day,
        "dotted": lambda value: iso(value).replace("-", "."),
        "iso": iso,
    }


def iso(value: date | str) -> str:
    """A date as machines read it: 2026-11-20, or the 2009-07 that was written."""
    return value if isinstance(value, str) else value.isoformat()
