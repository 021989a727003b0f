"""The exemplars as data: exemplars.json for other systems, data/people.js for scripts, sheets for offices."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from generator.engine.target import Files
from generator.views import Image, PeopleRow, PeopleView, SpreadsheetView

# Excel and WPS run a cell that begins with one of these as a formula (CWE-1236); full-width forms count too.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def render_people(view: PeopleView, files: Files) -> bytes:
    """exemplars.json ({"exemplars": […]}) if the path ends in .json, else the script that sets HONOUR_PEOPLE.

    A page opened from a file share may run a script beside it but not fetch JSON, hence two forms."""
    if view.path.endswith(".json"):
        document = {"exemplars": [_public(row, view.frame.base_url) for row in view.rows]}
        return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
    # One exemplar a line: two builds compare line by line, and 10,000 of them stay readable.
    lines = ",\n".join(script_text(_brief(row)) for row in view.rows)
    return f"window.HONOUR_PEOPLE=[\n{lines}\n];\n".encode()


def render_spreadsheet(view: SpreadsheetView, files: Files) -> bytes:
    """CSV as Excel and WPS read it at a double click: UTF-8 with BOM, CRLF, no cell taken for a formula."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow([_harmless(cell) for cell in view.header])
    writer.writerows([_harmless(cell) for cell in row] for row in view.rows)
    return sheet.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would run."""
    return "'" + cell if cell.lstrip(" ").startswith(_FORMULA_STARTS) else cell


def script_text(value: object) -> str:
    """JSON that is also safe inside a script element and in engines that end a line at U+2028."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for risky in "<\u2028\u2029":
        text = text.replace(risky, f"\\u{ord(risky):04x}")
    return text


def _brief(row: PeopleRow) -> dict[str, Any]:
    """What the filters show of one exemplar; paths are those of the output folder."""
    card, portrait = row.card, row.card.portrait
    brief: dict[str, Any] = {
        "slug": card.slug,
        "name": card.name,
        "pinyin": card.pinyin,
        "url": card.path,
        "one": card.one_line,
        "unit": card.unit,
        "post": card.post,
        "year": card.year,
        "col": int(card.collective),
        "cats": row.categories,
        "u": row.unit,
        "lv": row.levels,
    }
    if portrait is not None:
        brief |= {"img": _fitting(portrait), "w": portrait.width, "h": portrait.height}
    return brief


def _fitting(portrait: Image) -> str:
    """The narrowest picture that stands sharp in a row, at most 96 px wide."""
    wide = (path for path, width in portrait.webp if width >= 192)
    return next(wide, portrait.webp[-1][0] if portrait.webp else portrait.path)


def _public(row: PeopleRow, base_url: str) -> dict[str, Any]:
    card = row.card
    return {
        "slug": card.slug,
        "name": card.name,
        "pinyin": card.pinyin,
        "collective": card.collective,
        "url": base_url + card.path.removesuffix("index.html"),
        "one_line": card.one_line,
        "unit": card.unit,
        "post": card.post,
        "year": card.year,
        "categories": row.categories,
        "levels": card.levels,
    }
