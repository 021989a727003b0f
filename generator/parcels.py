"""Parcels: classic scripts that carry a text, a picture or code, for a page that can neither fetch nor trust.

A browser shows half a picture without a word, and a page from a folder can't read what it loads. So whatever the
kiosk shows comes as `HONOUR_KIOSK_PARCEL(name, sum, content)`: cut anywhere, it is no script any more, and the
checksum tells what a bad disk has done to the inside."""

from __future__ import annotations

import base64
import json
from typing import Any
from zlib import crc32

from generator.engine.target import Files
from generator.theme import render_page, render_stylesheet
from generator.theme.words import merge
from generator.views import DeckView, Happening, ParcelView, Slide, VersionView

FORM = "1"  # raise it when the same view and files shall become other bytes: names are made of inputs
CALL = "HONOUR_KIOSK_PARCEL"
_WORDS = "kiosk."  # whatever the kiosk says is below this in the translations


def parcel(path: str, content: str) -> bytes:
    """The script that carries the text `content`; its last byte is as needed as its first."""
    return f"{CALL}({_head(path, content)},{_literal(content)})".encode()


def pack_page(view: Any, files: Files) -> bytes:
    """A template of the kiosk, rendered."""
    return parcel(view.path, render_page(view, files).decode())


def pack_style(view: ParcelView, files: Files) -> bytes:
    """Colours and styles as one sheet."""
    return parcel(view.path, render_stylesheet(view, files).decode())


def pack_picture(view: ParcelView, files: Files) -> bytes:
    """The one picture it is given."""
    (name,) = files
    return parcel(view.path, base64.b64encode(files.bytes(name)).decode())


def pack_code(view: ParcelView, files: Files) -> bytes:
    """The scripts as the body of one function: it is checked like a text, and runs when it is called."""
    body = "\n".join(files.text(name) for name in files)
    code = f'function(kiosk,shell,deck){{"use strict";\n{body}\nreturn lobby;\n}}'
    return f"{CALL}({_head(view.path, code)},{code})".encode()


def pack_boot(view: ParcelView, files: Files) -> bytes:
    """The script that a page begins with, and its icon. Loaded a second time, to be checked, it only says its
    name."""
    scripts = [files.text(name) for name in files if name.endswith(".js")]
    icon = "".join(files.text(name) for name in files if name.endswith(".svg"))
    body = "\n".join(scripts)
    given = f"{_literal(_name(view.path))},{_literal(icon)}"
    return f'(function(name,icon){{"use strict";\n{body}\n}})({given})'.encode()


def pack_deck(view: DeckView, files: Files) -> bytes:
    """Everybody and everything the kiosk shows, and its words in both languages, as JSON."""
    texts: dict[str, list[str]] = {}
    for name in files:  # of several layers, the most particular first
        texts.setdefault(name.rpartition("/")[2].removesuffix(".yaml"), []).append(files.text(name))
    words = {
        language: {key: text for key, text in merge(several).items() if key.startswith(_WORDS)}
        for language, several in texts.items()
    }
    deck = {
        "day": view.day.isoformat(),
        "language": view.language,
        "letters": view.letters,
        "words": words,
        "people": [_slide(slide) for slide in view.people],
        "terms": view.terms,
        "branches": view.branches,
        "slogans": view.slogans,
        "happenings": [_happening(one) for one in view.happenings],
        "tempo": {name: getattr(view.tempo, name) for name in view.tempo.__dataclass_fields__},
    }
    return parcel(view.path, json.dumps(deck, ensure_ascii=False, separators=(",", ":")))


def pack_version(view: VersionView, files: Files) -> bytes:
    """version.js: what a running kiosk asks for to see whether there is something new."""
    told = json.dumps({"id": view.version, "files": view.files}, separators=(",", ":"))
    return f"HONOUR_KIOSK_VERSION({told})".encode()


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _head(path: str, content: str) -> str:
    return f'"{_name(path)}","{crc32(content.encode()):08x}"'


def _literal(text: str) -> str:
    """A string of JavaScript; ES2019 takes U+2028 and U+2029 as they are, older checkers don't."""
    return json.dumps(text, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _slide(slide: Slide) -> dict[str, Any]:
    told: dict[str, Any] = {
        "slug": slide.slug,
        "name": slide.name,
        "parcel": slide.parcel,
        "collective": slide.collective,
        "line": slide.one_line,
        "unit": slide.unit,
        "post": slide.post,
        "year": slide.year,
        "terms": slide.categories,
        "branch": slide.branch,
        "pronoun": slide.pronoun,
        "pinyin": slide.pinyin,
        "small": slide.small,
        "large": slide.large,
        "group": slide.group,
        "shape": slide.group_shape,
        "alt": slide.alt,
        "mat": slide.mat,
        "honoured": slide.honoured,
        "until": slide.until.isoformat() if slide.until else "",
        "legacy": slide.legacy,
    }
    return {key: value for key, value in told.items() if value not in ("", (), 0)}


def _happening(one: Happening) -> dict[str, Any]:
    return {
        "title": one.title,
        "day": one.day.isoformat(),
        "time": one.time,
        "place": one.place,
        "kind": one.kind,
        "summary": one.summary,
        "until": one.until.isoformat() if one.until else "",
    }
