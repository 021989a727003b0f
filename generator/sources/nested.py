"""Reads lists and maps within a map."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from generator.sources.positions import Node
from generator.sources.shape import Reading, Shape


@dataclass(frozen=True, slots=True)
class Several:
    """A list of values that `reader` reads, as a tuple. A single one stands for a list of one; with `split`,
    a text is divided at 、 and full-width or ASCII commas, as editors write lists."""

    reader: Any
    split: bool = False

    @property
    def shape(self) -> Shape | None:
        shape: Shape | None = getattr(self.reader, "shape", None)
        return shape

    def read(self, node: Node, reading: Reading, at: str, key: str) -> tuple[Any, ...] | None:
        nodes = node.value if isinstance(node.value, list) else [node]
        if isinstance(node.value, dict) and self.shape is None:
            reading.refuse(node, "list-but-map", key=key)
            return None
        before = reading.errors
        values: list[Any] = []
        for item in self._divided(nodes):
            if item.value is None or item.value == "":
                continue
            place = f"{at}.{len(values)}"
            reading.places.append((place, item.line, item.column))
            value = self.reader.read(item, reading, place, key)
            if value is not None:
                values.append(value)
        return tuple(values) if reading.errors == before else None

    def _divided(self, nodes: list[Node]) -> list[Node]:
        if not self.split:
            return nodes
        divided = []
        for node in nodes:
            parts = re.split("[、，,]", node.value) if isinstance(node.value, str) else [node.value]
            divided += [Node(p.strip() if isinstance(p, str) else p, node.line, node.column) for p in parts]
        return divided

    def schema(self) -> dict[str, Any]:
        item = self.reader.schema()
        return {"anyOf": [{"type": "array", "items": item}, item]}

    def described(self, language: str) -> str:
        inner = self.reader.described(language)
        return f"列表：{inner}" if language == "zh-CN" else f"list of {inner}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A map of a shape of its own. A map in which nothing is filled in is as good as absent."""

    shape: Shape

    def read(self, node: Node, reading: Reading, at: str, key: str) -> Any:
        written = node.value if isinstance(node.value, dict) else {"": (node, node)}
        is_blank = all(value.value is None for _, value in written.values())
        if is_blank and written.keys() <= self.shape.by_name.keys():
            return None
        return self.shape.read(node, reading, at, key)

    def schema(self) -> dict[str, Any]:
        return {"$ref": f"#/$defs/{self.shape.make.__name__}"}

    def described(self, language: str) -> str:
        return "见下表" if language == "zh-CN" else "see below"


def schema_of(shape: Shape) -> dict[str, Any]:
    """The JSON Schema of the maps of `shape`: every key by either name, no others.

    Maps within it are references to `$defs`, named like the classes of the model.
    """
    properties: dict[str, Any] = {}
    for entry in shape.fields:
        choices = [entry.reader.schema()] if entry.required else [entry.reader.schema(), {"type": "null"}]
        meaning = {"description": f"{entry.zh} / {entry.en}", "anyOf": choices}
        properties[entry.key] = properties[entry.chinese] = meaning
    required = [
        {"anyOf": [{"required": [entry.key]}, {"required": [entry.chinese]}]}
        for entry in shape.fields
        if entry.required
    ]
    schema: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    if required:
        schema["allOf"] = required
    if not shape.short:
        return schema
    return {"anyOf": [schema, {"type": "string"}]}
