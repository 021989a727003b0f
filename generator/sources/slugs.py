"""What a slug may be: the name of a folder on any computer and the end of a permanent address."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

MOST_CHARACTERS = 64

_SLUG = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
# Names of devices that Windows gives to no file, whatever follows the dot (Microsoft, "Naming Files, Paths").
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_LONG_SURNAME = re.compile("欧阳|上官|司马|司徒|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|东方|东郭|南宫")


def fault_of(slug: str) -> str | None:
    """The code of what is wrong with `slug`; None if it is fit for a folder and an address."""
    if is_reserved(slug):
        return "slug-reserved"
    if len(slug) > MOST_CHARACTERS:
        return "slug-long"
    return None if _SLUG.fullmatch(slug) else "slug-form"


def is_reserved(name: str) -> bool:
    """Whether Windows keeps `name`, with any ending, for a device."""
    return name.partition(".")[0].rstrip().casefold() in _RESERVED


def suggest(text: str) -> str:
    """A slug for `text`, Chinese as pinyin: 李建国 → li-jianguo, 热线二组 → rexian-erzu; "" if none."""
    parts = [part.strip() for part in re.split("[·•‧・]", text)]
    words = _words(parts[0]) if len(parts) == 1 else ["".join(pinyin_of(part)) for part in parts]
    slug = re.sub("[^a-z0-9]+", "-", "-".join(words).lower())[:MOST_CHARACTERS].strip("-")
    return f"{slug}-1" if slug in _RESERVED else slug


def _words(name: str) -> list[str]:
    """The pinyin of `name` in words: surname and given name, or two syllables each of a longer name."""
    syllables = pinyin_of(name)
    if not _HAN.fullmatch(name):
        return syllables
    surname = 2 if _LONG_SURNAME.match(name) else 1
    ends = [surname, len(name)] if len(name) <= surname + 2 else [*range(2, len(name), 2), len(name)]
    return ["".join(syllables[start:end]) for start, end in pairwise([0, *ends])]


def key_of(title: str) -> str:
    """The ASCII key of a unit or term that was given none: its pinyin joined, 夜班线路队 → yebanxianludui."""
    return re.sub("[^a-z0-9]+", "-", "".join(pinyin_of(title)).lower()).strip("-")[:MOST_CHARACTERS]


def pinyin_of(text: str) -> list[str]:
    """The syllables of `text` without tones; what is not Chinese stays together as written."""
    plain = unicodedata.normalize("NFKC", text)
    if plain.isascii():
        return [plain]
    from pypinyin import lazy_pinyin  # 0.16 s and 30 MB that only a name without a key costs

    return [str(syllable) for syllable in lazy_pinyin(plain)]
