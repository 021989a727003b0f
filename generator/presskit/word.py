"""The deeds as a Word document: real headings, lists and tables, so that a newsroom can go on with them.

Whatever an editor wrote is text here: no fields, no links, nothing that Word would carry out."""

from __future__ import annotations

import io
from datetime import datetime, time

import docx
from docx.opc.constants import RELATIONSHIP_TYPE

from generator.engine.target import Files
from generator.presskit.archive import repacked
from generator.presskit.flow import Flow, clean
from generator.presskit.notes import marks
from generator.presskit.styles import set_for_chinese
from generator.text import read_text
from generator.views.print.press_kit import PressKitView

HONOUR_WIDTHS = (38, 56, 20, 36)  # millimetres
HEAD = "[Content_Types].xml"  # the entry that a package begins with


def deeds(view: PressKitView, files: Files) -> bytes:
    """<slug>-deeds.docx."""
    document = docx.Document()
    _without_preview(document)
    set_for_chinese(document)
    words = dict(view.words)
    pictures = {picture.whole.name: picture for picture in view.pictures}
    flow = Flow(document, pictures, files, words["notes"])
    _head(view, flow)
    flow.blocks(read_text(view.deeds.markdown).blocks if view.deeds.markdown.strip() else ())
    _voices(view, flow, words)
    _honours(view, flow, words)
    _edges(view, document, words)
    _properties(view, document, words)
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue(), HEAD)


def _without_preview(document: docx.document.Document) -> None:
    """python-docx's template brings a small picture of its own first page, with what a camera writes into one."""
    relations = document.part.package.rels
    for name in [name for name, one in relations.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[name]


def _head(view: PressKitView, flow: Flow) -> None:
    for mark in marks(view):
        flow.paragraph(mark, "Caption")
    flow.paragraph(view.name, "Title")
    flow.paragraph(
        "　".join(part for part in (view.pinyin, " ".join(view.unit), view.post) if part), "Subtitle"
    )
    if view.one_line:
        flow.paragraph(view.one_line, "Quote")
    if view.summary:
        flow.paragraph(view.summary)


def _voices(view: PressKitView, flow: Flow, words: dict[str, str]) -> None:
    if view.voices:
        flow.heading(words["voices"])
    for said in view.voices:
        flow.paragraph(f"“{said.quote}”" if not said.quote.startswith("“") else said.quote, "Quote")
        relation = "，".join(part for part in (said.unit, said.relation) if part)
        flow.paragraph("——" + "　".join(part for part in (said.by, relation) if part))
    if view.remarks:
        flow.heading(words["remarks"])
        flow.paragraph(view.remarks, "Quote")


def _honours(view: PressKitView, flow: Flow, words: dict[str, str]) -> None:
    if not view.honours:
        return
    flow.heading(words["honours"])
    head = [words[key] for key in ("honour-date", "honour-title", "honour-level", "honour-by")]
    rows = [
        [
            honour.date,
            " ".join(part for part in (honour.title, honour.grade) if part),
            honour.level,
            honour.by,
        ]
        for honour in view.honours
    ]
    flow.table(head, rows, HONOUR_WIDTHS)


def _edges(view: PressKitView, document: docx.document.Document, words: dict[str, str]) -> None:
    """Every page says whose it is, and what it must not be taken for."""
    section = document.sections[0]
    head = "　".join((*marks(view), f"{view.name}　{words['title']}"))
    section.header.paragraphs[0].text = clean(head)
    foot = "　".join(part for part in (view.organisation, view.address) if part)
    section.footer.paragraphs[0].text = clean(foot)


def _properties(view: PressKitView, document: docx.document.Document, words: dict[str, str]) -> None:
    """Whoever opens the file sees the office as its author; the days are the record's, never the build's."""
    said = document.core_properties
    said.title, said.author = clean(f"{view.name}　{words['title']}")[:250], clean(view.organisation)[:250]
    said.last_modified_by, said.comments, said.language = said.author, "", view.language
    if view.dated is not None:
        said.created = said.modified = datetime.combine(view.dated, time())
