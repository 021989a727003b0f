"""Chinese setting for templates: clauses, sentences, two-character names, numbers that stay in one piece."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from generator import typography

_OPEN_RIGHT = "，。；：、！？"  # punctuation whose glyph leaves half its em empty
_WHOLE = re.compile(r"\d[\d.:,·/-]*(?:[年月日时点分秒路号楼层室级届期次人位名岁台座条米吨元度个]|%|％)?")


def nobreak(text: str) -> Markup:
    """12路, 23:10 and 2019年 in spans of class "nb" that no line breaks."""
    parts: list[str] = []
    end = 0
    for found in _WHOLE.finditer(text):
        if len(found[0]) > 1:
            parts += escape(text[end : found.start()]), f'<span class="nb">{escape(found[0])}</span>'
            end = found.end()
    return Markup("".join((*parts, escape(text[end:]))))  # noqa: S704 - every part is escaped


def clauses(text: str) -> Markup:
    """Spans of class "cl": a line breaks where a reader breathes. "p" marks a clause ending in punctuation."""
    spans = []
    for clause in typography.clauses(text):
        ends = " p" if clause[-1:] in _OPEN_RIGHT else ""
        spans.append(f'<span class="cl{ends}">{nobreak(clause)}</span>')
    return Markup("".join(spans))  # noqa: S704 - nobreak escapes


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a quotation, each to stand on a line of its own."""
    return tuple(typography.sentences(text))


def spaced(name: str) -> Markup:
    """李娜 with its first character in a span of class "n2", which styles set apart; other names as they are.

    The text stays 李娜 for search, screen readers and the clipboard."""
    if typography.spaced_name(name) == name or not name:
        return escape(name)
    first = len(name) // 2
    return Markup('<span class="n2">{}</span>{}').format(name[:first], name[first:])


def fit(name: str) -> str:
    """How long a name is for the largest sizes: "", "long" above 5 characters, "longer" above 8."""
    length = sum(0.55 if letter < "ɏ" else 1 for letter in name)
    return "longer" if length > 8 else "long" if length > 5 else ""
