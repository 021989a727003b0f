"""Reads single values: text, numbers, yes and no, choices, texts of a certain form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from generator.sources.positions import Node
from generator.sources.shape import LONGEST_NAME, Reading, is_chinese

# Characters. Whatever sets a text looks at it as a whole, and nobody reads so much in one field.
LONGEST_TEXT = 20_000

_TRUE = ("true", "yes", "on", "是", "同意", "已同意")
_FALSE = ("false", "no", "off", "否", "不同意", "未同意")


def text_at(node: Node, reading: Reading, key: str) -> str | None:
    """The text at `node`, or None after noting that it is a list or a map."""
    if isinstance(node.value, str):
        return node.value
    reading.refuse(node, "text-but-list" if isinstance(node.value, list) else "text-but-map", key=key)
    return None


@dataclass(frozen=True, slots=True)
class Text:
    """Any text of at most `most` characters, numbers and dates included, as written."""

    most: int = LONGEST_TEXT

    def read(self, node: Node, reading: Reading, at: str, key: str) -> str | None:
        text = node.value if isinstance(node.value, str) else text_at(node, reading, key)
        if text is None or len(text) <= self.most:
            return text
        reading.refuse(node, "value-too-long", key=key, count=len(text), most=self.most)
        return None

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "number", "boolean"]}

    def described(self, language: str) -> str:
        return "文字" if language == "zh-CN" else "text"


@dataclass(frozen=True, slots=True)
class Truth:
    """Yes or no, in either language."""

    def read(self, node: Node, reading: Reading, at: str, key: str) -> bool | None:
        text = text_at(node, reading, key)
        if text is None:
            return None
        if text.casefold() in _TRUE:
            return True
        if text.casefold() not in _FALSE:
            reading.refuse(node, "truth-expected", key=key, value=text)
            return None
        return False

    def schema(self) -> dict[str, Any]:
        return {"enum": [True, False, *_TRUE, *_FALSE]}

    def described(self, language: str) -> str:
        return "是 / 否" if language == "zh-CN" else "true / false"


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number from `least` to `most`."""

    least: int = 0
    most: int = 10_000_000

    def read(self, node: Node, reading: Reading, at: str, key: str) -> int | None:
        text = text_at(node, reading, key)
        if text is None:
            return None
        plain = unicodedata.normalize("NFKC", text).replace(",", "")
        if re.fullmatch(r"[0-9]{1,9}", plain) and self.least <= int(plain) <= self.most:
            return int(plain)
        reading.refuse(node, "number-expected", key=key, value=text, least=self.least, most=self.most)
        return None

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def described(self, language: str) -> str:
        return "整数" if language == "zh-CN" else "whole number"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words; `words` gives each (English, Chinese) pair its value."""

    words: tuple[tuple[str, str, Any], ...]

    def read(self, node: Node, reading: Reading, at: str, key: str) -> Any:
        text = text_at(node, reading, key)
        if text is None:
            return None
        for english, chinese, value in self.words:
            if text == chinese or text.casefold() == english.casefold():
                return value
        names = [chinese if is_chinese(text) else english for english, chinese, _ in self.words]
        near = get_close_matches(text.casefold()[:LONGEST_NAME], names, n=1, cutoff=0.5)
        listed = (" / ").join(names)
        if near:
            reading.refuse(node, "choice-unknown-near", key=key, value=text, near=near[0], choices=listed)
        else:
            reading.refuse(node, "choice-unknown", key=key, value=text, choices=listed)
        return None

    def schema(self) -> dict[str, Any]:
        return {
            "enum": [word for english, chinese, _ in self.words for word in dict.fromkeys((english, chinese))]
        }

    def described(self, language: str) -> str:
        return " / ".join(
            english if english == chinese or language != "zh-CN" else f"{english} {chinese}"
            for english, chinese, _ in self.words
        )


@dataclass(frozen=True, slots=True)
class Matching:
    """A text of a certain form; one that hasn't it is the error `code`."""

    pattern: str
    code: str
    zh: str
    en: str

    def read(self, node: Node, reading: Reading, at: str, key: str) -> str | None:
        text = text_at(node, reading, key)
        if text is None or re.fullmatch(self.pattern, text):
            return text
        reading.refuse(node, self.code, key=key, value=text)
        return None

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^(?:{self.pattern})$"}

    def described(self, language: str) -> str:
        return self.zh if language == "zh-CN" else self.en
