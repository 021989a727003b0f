"""The certificates (荣誉证书): one for each honour that the office itself gave, from the latest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.catalogue import Catalogue
from generator.editions.edition import Plan
from generator.engine.target import Target
from generator.exhibits import Exhibit
from generator.model import Exemplar, Honour, Kind, Settings
from generator.problems import Problem, error
from generator.sheets import Sheets
from generator.sheets.paths import certificate_path
from generator.theme import Theme
from generator.theme.words import date_filters, translator
from generator.typography import clauses, count_characters, formal_date
from generator.views.print.certificate import AwardPart, CertificateView
from generator.views.print.parts import Name, Verse

# What the sheet takes above the room for the seal.
LONGEST_DEED = 260  # characters
MOST_LINES = 9
FEW_CLAUSES = 5  # so many stand a line each, as verse does
SHORT_CLAUSE = 5  # characters; a shorter one shares the line of the next

_BLANK = re.compile(r"\{([a-z]+)\}")


def plan(catalogue: Catalogue, theme: Theme, sheets: Sheets) -> Plan:
    """Every certificate of `catalogue.day`."""
    targets = tuple(
        single(sheets, exhibit, number)
        for exhibit in sheets.exhibits.shown
        for number, _ in enumerate(own_honours(catalogue.settings, exhibit.exemplar), 1)
    )
    return Plan(targets, sheets.permitted, sheets.changes, sheets.problems)


def single(sheets: Sheets, exhibit: Exhibit, number: int) -> Target:
    """Certificate `number` of an exemplar: from the latest honour, from 1. Raises IndexError if there is none."""
    settings, exemplar = sheets.catalogue.settings, exhibit.exemplar
    honour = own_honours(settings, exemplar)[number - 1]
    blanks = {
        "name": exemplar.name,
        "title": honour.title,
        "grade": honour.grade,
        "year": str(_year(exhibit, honour)),
        "by": honour.by or settings.organisation,
    }
    own, words = settings.printing.certificate, sheets.theme.words
    usual = f"print.certificate.{exemplar.kind}{'-graded' if honour.grade else ''}"
    if exemplar.kind is Kind.COLLECTIVE:
        award, salutation = own.collective or words[usual], ""
    else:
        award, salutation = (
            own.individual or words[usual],
            own.salutation or words["print.certificate.salutation"],
        )
    view = CertificateView(
        frame=sheets.frame,
        heading=_filled(own.heading or words["print.certificate.heading"], blanks),
        name=Name(exemplar.name),
        salutation=_filled(salutation, blanks),
        deed=Verse("\n".join(_deed(exhibit))),
        award=tuple(_award(award, blanks)),
        number=honour.number,
        document=honour.document,
        issuer=_filled(own.issuer, blanks) or blanks["by"],
        date=_date(settings, words, honour.date),
    )
    return sheets.sheet(
        certificate_path(exhibit.slug, number),
        view,
        (exhibit,),
        about=exemplar.source.file,
        problems=(*_unprintable(sheets), *_too_long(exemplar, view)),
    )


def own_honours(settings: Settings, exemplar: Exemplar) -> tuple[Honour, ...]:
    """What the site's organisation gave, or nobody is said to have given; from the latest."""
    own = (honour for honour in exemplar.honours if honour.by in ("", settings.organisation))
    return tuple(sorted(own, key=lambda honour: honour.date, reverse=True))


def _year(exhibit: Exhibit, honour: Honour) -> int:
    """Imagine the selection of 2025 honoured in January 2026: the record's year is that of its latest honour."""
    latest = max(other.date for other in exhibit.exemplar.honours)
    return exhibit.year if honour.date == latest else int(honour.date[:4])


def _deed(exhibit: Exhibit) -> tuple[str, ...]:
    """The lines of the citation as its author broke them; else the one line, by clauses while they are few."""
    exemplar, citation = exhibit.exemplar, exhibit.entry.story.citation
    if _stands(citation) or not exemplar.one_line:
        return citation if len(citation) != 1 else _broken(citation[0])
    return _broken(exemplar.one_line)


def _broken(sentence: str) -> tuple[str, ...]:
    lines: list[str] = []
    for clause in clauses(sentence):
        if lines and len(lines[-1]) < SHORT_CLAUSE:
            lines[-1] += clause
        else:
            lines.append(clause)
    return tuple(lines) if len(lines) <= FEW_CLAUSES else (sentence,)


def _stands(lines: tuple[str, ...]) -> bool:
    return 0 < len(lines) <= MOST_LINES and count_characters("".join(lines)) <= LONGEST_DEED


def _award(wording: str, blanks: Mapping[str, str]) -> Iterator[AwardPart]:
    """The award in parts, so that what an editor wrote stays data. A grade that the wording has no blank for
    stands in brackets behind the title."""
    grade = blanks["grade"]
    title = blanks["title"] + (f"（{grade}）" if grade and "{grade}" not in wording else "")
    for number, part in enumerate(_BLANK.split(wording)):
        named = number % 2 == 1
        text = _of({**blanks, "title": title}, part) if named else part
        if text:
            yield AwardPart(text, title=named and part in ("title", "grade"))


def _filled(wording: str, blanks: Mapping[str, str]) -> str:
    return _BLANK.sub(lambda found: _of(blanks, found[1]), wording)


def _of(blanks: Mapping[str, str], name: str) -> str:
    """What fills a blank; one that a theme's words invent stays as it is, for its author to see."""
    return blanks.get(name, f"{{{name}}}")


def _date(settings: Settings, words: dict[str, str], written: str) -> str:
    if settings.language.startswith("zh"):
        return formal_date(written)
    return date_filters(translator(words), settings.language)["date"](written)


def _too_long(exemplar: Exemplar, view: CertificateView) -> Iterator[Problem]:
    lines = tuple(view.deed.text.split("\n")) if view.deed.text else ()
    if lines and not _stands(lines):
        key = "one_line" if exemplar.one_line else "citation"
        yield error(exemplar.source.at(key), "certificate-long", name=exemplar.name, most=LONGEST_DEED)


def _unprintable(sheets: Sheets) -> tuple[Problem, ...]:
    """Characters of site.yaml's wording that no font has."""
    settings = sheets.catalogue.settings
    own = settings.printing.certificate
    words = (
        ("organisation", settings.organisation),
        ("print.certificate.heading", own.heading),
        ("print.certificate.individual", own.individual),
        ("print.certificate.collective", own.collective),
        ("print.certificate.salutation", own.salutation),
        ("print.certificate.issuer", own.issuer),
    )
    return sheets.preflight.settings(settings, words)
