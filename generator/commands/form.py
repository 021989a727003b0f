"""`honour form`: the nomination form of one exemplar, with what is private, in the very file that was asked for."""

from __future__ import annotations

from pathlib import Path

from generator import building, printing
from generator.commands.desk import Desk, fails, folders_like, nearby
from generator.lifecycle import WITHDRAWN
from generator.loading import read_entry
from generator.problems import GeneratorError, Place, error
from generator.sources.settings import read_settings


def form(desk: Desk, slug: str, *, out: Path) -> int:
    """0 if the form was made, else 1. Refuses whoever was withdrawn, and a place that is or may be published."""
    settings, problems = read_settings(desk.site)
    if settings is None:
        raise GeneratorError(problems)
    desk.speak(settings)
    where = Place(f"exemplars/{slug}/index.md")
    if not (desk.site / where.file).is_file():
        raise GeneratorError([error(where, "record-absent", slug=slug, known=folders_like(desk, slug))])
    entry, problems = read_entry(desk.site, slug)
    if entry is None:
        raise GeneratorError(problems)
    exemplar = entry.exemplar
    if exemplar.status in WITHDRAWN:
        spot = exemplar.source.at("status")
        raise GeneratorError([error(spot, "form-withdrawn", name=exemplar.name, status=exemplar.status)])
    wish = building.Wish(desk.site)
    printed = printing.print_form(wish, settings, entry, out.resolve())
    desk.show(printed.problems)
    for file in printed.files:
        desk.say("formed", path=nearby(file))
    return int(fails(printed.problems) or not printed.files)
