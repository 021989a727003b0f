"""Settings that let a site build but leave something out."""

from __future__ import annotations

from collections.abc import Iterator

from generator import workdays
from generator.catalogue import Catalogue
from generator.lifecycle import notice_ends
from generator.problems import Problem, warning


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """No base_url: no QR codes, feed and site map. A year without official calendar: Monday to Friday counts."""
    settings = catalogue.settings
    if not settings.base_url:
        yield warning(settings.source.at("base_url"), "base-url-missing")
    years = set()
    for entry in catalogue.entries:
        ends = notice_ends(entry.exemplar, settings)
        if ends is not None and entry.exemplar.notice is not None and ends >= catalogue.day:
            years |= {entry.exemplar.notice.start.year, ends.year}
    for year in sorted(years):
        if not workdays.is_known(year) and not any(day.year == year for day in settings.holidays):
            yield warning(settings.source.at("calendar"), "calendar-unknown", year=year)
