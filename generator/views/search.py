"""What the search is made of: its page, and the scripts that hold the index."""

from __future__ import annotations

from dataclasses import dataclass

from generator.views.exemplar import Story
from generator.views.lists import FilterRow
from generator.views.parts import Frame, Voice


@dataclass(frozen=True)
class SearchText:
    """All that one exemplar can be found by except pinyin; `digest` covers every field.

    `unit` are names from the top, `categories` titles; of the story it is deeds and honours; `voices` are the
    testimonials that the edition may show."""

    digest: str
    name: str
    unit: tuple[str, ...]
    post: str
    categories: tuple[str, ...]
    one_line: str
    story: Story
    voices: tuple[Voice, ...]


@dataclass(frozen=True)
class SearchPerson:
    """One exemplar of an edition; `digest` covers every field.

    `id` is the search's number for them, `words` how the name is read, in syllables, `portrait` a ladder of 3:4
    pictures, (path, pixels across), the narrowest first."""

    digest: str
    id: int
    slug: str
    path: str
    year: int
    collective: bool
    words: tuple[tuple[str, ...], ...]
    portrait: tuple[tuple[str, int], ...]
    text: SearchText


@dataclass(frozen=True, slots=True)
class TextView:
    """The script with what a result shows of one exemplar, and with the texts that long queries are compared with.
    `digest` covers every field."""

    key: str
    digest: str
    person: SearchPerson


@dataclass(frozen=True, slots=True)
class GramShardView:
    """The script that says who has the grams of one shard.

    `slices` are the parts of the index blocks (search/blocks.py), in their order. `everyone` are all ids, or ()
    in a shard where no gram is that frequent. `digest` covers every field."""

    key: str
    digest: str
    slices: tuple[str, ...]
    everyone: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NameShardView:
    """The script with the names of which a word begins with one letter: (id, words). `digest` covers all."""

    key: str
    digest: str
    names: tuple[tuple[int, tuple[tuple[str, ...], ...]], ...]


@dataclass(frozen=True, slots=True)
class ColumnsView:
    """The script with what ranking asks of everybody. `digest` covers every field.

    `rows` are (id, year, characters of the name) by id."""

    key: str
    digest: str
    rows: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class FiltersView:
    """The script with what filters ask of everybody beside the year. `digest` covers every field.

    `rows` are (keys of categories, key of the top unit, keys of levels, collective) in the order of ids."""

    key: str
    digest: str
    rows: tuple[tuple[tuple[str, ...], str, tuple[str, ...], bool], ...]


@dataclass(frozen=True, slots=True)
class MarksView:
    """The script with the mark of everybody's text, in the order of ids. `digest` covers every field."""

    key: str
    digest: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DirectoryView:
    """The one script with a fixed name: which files the index has today.

    `grams` are the marks of the shards by number, `names` (letter, mark), the others a mark each."""

    key: str
    total: int
    grams: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    columns: str
    filters: str
    marks: str


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page. `script` is the search's own beside the frame's, `directory` that of the index, `names` the
    list by pinyin with its `initials`; `filters` are the rows of the lists, `examples` words that find somebody."""

    frame: Frame
    path: str
    script: str
    directory: str
    names: str
    total: int
    filters: tuple[FilterRow, ...]
    examples: tuple[str, ...]
    initials: tuple[str, ...]
