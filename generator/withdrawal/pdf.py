"""The texts and pictures of a PDF: what its pages show, and what its objects say beside them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from hashlib import sha256

from generator.withdrawal.looks import looks_of, looks_of_pixels

_LEAST = 32  # pixels; a smaller picture is an ornament


def read_pdf(data: bytes) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[int, ...]], ...]]:
    """(texts, (SHA-256, looks) of each picture). Raises what PDFium and QPDF raise for a damaged file."""
    return (*_pages(data), *_said(data)), tuple(_pictures(data))


def _pages(data: bytes) -> Iterator[str]:
    """The text of each page, and of all in one: a sentence may go over the page's edge."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        pages = []
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            pages.append(text.get_text_range())
            text.close()
            page.close()
    finally:
        document.close()
    yield "\n".join(pages)


def _said(data: bytes) -> Iterator[str]:
    """Title, author, bookmarks, addresses of links, alternative texts: every string; and the metadata."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        found: list[str] = []
        for thing in pdf.objects:
            _strings(thing, found, 0)
            if isinstance(thing, pikepdf.Stream) and thing.get("/Type") in ("/Metadata", "/EmbeddedFile"):
                found.append(thing.read_bytes().decode("utf-8", "replace"))
    yield "\n".join(dict.fromkeys(found))


def _strings(thing: object, found: list[str], depth: int) -> None:
    import pikepdf

    if isinstance(thing, pikepdf.String):
        found.append(str(thing))
    elif depth < 6 and isinstance(thing, pikepdf.Array):
        for inner in thing:
            if isinstance(inner, (pikepdf.String, pikepdf.Array, pikepdf.Dictionary)) and not _is_elsewhere(
                inner
            ):
                _strings(inner, found, depth + 1)
    elif depth < 6 and isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        for inner in thing.values():
            if isinstance(inner, (pikepdf.String, pikepdf.Array, pikepdf.Dictionary)) and not _is_elsewhere(
                inner
            ):
                _strings(inner, found, depth + 1)


def _is_elsewhere(thing: object) -> bool:
    """Whether it is an object of its own, which the walk over all objects meets by itself."""
    return bool(getattr(thing, "is_indirect", False))


def _pictures(data: bytes) -> Iterator[tuple[str, tuple[int, ...]]]:
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if not isinstance(thing, pikepdf.Stream) or thing.get("/Subtype") != "/Image":
                continue
            if min(int(thing.get("/Width", 0)), int(thing.get("/Height", 0))) < _LEAST:
                continue
            raw = thing.read_raw_bytes()
            if thing.get("/Filter") == "/DCTDecode" or thing.get("/Filter") == "/JPXDecode":
                looks = looks_of(raw)
            else:
                looks = looks_of_pixels(pikepdf.PdfImage(thing).as_pil_image())
            yield sha256(raw).hexdigest(), looks
