"""Writes one review into the text of a record: its comments, order and every other byte stay as they are."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from generator.model import Review
from generator.sources.entries import REVIEW
from generator.sources.schema import RECORD
from generator.sources.shape import Shape

_PLAIN = re.compile(r"[\w·.-][\w·.:-]*")


class UnwritableError(ValueError):
    """The record's text has no place where a review could be written safely."""


def add_review(data: bytes, review: Review) -> bytes:
    """The bytes of a readable record (UTF-8) with `review` as its last. Raises UnwritableError.

    Keys are written in the language of the record's own; line ends as the record has them."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as cause:
        raise UnwritableError("encoding") from cause
    newline = "\r\n" if "\r\n" in text else "\n"
    start, end = _front_matter(text)
    front = text[start:end]
    chinese = re.search(
        rf"^(?:{'|'.join(field.chinese for field in RECORD.fields)})\s*:", front, re.MULTILINE
    )
    entry = _flow(review, chinese=chinese is not None)
    at, piece = _place(front, entry, newline, chinese=chinese is not None)
    return (text[: start + at] + piece + text[start + at :]).encode("utf-8")


def _front_matter(text: str) -> tuple[int, int]:
    """Where the YAML between the two `---` lines starts and ends."""
    marks = list(re.finditer(r"^---[ \t]*\r?$\n?", text.removeprefix("\ufeff"), re.MULTILINE))
    shift = len(text) - len(text.removeprefix("\ufeff"))
    if len(marks) < 2:
        raise UnwritableError("front matter")
    return marks[0].end() + shift, marks[1].start() + shift


def _place(front: str, entry: str, newline: str, *, chinese: bool) -> tuple[int, str]:
    """(offset in the YAML, text to insert there)."""
    lead = "" if not front or front.endswith("\n") else newline
    value = _reviews(front)
    if value is None:
        return len(front), f"{lead}{_key(RECORD, 'reviews', chinese=chinese)}:{newline}  - {entry}{newline}"
    if not isinstance(value, yaml.SequenceNode):
        if value.value:
            raise UnwritableError("reviews")
        return value.start_mark.index, f"{newline}  - {entry}"
    if value.flow_style:
        bracket = value.end_mark.index - 1
        return bracket, f", {entry}" if value.value else entry
    line_end = front.find("\n", _end(value))
    if line_end < 0:
        return len(front), f"{lead}{' ' * value.start_mark.column}- {entry}{newline}"
    return line_end + 1, f"{' ' * value.start_mark.column}- {entry}{newline}"


def _reviews(front: str) -> Any:
    """The YAML node of the reviews, None without the key. Not by the C loader, whose marks count bytes."""
    tree: Any = yaml.compose(front, Loader=yaml.SafeLoader)
    keys = ("reviews", RECORD.by_name["reviews"].chinese)
    return next((value for key, value in tree.value if key.value in keys), None) if tree else None


def _end(node: Any) -> int:
    """Where a node's last written character ends; a block's own mark lies beyond the comments that follow it."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


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
