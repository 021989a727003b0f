"""Reads values that site.yaml alone has: a time zone, and who may sign."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from typing import Any

from generator.sources.entries import WORDS
from generator.sources.positions import Node
from generator.sources.shape import Reading
from generator.sources.values import text_at


@dataclass(frozen=True, slots=True)
class TimeZone:
    """The name of a time zone in the IANA database, Asia/Shanghai."""

    def read(self, node: Node, reading: Reading, at: str, key: str) -> str | None:
        text = text_at(node, reading, key)
        if text is None:
            return None
        try:
            zoneinfo.ZoneInfo(text)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            reading.refuse(node, "timezone-unknown", key=key, value=text)
            return None
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}

    def described(self, language: str) -> str:
        return "时区" if language == "zh-CN" else "time zone"


@dataclass(frozen=True, slots=True)
class Signers:
    """Who may sign each stage: a map from stages to names, as ((stage, names), …)."""

    def read(self, node: Node, reading: Reading, at: str, key: str) -> Any:
        if not isinstance(node.value, dict):
            code = "map-but-list" if isinstance(node.value, list) else "map-but-text"
            reading.refuse(node, code, key=key, example="{初审: [张三, 李四]}")
            return None
        signers = []
        for stage, (name, value) in node.value.items():
            reading.places.append((f"{at}.{stage}", name.line, name.column))
            names = WORDS.read(value, reading, f"{at}.{stage}", stage)
            signers.append((stage, names or ()))
        return tuple(signers)

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": WORDS.schema()}

    def described(self, language: str) -> str:
        return "环节: [姓名, …]" if language == "zh-CN" else "stage: [names]"
