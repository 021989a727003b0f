"""The press kit (媒体资料包)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.views.exemplar import HonourLine
from generator.views.parts import Voice
from generator.views.print.parts import Deeds, PrintPicture


@dataclass(frozen=True)
class KitPicture:
    """A picture as it lies in the kit under the name `file`; `small` is the one that stands in the text, None for
    the photo."""

    file: str
    whole: PrintPicture
    small: PrintPicture | None = None


@dataclass(frozen=True)
class PressKitView:
    """What the press may have of one exemplar. `until` is the last day of the consent, as it is read; `until` ""
    is without an end. `dated` is the day of the record's last change that readers know of.

    `words` are the kit's own, without their prefix; `honours` bear dates as they are read."""

    slug: str
    name: str
    pinyin: str
    unit: tuple[str, ...]
    post: str
    organisation: str
    issuer: str
    contact: str
    address: str
    until: str
    dated: date | None
    language: str
    demonstration: bool
    preview: bool
    one_line: str
    summary: str
    citation: tuple[str, ...]
    deeds: Deeds
    remarks: str
    voices: tuple[Voice, ...]
    honours: tuple[HonourLine, ...]
    photo: KitPicture | None
    pictures: tuple[KitPicture, ...]
    words: tuple[tuple[str, str], ...]
