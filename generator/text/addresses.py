"""Which addresses a text may point to: the web, mail, telephones, its own site, its own folder's pictures."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ALLOWED = ("http:", "https:", "mailto:", "tel:")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_NOT_IN_NAMES = re.compile(r'[/\\:*?"<>|]')


def safe_href(written: str) -> str | None:
    """The address to link to, its spaces percent-encoded; None if it is empty, a script, data or a file, or
    on another host without saying how (//host, \\\\server)."""
    href = _bare(written)
    shown = _INVISIBLE.sub("", href)
    if not shown or shown.startswith(("//", "\\", "/\\")):
        return None
    scheme = _SCHEME.match(shown)
    if scheme is None:
        return _INVISIBLE.sub("", href.replace(" ", "%20"))
    if scheme.group().lower() not in _ALLOWED:
        return None
    return scheme.group().lower() + shown[scheme.end() :]


def local_file(written: str) -> str | None:
    """The name of a file in the text's own folder; None for an address elsewhere."""
    name = unquote(_bare(written)).strip().removeprefix("./")
    if not name or name.startswith(".") or not name.isprintable() or _NOT_IN_NAMES.search(name):
        return None
    return name


def _bare(written: str) -> str:
    return html.unescape(written.strip().removeprefix("<").removesuffix(">")).strip()
