"""What a record says as plain characters, as a visitor reads them."""

from __future__ import annotations

import re
from html import unescape

from generator.views import SearchText

# Numbers of footnotes, the arrow back from one, and the places of pictures aren't read.
_UNREAD = re.compile(
    r'<sup><a\b.*?</a></sup>|<a\b[^>]*role="doc-backlink"[^>]*>.*?</a>|<figure\b[^>]*></figure>'
)
_LINES = re.compile(r"</?(?:p|h[2-6]|li|ul|ol|blockquote|div|table|thead|tbody|tr|br|hr)\b[^>]*>\n?")
_CELL = re.compile(r"</t[dh]>")
_TAG = re.compile(r"<[^>]*>")
_BLANKS = re.compile(r" *\n[ \n]*")


def honours_of(text: SearchText) -> list[str]:
    """Title, grade and level of each honour, as a page shows them: 优秀驾驶员 一等奖 公司级."""
    return [" ".join(filter(None, (h.title, h.grade, h.level))) for h in text.story.honours]


def plain_of(html: str) -> str:
    """The characters of what text/markup.py writes, a line for each paragraph, heading, item and row."""
    lines = _CELL.sub(" ", _LINES.sub("\n", _UNREAD.sub("", html)))
    return _BLANKS.sub("\n", unescape(_TAG.sub("", lines))).strip()
