"""Every picture says in words what it shows: for those who can't see it, and for the day it fails to load."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.model import Page
from generator.problems import Place, Problem, error


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """A picture in a text needs its alt in `pictures:` or between the brackets."""
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
