"""The bulletin (简报): one of each exemplar, and the issues that content/bulletins/ puts together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.catalogue import Catalogue
from generator.editions.edition import Plan
from generator.engine.target import Target
from generator.exhibits import Exhibit
from generator.model import Bulletin, Settings
from generator.sheets import Sheets, bulletin_path
from generator.sheets.paths import issue_path
from generator.theme import Theme
from generator.views.print.bulletin import BulletinView, Circulation
from generator.views.print.parts import Deeds

PORTRAIT = 60  # millimetres
COLUMN = 74


def plan(catalogue: Catalogue, theme: Theme, sheets: Sheets) -> Plan:
    """Every bulletin of `catalogue.day`."""
    items = (document.item for document in catalogue.bulletins)
    issues = [item for item in items if isinstance(item, Bulletin)]
    issues.sort(key=lambda issue: (issue.date, issue.slug), reverse=True)
    targets = (
        *(_single(sheets, exhibit, issues) for exhibit in sheets.exhibits.shown),
        *_issues(sheets, issues),
    )
    return Plan(targets, sheets.permitted, sheets.changes, sheets.problems)


def _single(sheets: Sheets, exhibit: Exhibit, issues: list[Bulletin]) -> Target:
    """The bulletin of one exemplar bears the number of the latest issue that shows them."""
    issue = next((issue for issue in issues if exhibit.slug in issue.exemplars), None)
    view = BulletinView(
        frame=sheets.frame,
        masthead=sheets.catalogue.settings.printing.masthead,
        title="",
        number=issue.number if issue else 0,
        total=issue.total if issue else 0,
        date=issue.date if issue else _day_of(exhibit),
        note=Deeds(""),
        profiles=(sheets.profile(exhibit, PORTRAIT, column=COLUMN),),
        circulation=_circulation(sheets.catalogue.settings),
    )
    return sheets.sheet(
        bulletin_path(exhibit.slug),
        view,
        (exhibit,),
        tokens=sheets.tokens_of(exhibit),
        about=exhibit.exemplar.source.file,
        problems=sheets.own_words,
    )


def _issues(sheets: Sheets, issues: list[Bulletin]) -> Iterator[Target]:
    for item in issues:
        people = [sheets.exhibits.by_slug[slug] for slug in item.exemplars if slug in sheets.exhibits.by_slug]
        if not people:
            continue
        view = BulletinView(
            frame=sheets.frame,
            masthead=sheets.catalogue.settings.printing.masthead,
            title=item.title,
            number=item.number,
            total=item.total,
            date=item.date,
            note=Deeds(item.markdown),
            profiles=tuple(sheets.profile(exhibit, PORTRAIT, column=COLUMN) for exhibit in people),
            circulation=_circulation(sheets.catalogue.settings),
        )
        yield sheets.sheet(
            issue_path(item.slug),
            view,
            people,
            tokens=[token for exhibit in people for token in sheets.tokens_of(exhibit)],
            about=item.source.file,
            problems=(*sheets.own_words, *sheets.preflight.document(item)),
        )


def _circulation(settings: Settings) -> Circulation:
    printing = settings.printing
    return Circulation(
        report=printing.report,
        send=printing.send,
        issue=printing.issue,
        copies=printing.copies,
        contact=printing.contact or settings.notice_contact,
    )


def _day_of(exhibit: Exhibit) -> date | None:
    """The day that a bulletin outside any issue bears: of publication, else of the last review. Never the day
    of the build: the same record is the same bulletin tomorrow."""
    exemplar = exhibit.exemplar
    reviewed = max((review.date for review in exemplar.reviews), default=None)
    return exemplar.publish.start or reviewed
