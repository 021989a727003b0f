"""The recipes of the index: each makes a classic script that puts one value into window.HONOUR_SEARCH.

Scripts, because a page that is opened from a folder may load those and fetch nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from generator.data import script_text
from generator.engine.target import Files
from generator.pinyin import plain_letters
from generator.search.blocks import FIRST, LEVELS
from generator.search.numbers import ALPHABET, ID_BITS, written
from generator.search.plain import honours_of, plain_of
from generator.views import (
    ColumnsView,
    DirectoryView,
    GramShardView,
    NameShardView,
    SearchPerson,
    TextShardView,
)

FORMAT = 1  # raise it when the same view shall be written differently: names of shards hold it
MOST_WORDS = 40  # of a name that are found by letters; each word costs those after it once more
CROWD = 2000  # from so many people on, a list of more than half of them names those that are not in it


def render_grams(view: GramShardView, files: Files) -> bytes:
    """{gram: lists}: who has it by level, the lists joined with "." and empty ones at the end left out; a list
    that begins with "!" is of those who have it not."""
    low = (1 << ID_BITS) // len(view.slices)
    found: dict[str, list[list[int]]] = {}
    for block, part in enumerate(view.slices):
        base = block * low - FIRST
        for line in part.split("\n") if part else ():
            gram, *members = line.split("\t")
            held = found.setdefault(gram, [[] for _ in range(LEVELS)])
            for level, signs in zip(held, members, strict=True):
                level += [base + ord(sign) for sign in signs]
    lists = {
        gram: ".".join(_list(ids, view.everyone) for ids in held).rstrip(".")
        for gram, held in sorted(found.items())
    }
    return _script(view.key, lists)


def _list(ids: list[int], everyone: Sequence[int]) -> str:
    if not everyone or len(ids) * 2 <= len(everyone):
        return written(ids)
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


def render_texts(view: TextShardView, files: Files) -> bytes:
    """A list of the shard's people by id."""
    return _script(view.key, [_person(person) for person in view.people])


def _person(person: SearchPerson) -> dict[str, Any]:
    text = person.text
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
    return {key: value for key, value in told.items() if value or key == "id"}


def render_columns(view: ColumnsView, files: Files) -> bytes:
    """Ids, then a column for each filter: its values, and a code for each person in the order of ids."""
    ids, years, categories, units, levels, kinds, lengths = (
        zip(*view.rows, strict=True) if view.rows else ((),) * 7
    )
    return _script(
        view.key,
        {
            "ids": written(ids),
            "columns": {
                "year": _column(years),
                "category": _column(categories),
                "unit": _column(units),
                "level": _column(levels),
                "kind": _column("collective" if kind else "individual" for kind in kinds),
                "length": _column(lengths),
            },
            "terms": {"category": view.categories, "unit": view.units, "level": view.levels},
        },
    )


def _column(values: Iterable[Any]) -> list[Any]:
    """[the different values, digits for each person, how many digits a person has]."""
    listed = list(values)
    known = {value: n for n, value in enumerate(sorted(set(listed)))}
    digits = 1 if len(known) <= len(ALPHABET) else 2
    return [list(known), "".join(_digits(known[value], digits) for value in listed), digits]


def _digits(number: int, digits: int) -> str:
    return "".join(ALPHABET[number >> 6 * place & 63] for place in range(digits))


def render_directory(view: DirectoryView, files: Files) -> bytes:
    """Which files there are: the marks of the numbered shards in one text, six digits each."""
    return _script(
        view.key,
        {
            "total": view.total,
            "grams": "".join(view.grams),
            "texts": "".join(view.texts),
            "names": dict(view.names),
            "columns": view.columns,
        },
    )


def _script(key: str, value: object) -> bytes:
    return (
        f"(self.HONOUR_SEARCH=self.HONOUR_SEARCH||{{}})[{script_text(key)}]={script_text(value)};\n".encode()
    )
