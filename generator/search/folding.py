"""One form for every width and case of a character, and the grams that the index knows texts by.

The script in themes/honour/search/10-engine.js does the same to what a visitor types; tests compare the two."""

from __future__ import annotations

import re
import unicodedata

# A word goes through no punctuation and no space; what is left are stretches of letters, signs and digits.
_STRETCH = re.compile(r"[^\W_]+")
# Nobody sees or types these: soft hyphens, joiners, direction marks, variation selectors, tags.
_UNSEEN = re.compile(
    "[\u00ad\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)

_PRIME, _OFFSET, _WORD = 16_777_619, 2_166_136_261, 0xFFFFFFFF  # FNV-1a, 32 bits


class _Forms(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        form = "" if _UNSEEN.match(character) else unicodedata.normalize("NFKC", character).lower()
        self[code] = form
        return form


_forms = _Forms()
_shards: dict[str, int] = {}


def fold(text: str) -> str:
    """`text` with every character in its common width and in lower case: ＫＰＩ → kpi, １２路 → 12路."""
    return text.translate(_forms)


def stretches(folded: str) -> list[str]:
    """The parts of a folded text between punctuation and spaces."""
    return _STRETCH.findall(folded)


def grams(folded: str) -> set[str]:
    """Every character of a folded text and every two that stand side by side."""
    found: set[str] = set()
    for stretch in _STRETCH.findall(folded):
        found.update(stretch)
        found.update(map(str.__add__, stretch, stretch[1:]))
    return found


def shard_of(gram: str, shards: int) -> int:
    """Which of `shards` (a power of two) holds `gram`."""
    mixed = _shards.get(gram)
    if mixed is None:
        mixed = _OFFSET
        for character in gram:
            mixed = (mixed ^ ord(character)) * _PRIME & _WORD
        mixed = _shards[gram] = mixed ^ mixed >> 15
    return mixed & (shards - 1)
