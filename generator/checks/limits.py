"""Texts keep to the numbers of characters that site.yaml sets, counted as readers count them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.problems import Place, Problem, warning
from generator.typography import count_characters


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """A text that is too long is published all the same: nobody but its author may cut it."""
    limits = catalogue.settings.limits
    for entry in catalogue.entries:
        exemplar = entry.exemplar
        if entry.text.characters > limits.deeds:
            where = Place(exemplar.source.file, exemplar.body_line)
            yield warning(where, "deeds-long", count=entry.text.characters, most=limits.deeds)
        for key, text, most in (
            ("one_line", exemplar.one_line, limits.one_line),
            ("summary", exemplar.summary, limits.summary),
        ):
            if len(text) > most and (count := count_characters(text)) > most:
                yield warning(
                    exemplar.source.at(key), f"{key.replace('_', '-')}-long", count=count, most=most
                )
