"""Which asterisks and underscores are emphasis, for text that has no spaces between its words.

CommonMark decides by the white space and punctuation around a run and so leaves **“词”**后 unread; the rules
here ask what kind of punctuation it is. Time is linear in the number of runs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# Nothing begins with these and nothing ends with those: 李**、王**同志 hides two names and stresses nothing.
_CLOSING = frozenset("，。、；：？！”’）》」』】〉〕,.;:?!)]}>")
_OPENING = frozenset("“‘（《「『【〈〔([{<")
_LATIN = re.compile(r"[0-9A-Za-z_\u00C0-\u024F]")
_LETTER = re.compile(r"\w")
LONGEST_RUN = 3  # 138****1234 is a masked number


@dataclass(slots=True)
class Mark:
    """A run of `*` or `_`. Pairing leaves in `begins` and `ends` the widths (1 emphasis, 2 strong) of what
    starts and stops here, outermost first and innermost first; `left` marks stay as characters."""

    char: str
    count: int
    opens: bool
    closes: bool
    left: int
    begins: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)


def mark(char: str, count: int, before: str, after: str) -> Mark:
    """The run of `count` times `char` between the characters `before` and `after` ("" at the text's ends)."""
    opens = bool(after) and not after.isspace() and after not in _CLOSING
    closes = bool(before) and not before.isspace() and before not in _OPENING
    if count > LONGEST_RUN or (char == "*" and before.isdigit() and after.isdigit()):
        opens = closes = False  # 4*3*2 is a product
    elif char == "_":
        # 附件_先进事迹_李娜 is a file's name, 他的__作业本__上 is stressed, __init__ in Latin is left alone.
        inside = _LATIN.match if count > 1 else _LETTER.match
        opens = opens and not inside(before)
        closes = closes and not inside(after)
    return Mark(char, count, opens, closes, count)


def pair(marks: list[Mark]) -> None:
    """Match closing runs with the nearest opening ones, in place."""
    openers: list[Mark] = []
    searched: dict[tuple[str, bool, int], int] = {}  # below this height there is no partner for such a closer
    for closer in marks:
        while closer.closes and closer.left:
            key = (closer.char, closer.opens, closer.count % 3)
            height = _partner(openers, closer, min(searched.get(key, 0), len(openers)))
            if height < 0:
                searched[key] = len(openers)
                break
            opener = openers[height]
            width = 2 if min(opener.left, closer.left) >= 2 else 1
            opener.begins.insert(0, width)
            closer.ends.append(width)
            opener.left -= width
            closer.left -= width
            del openers[height + (1 if opener.left else 0) :]
            for other, floor in searched.items():
                searched[other] = min(floor, len(openers))
        if closer.opens and closer.left:
            openers.append(closer)


def _partner(openers: list[Mark], closer: Mark, floor: int) -> int:
    for height in range(len(openers) - 1, floor - 1, -1):
        if _fit(openers[height], closer):
            return height
    return -1


def _fit(opener: Mark, closer: Mark) -> bool:
    """CommonMark's rule of three: *为必填，**为选填 is two signs, not one emphasis."""
    if opener.char != closer.char:
        return False
    if opener.closes or closer.opens:
        return (opener.count + closer.count) % 3 != 0 or (opener.count % 3 == 0 and closer.count % 3 == 0)
    return True
