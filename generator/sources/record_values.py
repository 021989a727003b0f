"""Reads values that records alone have: files, slugs, unit paths, focus points, private notes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from generator.sources.positions import Node
from generator.sources.shape import Reading
from generator.sources.slugs import fault_of, is_reserved, suggest
from generator.sources.values import text_at

_PRIVATE = {"电话": "phone", "出生年月": "born", "备注": "notes"}


@dataclass(frozen=True, slots=True)
class FileName:
    """A file in the record's folder, with `/`: nothing that leads out of it or that Windows can't name."""

    def read(self, node: Node, reading: Reading, at: str, key: str) -> str | None:
        text = text_at(node, reading, key)
        if text is None:
            return None
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", text):
            reading.refuse(node, "file-url", key=key, value=text)
            return None
        if re.search(r'[\\<>:"|?*\x00-\x1f]', text) or any(map(_is_no_name, text.split("/"))):
            name = re.split(r"[\\/:]", text)[-1].strip(". ")
            better = "photo.jpg" if not name or is_reserved(name) else name
            reading.refuse(node, "file-path", key=key, value=text, name=better)
            return None
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}

    def described(self, language: str) -> str:
        return "同一文件夹里的文件名" if language == "zh-CN" else "name of a file in the same folder"


def _is_no_name(part: str) -> bool:
    """Whether `part` of a path leads elsewhere ("", ".", "..") or can't be stored on Windows."""
    return not part or part.endswith((".", " ")) or is_reserved(part)


@dataclass(frozen=True, slots=True)
class Slug:
    """The slug of a record: the name of its folder."""

    def read(self, node: Node, reading: Reading, at: str, key: str) -> str | None:
        text = text_at(node, reading, key)
        if text is None:
            return None
        if fault_of(text):
            reading.refuse(
                node, "slug-reference", key=key, value=text, suggestion=suggest(text) or "li-jianguo"
            )
            return None
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[a-z0-9-]+$"}

    def described(self, language: str) -> str:
        return "记录文件夹的名字" if language == "zh-CN" else "name of a record's folder"


@dataclass(frozen=True, slots=True)
class UnitPath:
    """The way to a unit from the top of the tree, `运维中心/第二维护班组`, as a tuple of names or keys."""

    def read(self, node: Node, reading: Reading, at: str, key: str) -> tuple[str, ...] | None:
        text = text_at(node, reading, key)
        if text is None:
            return None
        path = tuple(part.strip() for part in re.split("[/／]", text))
        if "" in path:
            reading.refuse(
                node, "unit-form", key=key, value=text, path="/".join(part for part in path if part)
            )
            return None
        return path

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}

    def described(self, language: str) -> str:
        return "单位/下级单位" if language == "zh-CN" else "unit/subunit"


@dataclass(frozen=True, slots=True)
class Focus:
    """The point of a photo that a crop keeps: [x, y], 0..1 from its left and upper edge."""

    def read(self, node: Node, reading: Reading, at: str, key: str) -> tuple[float, float] | None:
        items = node.value if isinstance(node.value, list) else []
        texts = [item.value for item in items]
        numbers = [
            float(t) for t in texts if isinstance(t, str) and re.fullmatch(r"0?\.[0-9]{1,9}|[01](\.0*)?", t)
        ]
        if len(numbers) == len(texts) == 2:
            return numbers[0], numbers[1]
        reading.refuse(node, "focus-form", key=key)
        return None

    def schema(self) -> dict[str, Any]:
        number = {"type": "number", "minimum": 0, "maximum": 1}
        return {"type": "array", "items": number, "minItems": 2, "maxItems": 2}

    def described(self, language: str) -> str:
        return "[横, 纵]，0–1" if language == "zh-CN" else "[x, y], 0–1"


@dataclass(frozen=True, slots=True)
class PrivateNotes:
    """Whatever an office notes for itself: any keys, texts as values, as (key, value) pairs."""

    def read(self, node: Node, reading: Reading, at: str, key: str) -> tuple[tuple[str, str], ...] | None:
        if not isinstance(node.value, dict):
            code = "map-but-list" if isinstance(node.value, list) else "map-but-text"
            reading.refuse(node, code, key=key, example="{phone: 8120}")
            return None
        before = reading.errors
        pairs = []
        for written, (_, value) in node.value.items():
            text = "" if value.value is None else text_at(value, reading, written)
            if text:
                pairs.append((_PRIVATE.get(written, written), text))
        return tuple(pairs) if reading.errors == before else None

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean", "null"]}}

    def described(self, language: str) -> str:
        return "任意几项文字" if language == "zh-CN" else "any texts"
