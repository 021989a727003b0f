"""The numbers that stand for exemplars in the index, and how lists of them are written."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

from generator.search.folding import ALPHABET

ID_BITS = 20

_MORE = 32  # of 64 digits the upper half says that another follows
_ONE = ALPHABET[:_MORE]
_TWO = tuple(ALPHABET[_MORE + n % _MORE] + ALPHABET[n // _MORE] for n in range(_MORE * _MORE))


def ids_of(slugs: Iterable[str]) -> dict[str, int]:
    """A number for each slug, below 2^20 but for a handful in a crowd, and by number.

    It comes from the slug alone, so that a newcomer shifts nobody; of two with one number the second in the order
    of slugs takes the next free one, which among 10,000 concerns one newcomer in a hundred."""
    found: dict[str, int] = {}
    last = -1
    for number, slug in sorted((crc32(slug.encode()) >> 32 - ID_BITS, slug) for slug in slugs):
        last = found[slug] = max(number, last + 1)
    return found


def written(ids: Iterable[int]) -> str:
    """Ascending numbers as the gaps between them, five bits a digit of `ALPHABET`, the lowest first."""
    digits: list[str] = []
    following = 0
    for number in ids:
        gap = number - following
        following = number + 1
        if gap < _MORE:
            digits.append(_ONE[gap])
        elif gap < _MORE * _MORE:
            digits.append(_TWO[gap])
        else:
            while gap >= _MORE:
                digits.append(ALPHABET[_MORE + gap % _MORE])
                gap //= _MORE
            digits.append(ALPHABET[gap])
    return "".join(digits)


def power_of_two(least: float) -> int:
    """The smallest power of two that isn't below `least`."""
    power = 1
    while power < least:
        power *= 2
    return power
