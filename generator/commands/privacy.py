"""`honour privacy`: every personal datum that a release publishes, by person and edition, with its consent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape
from typing import Any

from generator.building import Wish
from generator.commands.desk import Desk, fails, named_editions
from generator.model import Consent
from generator.privacy import Person, Report, report
from generator.sources.print_schema import EDITION
from generator.sources.schema import RECORD

_CHINESE = {field.key: field.chinese for field in RECORD.fields}

# A heading and what stands below it: a label and its text.
Block = tuple[str, list[tuple[str, str]]]


def privacy(desk: Desk, *, day: date | None, editions: str, as_json: bool, as_html: bool) -> int:
    """0 if no problem of the site is an error, else 1: then whoever has one is published nowhere, and not here."""
    found, settings, problems = report(Wish(desk.site, day, editions=named_editions(editions)), desk.stage)
    desk.speak(settings)
    errors = [problem for problem in problems if problem.is_error]
    if found is not None and as_json:
        desk.print_json(_as_data(found))
    elif found is not None and as_html:
        print(_as_html(desk, found))
    elif found is not None:
        for heading, rows in _blocks(desk, found):
            print(f"\n{heading}")
            for label, text in rows:
                print(f"  {label}{desk.word('privacy-colon')}{text}")
        print(f"\n{desk.word('privacy-limits')}")
    desk.show(errors)
    return int(fails(errors))


def _blocks(desk: Desk, found: Report) -> Iterator[Block]:
    names = _join(desk, (_edition(desk, edition) for edition in found.editions))
    yield (
        desk.word("privacy-heading", day=found.day, title=found.settings.title),
        [
            (desk.word("privacy-editions"), names),
            (desk.word("privacy-people"), str(len(found.people))),
        ],
    )
    for person in found.people:
        yield f"{person.exemplar.name}　{person.exemplar.source.file}", list(_rows(desk, person))
    if found.office:
        rows = [
            (
                f"site.yaml {one.key}",
                f"{one.value}（{_join(desk, (_edition(desk, e) for e in one.editions))}）",
            )
            for one in found.office
        ]
        yield desk.word("privacy-office"), rows


def _rows(desk: Desk, person: Person) -> Iterator[tuple[str, str]]:
    yield desk.word("privacy-consent"), _consent(desk, person.consent)
    if person.exemplar.minor:
        asked = "yes" if person.exemplar.guardian_consent else "no"
        yield desk.word("privacy-guardian"), desk.word(f"privacy-consent-{asked}")
    for told in person.disclosures:
        data = _join(desk, (_datum(desk, key) for key in told.data))
        yield _edition(desk, told.edition), desk.word("privacy-data", data=data, files=told.files)
    for other in person.others:
        asked = {True: "yes", False: "no", None: "unsaid"}[other.consent]
        shown = _join(desk, (_edition(desk, edition) for edition in other.editions))
        who = desk.word(f"privacy-role-{other.role}")
        told_of = desk.word("privacy-other", name=other.name, consent=desk.word(f"privacy-consent-{asked}"))
        yield who, f"{told_of}{desk.word('privacy-colon')}{shown}"
    for code in person.heed:
        yield desk.word("privacy-heed"), desk.word(f"privacy-heed-{code}")


def _consent(desk: Desk, consent: Consent | None) -> str:
    if consent is None:
        return desk.word("privacy-consent-none")
    scopes = _join(desk, (desk.word(f"privacy-scope-{scope}") for scope in consent.scope))
    start, until = consent.date or desk.word("privacy-unsaid"), consent.until or desk.word("privacy-unsaid")
    return desk.word("privacy-given", basis=consent.basis, scopes=scopes, day=start, until=until)


def _datum(desk: Desk, key: str) -> str:
    if key == "deeds":
        return desk.word("privacy-deeds")
    return _CHINESE[key] if desk.language == "zh-CN" else key.replace("_", " ")


def _edition(desk: Desk, name: str) -> str:
    """As site.yaml may call it in the reader's language."""
    chinese = {english: han for english, han, _ in EDITION.words}
    return chinese.get(name, name) if desk.language == "zh-CN" else name


def _join(desk: Desk, words: Iterator[str]) -> str:
    return ("、" if desk.language == "zh-CN" else ", ").join(words)


def _as_html(desk: Desk, found: Report) -> str:
    """A page to print and to file: it loads nothing and runs nothing."""
    parts = [
        f'<!DOCTYPE html>\n<html lang="{desk.language}">\n<head>\n<meta charset="utf-8">',
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">',
        f"<title>{escape(desk.word('privacy-heading', day=found.day, title=found.settings.title))}</title>",
        "</head>\n<body>",
    ]
    for number, (heading, rows) in enumerate(_blocks(desk, found)):
        parts.append(f"<h{1 if not number else 2}>{escape(heading)}</h{1 if not number else 2}>\n<dl>")
        parts += [f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in rows]
        parts.append("</dl>")
    return "\n".join([*parts, f"<p>{escape(desk.word('privacy-limits'))}</p>", "</body>\n</html>"])


def _as_data(found: Report) -> dict[str, Any]:
    return {
        "date": found.day.isoformat(),
        "editions": list(found.editions),
        "people": [_person_data(person) for person in found.people],
        "office": [{"key": o.key, "value": o.value, "editions": list(o.editions)} for o in found.office],
    }


def _person_data(person: Person) -> dict[str, Any]:
    exemplar, consent = person.exemplar, person.consent
    given = consent and {
        "basis": consent.basis,
        "scope": [str(scope) for scope in consent.scope],
        "date": consent.date.isoformat() if consent.date else None,
        "until": consent.until.isoformat() if consent.until else None,
    }
    return {
        "slug": exemplar.slug,
        "name": exemplar.name,
        "file": exemplar.source.file,
        "consent": given,
        "minor": exemplar.minor,
        "guardian_consent": exemplar.guardian_consent,
        "published": [
            {"edition": told.edition, "data": list(told.data), "files": told.files}
            for told in person.disclosures
        ],
        "others": [
            {"role": one.role, "name": one.name, "consent": one.consent, "editions": list(one.editions)}
            for one in person.others
        ],
        "heed": list(person.heed),
    }
