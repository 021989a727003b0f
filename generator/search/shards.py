"""The recipes of the index: each makes a classic script that puts one value into window.HONOUR_SEARCH.

Scripts, because a page that is opened from a folder may load those and fetch nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise, repeat
from typing import Any

from generator.data import script_text
from generator.engine.target import Files
from generator.pinyin import plain_letters
from generator.search.blocks import FIRST, LEVELS
from generator.search.folding import ALPHABET, TRIPLE
from generator.search.numbers import ID_BITS, written
from generator.search.plain import honours_of, plain_of
from generator.views import (
    ColumnsView,
    DirectoryView,
    FiltersView,
    GramShardView,
    MarksView,
    NameShardView,
    TextView,
)

FORMAT = 2  # raise it when the same view shall be written differently: names of shards hold it
MOST_WORDS = 40  # of a name that are found by letters; each word costs those after it once more
CROWD = 2000  # from so many people on, a list of more than half of them names those that are not in it


def render_grams(view: GramShardView, files: Files) -> bytes:
    """{gram: lists}: who has it by level, the lists joined with "." and empty ones at the end left out; a list
    that begins with "!" is of those who have it not. After a triple's list stand ":" and everybody's digit for what
    follows it."""
    low = (1 << ID_BITS) // len(view.slices)
    found: dict[str, tuple[list[list[int]], list[str]]] = {}
    for block, part in enumerate(view.slices):
        base = block * low - FIRST
        for line in part.split("\n") if part else ():
            gram, *members = line.split("\t")
            known = found.get(gram)
            if known is None:
                known = found[gram] = [[] for _ in range(LEVELS)], [""] * LEVELS
            ids, after = known
            for level, signs in enumerate(members):
                if len(gram) == TRIPLE:
                    after[level] += signs[1::2]
                    signs = signs[::2]
                ids[level] += [base + ord(sign) for sign in signs]
    lists = {
        gram: ".".join(map(_list, ids, after, repeat(view.everyone))).rstrip(".")
        for gram, (ids, after) in sorted(found.items())
    }
    return _script(view.key, lists)


def _list(ids: list[int], after: str, everyone: Sequence[int]) -> str:
    if not everyone or len(ids) * 2 <= len(everyone):
        return f"{written(ids)}:{after}" if after else written(ids)
    held = set(ids)
    return "!" + written(number for number in everyone if number not in held)


def render_names(view: NameShardView, files: Files) -> bytes:
    """[[syllables, ids], …] of whole names, then of names from a later word on: "li nan xing"."""
    letter = view.key.rpartition("-")[2]
    starts: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
    for number, every in view.names:
        words = every[:MOST_WORDS]
        for at in range(len(words)):
            if first_letter(words[at]) == letter:
                syllables = " ".join(plain_letters(s) for word in words[at:] for s in word)
                starts[at > 0].setdefault(syllables, []).append(number)
    return _script(
        view.key, [[[key, written(sorted(set(ids)))] for key, ids in sorted(s.items())] for s in starts]
    )


def first_letter(word: Sequence[str]) -> str:
    """The letter under which a word of a name is filed; "0" for those that begin with none."""
    letter = plain_letters(word[0][:1])[:1] if word else ""
    return letter if "a" <= letter <= "z" else "0"


def render_text(view: TextView, files: Files) -> bytes:
    """What there is of one exemplar, without what is empty."""
    person, text = view.person, view.person.text
    told: dict[str, Any] = {
        "id": person.id,
        "slug": person.slug,
        "url": person.path,
        "name": text.name,
        "pinyin": person.words,
        "unit": text.unit,
        "post": text.post,
        "year": person.year,
        "collective": person.collective,
        "one": text.one_line,
        "categories": text.categories,
        "honours": honours_of(text),
        "deeds": plain_of(text.story.html),
        "voices": [(voice.quote, voice.by, voice.unit, voice.relation) for voice in text.voices],
        "portrait": person.portrait,
    }
    return _script(view.key, {key: value for key, value in told.items() if value or key == "id"})


def render_columns(view: ColumnsView, files: Files) -> bytes:
    """The gaps between ids, then a column each for year and length of name, in their order."""
    ids, years, lengths = zip(*view.rows, strict=True) if view.rows else ((),) * 3
    gaps = [number - before for before, number in pairwise((0, *ids))]
    return _script(view.key, {"ids": _places(gaps), "year": _column(years), "length": _column(lengths)})


def render_filters(view: FiltersView, files: Files) -> bytes:
    """A column for each filter, in the order of ids."""
    categories, units, levels, kinds = zip(*view.rows, strict=True) if view.rows else ((),) * 4
    return _script(
        view.key,
        {
            "category": _column(categories),
            "unit": _column(units),
            "level": _column(levels),
            "kind": _column("collective" if kind else "individual" for kind in kinds),
        },
    )


def _column(values: Iterable[Any]) -> list[Any]:
    """[the different values, which of them each person has]."""
    listed = list(values)
    known = {value: n for n, value in enumerate(sorted(set(listed)))}
    return [list(known), _places([known[value] for value in listed])]


def _places(several: Sequence[int]) -> list[str]:
    """A text for each place that the numbers have, with a digit of each: what differs little packs well."""
    width = len(_digits(max(several, default=0)))
    return ["".join(ALPHABET[number >> 6 * place & 63] for number in several) for place in range(width)]


def _digits(number: int, least: int = 1) -> str:
    """A number in digits of `ALPHABET`, the lowest first."""
    width = max(least, -(-number.bit_length() // 6))
    return "".join(ALPHABET[number >> 6 * place & 63] for place in range(width))


def render_marks(view: MarksView, files: Files) -> bytes:
    """The marks of everybody's text in one text."""
    return _script(view.key, _marks(view.marks))


def _marks(several: Iterable[str]) -> str:
    """Marks of six hexadecimal digits as four of `ALPHABET` each, the lowest first."""
    return "".join(_digits(int(mark, 16), 4) for mark in several)


def render_directory(view: DirectoryView, files: Files) -> bytes:
    """Which files there are: the marks of the shards of grams in one text."""
    return _script(
        view.key,
        {
            "total": view.total,
            "grams": _marks(view.grams),
            "names": dict(view.names),
            "columns": view.columns,
            "filters": view.filters,
            "marks": view.marks,
        },
    )


def _script(key: str, value: object) -> bytes:
    return (
        f"(self.HONOUR_SEARCH=self.HONOUR_SEARCH||{{}})[{script_text(key)}]={script_text(value)};\n".encode()
    )
