"""What the demonstration's records say, and a search for it in every file of a built site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from PIL import Image
from site_case import DAY, ROOT, files_of, read_page

from generator.model import Exemplar, Scope, Status
from generator.photos import portrait_crop
from generator.sources.records import parse_record

TODAY = date.fromisoformat(DAY)
PICTURES = (".jpg", ".webp", ".png")
SHORTEST = 8  # characters of a sentence that cannot be there by chance
ALIKE = 25  # of 240 bits: a picture and its renditions differ in at most 16, two pictures in 42 and more


# --- the records -----------------------------------------------------------------------------------


@cache
def records() -> dict[str, Exemplar]:
    found = {}
    for file in sorted((ROOT / "exemplars").glob("*/index.md")):
        name = f"exemplars/{file.parent.name}/index.md"
        exemplar, problems = parse_record(file.parent.name, name, file.read_bytes())
        assert exemplar is not None, problems
        found[exemplar.slug] = exemplar
    return found


def is_shown(exemplar: Exemplar) -> bool:
    """By status and consent alone: the reviews of the demonstration are all there, its windows are open."""
    consent = exemplar.consent
    assert consent is not None
    allowed = Scope.WEB in consent.scope and (consent.until is None or consent.until >= TODAY)
    return exemplar.status in (Status.APPROVED, Status.LEGACY) and allowed


SHOWN = [exemplar for exemplar in records().values() if is_shown(exemplar)]
HIDDEN = [exemplar for exemplar in records().values() if not is_shown(exemplar)]


def texts_of(exemplar: Exemplar) -> Iterator[str]:
    """Every text a visitor could read of a record, but words that many records share (titles of honours)."""
    yield from (exemplar.one_line, exemplar.summary, exemplar.citation, exemplar.remarks, exemplar.spirit)
    yield from (text for honour in exemplar.honours for text in (honour.number, honour.document))
    yield from (
        text for said in exemplar.testimonials for text in (said.quote, said.by + said.unit + said.relation)
    )
    yield from (moment.text for moment in exemplar.timeline)
    yield from (text for practice in exemplar.practices for text in (practice.title, practice.text))
    if exemplar.pledge:
        yield from (exemplar.pledge.promise, exemplar.pledge.kept)
    yield from (picture.alt for picture in (exemplar.photo, *exemplar.pictures) if picture)
    yield from (picture.caption for picture in exemplar.pictures)
    yield from paragraphs(exemplar)


def paragraphs(exemplar: Exemplar) -> list[str]:
    """The paragraphs, headings and items of the deeds, without the marks of Markdown; cut where a footnote is."""
    lines = re.sub(r"!\[[^]]*\]\([^)]*\)|\[\^\w+\]:?", "\n", exemplar.markdown).splitlines()
    return [line.lstrip("#->+* 0123456789.") for line in lines if letters(line)]


def letters(text: str) -> str:
    """Only letters and digits: whatever typography, markup and escapes do between them."""
    return re.sub(r"[\W_]+", "", text)


def sentences(exemplar: Exemplar) -> set[str]:
    cut = (letters(part) for text in texts_of(exemplar) for part in re.split(r"[。！？；：\n]", text))
    return {part for part in cut if len(part) >= SHORTEST}


# --- what was published ----------------------------------------------------------------------------


@cache
def read_files(public: Path) -> dict[str, str]:
    """Every file that holds text, in all its forms at once: as written, unescaped, without tags."""
    found = {}
    for path in sorted(files_of(public)):
        if path.endswith(PICTURES):
            continue
        raw = (public / path).read_text("utf-8")
        forms = [raw, unquote(raw)]
        if path.endswith(".html"):
            forms.append("".join(read_page(public, path).all_text))
        elif path.endswith(".xml"):
            forms.append("".join(ElementTree.fromstring(raw).itertext()))
        elif path.endswith(".json"):
            forms.append(json.dumps(json.loads(raw), ensure_ascii=False))
        found[path] = "\n".join(letters(form) for form in forms)
    return found


def where(public: Path, text: str) -> list[str]:
    """The files that hold `text`, whatever stands between its letters."""
    wanted = letters(text)
    return [path for path, content in read_files(public).items() if wanted in content]


def fingerprint(image: Image.Image) -> int:
    """240 bits of light and dark that survive scaling and encoding (dHash)."""
    grey = image.convert("L").resize((16, 16), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(16):
        for column in range(15):
            bits = bits << 1 | (grey[row * 16 + column] > grey[row * 16 + column + 1])
    return bits


@cache
def published_pictures(public: Path) -> dict[str, int]:
    found = {}
    for path in sorted(files_of(public)):
        if path.endswith(PICTURES):
            with Image.open(public / path) as image:
                found[path] = fingerprint(image)
    return found


def same_picture(public: Path, exemplar: Exemplar) -> list[str]:
    """The published pictures that look like one in the record's folder, whole or as its portrait of 3:4."""
    forms: list[int] = []
    for file in sorted((ROOT / "exemplars" / exemplar.slug).iterdir()):
        if file.suffix in PICTURES:
            with Image.open(file) as picture:
                focus = exemplar.photo.focus if exemplar.photo else (0.5, 0.5)
                left, top, right, bottom = portrait_crop(*picture.size, focus)
                width, height = picture.size
                box = (round(left * width), round(top * height), round(right * width), round(bottom * height))
                forms += [fingerprint(picture), fingerprint(picture.crop(box))]
    assert forms, exemplar.slug
    return [
        path
        for path, bits in published_pictures(public).items()
        if any((bits ^ form).bit_count() <= ALIKE for form in forms)
    ]
