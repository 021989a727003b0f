"""Which characters a font has a shape for, by its cmap table (ISO/IEC 14496-22)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

# Nobody misses a shape for these: spaces, controls, direction marks, joiners, selectors of a variant.
_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")


class Coverage:
    """A set of code points, one bit each."""

    __slots__ = ("bits",)

    def __init__(self, bits: bytes) -> None:
        self.bits = bits

    def __contains__(self, point: int) -> bool:
        at = point >> 3
        return at < len(self.bits) and bool(self.bits[at] >> (point & 7) & 1)

    @classmethod
    def common(cls, several: Iterable[Coverage]) -> Coverage:
        """What all of `several` hold."""
        first, *others = several
        bits = int.from_bytes(first.bits, "little")
        for other in others:
            bits &= int.from_bytes(other.bits, "little")
        return cls(bits.to_bytes(len(first.bits), "little"))


def coverage_of(path: Path, index: int) -> bytes:
    """The bits of a Coverage for font `index` of the file; none for a file that is no font."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with path.open("rb") as file, TTFont(file, fontNumber=index, lazy=True) as font:
            points = font.getBestCmap() or {}
    except (OSError, TTLibError, KeyError):
        return b""
    bits = bytearray((max(points, default=0) >> 3) + 1)
    for point in points:
        bits[point >> 3] |= 1 << (point & 7)
    return bytes(bits)


def unprintable(text: str, fonts: Iterable[Coverage]) -> tuple[str, ...]:
    """The characters of `text` that none of `fonts` has, each once, in order."""
    several = tuple(fonts)
    return tuple(
        sign
        for sign in dict.fromkeys(text)
        if not any(ord(sign) in font for font in several) and not _is_unseen(sign)
    )


def _is_unseen(sign: str) -> bool:
    return (
        unicodedata.category(sign) in _UNSEEN
        or 0xFE00 <= ord(sign) <= 0xFE0F
        or 0xE0100 <= ord(sign) <= 0xE01EF
    )
