"""How names are read and in which order they stand. Surnames are read as surnames: 单 shàn, 曾 zēng, 仇 qiú."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

# Read otherwise as surnames than in ordinary words (现代汉语词典, 7th ed.); compound surnames first.
COMPOUND_SURNAMES = {
    "尉迟": "yù chí",
    "万俟": "mò qí",
    "长孙": "zhǎng sūn",
    "澹台": "tán tái",
    "单于": "chán yú",
    "令狐": "líng hú",
    "鲜于": "xiān yú",
    "宰父": "zǎi fǔ",
}
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
    "冼": "xiǎn",
    "覃": "qín",
    "缪": "miào",
    "繁": "pó",
    "种": "chóng",
    "乐": "yuè",
    "员": "yùn",
    "贠": "yùn",
    "黑": "hè",
    "秘": "bì",
    "折": "shé",
    "燕": "yān",
    "纪": "jǐ",
    "宁": "nìng",
    "卜": "bǔ",
    "召": "shào",
    "隗": "wěi",
    "逄": "páng",
    "葛": "gě",
    "应": "yīng",
    "能": "nài",
    "幺": "yāo",
    "祭": "zhài",
    "郇": "xún",
    "晟": "chéng",
    "佴": "nài",
    "乜": "niè",
    "俞": "yú",
    "郗": "xī",
    "尹": "yǐn",
    "沈": "shěn",
    "柏": "bǎi",
    "车": "chē",
    "石": "shí",
    "那": "nā",
    "哈": "hǎ",
    "吕": "lǚ",
    "曲": "qū",
    "谌": "chén",
    "戚": "qī",
    "贾": "jiǎ",
    "宓": "mì",
    "逯": "lù",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """`marked` is for readers ("lǐ nà"), `key` sorts ("li na", tones as digits at the end), `initial` is A–Z or #."""

    marked: str
    key: str
    initial: str


def read_name(name: str, written: str = "", *, collective: bool = False) -> Reading:
    """How `name` is read; `written` is the record's own `pinyin:` and prevails."""
    marked = " ".join(written.split()).lower() or _marked(name, collective=collective)
    plain = plain_letters(marked)
    initial = plain[:1].upper()
    return Reading(marked, f"{plain} {marked}", initial if "A" <= initial <= "Z" else "#")


def plain_letters(marked: str) -> str:
    """Pinyin without tone marks, ü as v: "lǚ" → "lv", as people type it."""
    decomposed = unicodedata.normalize("NFD", marked.lower().replace("ü", "v"))
    for umlaut in ("u\u0308\u0304", "u\u0308\u0301", "u\u0308\u030c", "u\u0308\u0300", "u\u0308"):
        decomposed = decomposed.replace(umlaut, "v")
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def slug_of(words: str) -> str:
    """A folder or key name for Chinese words: "夜班线路队" → "yebanxianludui"; "" if nothing can be read."""
    from pypinyin import lazy_pinyin

    letters = "".join(lazy_pinyin(words, errors=lambda rest: rest))
    ascii_only = [c if c.isascii() and c.isalnum() else "-" for c in letters.lower()]
    return "-".join(part for part in "".join(ascii_only).split("-") if part)


def _marked(name: str, *, collective: bool) -> str:
    from pypinyin import Style, lazy_pinyin  # lazily: its tables take 100 ms to load

    head, rest = ("", name) if collective else _surname(name)
    given = lazy_pinyin(rest, style=Style.TONE, errors=lambda other: list(other.strip("·• ")))
    return " ".join(part for part in (head, "".join(given) if head else " ".join(given)) if part)


def _surname(name: str) -> tuple[str, str]:
    for compound, reading in COMPOUND_SURNAMES.items():
        if name.startswith(compound) and len(name) > len(compound):
            return reading.replace(" ", ""), name[len(compound) :]
    if 2 <= len(name) <= 3 and name[0] in SURNAMES:
        return SURNAMES[name[0]], name[1:]
    if 2 <= len(name) <= 3 and "·" not in name:
        from pypinyin import Style, lazy_pinyin

        return lazy_pinyin(name, style=Style.TONE)[0], name[1:]
    return "", name
