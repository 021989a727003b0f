"""What the publication gate says of every record: a closed gate is never silent."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.model import Scope
from generator.problems import Problem


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """The problems of the decision for the website, the edition that everybody expects to be in."""
    public = catalogue if not catalogue.preview else catalogue.in_public()
    for entry in public.entries:
        yield from public.decide(entry, Scope.WEB).problems
