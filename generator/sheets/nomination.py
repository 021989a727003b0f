"""The nomination form (推荐表): planned for whoever asks for it, never for a build."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.catalogue import Entry
from generator.engine.target import Input, Target
from generator.model import Exemplar, Kind, Settings, Term, term
from generator.problems import GeneratorError
from generator.sheets.desk import Sheets
from generator.theme.words import date_filters, translator
from generator.typeset import render_sheet, template_of
from generator.typography import count_characters
from generator.views.print.nomination_form import FormCell, NominationFormView
from generator.views.print.parts import Deeds, Name, PrintPicture

PORTRAIT = 33  # millimetres
SHORT = 13  # characters that stand in half a row

_DATE = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-\d\d)?")

Row = tuple[FormCell, ...]
Words = Mapping[str, str]


def nomination(sheets: Sheets, entry: Entry, path: str) -> Target:
    """The form of an exemplar of any status, as the file `path`. Raises GeneratorError for what can't be printed:
    no fonts, a character without a shape."""
    exemplar, settings = entry.exemplar, sheets.catalogue.settings
    problems = [problem for problem in sheets.case.problems if problem.is_error] or [
        *sheets.preflight.exemplar(exemplar),
        *sheets.preflight.private(exemplar),
        *sheets.preflight.settings(settings, (("organisation", settings.organisation),)),
    ]
    if problems:
        raise GeneratorError(problems)
    words = sheets.theme.words
    view = NominationFormView(
        frame=sheets.frame,
        title=words[f"print.form.title-{exemplar.kind}"],
        name=Name(exemplar.name),
        portrait=_portrait(sheets, entry),
        rows=tuple(_rows(exemplar, settings, words)),
        private=tuple(_private_rows(exemplar, settings, words)),
        summary=exemplar.summary or exemplar.one_line,
        honours=entry.story.honours,
        deeds=Deeds(exemplar.markdown),
        opinions=tuple(_opinions(settings, words)),
    )
    files: tuple[tuple[str, Input], ...] = (
        *sheets.theme.print_files(template_of(view)),
        *sheets.case.inputs,
        *sheets.plates.inputs_of(view),
    )
    return Target(path, render_sheet, view, files, about=exemplar.source.file)


def _portrait(sheets: Sheets, entry: Entry) -> PrintPicture | None:
    """The photo that goes into the box: of a team all of it, lest the crop leave somebody out."""
    photo = entry.exemplar.photo
    whole = sheets.plates.group(entry, photo, PORTRAIT) if entry.exemplar.kind is Kind.COLLECTIVE else None
    return whole or sheets.plates.portrait(entry, photo, PORTRAIT)


def _rows(exemplar: Exemplar, settings: Settings, words: Words) -> Iterator[Row]:
    """Three rows for beside the photo, then what else the record says for everybody to read."""

    def cell(key: str, text: str) -> FormCell:
        return FormCell(words[f"print.form.{key}"], text)

    found = settings.unit(exemplar.unit)
    unit = cell("unit", " ".join(found.names if found else exemplar.unit))
    categories = cell("categories", "、".join(_title(settings.categories, w) for w in exemplar.categories))
    if exemplar.kind is Kind.COLLECTIVE:
        yield (cell("team", exemplar.name),)
        yield (categories,)
        yield (unit,)
        if exemplar.members:
            yield (cell("members", "、".join(exemplar.members)),)
    else:
        post_class = cell("class", _title(settings.post_classes, exemplar.post_class))
        yield (cell("name", exemplar.name), categories)
        yield (cell("identity", exemplar.identity), post_class)
        yield (cell("post", exemplar.post),)
        yield (unit,)
    if exemplar.line:
        yield (cell("line", _title(settings.lines, exemplar.line)),)


def _private_rows(exemplar: Exemplar, settings: Settings, words: Words) -> Iterator[Row]:
    """Birth and telephone, with room to write where the record has none; then whatever else the office noted, two
    short notes a row; `notes` last."""
    known = dict(exemplar.private)
    date = date_filters(translator(dict(words)), settings.language)["date"]

    def cell(key: str) -> FormCell:
        text = known.pop(key, "")
        label = words.get(f"print.form.{key}", key)
        return FormCell(label, date(text) if _DATE.fullmatch(text) else text)

    notes = cell("notes")
    if exemplar.kind is Kind.COLLECTIVE:
        yield (cell("phone"),)
    else:
        yield (cell("born"), cell("phone"))
    waiting: FormCell | None = None
    for key in tuple(known):
        other = cell(key)
        if count_characters(other.text) > SHORT:
            yield (other,)
        elif waiting is None:
            waiting = other
        else:
            yield (waiting, other)
            waiting = None
    if waiting is not None:
        yield (waiting,)
    if notes.text:
        yield (notes,)


def _opinions(settings: Settings, words: Words) -> Iterator[str]:
    """Who recommends says so first; then every stage of the review, or where there is none the usual two."""
    yield words["print.form.opinion-unit"]
    for stage in settings.stages:
        yield words["print.form.opinion-stage"].format(stage=stage)
    if not settings.stages:
        yield words["print.form.opinion-department"]
        yield words["print.form.opinion-approval"]


def _title(terms: tuple[Term, ...], written: str) -> str:
    found = term(terms, written)
    return found.title if found else written
