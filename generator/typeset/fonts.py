"""The fonts that Typst sees: the very files that a sheet was planned with.

Typst reads folders. Given the folders of our files, it would see their neighbours as well, and of two fonts of one
family and weight take whichever comes first: the system's Bold beside a Regular that the site brings."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator.engine.target import File, Files

if TYPE_CHECKING:
    import typst

FONT = "font/"


def fonts_of(files: Files) -> typst.Fonts:
    """The fonts among `files`."""
    fonts = (files[name] for name in files if name.startswith(FONT))
    return _gathered(tuple(font.path for font in fonts if isinstance(font, File)))


@lru_cache(maxsize=4)
def _gathered(paths: tuple[Path, ...]) -> typst.Fonts:
    """Read once in each process: reading fonts takes as long as a bulletin.

    A folder of links shows Typst these files alone; it remembers where they lead, so the links may go at once.
    Where an account may make no links (Windows), it gets the folders of the files, in their order."""
    with tempfile.TemporaryDirectory(prefix="honour-") as folder:
        try:
            for number, path in enumerate(paths):
                (Path(folder) / f"{number:03}{path.suffix}").symlink_to(path.resolve())
        except OSError:
            return _read(dict.fromkeys(path.parent for path in paths))
        return _read([Path(folder)])


def _read(folders: Iterable[Path]) -> typst.Fonts:
    import typst

    names = [str(folder) for folder in folders]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=names)
