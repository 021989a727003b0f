"""Reads a wording: a text with blanks in braces that a record fills in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.sources.positions import Node
from generator.sources.shape import Reading, is_chinese
from generator.sources.values import text_at

_BLANK = re.compile(r"\{([^{}]*)\}")
_BRACES = str.maketrans("｛｝", "{}")  # as a Chinese keyboard types them


@dataclass(frozen=True)
class Wording:
    """A text in which `{title}` stands for something. `blanks` gives each English name its Chinese one; what
    is read holds the English names alone."""

    blanks: Mapping[str, str]

    def read(self, node: Node, reading: Reading, at: str, key: str) -> str | None:
        text = text_at(node, reading, key)
        if text is None:
            return None
        text = text.translate(_BRACES)
        names = {name: english for english, chinese in self.blanks.items() for name in (english, chinese)}
        before = reading.errors
        for written in dict.fromkeys(_BLANK.findall(text)):
            if written.strip() not in names:
                reading.refuse(
                    node, "blank-unknown", key=key, blank=f"{{{written}}}", known=self._known(text)
                )
        if re.search("[{}]", _BLANK.sub("", text)):
            reading.refuse(node, "blank-brace", key=key, known=self._known(key))
        if reading.errors > before:
            return None
        return _BLANK.sub(lambda found: f"{{{names[found[1].strip()]}}}", text)

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}

    def described(self, language: str) -> str:
        names = self.blanks.values() if language == "zh-CN" else self.blanks.keys()
        return ("文字，可用 " if language == "zh-CN" else "text, with ") + " ".join(f"{{{n}}}" for n in names)

    def _known(self, written: str) -> str:
        names = self.blanks.values() if is_chinese(written) else self.blanks.keys()
        return " ".join(f"{{{name}}}" for name in names)
