"""Characters as they come out of Word, WPS and chat windows, and the spaces between Chinese and Latin."""

from __future__ import annotations

import re

# Invisible or forbidden in HTML. ZWJ and ZWNJ stay: emoji and several scripts are spelt with them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n?")
_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_EDGE = " \t\xa0\u3000\u2002\u2003\u200e\u200f"
_HARD = re.compile(r"(?:(?<! ) {2,}+|(?<!\\)(?:\\\\)*?\\)\n[ \t]*")
_SOFT = re.compile(r"(?<![ \t])[ \t]*+\n[ \t]*")
_SPACES = re.compile(r"[ \t\xa0]{2,}|[\t\xa0]")
# Marks of Markdown, and quotation marks that Chinese and English share, tell nothing about the script.
_SHARED = "*_[]!`“”‘’\"'—…·"
_MARKS = "*_`"
_CHINESE = re.compile(
    "[\u2e80-\u303f\u3040-\u312f\u3190-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U00020000-\U0003ffff]"
)


SEAM = (
    "\x01"  # where a line end vanished between two marks: **甲** and **乙** on two lines are not **甲****乙**
)


def cleaned(text: str) -> str:
    """`text` with LF line ends and without characters that no reader sees and no page may hold."""
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    return _SURROGATE.sub("\ufffd", _UNWANTED.sub("", _BREAKS.sub(" ", text)))


def is_chinese(character: str) -> bool:
    """Whether it is set without spaces: Han, kana, full-width forms and their punctuation."""
    return bool(_CHINESE.match(character))


def joined(source: str) -> str:
    """One line of `source`: an author's line ends vanish next to Chinese and are a space between other words,
    but after two spaces or a backslash they stay, as LF. Spaces at the ends go, several become one."""
    if "\n" in source:
        source = _HARD.sub(_kept, source.strip(_EDGE + "\n"))
        source = _SOFT.sub(_softened, source)
        source = source.replace("\x00", "\n")
    return _SPACES.sub(" ", source).strip(_EDGE + "\n")


def _kept(found: re.Match[str]) -> str:
    escapes = found.group().rstrip(" \t").removesuffix("\n").removesuffix("\\")
    return escapes.rstrip(" ") + "\x00"


def _softened(found: re.Match[str]) -> str:
    text = found.string
    before, after = found.start() - 1, found.end()
    while before > 0 and text[before] in _SHARED:
        before -= 1
    while after < len(text) - 1 and text[after] in _SHARED:
        after += 1
    if not is_chinese(text[before : before + 1]) and not is_chinese(text[after : after + 1]):
        return " "
    return SEAM if text[found.end() : found.end() + 1] in _MARKS and text[found.start() - 1] in _MARKS else ""
