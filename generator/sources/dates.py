"""Reads the ways in which offices write a date: 2017-12-15, 2017年12月15日, 2017.12, 2017/12/15, 2017."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.sources.positions import Node
from generator.sources.shape import Reading

_DATE = re.compile(
    r"(?P<year>\d{4})(?:年|(?:年|[-./])(?P<month>\d{1,2})(?:月|(?:月|[-./])(?P<day>\d{1,2})[日号]?)?)?"
)
_FIRST_YEAR, _LAST_YEAR = 1800, 2199


@dataclass(frozen=True, slots=True)
class PartialDay:
    """A year, a month or a day, kept as ISO 8601 text of that precision: 2009, 2009-07, 2009-07-01."""

    def read(self, node: Node, reading: Reading, at: str, key: str) -> str | None:
        return _iso(node, reading, key)

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "integer"], "examples": ["2017-12-15", "2017-12", "2017"]}

    def described(self, language: str) -> str:
        return "日期，可只到年或月" if language == "zh-CN" else "date, year or month"


@dataclass(frozen=True, slots=True)
class Day:
    """A whole day as datetime.date."""

    def read(self, node: Node, reading: Reading, at: str, key: str) -> date | None:
        iso = _iso(node, reading, key)
        if iso is None:
            return None
        if len(iso) < len("2017-12-15"):
            reading.refuse(node, "date-incomplete", key=key, value=str(node.value))
            return None
        return date.fromisoformat(iso)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "examples": ["2017-12-15"]}

    def described(self, language: str) -> str:
        return "日期" if language == "zh-CN" else "date"


@dataclass(frozen=True, slots=True)
class Year:
    """A year as a number."""

    def read(self, node: Node, reading: Reading, at: str, key: str) -> int | None:
        iso = _iso(node, reading, key)
        if iso is None:
            return None
        if len(iso) > len("2017"):
            reading.refuse(node, "year-expected", key=key, value=str(node.value), year=iso[:4])
            return None
        return int(iso)

    def schema(self) -> dict[str, Any]:
        return {"type": ["integer", "string"], "examples": [2017]}

    def described(self, language: str) -> str:
        return "年份" if language == "zh-CN" else "year"


def _iso(node: Node, reading: Reading, key: str) -> str | None:
    """The date at `node` in ISO form, as precise as it was written."""
    if not isinstance(node.value, str):
        reading.refuse(node, "date-form", key=key, value="[…]" if isinstance(node.value, list) else "{…}")
        return None
    written = unicodedata.normalize("NFKC", node.value).replace(" ", "")
    match = _DATE.fullmatch(written)
    if match is None:
        reading.refuse(node, "date-form", key=key, value=node.value)
        return None
    year, month, day = (int(part) if part else None for part in match.group("year", "month", "day"))
    assert year is not None
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        possible = False
    else:
        possible = _FIRST_YEAR <= year <= _LAST_YEAR
    if not possible:
        reading.refuse(node, "date-impossible", key=key, value=node.value)
        return None
    return "-".join([f"{year:04}"] + [f"{part:02}" for part in (month, day) if part is not None])
