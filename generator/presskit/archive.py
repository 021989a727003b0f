"""Zips of the same bytes every time: entries in order of their names, no clock, no machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

# The first day that a zip knows. Explorer shows it as it is; a real day would be another input.
EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX, _PLAIN_FILE = 3, 0o100644 << 16
_PACKED_ALREADY = (".jpg", ".jpeg", ".png", ".docx")


def packed(entries: Mapping[str, bytes], first: str = "") -> bytes:
    """A zip of `entries` by their names, `first` at its head."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(entries, key=lambda name: (name != first, name)):
            info = zipfile.ZipInfo(name, EPOCH)
            info.create_system, info.external_attr = _UNIX, _PLAIN_FILE
            plain = name.lower().endswith(_PACKED_ALREADY)
            info.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            archive.writestr(info, entries[name])
    return out.getvalue()


def repacked(data: bytes, first: str) -> bytes:
    """The same entries as in the zip `data`, packed anew."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()}, first)
