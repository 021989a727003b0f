"""Writes one review into the text of a record: its comments, order and every other byte stay as they are."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from generator.model import Review
from generator.sources.entries import REVIEW
from generator.sources.frontmatter import read_map
from generator.sources.schema import RECORD
from generator.sources.shape import Shape, is_chinese

_OPENING = re.compile(r"\ufeff?(?:[^\S\n]*\n)*---[^\S\n]*\n")
_CLOSING = re.compile(r"^---[^\S\n]*$", re.MULTILINE)
_PLAIN = re.compile(r"(?!(?:null|Null|NULL)$)\w(?:[\w·.:-]*[\w·.-])?")
_TRAILING_COMMA = re.compile(r"(?:\s|#[^\n]*\n)*,")


class UnwritableError(ValueError):
    """The record has no place where a review could be written safely; the words say what is in the way."""


def add_review(data: bytes, review: Review) -> bytes:
    """The bytes of a readable record (UTF-8) with `review` as its last. Raises UnwritableError.

    Keys are written in the language of the record's own; line ends as the record has them. What is returned
    has been read again: it says the same as before and one review more."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as cause:
        raise UnwritableError("encoding") from cause
    start, end = front_matter(text)
    front = text[start:end]
    before = read_map("", front, RECORD)[0]
    if before is None:
        raise UnwritableError("front matter")
    at, piece = _place(front, review)
    signed = front[:at] + piece + front[at:]
    after = read_map("", signed, RECORD)[0]
    if after != before | {"reviews": (*before.get("reviews", ()), review)}:
        raise UnwritableError("reviews")
    return (text[:start] + signed + text[end:]).encode("utf-8")


def front_matter(text: str) -> tuple[int, int]:
    """Where the YAML between the two `---` lines starts and ends."""
    opening = _OPENING.match(text)
    closing = opening and _CLOSING.search(text, opening.end())
    if opening is None or closing is None:
        raise UnwritableError("front matter")
    return opening.end(), closing.start()


def _place(front: str, review: Review) -> tuple[int, str]:
    """(offset in the YAML, text to insert there)."""
    tree, key, value = field_nodes(front, "reviews")
    newline = "\r\n" if "\r\n" in front else "\n"
    chinese = is_chinese(key.value if key else "".join(name.value for name, _ in tree.value))
    entry = _flow(review, chinese=chinese)
    margin = " " * tree.start_mark.column
    if value is None:
        return len(front), (
            f"{margin}{_key(RECORD, 'reviews', chinese=chinese)}:{newline}{margin}  - {entry}{newline}"
        )
    if not isinstance(value, yaml.SequenceNode):
        if value.start_mark.index != value.end_mark.index:
            raise UnwritableError("reviews")
        return value.start_mark.index, f"{newline}{margin}  - {entry}"
    if not value.flow_style:
        margin = " " * value.start_mark.column
        return front.index("\n", _end(front, value)) + 1, f"{margin}- {entry}{newline}"
    if not value.value:
        return value.end_mark.index - 1, entry
    last = _end(front, value.value[-1])
    comma = _TRAILING_COMMA.match(front, last)
    return (comma.end(), f" {entry}") if comma else (last, f", {entry}")


def field_nodes(front: str, field: str) -> tuple[Any, Any, Any]:
    """The YAML nodes of the map, of the key of one of its fields and of its value, None for what isn't there.

    Not by the C loader, whose marks count bytes."""
    try:
        tree: Any = yaml.compose(front, Loader=yaml.SafeLoader)
    except yaml.YAMLError as cause:
        raise UnwritableError("front matter") from cause
    if not isinstance(tree, yaml.MappingNode) or tree.flow_style:
        raise UnwritableError("front matter")
    names = (field, RECORD.by_name[field].chinese)
    key, value = next((pair for pair in tree.value if pair[0].value in names), (None, None))
    return tree, key, value


def _end(front: str, node: Any) -> int:
    """Where a node's last written character ends; a block's own mark lies beyond the comments after it."""
    if isinstance(node, yaml.ScalarNode):
        return len(front[: node.end_mark.index].rstrip()) if node.style in ("|", ">") else node.end_mark.index
    if node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(front, last[1] if isinstance(last, tuple) else last)


def _flow(review: Review, *, chinese: bool) -> str:
    values = {
        "stage": review.stage,
        "by": review.by,
        "date": review.date.isoformat(),
        "digest": review.digest,
    }
    return (
        "{"
        + ", ".join(f"{_key(REVIEW, key, chinese=chinese)}: {_scalar(v)}" for key, v in values.items())
        + "}"
    )


def _key(shape: Shape, key: str, *, chinese: bool) -> str:
    return shape.by_name[key].chinese if chinese else key


def _scalar(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
