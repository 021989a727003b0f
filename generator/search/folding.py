"""One form for every width and case of a character, and the grams that the index knows texts by.

The script in themes/honour/search/10-engine.js does the same to what a visitor types; tests compare the two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from zlib import crc32

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
TRIPLE = 3
ENDS, SEVERAL = ALPHABET[62], ALPHABET[63]  # what follows a triple is nothing, or now this and now that

# A word goes through no punctuation and no space; what is left are stretches of letters, signs and digits.
_STRETCH = re.compile(r"[^\W_]+")
# Nobody sees or types these: soft hyphens, joiners, direction marks, variation selectors, tags.
_UNSEEN = re.compile(
    "[\u00ad\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)


class _Forms(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        form = "" if _UNSEEN.match(character) else unicodedata.normalize("NFKC", character).lower()
        self[code] = form
        return form


class _Followers(dict[int, str]):
    """The digit of each character as what stands after a triple."""

    def __missing__(self, code: int) -> str:
        digit = self[code] = ALPHABET[crc32(chr(code).encode("utf-16-le")) % ALPHABET.index(ENDS)]
        return digit


_forms = _Forms()
_followers = _Followers()


def fold(text: str) -> str:
    """`text` with every character in its common width and in lower case: ＫＰＩ → kpi, １２路 → 12路."""
    return text.translate(_forms)


def stretches(folded: str) -> list[str]:
    """The parts of a folded text between punctuation and spaces."""
    return _STRETCH.findall(folded)


def pairs(several: Iterable[str]) -> set[str]:
    """Every character of some stretches, and every two that stand side by side."""
    found: set[str] = set()
    for stretch in several:
        found.update(stretch)
        found.update(map(str.__add__, stretch, stretch[1:]))
    return found


def triples(several: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every three characters that stand side by side, each with a digit for the one after them: what an index of
    four would know but for one in sixty."""
    for stretch in several:
        after = stretch[TRIPLE:].translate(_followers) + ENDS
        yield from zip(
            [stretch[at : at + TRIPLE] for at in range(len(stretch) - TRIPLE + 1)], after, strict=False
        )


def shard_of(gram: str, shards: int) -> int:
    """Which of `shards` (a power of two) holds `gram`."""
    return crc32(gram.encode("utf-16-le")) & (shards - 1)
