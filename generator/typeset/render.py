"""The recipe of every sheet: the view as JSON, the theme's print templates and the pictures, through Typst."""

from __future__ import annotations

import json
import re
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.engine.target import File, Files
from generator.problems import GeneratorError, Place, error

if TYPE_CHECKING:
    import typst

PICTURE, FONT = "picture/", "font/"

# A template that tries several settings of its text (bulletin.typ) finds a fitting one long before.
_ATTEMPTS = 16

_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")
_SPOT = re.compile(r"┌─ \S*?print/(?P<file>[^\s:]+):(?P<line>\d+):\d+")


def template_of(view: object) -> str:
    """The print template of a view, named after its class: BulletinView → bulletin.typ."""
    return _CAPITAL.sub("-", type(view).__name__.removesuffix("View")).lower() + ".typ"


def render_sheet(view: Any, files: Files) -> bytes:
    """The PDF of `view`. Raises GeneratorError with what Typst says; its place is the engine's to know.

    Typst sees a folder of its own that holds the templates and the pictures of this sheet, nothing else."""
    with tempfile.TemporaryDirectory(prefix="honour-") as folder:
        root = Path(folder)
        _lay_out(root, files)
        data = json.dumps(_data(view, files), ensure_ascii=False)
        for attempt in range(_ATTEMPTS):
            pdf = _compile(view, root, files, {"data": data, "attempt": str(attempt)})
            if _fits(root, files):
                break
    return pdf


def _compile(view: Any, root: Path, files: Files, inputs: dict[str, str]) -> bytes:
    import typst

    try:
        pdf, warnings = _compiler(_font_folders(files)).compile_with_warnings(
            input=root / "print" / template_of(view), root=root, sys_inputs=inputs, timestamp=0
        )
    except typst.TypstError as cause:
        raise _refused(view, cause.message, cause.diagnostic) from cause
    for warning in warnings:
        if "converge" in warning.message or "unknown font" in warning.message:
            raise _refused(view, warning.message, warning.diagnostic)
    assert isinstance(pdf, bytes)
    return pdf


def _fits(root: Path, files: Files) -> bool:
    """Whether the sheet as last compiled says that its text stands well: it may bear marks <fit>, true or false."""
    marks = _compiler(_font_folders(files)).query("<fit>", field="value", root=root)
    return all(json.loads(marks))


def _data(view: Any, files: Files) -> dict[str, Any]:
    from generator.typeset.data import data_of

    colours = _colours(tuple(files.text(name) for name in files if name.endswith("/theme.yaml")))
    words = _words(tuple(files.text(name) for name in files if "/translations/" in name))
    return {"view": data_of(view), "fonts": dict(view.frame.fonts), "colours": colours, "words": words}


@lru_cache(maxsize=4)
def _colours(settings: tuple[str, ...]) -> dict[str, str]:
    from generator.theme import colours

    return colours.merged(settings)


@lru_cache(maxsize=4)
def _words(texts: tuple[str, ...]) -> dict[str, str]:
    """The words that sheets may say: those of print, dates and months."""
    from generator.theme import words

    merged = words.merge(texts)
    return {key: text for key, text in merged.items() if key.startswith(("print.", "date.", "month."))}


def _lay_out(root: Path, files: Files) -> None:
    """Templates into `print/`, the most particular layer's first; pictures into `picture/`."""
    for name in files:
        _, _, inside = name.partition("/print/")
        place = root / name if name.startswith(PICTURE) else root / "print" / inside if inside else None
        if place is not None and not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(files.bytes(name))


def _font_folders(files: Files) -> tuple[str, ...]:
    """Typst takes folders, not files; which of their fonts a sheet is set in, its view says by family."""
    fonts = (files[name] for name in files if name.startswith(FONT))
    return tuple(sorted({str(font.path.parent) for font in fonts if isinstance(font, File)}))


@lru_cache(maxsize=4)
def _compiler(folders: tuple[str, ...]) -> typst.Compiler:
    """One for each process: reading fonts takes as long as a bulletin."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True)


def _refused(view: Any, message: str, diagnostic: str) -> GeneratorError:
    spot = _SPOT.search(diagnostic or "")
    template = f"{spot['file']}:{spot['line']}" if spot else template_of(view)
    return GeneratorError([error(Place(""), "print-refused", said=message, template=template)])
