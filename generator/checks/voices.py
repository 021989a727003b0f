"""Words of others that nobody has been asked about are left out, and that is said."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.lifecycle import PUBLISHED
from generator.problems import Problem, hint


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """A testimonial of a published record without `consent`, neither yes nor no."""
    for entry in catalogue.entries:
        exemplar = entry.exemplar
        if exemplar.status in PUBLISHED:
            for number, said in enumerate(exemplar.testimonials):
                if said.consent is None:
                    where = exemplar.source.at(f"testimonials.{number}")
                    yield hint(where, "testimonial-unasked", by=said.by)
