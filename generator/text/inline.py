"""One stretch of text: its emphasis, links, pictures, footnote marks and breaks, read from left to right.

Every character is looked at a bounded number of times, so no text is slow, and what isn't markup stays as it
was typed."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

from generator.text.addresses import local_file, safe_href
from generator.text.blocks import Code, Figure, FootnoteMark, Inline, LineBreak, Link, Words
from generator.text.characters import SEAM, cleaned, joined
from generator.text.emphasis import Mark, mark, pair
from generator.text.pieces import Bracket, LinkEnd, Piece, assembled

_SPECIAL = re.compile(r"!\[|[\\`*_\[\]<&\n\x01]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_TICKS = re.compile(r"`+")
_RUN = re.compile(r"\*+|_+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:|tel:)[^\s<>]{1,1000})>")
_MAIL = re.compile(r"<([\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})>")
_BREAK = re.compile(r"<br\s{0,3}/?>\s?", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|abbr|audio|b|big|body|button|center|code|del|details|div|dl|em|embed|font|form|h[1-6]|head|hr|html|i"
    r"|iframe|img|input|ins|li|link|mark|meta|object|o:p|ol|p|pre|s|script|section|small|span|strike|strong|style"
    r"|sub|sup|svg|table|tbody|td|th|thead|tr|u|ul|video)(?:[\s/][^<>\n]{0,500})?>",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"\[\^([^\[\]\n]{1,80})\]")
# (address "title"), where the address may hold balanced parentheses.
_TARGET = re.compile(r"\((?P<inside>[^()\n]{0,1000}+(?:\([^()\n]{0,300}+\)[^()\n]{0,1000}+){0,4}+)\)")
_TITLED = re.compile(r"(?P<href>\S.*?)\s+[\"'“](?P<title>.*)[\"'”]")

Report = Callable[[str, str], None]
"""Takes a note's code and what was found."""


@dataclass(slots=True)
class Reader:
    """Reads the stretches of one text. `footnotes` are the ids defined, `mentioned` numbers those met."""

    footnotes: frozenset[str]
    report: Report
    mentioned: dict[str, int] = field(default_factory=dict)

    def read(self, source: str) -> tuple[tuple[Inline, ...], tuple[Figure, ...]]:
        """The inlines of `source`, and the pictures lifted out of it, in order."""
        text = joined(source)
        if not _SPECIAL.search(text):
            return ((Words(text),) if text else ()), ()
        return _Scan(self, text).run()

    def footnote(self, name: str) -> FootnoteMark:
        """The mark for a mention of the footnote `name`."""
        first = name not in self.mentioned
        return FootnoteMark(self.mentioned.setdefault(name, len(self.mentioned) + 1), first)


class _Scan:
    """One pass over one stretch."""

    def __init__(self, reader: Reader, text: str) -> None:
        self.reader = reader
        self.text = text
        self.pieces: list[Piece] = []
        self.brackets: list[Bracket] = []
        self.barred = 0  # the open brackets below this height hold a link and can't become one
        self.marks: list[Mark] = []
        self.figures: list[Figure] = []
        self.ticks: dict[int, list[int]] | None = None

    def run(self) -> tuple[tuple[Inline, ...], tuple[Figure, ...]]:
        at, text = 0, self.text
        while special := _SPECIAL.search(text, at):
            if special.start() > at:
                self.pieces.append(text[at : special.start()])
            at = _READERS[special.group()](self, special.start())
        self.pieces.append(text[at:])
        pair(self.marks)
        return assembled(self.pieces), tuple(self.figures)

    # Each of these reads what begins at `at` and returns where to go on.

    def escape(self, at: int) -> int:
        found = _ESCAPED.match(self.text, at)
        self.pieces.append(found.group(1) if found else "\\")
        return at + 2 if found else at + 1

    def line_break(self, at: int) -> int:
        self.pieces.append(LineBreak())
        return at + 1

    def seam(self, at: int) -> int:
        return at + 1

    def code(self, at: int) -> int:
        if self.ticks is None:
            self.ticks = {}
            for run in _TICKS.finditer(self.text):
                self.ticks.setdefault(len(run.group()), []).append(run.start())
        opening = _TICKS.match(self.text, at)
        assert opening
        width, start = len(opening.group()), opening.end()
        same = self.ticks.get(width, [])
        index = bisect_right(same, at)
        if index == len(same):
            self.pieces.append(opening.group())
            return start
        inside = self.text[start : same[index]].replace(SEAM, "").replace("\n", " ").strip()
        self.pieces.append(Code(inside) if inside else self.text[at : same[index] + width])
        return same[index] + width

    def stress(self, at: int) -> int:
        run = _RUN.match(self.text, at)
        assert run
        end = run.end()
        found = mark(self.text[at], end - at, self.text[at - 1 : at], self.text[end : end + 1])
        if found.opens or found.closes:
            self.marks.append(found)
            self.pieces.append(found)
        else:
            self.pieces.append(run.group())
        return end

    def entity(self, at: int) -> int:
        found = _ENTITY.match(self.text, at)
        self.pieces.append(cleaned(html.unescape(found.group())).replace("\xa0", " ") if found else "&")
        return found.end() if found else at + 1

    def angle(self, at: int) -> int:
        text = self.text
        if found := _AUTOLINK.match(text, at):
            self.link_whole(found.group(1), found.group(1))
        elif found := _MAIL.match(text, at):
            self.link_whole("mailto:" + found.group(1), found.group(1))
        elif found := _BREAK.match(text, at):
            self.pieces.append(LineBreak())
        elif found := _TAG.match(text, at):
            self.reader.report("text-html", found.group())
            self.pieces.append(found.group())
        else:
            self.pieces.append("<")
        return found.end() if found else at + 1

    def link_whole(self, href: str, words: str) -> None:
        safe = safe_href(href)
        self.pieces.append(Link(safe, (Words(words),)) if safe else words)

    def bracket(self, at: int) -> int:
        footnote = _FOOTNOTE.match(self.text, at)
        if footnote and footnote.group(1) in self.reader.footnotes:
            self.pieces.append(self.reader.footnote(footnote.group(1)))
            return footnote.end()
        if footnote:
            self.reader.report("text-footnote-missing", footnote.group())
        return self.open(at, "[")

    def picture(self, at: int) -> int:
        return self.open(at, "![")

    def open(self, at: int, literal: str) -> int:
        source = at + len(literal)
        found = Bracket(literal, source, len(self.pieces), len(self.marks))
        self.brackets.append(found)
        self.pieces.append(found)
        return source

    def close(self, at: int) -> int:
        bracket = self.brackets.pop() if self.brackets else None
        barred = len(self.brackets) < self.barred
        self.barred = min(self.barred, len(self.brackets))
        target = _TARGET.match(self.text, at + 1)
        if bracket is None or target is None or (barred and not bracket.picture):
            if bracket and self.text.startswith("（http", at + 1):
                self.reader.report("text-link-brackets", self.text[bracket.source - 1 : at + 1])
            self.pieces.append("]")
            return at + 1
        inside = target["inside"].replace(SEAM, "").strip()
        titled = _TITLED.fullmatch(inside)
        href = titled["href"] if titled else inside
        if bracket.picture:
            self.lift(bracket, at, href, titled["title"] if titled else "")
        else:
            self.link(bracket, href)
        return target.end()

    def lift(self, bracket: Bracket, at: int, href: str, caption: str) -> None:
        """Take a picture out of the line it stands in."""
        marks_of_notes = [piece for piece in self.pieces[bracket.piece :] if isinstance(piece, FootnoteMark)]
        self.pieces[bracket.piece :] = marks_of_notes
        del self.marks[bracket.mark :]
        file = local_file(href)
        if file is None:
            self.reader.report("text-image-elsewhere", href)
            return
        alt = _ESCAPED.sub(r"\1", self.text[bracket.source : at]).replace(SEAM, "").strip()
        self.figures.append(Figure(file, alt, caption.strip()))

    def link(self, bracket: Bracket, href: str) -> None:
        pair(self.marks[bracket.mark :])
        del self.marks[bracket.mark :]
        bracket.href = safe_href(href)
        if bracket.href is None:
            self.reader.report("text-link-refused", href)
            bracket.literal = ""
        else:
            self.pieces.append(LinkEnd())
        self.barred = len(self.brackets)


_READERS: dict[str, Callable[[_Scan, int], int]] = {
    "\\": _Scan.escape,
    "`": _Scan.code,
    "*": _Scan.stress,
    "_": _Scan.stress,
    "[": _Scan.bracket,
    "![": _Scan.picture,
    "]": _Scan.close,
    "<": _Scan.angle,
    "&": _Scan.entity,
    "\n": _Scan.line_break,
    SEAM: _Scan.seam,
}
