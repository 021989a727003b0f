"""What holds for every text: no prose is lost, the HTML is whole and harmless, and nothing takes long."""

from __future__ import annotations

import html as entities
import re
import time
from html.parser import HTMLParser
from itertools import pairwise

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.text import Text, read_text
from generator.text.blocks import Words
from generator.text.contents import walk
from generator.text.markup import ATTRIBUTES, TAGS

PROSE = "甲乙丙丁戊己庚辛壬癸国家，。；：“”（）《》—"
HANZI = re.compile(r"[甲乙丙丁戊己庚辛壬癸国家]")
SIGNS = (
    *PROSE,
    *"*_`~\\#>-+|.:!&;^=()<>\n\n\n \t\x00\u3000\u200b\u00a0a1",
    *("**", "__", "```", "\n\n", "    ", "1. ", "- ", "> ", "## ", "---", "1、", "|-|-|"),
    *("[", "](", "![", "](a.jpg)", "[^1]", "[^1]: ", "<b>", "<br>", "<!--", "-->", "&lt;", "&#0;"),
    *("https://a.cn", "javascript:", "\ud800", "\u202e", "👨\u200d👩", "ش"),
)
SOUP = st.lists(
    st.sampled_from(SIGNS),
    max_size=60,
).map("".join)
HARMLESS = re.compile(r"(?:https?:|mailto:|tel:|#|[^:]*\Z|[^:]*/)")


class Whole(HTMLParser):
    """Asserts that tags are allowed, nested and closed; collects ids, addresses and characters."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        for name, value in attrs:
            assert name in ATTRIBUTES[tag]
            assert value
            if name == "id":
                self.ids.append(value)
            if name == "href":
                self.hrefs.append(value)
        assert not (tag == "a" and "a" in self.open)
        assert not (tag in ("p", "ul", "figure", "table") and {"p", "strong", "a"} & set(self.open))
        if tag not in ("br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def parsed(text: Text) -> Whole:
    whole = Whole()
    whole.feed(text.html)
    whole.close()
    assert whole.open == []
    return whole


@settings(max_examples=600, deadline=None)
@given(SOUP)
def test_any_text_gives_whole_and_harmless_html(markdown: str) -> None:
    text = read_text(markdown)
    whole = parsed(text)
    assert len(set(whole.ids)) == len(whole.ids)
    assert all(HARMLESS.match(href) for href in whole.hrefs)
    assert {href[1:] for href in whole.hrefs if href.startswith("#fn")} <= set(whole.ids)
    tags = {tag: names for tag, names in ATTRIBUTES.items() if tag in TAGS}
    assert nh3.clean(text.html, tags=set(TAGS), attributes=tags, link_rel=None) == text.html
    assert text == read_text(markdown)
    assert "\x01" not in text.plain + text.html
    text.html.encode()


@settings(max_examples=600, deadline=None)
@given(SOUP.filter(lambda markdown: not any(sign in markdown for sign in ("[", "|", "<!--", "\\"))))
def test_without_links_tables_and_comments_every_character_survives_in_order(markdown: str) -> None:
    text = read_text(markdown)
    assert HANZI.findall(text.plain) == HANZI.findall(markdown)
    assert HANZI.findall(parsed(text).text) == HANZI.findall(markdown)


# Markdown and the prose in it, side by side.
Written = tuple[str, str]
WORDS = st.text("甲乙丙丁国家李abc12", min_size=1, max_size=12)
INLINE = st.lists(
    st.one_of(
        WORDS.map(lambda words: (words, words)),
        WORDS.map(lambda words: (f"，**{words}**。", f"，{words}。")),
        WORDS.map(lambda words: (f"，*“{words}”*，", f"，“{words}”，")),
        WORDS.map(lambda words: (f"，[{words}](https://a.cn/x)", f"，{words}")),
        WORDS.map(lambda words: (f"`{words}`，", f"{words}，")),
    ),
    min_size=1,
    max_size=5,
).map(lambda several: ("".join(markdown for markdown, _ in several), "".join(prose for _, prose in several)))


def lined(begin: str, sign: str) -> st.SearchStrategy[Written]:
    """Some lines with `sign` and a character before each."""

    def written(lines: list[Written]) -> Written:
        markdown = (sign.format(number) + f"国{line}" for number, (line, _) in enumerate(lines, start=1))
        return begin + "\n".join(markdown), begin.strip() + "".join(f"国{prose}" for _, prose in lines)

    return st.lists(INLINE, min_size=2, max_size=4).map(written)


def tabled(cells: tuple[Written, Written]) -> Written:
    (first, said), (second, told) = cells
    return f"| {first} | {second} |\n|---|---|\n| {second} | {first} |", f"{said}{told}{told}{said}"


BLOCK = st.one_of(
    INLINE,
    INLINE.map(lambda line: (f"## 题{line[0]}", f"题{line[1]}")),
    lined("做法：\n", "- "),
    lined("", "{}、"),
    lined("", "> "),
    st.tuples(INLINE, INLINE).map(tabled),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(BLOCK, min_size=1, max_size=5))
def test_a_well_written_text_keeps_its_prose_and_loses_its_marks(blocks: list[Written]) -> None:
    text = read_text("\n\n".join(markdown for markdown, _ in blocks))
    expected = "".join(prose for _, prose in blocks)
    assert "".join(text.plain.split()) == expected
    assert "".join(parsed(text).text.split()) == expected
    assert text.characters == len(expected)
    assert text.notes == ()


@given(st.lists(st.text("甲乙丙，。ab 1", min_size=1, max_size=8).filter(str.strip), min_size=2, max_size=6))
def test_line_ends_are_spaces_between_latin_words_only(lines: list[str]) -> None:
    plain = read_text("字" + "\n".join(line.strip() for line in lines)).plain
    stripped = [re.sub(" +", " ", line.strip()) for line in lines]
    expected = "字" + stripped[0]
    for before, after in pairwise(["字" + stripped[0], *stripped[1:]]):
        latin = before[-1].isascii() and after[0].isascii()
        expected += (" " if latin else "") + after
    assert plain == expected


@given(st.text("甲乙<>&\"'", min_size=1))
def test_signs_of_html_arrive_as_characters(prose: str) -> None:
    text = read_text(f"始{prose}终")
    shown = "".join(
        block.inlines[0].text for block in walk(text.blocks) if isinstance(block.inlines[0], Words)
    )
    assert shown == f"始{prose}终"
    assert entities.unescape(re.sub("<[^>]*>", "", text.html)).strip() == f"始{prose}终"


SIZE = 60_000
HARD = {
    "quotations": ">" * SIZE,
    "quotations, each deeper": "".join(">" * n + " a\n" for n in range(300)),
    "brackets": "[" * SIZE,
    "empty links": "[](" * (SIZE // 3),
    "links in open brackets": "[" * (SIZE // 3) + "](a)" * (SIZE // 6),
    "links in open pictures": "![" * (SIZE // 6) + "[a](b)" * (SIZE // 9),
    "stars": "*a " * (SIZE // 3),
    "stars both ways": "a*a**" * (SIZE // 5),
    "emphasis within emphasis": "*a " * 5000 + "b" + " c*" * 5000,
    "backticks": "a".join("`" * n for n in range(300)),
    "tags": "<font x" * (SIZE // 7),
    "comments": "<!--" * (SIZE // 4),
    "one line": "字" * SIZE,
    "one number": "1" * SIZE,
    "spaces": "a" + " " * SIZE + "b",
    "backslashes": "\\\n" * (SIZE // 2),
    "headings": "# a\n" * (SIZE // 4),
    "quoted headings": "> # a\n" * (SIZE // 6),
    "items within items": "- " * (SIZE // 2) + "a",
    "items, each deeper": "".join("  " * n + "- a\n" for n in range(240)),
    "rows": "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * (SIZE // 10),
    "columns": "|a" * 3000 + "|\n" + "|-" * 3000 + "|\n" + "|b" * 3000 + "|\n",
    "rows of backticks": "|`" * (SIZE // 4) + "\n|" + "-|" * (SIZE // 4),
    "footnotes": "".join(f"[^{n}]: a[^{n + 1}]\n\n" for n in range(3000)) + "[^0]",
    "open titles": '[a](b "' * (SIZE // 7),
    "rule that is none": "-" * SIZE + "x",
    "loose items": "- a\n\n" * (SIZE // 5),
    "paragraphs": "a\n\n" * (SIZE // 3),
}


@pytest.mark.parametrize("name", HARD)
def test_no_text_takes_long(name: str) -> None:
    began = time.process_time()
    read_text(HARD[name])
    assert time.process_time() - began < 2
