"""The blocks of a text as paragraphs, lists, tables and pictures of a Word document, one after the other."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm

from generator.engine.target import Files
from generator.presskit.styles import BODY, CELL, HEADINGS, KAI, set_fonts
from generator.text.blocks import (
    Block,
    Code,
    Emphasis,
    Figure,
    FootnoteMark,
    Footnotes,
    Heading,
    Inline,
    LineBreak,
    Link,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Strong,
    Table,
    Words,
)
from generator.text.plain import inline_plain
from generator.views.print.press_kit import KitPicture

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as WordParagraph

PICTURE_WIDTH = Mm(130)
DEEPEST = 3  # levels of lists that Word's own styles have

# What XML 1.0 (2.2) can't hold.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SIDES = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def clean(text: str) -> str:
    """`text` without what XML can't hold; python-docx would refuse the whole document."""
    return _FORBIDDEN.sub("", text)


class Flow:
    """Adds to the end of a document. `pictures` are those that may be shown, by their names in the text."""

    def __init__(
        self, document: Document, pictures: Mapping[str, KitPicture], files: Files, notes: str
    ) -> None:
        self._document = document
        self._pictures = pictures
        self._files = files
        self._notes = notes  # the heading of footnotes

    def paragraph(self, text: str, style: str = BODY) -> WordParagraph:
        """A paragraph of plain words."""
        return self._document.add_paragraph(clean(text), style)

    def heading(self, text: str, level: int = 1) -> None:
        """A heading that Word's outline shows."""
        self.paragraph(text, HEADINGS[min(level, len(HEADINGS)) - 1][0])

    def blocks(self, blocks: Iterable[Block], style: str = BODY, depth: int = 0) -> None:
        """Everything of `blocks`; a picture that isn't among `pictures` is left out with its caption."""
        for block in blocks:
            match block:
                case Heading():
                    self.heading(block.title, block.level - 1)
                case Paragraph():
                    self._inlines(self.paragraph("", style), block.inlines)
                case Listing():
                    self._listing(block, depth + 1)
                case Quote():
                    self.blocks(block.blocks, "Quote", depth)
                case Table():
                    self._table(block)
                case Figure():
                    self._figure(block)
                case Rule():
                    self.paragraph("＊　＊　＊", "Normal").alignment = WD_ALIGN_PARAGRAPH.CENTER
                case Footnotes():
                    self._footnotes(block)

    def table(self, head: list[str], rows: list[list[str]], widths: tuple[float, ...]) -> None:
        """A ruled table of plain words, whose columns are so many millimetres wide; its head is repeated on every
        page."""
        plain: list[list[tuple[Inline, ...]]] = [[(Words(cell),) for cell in row] for row in (head, *rows)]
        self._grid(plain, (), widths)

    # --- what a text consists of -------------------------------------------------------------------

    def _listing(self, block: Listing, depth: int) -> None:
        level = f" {min(depth, DEEPEST)}" if depth > 1 else ""
        style = ("List Number" if block.ordered else "List Bullet") + level
        number = self._numbering(style, block.start) if block.ordered else None
        for first, *more in block.items:
            item = self.paragraph("", style)
            if number is not None:
                item._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
            if isinstance(first, Paragraph):
                self._inlines(item, first.inlines)
            self.blocks(
                more if isinstance(first, Paragraph) else (first, *more), f"List Continue{level}", depth
            )

    def _numbering(self, style: str, start: int) -> int:
        """A numbering of its own for each list: else the second list of a text goes on where the first ended."""
        numbering: Any = self._document.part.numbering_part.element
        usual = self._document.styles[style].element.pPr.numPr.numId.val
        pattern = numbering.num_having_numId(usual).abstractNumId.val
        own = numbering.add_num(pattern)
        own.add_lvlOverride(ilvl=0).add_startOverride(start)
        return int(own.numId)

    def _table(self, block: Table) -> None:
        self._grid([list(row) for row in (block.head, *block.rows)], block.align, ())

    def _grid(
        self, rows: list[list[tuple[Inline, ...]]], sides: tuple[str, ...], widths: tuple[float, ...]
    ) -> None:
        table = self._document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
        for column, width in zip(table.columns, widths, strict=False):
            column.width = Mm(width)
        for number, row in enumerate(rows):
            cells = table.add_row().cells
            for column_number, inlines in enumerate(row):
                line = cells[column_number].paragraphs[0]
                line.style = CELL
                line.alignment = _SIDES.get(sides[column_number]) if sides else None
                self._inlines(line, inlines, bold=number == 0)
        repeated: Any = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
        self.paragraph("", "Normal")  # two tables side by side would become one

    def _figure(self, block: Figure) -> None:
        shown = self._pictures.get(block.file)
        if shown is None or shown.small is None:
            return
        line = self.paragraph("", "Normal")
        line.alignment, line.paragraph_format.keep_with_next = WD_ALIGN_PARAGRAPH.CENTER, True
        data = io.BytesIO(self._files.bytes(shown.small.file))
        drawn: Any = line.add_run().add_picture(data, width=PICTURE_WIDTH)
        drawn._inline.docPr.set("descr", clean(shown.small.alt))
        said = (shown.small.caption, shown.small.credit, f"（{shown.file}）")
        self.paragraph("　".join(part for part in said if part), "Caption")

    def _footnotes(self, block: Footnotes) -> None:
        self.heading(self._notes, 2)
        for number, note in enumerate(block.notes, 1):
            first, *more = note or (Paragraph(()),)
            inlines = first.inlines if isinstance(first, Paragraph) else ()
            self._inlines(self.paragraph(f"[{number}] ", "Normal"), inlines)
            self.blocks(more if isinstance(first, Paragraph) else (first, *more), "Normal")

    # --- what a line consists of -------------------------------------------------------------------

    def _inlines(
        self, line: WordParagraph, inlines: Iterable[Inline], *, bold: bool = False, kai: bool = False
    ) -> None:
        for inline in inlines:
            match inline:
                case Words(text) | Code(text):
                    self._run(line, text, bold=bold, kai=kai)
                case Strong(inner):
                    self._inlines(line, inner, bold=True, kai=kai)
                case Emphasis(inner):
                    self._inlines(line, inner, bold=bold, kai=True)
                case Link(href, inner):
                    self._inlines(line, inner, bold=bold, kai=kai)
                    if inline.external and href != inline_plain(inner):
                        self._run(line, f"（{href}）", bold=bold, kai=kai)
                case FootnoteMark(number):
                    line.add_run(f"[{number}]").font.superscript = True
                case LineBreak():
                    line.add_run().add_break()

    def _run(self, line: WordParagraph, text: str, *, bold: bool, kai: bool) -> None:
        run = line.add_run(clean(text))
        if bold:
            run.bold = True
        if kai:
            set_fonts(run._r.get_or_add_rPr(), KAI)
