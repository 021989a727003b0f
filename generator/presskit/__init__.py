"""The press kit: one exemplar's photo, pictures, deeds and words in a zip that a newsroom can use as it is."""

from __future__ import annotations

from generator.engine.target import Files
from generator.views.print.press_kit import PressKitView

__all__ = ["render_kit"]


def render_kit(view: PressKitView, files: Files) -> bytes:
    """The recipe of a press kit: the bytes of the zip, the same for the same view and files."""
    from generator.presskit.archive import packed
    from generator.presskit.notes import captions, citation, readme
    from generator.presskit.word import deeds

    pictures = (*((view.photo,) if view.photo else ()), *view.pictures)
    entries = {picture.file: files.bytes(picture.whole.file) for picture in pictures}
    entries["README.txt"] = readme(view)
    entries[f"{view.slug}-deeds.docx"] = deeds(view, files)
    if view.citation or view.one_line:
        entries[f"{view.slug}-citation.txt"] = citation(view)
    if pictures:
        entries[f"{view.slug}-captions.txt"] = captions(view)
    return packed(entries)
