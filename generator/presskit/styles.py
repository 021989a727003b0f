"""The styles of a Word document set for Chinese: python-docx's template speaks English in blue Calibri.

Fonts are those that every Windows and WPS has; whoever lacks them gets another, never boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document

LATIN = "Times New Roman"
SONG, HEI, KAI = "宋体", "黑体", "楷体"
BODY, CELL = "Body Text", "No Spacing"
HEADINGS = (("Heading 1", 16), ("Heading 2", 14), ("Heading 3", 12), ("Heading 4", 12))

_INK = RGBColor(0x21, 0x1C, 0x19)


def set_for_chinese(document: Document) -> None:
    """A4, Song for text, Hei for headings, paragraphs indented by two characters."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(30)
    section.top_margin = section.bottom_margin = Mm(28)
    _defaults(document)
    _style(document, "Normal", SONG, 12, after=0, line=1.5)
    _style(document, BODY, SONG, 12, after=0, line=1.5, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    _style(document, CELL, SONG, 10.5)
    _indent(document.styles[BODY].element)
    _style(document, "Title", HEI, 22, before=6, after=4, align=WD_ALIGN_PARAGRAPH.CENTER)
    _style(document, "Subtitle", KAI, 12, after=12, align=WD_ALIGN_PARAGRAPH.CENTER)
    for name, size in HEADINGS:
        _style(document, name, HEI, size, before=14, after=6)
    _style(document, "Quote", KAI, 12, before=6, after=6, line=1.5)
    document.styles["Quote"].paragraph_format.left_indent = Pt(24)
    _style(document, "Caption", KAI, 10.5, after=10, align=WD_ALIGN_PARAGRAPH.CENTER)
    for kind in ("List Bullet", "List Number", "List Continue"):
        for depth in ("", " 2", " 3"):
            _style(document, kind + depth, SONG, 12, after=0, line=1.5)
    for name in ("Header", "Footer"):
        _style(document, name, SONG, 9, align=WD_ALIGN_PARAGRAPH.CENTER)


def set_fonts(properties: Any, han: str, latin: str = LATIN) -> None:
    """The fonts of run properties (w:rPr): Chinese characters and all others. A theme's fonts would win over
    them, so they are taken away."""
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for name, font in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", han)):
        fonts.set(qn(f"w:{name}"), font)


def _defaults(document: Document) -> None:
    for properties in document.styles.element.iter(qn("w:rPrDefault")):
        run = properties.find(qn("w:rPr"))
        set_fonts(run, SONG)
        run.find(qn("w:lang")).set(qn("w:eastAsia"), "zh-CN")


def _style(
    document: Document,
    name: str,
    han: str,
    size: float,
    *,
    before: float = 0,
    after: float = 0,
    line: float = 1.2,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> None:
    style: Any = document.styles[name]
    set_fonts(style.element.get_or_add_rPr(), han)
    style.font.size, style.font.color.rgb = Pt(size), _INK
    style.font.bold = style.font.italic = False
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), line
    if align is not None:
        form.alignment = align
    borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:
        style.element.pPr.remove(borders)


def _indent(style: Any) -> None:
    """Two characters of whatever size; the plain length is for programs that don't know characters."""
    indent = style.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), "480")
