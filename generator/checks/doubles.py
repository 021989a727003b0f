"""Nobody stands twice under one address, and two of one name in one unit are noticed."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.model import Exemplar
from generator.problems import Problem, error, hint


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """An old address may belong to one record only, and to none that exists under it today."""
    owners: dict[str, Exemplar] = {entry.exemplar.slug.lower(): entry.exemplar for entry in catalogue.entries}
    names: dict[tuple[str, tuple[str, ...]], Exemplar] = {}
    for entry in catalogue.entries:
        exemplar = entry.exemplar
        for number, old in enumerate(exemplar.formerly):
            owner = owners.setdefault(old.lower(), exemplar)
            if owner is not exemplar:
                where = exemplar.source.at(f"formerly.{number}")
                yield error(where, "address-taken", slug=old, other=owner.source.file)
        other = names.setdefault((exemplar.name, exemplar.unit), exemplar)
        if other is not exemplar:
            yield hint(exemplar.source.at("name"), "same-name", name=exemplar.name, other=other.source.file)
