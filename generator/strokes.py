"""How many strokes Chinese signs have and in which order they are written: the customary order of lists of names.

按姓氏笔画为序: fewer strokes first; then by the kind of each stroke as it is written, 横 竖 撇 点 折 (GF 3003-1999,
GB 13000.1 字符集汉字字序（笔画序）规范); then the next sign. What `signs/` holds and from where, its files say."""

from __future__ import annotations

from functools import cache
from pathlib import Path

SIGNS = Path(__file__).resolve().parent / "signs"

# What a sign's code in counts.txt stands above its strokes.
_ZERO = 40
# After every sequence of strokes 1 to 5: a sign whose order nobody wrote down stands behind those whose is known.
_UNKNOWN_ORDER = "6"
# More strokes than any sign has (𪚥 has 64, the most in Unihan is 84).
_NO_STROKES = 1000

SignKey = tuple[int, str, int]


def stroke_count(sign: str) -> int:
    """The strokes of one sign as it is written in China; 0 for what is no Han sign or one we don't know."""
    return len(_orders().get(sign, "")) or _counts().get(ord(sign), 0)


def stroke_order(sign: str) -> str:
    """The kinds of its strokes in the order of writing, 1 横 2 竖 3 撇 4 点 5 折; empty where it isn't known."""
    return _orders().get(sign, "")


def stroke_key(name: str) -> tuple[SignKey, ...]:
    """What names are sorted by, sign by sign: 丁 before 王 before 李, 李丽 before 李建国, 王安 before 王安石.

    Spaces and the dot of a foreign or minority name (买买提·吐尔逊) don't count. Letters and unknown signs
    stand last, by code point."""
    return tuple(_sign_key(sign) for sign in name if sign.isalnum())


def _sign_key(sign: str) -> SignKey:
    count = stroke_count(sign)
    return (count or _NO_STROKES, stroke_order(sign) or _UNKNOWN_ORDER, ord(sign))


@cache
def _counts() -> dict[int, int]:
    """Strokes by code point."""
    counts: dict[int, int] = {}
    for line in _lines("counts.txt"):
        first, _, codes = line.partition(" ")
        start = int(first, 16)
        counts.update(
            zip(range(start, start + len(codes)), (ord(code) - _ZERO for code in codes), strict=True)
        )
    return counts


@cache
def _orders() -> dict[str, str]:
    """Kinds of strokes by sign."""
    orders: dict[str, str] = {}
    for line in _lines("order.txt"):
        order, _, signs = line.partition(" ")
        orders |= dict.fromkeys(signs, order)
    return orders


def _lines(name: str) -> list[str]:
    lines = (SIGNS / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
