"""Sheets read back as a print shop, a search and a phone's camera read them: by poppler, qpdf and zxing.

Lengths are points (1/72 inch) from the upper left of a page; pages count from 1. Poppler says "Suspects object
is wrong type" of everything Typst writes; what it says on its error channel is not asked."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
import zxingcpp
from PIL import Image
from site_builder import Files, clean_build, write
from site_case import DAY, copy_demonstration

MM = 72 / 25.4

# What may not begin a line (GB/T 15834-2011, 5.1.2), nor end one.
NEVER_FIRST = tuple("。，、；：？！）》”’〉」』】…·")
NEVER_LAST = tuple("（《“‘〈「『【")

# Compatibility forms that a broken ToUnicode map makes of Chinese text: radicals, ideographs. A few of the
# ideographs (U+FA0E … U+FA29) are ordinary ones in a strange place.
RADICALS = re.compile("[\u2e80-\u2fdf\uf900-\ufa0d\ufa2a-\ufad9\U0002f800-\U0002fa1f]")

PROGRAMS = {"pdftotext": "poppler-utils", "qpdf": "qpdf"}


def run_tool(*command: object) -> bytes:
    """What a program wrote; it must have ended well. A missing one fails the test and says how to get it."""
    name = str(command[0])
    if shutil.which(name) is None:
        package = PROGRAMS.get(name, "poppler-utils")
        pytest.fail(f"{name} is missing: install it (Debian: {package})")
    done = subprocess.run([str(word) for word in command], capture_output=True, check=False)
    assert done.returncode == 0, (command, done.stdout[-500:], done.stderr[-500:])
    return done.stdout


# --- sites with sheets -----------------------------------------------------------------------------


def print_site(folder: Path, files: Files, *editions: str, **wish: Any) -> Path:
    """The output folder of a small site (see site_builder) whose `editions` are made without an error, in this
    process: fonts are read once for all tests of a worker."""
    site = write(folder, files)
    clean_build(site, editions=editions or ("bulletin",), **wish)
    return wish.get("out") or site / ("preview" if wish.get("preview") else "public")


def demonstration_sheets(once: Callable[..., Path], *editions: str, preview: bool = False) -> Path:
    """The sheets of the demonstration site, made once in a run of all tests; `once` is conftest's fixture."""
    name = f"sheets-{'-'.join(editions)}{'-preview' if preview else ''}"

    def make(folder: Path) -> None:
        site = copy_demonstration(folder / "site")
        clean_build(site, day=date.fromisoformat(DAY), editions=editions, preview=preview)

    return once(name, make) / "site" / ("preview" if preview else "public")


def sheets_in(folder: Path) -> list[Path]:
    """Every PDF below `folder`."""
    return sorted(folder.rglob("*.pdf"))


# --- words -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Piece:
    """A word, or a line of them, and the box it stands in."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def __str__(self) -> str:
        return f"{self.text!r} at {self.left:.0f}/{self.top:.0f}–{self.right:.0f}/{self.bottom:.0f}"


def text_of(pdf: Path, page: int = 0, *, layout: bool = False) -> str:
    """What a search finds in `pdf`, or on one page of it; `layout` keeps what stands side by side there."""
    pages = ("-f", page, "-l", page) if page else ()
    return run_tool("pdftotext", *pages, *(("-layout",) if layout else ()), pdf, "-").decode()


def squeezed(text: str) -> str:
    """`text` without white space: lines break anywhere in Chinese."""
    return "".join(text.split())


def said_in(pdf: Path, page: int = 0) -> str:
    """The text of `pdf` in reading order, column after column, without white space."""
    return squeezed(text_of(pdf, page))


def told_in(pdf: Path, until: float) -> str:
    """The same in the order in which it is written, without what stands lower than `until` millimetres: text that
    goes on from page to page is then in one piece."""
    crop = ("-x", 0, "-y", 0, "-W", 10_000, "-H", round(until * MM))
    return squeezed(run_tool("pdftotext", "-raw", *crop, pdf, "-").decode())


def pages_of(pdf: Path) -> int:
    return int(info_of(pdf)["Pages"])


def words_of(pdf: Path) -> list[list[Piece]]:
    """The words of each page and where they stand. Poppler's <head> is left out: there it writes a character
    beyond U+FFFF of the title as two halves."""
    told = run_tool("pdftotext", "-bbox", pdf, "-").decode("utf-8", "replace")
    root = ElementTree.fromstring(told[told.index("<doc>") : told.index("</doc>") + len("</doc>")])
    sides = ("xMin", "yMin", "xMax", "yMax")
    return [
        [Piece(word.text or "", *(float(word.get(side, "0")) for side in sides)) for word in page]
        for page in root.iter("page")
    ]


def lines_of(pdf: Path, gap: float = 1.2) -> list[list[Piece]]:
    """The lines of each page, from the top: words side by side with no more than `gap` ems between them, so that
    the lines of two columns stay apart."""
    return [_lines(words, gap) for words in words_of(pdf)]


def _lines(words: Iterable[Piece], gap: float) -> list[Piece]:
    lines: list[list[Piece]] = []
    for word in sorted(words, key=lambda word: (word.left, word.top)):
        fitting = (line for line in lines if _continues(line[-1], word, gap))
        line = min(fitting, key=lambda line: word.left - line[-1].right, default=None)
        if line is None:
            lines.append([word])
        else:
            line.append(word)
    return sorted((_joined(line) for line in lines), key=lambda line: (line.top, line.left))


def _continues(last: Piece, word: Piece, gap: float) -> bool:
    common = min(last.bottom, word.bottom) - max(last.top, word.top)
    em = max(last.height, word.height)
    near = -em <= word.left - last.right <= gap * em
    return near and common > 0.5 * min(last.height, word.height)


def _joined(line: list[Piece]) -> Piece:
    return Piece(
        "".join(word.text for word in line),
        min(word.left for word in line),
        min(word.top for word in line),
        max(word.right for word in line),
        max(word.bottom for word in line),
    )


def badly_broken(pdf: Path) -> list[str]:
    """Lines that begin with a mark that ends something, or end with one that begins something."""
    return [
        f"{pdf.name}, page {number}: {line}"
        for number, lines in enumerate(lines_of(pdf), 1)
        for line in lines
        if len(line.text) > 1 and (line.text.startswith(NEVER_FIRST) or line.text.endswith(NEVER_LAST))
    ]


def outside(
    pdf: Path, left: float = 0, top: float = 0, right: float = 0, bottom: float = 0, page: int = 0
) -> list[str]:
    """Words that stand outside the margins given in millimetres, or outside the page itself.

    A mark at the edge may hang half an em beyond, where its box is empty: ， to the right; “ hangs a whole em
    to the left."""
    size = [float(number) for number in re.findall(r"[\d.]+", info_of(pdf)["Page size"])[:2]]
    found = []
    for number, words in enumerate(words_of(pdf), 1):
        for word in words if page in (0, number) else ():
            before = 1.05 * word.height * word.text.startswith(NEVER_LAST) + 0.5
            after = 0.55 * word.height * word.text.endswith(NEVER_FIRST) + 0.5
            across = left * MM - before <= word.left and word.right <= size[0] - right * MM + after
            down = top * MM - 0.5 <= word.top and word.bottom <= size[1] - bottom * MM + 0.5
            if not (across and down):
                found.append(f"{pdf.name}, page {number}: {word}")
    return found


def collisions(pdf: Path) -> list[str]:
    """Pairs of words that stand on each other by more than a fifth of the smaller one's box.

    On one line the empty half of a mark may be taken by its neighbour: ，“."""
    return [
        f"{pdf.name}, page {number}: {one} and {other}"
        for number, words in enumerate(words_of(pdf), 1)
        for at, one in enumerate(words)
        for other in words[at + 1 :]
        if _common(one, other) > 0.2 * min(_area(one), _area(other))
    ]


def _common(one: Piece, other: Piece) -> float:
    """The area that both take up."""
    em = min(one.height, other.height)
    first, second = (one, other) if one.left <= other.left else (other, one)
    squeezed_marks = abs(one.top - other.top) < 0.2 * em and (
        first.text.endswith((*NEVER_FIRST, *NEVER_LAST))
        or second.text.startswith((*NEVER_FIRST, *NEVER_LAST))
    )
    across = min(one.right, other.right) - max(one.left, other.left) - 0.8 * em * squeezed_marks
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(across, 0) * max(down, 0)


def _area(piece: Piece) -> float:
    return (piece.right - piece.left) * piece.height


# --- the file --------------------------------------------------------------------------------------


def info_of(pdf: Path) -> dict[str, str]:
    """What pdfinfo tells, by its own names: Title, Author, Tagged, Pages, Page size …"""
    lines = run_tool("pdfinfo", pdf).decode().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def boxes_of(pdf: Path, page: int = 1) -> dict[str, tuple[float, float, float, float]]:
    """MediaBox, CropBox, BleedBox, TrimBox and ArtBox of a page: left, bottom, right, top, as PDF counts them."""
    lines = run_tool("pdfinfo", "-box", "-f", page, "-l", page, pdf).decode().splitlines()
    found = (re.match(r"Page +\d+ +(\w+Box): +([\d. -]+)$", line) for line in lines)
    return {box[1]: tuple(float(n) for n in box[2].split()) for box in found if box}  # type: ignore[misc]


@dataclass(frozen=True)
class Font:
    name: str
    embedded: bool
    subset: bool
    mapped: bool  # back to Unicode, for search


def fonts_of(pdf: Path) -> list[Font]:
    lines = run_tool("pdffonts", pdf).decode().splitlines()[2:]
    found = (re.match(r"(\S+) .*?(yes|no) +(yes|no) +(yes|no) +\d+ +\d+$", line) for line in lines)
    return [Font(font[1], *(font[n] == "yes" for n in (2, 3, 4))) for font in found if font]


def unfit_fonts(pdf: Path) -> list[Font]:
    """Fonts that another machine might lack or not search in; a sheet without a font is none either."""
    fonts = fonts_of(pdf)
    assert fonts, pdf
    return [font for font in fonts if not (font.embedded and font.subset and font.mapped)]


def boxes_for_signs(pdf: Path) -> int:
    """How many signs are drawn as the empty box (.notdef, glyph 0) of a font that lacks them: it extracts and is
    found like any other."""
    with pikepdf.open(pdf) as opened:
        return sum(_empty_boxes(page, page.get("/Resources")) for page in opened.pages)


def _empty_boxes(content: Any, resources: Any) -> int:
    found = 0
    for operands, operator in pikepdf.parse_content_stream(content):
        if str(operator) in ("Tj", "TJ"):
            parts = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
            drawn = [bytes(part) for part in parts if isinstance(part, pikepdf.String)]
            found += sum(one[at : at + 2] == b"\0\0" for one in drawn for at in range(0, len(one), 2))
        elif str(operator) == "Do":
            inner = resources["/XObject"][operands[0]]
            if inner.get("/Subtype") == "/Form":
                found += _empty_boxes(inner, inner.get("/Resources", resources))
    return found


def images_of(pdf: Path) -> list[tuple[int, int, int]]:
    """The raster pictures: page, width, height in pixels."""
    lines = run_tool("pdfimages", "-list", pdf).decode().splitlines()[2:]
    rows = [line.split() for line in lines]
    return [(int(row[0]), int(row[3]), int(row[4])) for row in rows if row[2] == "image"]


def qpdf_check(pdf: Path) -> None:
    """The file is sound: no error and no warning."""
    told = run_tool("qpdf", "--check", pdf).decode()
    assert "No syntax or stream encoding errors found" in told, told


def bookmarks_of(pdf: Path) -> list[tuple[int, str, int]]:
    """The outline from the top: level from 1, title, page."""
    with pikepdf.open(pdf) as opened:
        pages = {page.objgen: number for number, page in enumerate(opened.pages, 1)}
        found: list[tuple[int, str, int]] = []

        def follow(items: Iterable[Any], level: int) -> None:
            for item in items:
                where = item.destination
                if where is None:
                    where = item.action.D
                found.append((level, str(item.title), pages[where[0].objgen]))
                follow(item.children, level + 1)

        with opened.open_outline() as outline:
            follow(outline.root, 1)
    return found


# --- the picture -----------------------------------------------------------------------------------


def render(pdf: Path, page: int = 1, dpi: int = 100) -> Image.Image:
    """A page as it is printed."""
    data = run_tool("pdftoppm", "-r", dpi, "-f", page, "-l", page, pdf)
    return Image.open(io.BytesIO(data)).convert("RGB")


def decode_qr(pdf: Path, page: int = 1, dpi: int = 200) -> list[str]:
    """What a phone reads off a rendered page, sorted."""
    return sorted(code.text for code in zxingcpp.read_barcodes(render(pdf, page, dpi)))


# --- hard content ----------------------------------------------------------------------------------

SENTENCES = (
    "2019年11月17日，下雨。",
    "他把六百四十只仪器挨个听了一遍，听完又从头听起。",
    "“后面还有七个。”那人上车后说的第一句话不是谢谢。",
    "她问：“这一栏写什么？”没有人答。",
    "班里的规矩只有一条：手没洗干净，不碰图纸；图没看明白，不下井；井盖没盖好，人不走。",
    "阀门的圈数、手感、方向（还有谁最后一个动过它），全在《阀门本》里。",
    "凌晨三点，12路末班车停在厂门口——车门开着，灯亮着。",
    "到2024年底，一共四百一十二张，占98.5%。",
    "没有人看见的时候，他也照着规矩做，一次没有少。",
    "徒弟说：“师父，我来。”他说：“你听。”",
    "后来这个数写进了规程，全城九条线路都照着做。",
    "天亮了。",
)


def prose(count: int, seed: int = 0, chapters: int = 0, paragraph: int = 120) -> str:
    """Deeds of about `count` characters: sentences of all kinds in paragraphs, under `chapters` headings."""
    random = Random(seed)
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < count:
        sentences = ""
        while len(sentences) < paragraph * random.uniform(0.4, 1.5):
            sentences += random.choice(SENTENCES)
        paragraphs.append(sentences)
    paragraphs[-1] = (
        paragraphs[-1][: max(8, count - sum(map(len, paragraphs[:-1])))].rstrip("，、：；“（《—") + "。"
    )
    starts = {round(n * len(paragraphs) / chapters) for n in range(chapters)} if chapters else set()
    parts = []
    for at, text in enumerate(paragraphs):
        if at in starts:
            parts.append(f"## 第{len([s for s in starts if s <= at])}章　井盖底下的灯")
        parts.append(text)
    return "\n\n".join(parts) + "\n"
