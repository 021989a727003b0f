"""What the publication gate says of every record: a closed gate is never silent."""

from __future__ import annotations

from collections.abc import Iterator

from generator import lifecycle
from generator.catalogue import Catalogue
from generator.model import Scope, Status
from generator.problems import Problem, hint


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """The problems of the decision for the website, the edition that everybody expects to be in."""
    public = catalogue if not catalogue.preview else catalogue.in_public()
    for entry in public.entries:
        yield from public.decide(entry, Scope.WEB).problems
        exemplar, ends = entry.exemplar, lifecycle.notice_ends(entry.exemplar, public.settings)
        if exemplar.status is Status.NOTICE and ends is not None and ends < public.day:
            yield hint(exemplar.source.at("status"), "notice-over", name=exemplar.name, day=ends)
