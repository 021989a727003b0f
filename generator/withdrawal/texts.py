"""The texts that a file of a release holds, in forms in which a name or a sentence can be looked for.

Whatever writes a character otherwise is undone: entities, escapes, percent signs, tags within a word, widths."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import NamedTuple
from urllib.parse import unquote

# Tags within which a word may go on. Whatever else is between two words keeps them apart.
_WITHIN = r"(?:b|strong|em|i|a|span|mark|wbr|ruby|rb|sub|sup|small|u|bdi|bdo|q|w:(?!p\b|tab\b|br\b)\w+|r|t)"
_UNSEEN = re.compile(r"<(rt|rp)\b[^<>]*>[^<]*</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_INLINE = re.compile(rf"</?{_WITHIN}(?:\s[^<>]*)?/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>")
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([/\"'\\ntr]))")
_PERCENT = re.compile(r"%[89A-Fa-f][0-9A-Fa-f]")
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_SPACE = re.compile(
    r"[\s\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
)
_MARKS = re.compile(r"[\W_]+")
_CONTROLS = {"n": "\n", "t": "\n", "r": "\n"}


APART = "\ue000"  # stands between two words that tags keep apart; of private use, so that nobody writes it


class Forms(NamedTuple):
    """One text twice. `close` is without white space, in one width and small letters; `bare` has of that the
    letters and digits alone."""

    close: str
    bare: str


def forms_of(text: str) -> tuple[Forms, ...]:
    """The text as it is written, and as it is read where it has tags."""
    if _PERCENT.search(text):
        text = unquote(text, errors="replace")
    plain = _unescaped(text)
    found = [html.unescape(plain)]
    if (inner := _unescaped(found[0])) != found[0]:  # JSON within an attribute
        found.append(inner)
    for written in dict.fromkeys((plain, *found)):
        if "<" in written:
            found.append(html.unescape(without_tags(written)))
    return tuple(Forms(close := close_form(one), bare_form(close)) for one in dict.fromkeys(found))


def without_tags(text: str) -> str:
    """The characters between the tags; those that end a word leave APART."""
    return _TAG.sub(APART, _INLINE.sub("", _UNSEEN.sub("", text)))


def close_form(text: str) -> str:
    """Compatible forms of characters as one (NFKC), no white space, nothing unseen, small letters."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return _SPACE.sub("", text).casefold()


def bare_form(close: str) -> str:
    """Letters and digits alone, of a close form."""
    return _MARKS.sub("", close)


def decoded(data: bytes) -> str:
    """The bytes as text, in whatever encoding an office's files have."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace") + "\n" + data.decode("gb18030", "replace")


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    plain = _ESCAPE.sub(_character, text)
    return _SURROGATES.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), plain)


def _character(found: re.Match[str]) -> str:
    number = found[1] or found[2] or found[3]
    if number:
        value = int(number, 16)
        return chr(value) if value < 0x110000 else ""
    return _CONTROLS.get(found[4], found[4])
