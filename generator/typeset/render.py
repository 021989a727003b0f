"""The recipe of every sheet: the view as JSON, the theme's print templates and the pictures, through Typst."""

from __future__ import annotations

import json
import re
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.engine.target import Files
from generator.problems import GeneratorError, Place, error
from generator.typeset.fonts import fonts_of
from generator.typeset.plates import as_page

if TYPE_CHECKING:
    import typst

PICTURE = "picture/"

# A template that tries several settings of its text (`balanced` in lib.typ) finds a fitting one long before.
_ATTEMPTS = 12

_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")
_SPOT = re.compile(r"┌─ \S*?print/(?P<file>[^\s:]+):(?P<line>\d+):\d+")


def template_of(view: object) -> str:
    """The print template of a view, named after its class: BulletinView → bulletin.typ."""
    return _CAPITAL.sub("-", type(view).__name__.removesuffix("View")).lower() + ".typ"


def render_sheet(view: Any, files: Files) -> bytes:
    """The PDF of `view`. Raises GeneratorError with what Typst says; its place is the engine's to know.

    Typst sees a folder of its own that holds the templates and the pictures of this sheet, nothing else."""
    import typst

    with tempfile.TemporaryDirectory(prefix="honour-") as folder:
        root = Path(folder)
        _lay_out(root, files)
        data = json.dumps(_data(view, files), ensure_ascii=False)
        attempts: dict[str, Any] = {}
        for _ in range(_ATTEMPTS):
            compiler = typst.Compiler(
                root / "print" / template_of(view),
                root,
                fonts_of(files),
                ignore_system_fonts=True,
                sys_inputs={"data": data, "attempts": json.dumps(attempts)},
            )
            unfit = _unfit(view, compiler)
            if not unfit:
                return _exported(view, compiler)
            attempts |= unfit
    raise GeneratorError([error(Place(""), "print-overfull", parts="、".join(sorted(unfit)))])


def _unfit(view: Any, compiler: typst.Compiler) -> dict[str, Any]:
    """The parts of the sheet whose text stands badly, each with what to try next: it marks them <unfit>.

    To lay a sheet out takes a quarter of the time that its PDF takes, and is remembered for it."""
    try:
        marks = json.loads(compiler.query("<unfit>", field="value"))
    except RuntimeError as cause:  # a query doesn't say where the fault stands; a compilation does
        _exported(view, compiler)
        raise _refused(view, cause) from cause
    return {mark["id"]: mark["next"] for mark in reversed(marks)}  # of two for one part, the first


def _exported(view: Any, compiler: typst.Compiler) -> bytes:
    try:
        pdf, warnings = compiler.compile_with_warnings(timestamp=0)
    except RuntimeError as cause:
        raise _refused(view, cause) from cause
    for warning in warnings:
        if "converge" in warning.message or "unknown font" in warning.message:
            raise _refused(view, warning)
    assert isinstance(pdf, bytes)
    return pdf


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
    """Templates into `print/`, the most particular layer's first; pictures into `picture/`, as pages of PDF."""
    for name in files:
        _, _, inside = name.partition("/print/")
        shown = name.startswith(PICTURE)
        place = root / f"{name}.pdf" if shown else root / "print" / inside if inside else None
        if place is not None and not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(as_page(files.bytes(name)) if shown else files.bytes(name))


def _refused(view: Any, said: RuntimeError | Warning) -> GeneratorError:
    message = getattr(said, "message", "") or str(said)
    spot = _SPOT.search(getattr(said, "diagnostic", "") or "")
    template = f"{spot['file']}:{spot['line']}" if spot else template_of(view)
    return GeneratorError([error(Place(""), "print-refused", said=message, template=template)])
