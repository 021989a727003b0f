"""Pictures are large enough for their places, and each says in words what it shows."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue, Entry
from generator.lifecycle import WITHDRAWN
from generator.model import Page
from generator.photos import portrait_crop, width_code
from generator.problems import Place, Problem, error, warning


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """A portrait's 3:4 crop must not be a blur; a picture in a text needs its alt in `pictures:` or in the text."""
    for entry in catalogue.entries:
        if entry.exemplar.status not in WITHDRAWN:
            yield from _sizes(entry)
    documents = (*catalogue.pages, *catalogue.activities, *catalogue.campaigns, *catalogue.circulars)
    read = [(entry.exemplar, entry.text) for entry in catalogue.entries]
    for item, text in (*read, *((document.item, document.text) for document in documents)):
        told = {} if isinstance(item, Page) else {p.file: p.alt for p in getattr(item, "pictures", ())}
        for figure in text.figures:
            if not told.get(figure.file) and not figure.alt:
                lines = item.markdown.split("\n")
                line = next((n for n, source in enumerate(lines) if figure.file in source), 0)
                where = Place(item.source.file, item.body_line + line)
                yield error(where, "picture-alt", file=figure.file)


def _sizes(entry: Entry) -> Iterator[Problem]:
    exemplar = entry.exemplar
    for file, picture in entry.pictures.items():
        place = "photo" if exemplar.photo and file == exemplar.photo.file else "pictures"
        for code in picture.facts.warnings:
            yield warning(exemplar.source.at(place), code, file=file)
    if exemplar.photo is None or exemplar.photo.file not in entry.pictures:
        return
    facts = entry.pictures[exemplar.photo.file].facts
    left, _, right, _ = portrait_crop(facts.width, facts.height, exemplar.photo.focus)
    # A picture that lies across is also shown whole, so its crop may be smaller.
    across = facts.width if facts.width > facts.height else round((right - left) * facts.width)
    if code := width_code(across):
        say = error if code == "photo-too-small" else warning
        found = {"file": exemplar.photo.file, "width": across, "size": f"{facts.width}×{facts.height}"}
        yield say(exemplar.source.at("photo.file"), code, **found)
