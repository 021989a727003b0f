"""Writes `status: revoked` into the text of a record: its comments, order and every other byte stay as they are."""

from __future__ import annotations

import re

from generator.sources.frontmatter import read_map
from generator.sources.schema import RECORD
from generator.sources.shape import is_chinese
from generator.sources.signing import UnwritableError, field_nodes, front_matter

_BREAKS = re.compile(r"\s+")


def revoke(data: bytes, note: str) -> bytes:
    """The bytes of a readable record (UTF-8) with the status of the revoked and, behind it, `note` as a comment.

    Raises UnwritableError. What is returned has been read again: it says the same as before but for the status."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as cause:
        raise UnwritableError("encoding") from cause
    start, end = front_matter(text)
    front = text[start:end]
    before = read_map("", front, RECORD)[0]
    _, key, value = field_nodes(front, "status")
    if before is None or key is None or value is None:
        raise UnwritableError("status")
    said = "撤销" if is_chinese(key.value) else "revoked"
    at, stop = value.start_mark.index, value.end_mark.index
    rest = front.index("\n", stop)
    comment = front[stop:rest].strip().removeprefix("#").strip()
    words = "；".join(part for part in (_BREAKS.sub(" ", note).strip(), comment) if part)
    carriage = "\r" if front[:rest].endswith("\r") else ""
    written = front[:at] + said + (f"  # {words}" if words else "") + carriage + front[rest:]
    after = read_map("", written, RECORD)[0]
    if after is None or after | {"status": before["status"]} != before or str(after["status"]) != "revoked":
        raise UnwritableError("status")
    return (text[:start] + written + text[end:]).encode("utf-8")
