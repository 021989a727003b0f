"""Reads one file of content/: a page, an activity, a campaign, a circular, a bulletin or a compendium."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Any

from generator.model import Activity, Bulletin, Campaign, Circular, Compendium, Page, Source
from generator.problems import Problem
from generator.sources.encoding import read_bytes
from generator.sources.frontmatter import read_document
from generator.sources.page_schema import ACTIVITY, BULLETIN, CAMPAIGN, CIRCULAR, COMPENDIUM, PAGE
from generator.sources.records import slug_problems
from generator.sources.shape import Shape


class PageKind(StrEnum):
    """What a file of content/ is; its value is the folder that says so."""

    PAGE = "content"
    ACTIVITY = "content/activities"
    CAMPAIGN = "content/campaigns"
    CIRCULAR = "content/notices"
    BULLETIN = "content/bulletins"
    COMPENDIUM = "content/compendia"


Content = Page | Activity | Campaign | Circular | Bulletin | Compendium

SHAPES: dict[PageKind, Shape] = {
    PageKind.PAGE: PAGE,
    PageKind.ACTIVITY: ACTIVITY,
    PageKind.CAMPAIGN: CAMPAIGN,
    PageKind.CIRCULAR: CIRCULAR,
    PageKind.BULLETIN: BULLETIN,
    PageKind.COMPENDIUM: COMPENDIUM,
}


def read_page(kind: PageKind, site_dir: Path, file: Path) -> tuple[Content | None, tuple[Problem, ...]]:
    """The page in `file`, a path inside the site (`content/about.md`), and its problems.

    It is None if any of them is an error.
    """
    relative = file.relative_to(site_dir) if file.is_absolute() else file
    data, problems = read_bytes(site_dir, relative)
    if problems:
        return None, problems
    return parse_page(kind, relative.stem, relative.as_posix(), data)


def parse_page(
    kind: PageKind, slug: str, file: str, data: bytes
) -> tuple[Content | None, tuple[Problem, ...]]:
    """The page that `data` holds: a Page, Activity, Campaign, Circular, Bulletin or Compendium, as `kind` says.

    `slug` is the file's name without `.md`; `file` its path within the site, with `/`.
    """
    shape = SHAPES[kind]
    document = read_document(file, data, shape)
    problems = (*slug_problems(slug, file), *document.problems)
    if document.values is None or any(problem.is_error for problem in problems):
        return None, problems
    values: dict[str, Any] = document.values
    source = Source(file, document.places)
    page: Content = shape.make(
        slug=slug, source=source, markdown=document.markdown, body_line=document.body_line, **values
    )
    return page, problems
