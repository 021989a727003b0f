"""What a file of a release holds, however it is packed: its texts, the photos in it, the names of its members."""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import re
import zipfile
import zlib
from contextlib import suppress
from hashlib import sha256
from typing import NamedTuple

from generator.withdrawal.looks import looks_of, words_in
from generator.withdrawal.pdf import read_pdf
from generator.withdrawal.texts import decoded

DEEPEST = 4  # archives within archives
LARGEST = 1 << 30  # bytes of one member: no release holds a larger one
_BLOB = re.compile(rb"[A-Za-z0-9+/_-]{400,}={0,2}")
_TINY = 200  # bytes; no photo is smaller


class Held(NamedTuple):
    """The texts of a file, and of every picture its SHA-256 and its looks. `unread` says what could not be
    opened: what can't be looked into can't be vouched for."""

    texts: tuple[str, ...] = ()
    pictures: tuple[tuple[str, tuple[int, ...]], ...] = ()
    unread: tuple[str, ...] = ()

    def and_(self, other: Held) -> Held:
        """Both."""
        return Held(self.texts + other.texts, self.pictures + other.pictures, self.unread + other.unread)


def open_up(name: str, data: bytes, depth: int = 0) -> Held:
    """What `data`, a file called `name`, holds. Judged by its bytes; a name's ending alone makes nobody safe."""
    if depth > DEEPEST:
        return Held(unread=(name,))
    held = Held()
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        held = _of_archive(name, data, depth)
    elif data[:2] == b"\x1f\x8b":
        held = _of_gzip(name, data, depth)
    elif name.endswith(".br"):
        held = _of_brotli(name, data, depth)
    elif data[:5] == b"%PDF-" or b"%PDF-" in data[:1024]:
        held = _of_pdf(name, data)
    elif is_picture(data):
        held = _of_picture(name, data)
    elif data[:4] in (b"wOF2", b"wOFF", b"\0\1\0\0", b"OTTO", b"ttcf"):
        held = Held()  # a font's glyphs; its name table is the foundry's
    else:
        blobs: list[bytes] = []
        rest = _BLOB.sub(lambda found: _blob(found[0], blobs), data) if len(data) > _TINY else data
        held = Held((decoded(rest),))
        for blob in blobs:
            held = held.and_(open_up(f"{name}#", blob, depth + 1))
    return held


def is_picture(data: bytes) -> bool:
    """Whether the bytes begin like a photo."""
    known = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"BM")
    return data.startswith(known) or data[8:12] == b"WEBP" or data[4:8] == b"ftyp"


def _of_picture(name: str, data: bytes) -> Held:
    digest = sha256(data).hexdigest()
    try:
        looks, words = _looked_at(digest, data)
    except Exception:  # whatever a decoder makes of damaged bytes
        return Held(pictures=((digest, ()),), unread=(name,))
    return Held(words, ((digest, looks),))


_seen: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {}  # a photo stands in many files of a release


def _looked_at(digest: str, data: bytes) -> tuple[tuple[int, ...], tuple[str, ...]]:
    if digest not in _seen:
        _seen[digest] = looks_of(data), words_in(data)
    return _seen[digest]


def _of_archive(name: str, data: bytes, depth: int) -> Held:
    held = Held()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            held = Held((archive.comment.decode("utf-8", "replace"),))
            for member in archive.infolist():
                held = held.and_(Held((member.filename,)))
                if member.file_size > LARGEST:
                    held = held.and_(Held(unread=(f"{name}!{member.filename}",)))
                elif not member.is_dir():
                    held = held.and_(open_up(member.filename, archive.read(member), depth + 1))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError, zlib.error, EOFError):
        return held.and_(Held(unread=(name,)))
    return held


def _of_gzip(name: str, data: bytes, depth: int) -> Held:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            inner = file.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error):
        return Held(unread=(name,))
    if len(inner) > LARGEST:
        return Held(unread=(name,))
    return open_up(name.removesuffix(".gz"), inner, depth + 1)


def _of_brotli(name: str, data: bytes, depth: int) -> Held:
    import brotli

    try:
        inner = brotli.decompress(data)
    except brotli.error:
        return Held(unread=(name,))
    return open_up(name.removesuffix(".br"), inner, depth + 1)


def _of_pdf(name: str, data: bytes) -> Held:
    try:
        texts, pictures = read_pdf(data)
    except Exception:  # PDFium and QPDF each have errors of their own
        return Held(unread=(name,))
    return Held(texts, pictures)


def _blob(written: bytes, blobs: list[bytes]) -> bytes:
    """Puts aside a picture that a script or a style carries in Base64, as the kiosk's parcels do; what is none
    stays in the text."""
    plain = written.replace(b"-", b"+").replace(b"_", b"/").rstrip(b"=")
    with suppress(binascii.Error, ValueError):
        head = base64.b64decode(plain[:16])
        if is_picture(head) or head[:4] == b"PK\x03\x04" or head[:5] == b"%PDF-":
            blobs.append(base64.b64decode(plain + b"=" * (-len(plain) % 4)))
            return b" "
    return written
