"""What a print template gets: the view as JSON, with what Chinese setting needs worked out beforehand.

Nothing of it is Typst: whatever an editor writes arrives as text and can't be code."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from generator.qr import QUIET_ZONE, qr_path
from generator.text import read_text
from generator.text.blocks import Figure, Footnotes, Listing, Quote, Table
from generator.text.leading import leading
from generator.typography import clauses, formal_date, sentences, signs, spaced_name
from generator.views import Story, Voice
from generator.views.print.parts import Address, Beginning, Deeds, Name, Profile, Verse


def data_of(value: Any) -> Any:
    """`value`, a view or part of one, as plain dicts, lists, texts and numbers."""
    match value:
        case Name():
            return {"text": value.text, "spaced": spaced_name(value.text), "signs": list(signs(value.text))}
        case Verse():
            spoken = [list(clauses(sentence)) for sentence in sentences(value.text)]
            return {"text": value.text, "sentences": spoken}
        case Address():
            return _address(value.url)
        case Beginning():
            return list(leading(read_text(value.markdown).blocks, value.most))
        case Deeds():
            return blocks_of(value.markdown, ())
        case Profile():
            plain = _fields(replace(value, deeds=Deeds("")))
            plain["deeds"] = blocks_of(value.deeds.markdown, {picture.name for picture in value.pictures})
            return plain
        case Story():
            plain = _fields(value)
            del plain["html"], plain["digest"]
            return plain
        case Voice():
            return {**_fields(value), "spoken": data_of(Verse(value.quote))}
        case date():
            return _date(value)
        case Enum():
            return value.value
        case tuple():
            return [data_of(part) for part in value]
    return _fields(value) if is_dataclass(value) else value


def blocks_of(markdown: str, pictures: Collection[str]) -> list[Any]:
    """The blocks of a text as data: {"kind": "Paragraph", "inlines": […]} and so on.

    A figure whose picture isn't among `pictures` is left out, with its caption."""
    blocks = read_text(markdown).blocks if markdown.strip() else ()
    return _blocks(blocks, pictures)


def _blocks(blocks: tuple[Any, ...], pictures: Collection[str]) -> list[Any]:
    return [_block(block, pictures) for block in blocks if not _is_hidden(block, pictures)]


def _is_hidden(block: Any, pictures: Collection[str]) -> bool:
    return isinstance(block, Figure) and block.file not in pictures


def _block(block: Any, pictures: Collection[str]) -> dict[str, Any]:
    kind = type(block).__name__
    match block:
        case Listing():
            items = [_blocks(item, pictures) for item in block.items]
            return {"kind": kind, "ordered": block.ordered, "start": block.start, "items": items}
        case Quote():
            return {"kind": kind, "blocks": _blocks(block.blocks, pictures)}
        case Footnotes():
            return {"kind": kind, "notes": [_blocks(note, pictures) for note in block.notes]}
        case Table():
            rows = [[_inlines(cell) for cell in row] for row in block.rows]
            head = [_inlines(cell) for cell in block.head]
            return {"kind": kind, "head": head, "align": list(block.align), "rows": rows}
    return {"kind": kind, **_fields(block)}


def _inlines(inlines: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [{"kind": type(inline).__name__, **_fields(inline)} for inline in inlines]


def _fields(value: Any) -> dict[str, Any]:
    plain = {field.name: getattr(value, field.name) for field in fields(value)}
    return {name: _inlines(part) if name == "inlines" else data_of(part) for name, part in plain.items()}


def _address(url: str) -> dict[str, Any]:
    path, side = qr_path(url)
    shown = url.removeprefix("https://").removeprefix("http://").rstrip("/")
    return {"url": url, "shown": shown, "path": path, "side": side, "quiet": QUIET_ZONE}


def _date(day: date) -> dict[str, Any]:
    """A day in figures and as documents are dated: 二〇二六年四月二十八日."""
    iso = day.isoformat()
    return {"year": day.year, "month": day.month, "day": day.day, "iso": iso, "formal": formal_date(iso)}
