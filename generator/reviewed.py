"""The digest of what reviewers read: an edit of any of it reopens the review, nothing else does.

Version 1 is SHA-256, first 32 hex digits, of canonical JSON (keys sorted, no spaces, UTF-8, NFC, LF, absent
and empty values left out). docs/records.md gives the definition; a change of it needs a new version, and
reviews signed under an old version stay valid under that version."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from generator.model import Exemplar

VERSION = "1"


def reviewed_digest(exemplar: Exemplar, pictures: Mapping[str, str]) -> str:
    """The digest as a review carries it: "1:" and 32 hex digits.

    `pictures` maps each picture file that the record shows to the digest of its bytes: BLAKE2b of 16 bytes,
    as engine.target.digest_bytes and `b2sum -l 128` give it."""
    content = reviewed_content(exemplar, pictures)
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{VERSION}:{hashlib.sha256(text.encode('utf-8')).hexdigest()[:32]}"


def reviewed_content(exemplar: Exemplar, pictures: Mapping[str, str]) -> dict[str, Any]:
    """What the digest is made of, as plain data. A refused testimonial counts: reviewers read it."""
    content = {
        "name": exemplar.name,
        "kind": str(exemplar.kind),
        "post": exemplar.post,
        "identity": exemplar.identity,
        "members": list(exemplar.members),
        "one_line": exemplar.one_line,
        "summary": exemplar.summary,
        "citation": exemplar.citation,
        "remarks": exemplar.remarks,
        "spirit": exemplar.spirit,
        "honours": [
            {
                "title": honour.title,
                "date": honour.date,
                "grade": honour.grade,
                "level": honour.level,
                "by": honour.by,
                "document": honour.document,
                "number": honour.number,
            }
            for honour in exemplar.honours
        ],
        "testimonials": [
            {"quote": said.quote, "by": said.by, "relation": said.relation, "unit": said.unit}
            for said in exemplar.testimonials
        ],
        "timeline": [{"date": moment.date, "text": moment.text} for moment in exemplar.timeline],
        "practices": [{"title": practice.title, "text": practice.text} for practice in exemplar.practices],
        "pledge": exemplar.pledge
        and {"promise": exemplar.pledge.promise, "kept": exemplar.pledge.kept, "post": exemplar.pledge.post},
        "photo": exemplar.photo
        and {"file": exemplar.photo.file, "alt": exemplar.photo.alt, "credit": exemplar.photo.credit},
        "pictures": [
            {
                "file": picture.file,
                "alt": picture.alt,
                "caption": picture.caption,
                "credit": picture.credit,
                "people": list(picture.people),
            }
            for picture in exemplar.pictures
        ],
        "files": dict(pictures),
        "markdown": exemplar.markdown.strip(),
    }
    canonical: dict[str, Any] = _canonical(content)
    return canonical


def _canonical(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, dict):
        kept = {_canonical(key): _canonical(inner) for key, inner in value.items()}
        return {key: inner for key, inner in kept.items() if inner not in ("", None, [], {})}
    if isinstance(value, list):
        return [_canonical(inner) for inner in value]
    return value
