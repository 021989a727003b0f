"""How names are read and in which order they stand. Surnames are read as surnames: 单 shàn, 曾 zēng, 仇 qiú.

Names are written as GB/T 28039-2011 has it: surname, then the given name in one word."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Longer slugs make paths that Windows and engine/paths.py refuse.
LONGEST_SLUG = 64

# Read otherwise as surnames than in ordinary words (现代汉语词典, 7th ed.). Those that have two readings as
# surnames (宁, 隗, 郇, 黑, 召) are not here: their bearers write `pinyin:`.
SURNAMES = {
    "单": "shàn",
    "曾": "zēng",
    "仇": "qiú",
    "解": "xiè",
    "区": "ōu",
    "盖": "gě",
    "翟": "zhái",
    "查": "zhā",
    "任": "rén",
    "华": "huà",
    "朴": "piáo",
    "洗": "xiǎn",
    "覃": "qín",
    "缪": "miào",
    "繁": "pó",
    "种": "chóng",
    "乐": "yuè",
    "员": "yùn",
    "贠": "yùn",
    "秘": "bì",
    "折": "shé",
    "燕": "yān",
    "纪": "jǐ",
    "卜": "bǔ",
    "葛": "gě",
    "能": "nài",
    "祭": "zhài",
    "佴": "nài",
    "乜": "niè",
    "那": "nā",
    "哈": "hǎ",
    "阚": "kàn",
    "薄": "bó",
    "都": "dū",
    "占": "zhān",
    "过": "guō",
    "句": "gōu",
    "粘": "nián",
    "於": "yū",
    "观": "guàn",
    "冠": "guàn",
    "干": "gān",
    "要": "yāo",
    "么": "yāo",
    "蔚": "yù",
    "炅": "guì",
}
# Surnames of two characters whose first is no frequent surname itself, so that 单于飞 stays 单 and 于飞.
COMPOUND_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳司马诸葛上官司徒夏侯皇甫公孙慕容东方端木南宫轩辕呼延百里东郭宇文申屠太史淳于濮阳"
        "公冶司空闾丘赫连拓跋独孤第五西门闻人完颜纳兰耶律亓官巫马尉迟万俟长孙澹台令狐鲜于",
    )
)

# Characters of names that pypinyin doesn't know, and those of which they are variants.
_VARIANTS = str.maketrans("𠮷㐂", "吉喜")
# A syllable as people type it. "fangan" is first read as fang an: whoever means fan gan writes an apostrophe.
_SYLLABLE = (
    "((?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])(?:i?ang|i?ong|uang|[ei]ng|uan|[iv]?an|[eiuv]n|i?ao|uai|i[ae]|u[ao]|[aeu]i"
    "|[oi]u|[uv]e|[aoeiuv])|ang|eng|[ae]n|[ae]i|ao|ou|er|[aoe])"
)
_APART = re.compile("['’-]")
_MOST_SYLLABLES = 6  # of one word
_HAN = "[\u3007\u3400-\u9fff\U00020000-\U0003ffff]"
_ALL_HAN = re.compile(f"{_HAN}+")
_DOT = re.compile("[·•‧・]")
_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}


@dataclass(frozen=True)
class Reading:
    """`marked` is for readers ("lǐ nà"), `key` sorts ("li3 na4"), `initial` is A–Z, or # for none.

    `words` are the words of `marked` in syllables: (("lǐ",), ("nà",)). A character that nobody knows how to read
    stands in `marked` as it is and sorts after those that are."""

    marked: str
    key: str
    initial: str
    words: tuple[tuple[str, ...], ...] = ()


def read_name(name: str, written: str = "", *, collective: bool = False) -> Reading:
    """How `name` is read; `written` is the record's own `pinyin:` and prevails."""
    if said := " ".join(written.split()).lower():
        marked, words = said, _in_syllables(said.split(), sum(map(len, _ALL_HAN.findall(name))))
    else:
        words = _words(name, collective=collective)
        marked = " ".join("".join(word) for word in words)
    key = " ".join(plain_letters(word) + _tones(word) for word in marked.split())
    initial = key[:1].upper()
    return Reading(marked, key, initial if "A" <= initial <= "Z" else "#", words)


def plain_letters(marked: str) -> str:
    """Pinyin without tone marks, ü as v: "lǚ" → "lv", as people type it."""
    decomposed = unicodedata.normalize("NFD", marked.lower()).replace("u\u0308", "v")
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def slug_of(words: str) -> str:
    """A folder or key name for Chinese words: "夜班线路队" → "yebanxianludui"; "" if nothing can be read."""
    letters = plain_letters("-".join("".join(_syllables(word)) for word in words.split()))
    return re.sub("[^a-z0-9]+", "-", letters)[:LONGEST_SLUG].strip("-")


def _words(name: str, *, collective: bool) -> tuple[tuple[str, ...], ...]:
    parts = [part.strip() for part in _DOT.split(name) if part.strip()]
    if collective or not parts:
        return tuple((syllable,) for syllable in _syllables(name))
    if len(parts) > 1:
        return tuple(tuple(_syllables(part)) for part in parts)
    surname, given = _surname(parts[0])
    if not surname:
        return tuple((syllable,) for syllable in _syllables(given))
    return (surname, tuple(_syllables(given))) if given else (surname,)


def _surname(name: str) -> tuple[tuple[str, ...], str]:
    """(the surname as read, the rest); ((), name) where nobody can tell them apart: 乌兰图雅, 李 Tony."""
    if not _ALL_HAN.fullmatch(name) or len(name) < 2:
        return (), name
    if len(name) > 2 and name[:2] in COMPOUND_SURNAMES:
        return tuple(_syllables(name[:2])), name[2:]
    if len(name) > 3:
        return (), name
    return (SURNAMES.get(name[0]) or _syllables(name)[0],), name[1:]


def _in_syllables(words: list[str], signs: int) -> tuple[tuple[str, ...], ...]:
    """Written words cut into as many syllables as the name has signs: xiān of one, xī ān of two. Words that no
    such cut exists for are cut into the fewest, what is no pinyin stays whole."""
    ways: list[tuple[tuple[str, ...], ...]] = [()]
    for word in words:
        cuts = _cuts(word)
        ways = [(*way, cut) for way in ways for cut in cuts]
    return min(ways, key=lambda way: (sum(map(len, way)) != signs, sum(map(len, way))))


def _cuts(word: str) -> list[tuple[str, ...]]:
    """Every number of syllables that `word` can be cut into, one cut for each."""
    found: dict[int, tuple[str, ...]] = {0: ()}
    for piece in filter(None, _APART.split(unicodedata.normalize("NFC", word))):
        plain = "".join(plain_letters(letter) for letter in piece)
        fits = (re.fullmatch(_SYLLABLE * n, plain) for n in range(1, _MOST_SYLLABLES + 1))
        cut: dict[int, tuple[str, ...]] = {}
        for fit in fits if len(plain) == len(piece) else ():
            if fit:
                cut[len(fit.groups())] = tuple(
                    piece[slice(*fit.span(n + 1))] for n in range(len(fit.groups()))
                )
        cut = cut or {1: (piece,)}
        found = {a + b: before + after for a, before in found.items() for b, after in cut.items()}
    return list(found.values())


def _syllables(words: str) -> list[str]:
    """The readings of `words` one by one; what can't be read stays together as written."""
    from pypinyin import Style, lazy_pinyin  # lazily: its tables take 100 ms to load

    readable = unicodedata.normalize("NFC", words).translate(_VARIANTS)
    read = lazy_pinyin(readable, style=Style.TONE, errors=str)  # `str` leaves the unreadable as it is
    return [part for syllable in read for part in syllable.split()]


def _tones(word: str) -> str:
    return "".join(_TONES.get(mark, "") for mark in unicodedata.normalize("NFD", word))
