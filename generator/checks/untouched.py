"""Nothing of the template that `honour new` writes is left in a record that is to be published."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources

from generator.catalogue import Catalogue
from generator.lifecycle import PUBLISHED
from generator.model import Status
from generator.problems import LANGUAGES, Place, Problem, error

SHORTEST = 6  # characters of a sentence that nobody writes by chance


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """An untouched line of the template is an error: it would be read as somebody's deeds."""
    for entry in catalogue.entries:
        exemplar = entry.exemplar
        if exemplar.status not in PUBLISHED and exemplar.status is not Status.NOTICE:
            continue
        for key in ("name", "post", "one_line"):
            if getattr(exemplar, key) in _values():
                yield error(exemplar.source.at(key), "template-left", words=getattr(exemplar, key))
        for number, line in enumerate(exemplar.markdown.split("\n")):
            if line.strip() in _sentences():
                where = Place(exemplar.source.file, exemplar.body_line + number)
                yield error(where, "template-left", words=line.strip()[:20])


@cache
def _templates() -> tuple[tuple[str, str], ...]:
    starter = resources.files("generator") / "starter"
    texts = ((starter / f"record.{language}.md").read_text(encoding="utf-8") for language in LANGUAGES)
    return tuple((front, body) for _, front, body in (text.split("---\n", 2) for text in texts))


@cache
def _sentences() -> frozenset[str]:
    lines = (line.strip() for _, body in _templates() for line in body.split("\n"))
    return frozenset(line for line in lines if len(line) >= SHORTEST)


@cache
def _values() -> frozenset[str]:
    """What stands behind the first colon of each line, without the explanation behind a hash."""
    lines = (line for front, _ in _templates() for line in front.split("\n") if not line.startswith("#"))
    values = (line.partition(":")[2].partition("  #")[0].strip() for line in lines)
    return frozenset(value for value in values if len(value) >= SHORTEST and "{" not in value)
