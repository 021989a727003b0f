"""Chinese setting for templates: clauses, sentences, two-character names, numbers that stay in one piece."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from generator import typography

_OPEN_RIGHT = "，。；：、！？"  # punctuation whose glyph leaves half its em empty
_DIGIT = re.compile(r"\d")


def nobreak(text: str) -> Markup:
    """12路, 23:10 and 2019年 in spans of class "nb" that no line breaks."""
    return Markup(_marked(text))  # noqa: S704 - _marked escapes


def clauses(text: str) -> Markup:
    """Spans of class "cl": a line breaks where a reader breathes. "p" marks one that ends in punctuation."""
    spans = [
        f'<span class="cl{" p" if clause[-1:] in _OPEN_RIGHT else ""}">{_marked(clause)}</span>'
        for clause in typography.clauses(text)
        if clause
    ]
    return Markup("".join(spans))  # noqa: S704 - _marked escapes


def _marked(text: str) -> str:
    """Escaped for the inside of an element, figures kept with their unit."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if not _DIGIT.search(safe):
        return safe
    segments = typography.unbreakable(safe)
    return "".join(f'<span class="nb">{part}</span>' if whole else part for part, whole in segments)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a quotation, each to stand on a line of its own."""
    return tuple(typography.sentences(text))


def spaced(name: str) -> Markup:
    """李娜 with its first character in a span of class "n2", which styles set apart; other names as they are.

    The text stays 李娜 for search, screen readers and the clipboard."""
    first, gap, second = typography.spaced_name(name).partition("\u3000")
    if not gap or "\u3000" in name:
        return escape(name)
    return Markup('<span class="n2">{}</span>{}').format(first, second)


def fit(name: str) -> str:
    """How long a name is for the largest sizes: "", "long" above 5 characters, "longer" above 8."""
    length = sum(0.55 if letter < "ɏ" else 1 for letter in name)
    return "longer" if length > 8 else "long" if length > 5 else ""
