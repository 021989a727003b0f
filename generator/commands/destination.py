"""Where a command about releases goes: the place that was typed, else that of site.yaml."""

from __future__ import annotations

from generator.building import Wish
from generator.commands.desk import Desk
from generator.model import Settings
from generator.problems import GeneratorError, Place, error
from generator.releases import Destination, open_destination
from generator.sources.settings import read_settings


def destination_of(desk: Desk, typed: str, *, pointer: bool = False) -> tuple[Settings, str, Destination]:
    """The site's settings, the place as written, and the place. The desk speaks the site's language from here on.

    Raises GeneratorError if site.yaml can't be read, or nothing says where."""
    settings, problems = read_settings(desk.site)
    if settings is None:
        raise GeneratorError(problems)
    desk.speak(settings)
    written = typed or settings.publishing.to
    if not written:
        raise GeneratorError([error(Place("site.yaml"), "release-nowhere")])
    return (
        settings,
        written,
        open_destination(written, site=desk.site, built=Wish(desk.site).folder, pointer=pointer),
    )
