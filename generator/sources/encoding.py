"""Turns the bytes of a text file into text: UTF-8 as agreed, other encodings read and named in a warning."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from pathlib import Path

from generator.problems import Place, Problem, error, warning

# A record of 1,500 characters is 8 KB; a thousand times as much is something else under the wrong name.
MOST_BYTES = 1024 * 1024

_MARKS = (
    (BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)

# What YAML 1.1 (5.1) takes for no character or for a line break, and no editor shows.
INVISIBLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def read_bytes(site_dir: Path, file: Path) -> tuple[bytes, tuple[Problem, ...]]:
    """The bytes of `file`, a path inside `site_dir`; b"" and an error if it is too large, can't be read, or a link
    leads out of the site: who may write here need not be one who may read everything that this machine has."""
    where = Place(file.relative_to(site_dir).as_posix() if file.is_absolute() else file.as_posix())
    path = site_dir / file
    try:
        if not leads_inside(site_dir, path):
            return b"", (error(where, "outside-site", file=path.name),)
        if path.stat().st_size <= MOST_BYTES:
            with path.open("rb") as stream:
                data = stream.read(MOST_BYTES + 1)
            if len(data) <= MOST_BYTES:
                return data, ()
        return b"", (too_large(where, path.stat().st_size),)
    except OSError as cause:
        return b"", (error(where, "file-unreadable", reason=cause.strerror or cause),)


def leads_inside(site_dir: Path, path: Path) -> bool:
    """Whether `path` is a plain file that really lies in `site_dir`, whatever links lead to it; a pipe or a device
    never does. Raises OSError if it isn't there."""
    real = path.resolve(strict=True)
    return real.is_relative_to(site_dir.resolve()) and real.is_file()


def too_large(where: Place, size: int) -> Problem:
    """The error for a text file of `size` bytes."""
    return error(where, "file-too-large", megabytes=f"{size / 2**20:.1f}", most=MOST_BYTES // 2**20)


def decode(file: str, data: bytes) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of `data` with LF line ends, and what there is to say about its encoding.

    UTF-8 without a mark is silent; a mark, UTF-16, UTF-32, GBK and GB18030 are read with a warning. Too many
    bytes, bytes of no encoding and characters that can't be seen are errors: then the text is None.
    """
    if len(data) > MOST_BYTES:
        return None, (too_large(Place(file), len(data)),)
    try:
        text, problems = _read_as(file, data)
    except UnicodeDecodeError as cause:
        return None, (_undecodable(file, cause),)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if bad := INVISIBLE.search(text):
        return None, (*problems, _invisible(file, text, bad))
    return text, problems


def _read_as(file: str, data: bytes) -> tuple[str, tuple[Problem, ...]]:
    if data.startswith(BOM_UTF8):
        return data[3:].decode("utf-8"), (warning(Place(file), "encoding-bom"),)
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding), (
                warning(Place(file), "encoding-other", encoding=name),
            )
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        if _is_damaged_utf8(data):
            raise
    return data.decode("gb18030"), (warning(Place(file), "encoding-other", encoding="GBK/GB18030"),)


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most of `data` reads as Chinese in UTF-8.

    Imagine a record cut in the middle of a character by a mail system: GBK would read the whole of it without
    complaint, as nonsense, and the nonsense would be published.
    """
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    return sum(character > "\u07ff" for character in text) - damaged >= damaged


def _undecodable(file: str, cause: UnicodeDecodeError) -> Problem:
    before = cause.object[: cause.start].decode(cause.encoding, errors="replace").replace("\r\n", "\n")
    place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
    return error(place, "encoding-undecodable", byte=f"0x{cause.object[cause.start]:02X}")


def _invisible(file: str, text: str, bad: re.Match[str]) -> Problem:
    before = text[: bad.start()]
    place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
    if bad.group() == "\0":
        return error(place, "encoding-nul")
    return error(place, "character-invisible", character=f"U+{ord(bad.group()):04X}")
