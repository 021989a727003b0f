"""What printed sheets show: frozen plain data that the print templates get as JSON (see typeset/data.py).

A picture is named as the input file it is (`picture/….jpg`); sizes are millimetres, resolutions dots per inch."""

from __future__ import annotations

from dataclasses import dataclass

from generator.views.exemplar import Story
from generator.views.parts import Voice


@dataclass(frozen=True)
class Name:
    """A person's or team's name. Templates get it plain, set to three, and sign by sign for upright setting."""

    text: str


@dataclass(frozen=True)
class Verse:
    """Words set large, which break where a reader breathes: templates get sentences, each in its clauses."""

    text: str


@dataclass(frozen=True)
class Deeds:
    """A Markdown text; templates get its blocks. Pictures that its owner may not show are left out of them."""

    markdown: str


@dataclass(frozen=True)
class Beginning:
    """How a Markdown text begins: templates get its first paragraphs or sentences, `most` characters in all."""

    markdown: str
    most: int


@dataclass(frozen=True)
class Address:
    """A permanent address. Templates get it as it is read, and as the outline of its QR code."""

    url: str


@dataclass(frozen=True)
class PrintPicture:
    """A picture at the size it is printed in. `name` is what the text calls it, `file` the target's input;
    `width` and `height` are pixels."""

    name: str
    file: str
    width: int
    height: int
    alt: str
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True)
class Person:
    """An exemplar as sheets name it. `unit` holds names from the top; `portrait` is 3:4, None for nobody's face."""

    slug: str
    name: Name
    pinyin: str
    collective: bool
    one_line: Verse
    unit: tuple[str, ...]
    post: str
    year: int
    category: str
    portrait: PrintPicture | None
    address: Address


@dataclass(frozen=True)
class Profile:
    """A person with all that may be printed of them. `pictures` are those of the deeds, by their names there."""

    person: Person
    story: Story
    deeds: Deeds
    pictures: tuple[PrintPicture, ...]
    voices: tuple[Voice, ...]
    remarks: Verse
    group: PrintPicture | None = None  # the whole picture of a team that lies across


@dataclass(frozen=True)
class SheetFrame:
    """What stands on every sheet. `fonts` pairs a role (serif, sans, kai) with families, the preferred first;
    `preview` draws the watermark 未审核 on every page; `demonstration` says 示例 on each."""

    title: str
    organisation: str
    issuer: str
    language: str
    base_url: str
    demonstration: bool
    preview: bool
    fonts: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Cut:
    """How a sheet is cut out of a larger one. Its ground and pictures run `bleed` millimetres over the edge that
    the knife follows; crop marks stand beyond them, in the `margin` around the edge."""

    bleed: float = 3
    margin: float = 10
