"""An edition's index as targets: shards of grams and of names, everybody's text, the columns, and the directory.

Every file's name holds a digest of what is in it, so that it may be cached for ever; the directory alone has a
fixed name and must be asked for again. Nobody stands in it whom `Exhibits` doesn't show, and no testimonial that
it doesn't hand out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.engine.target import Target, digest_bytes
from generator.exhibits import Exhibits
from generator.search.blocks import LEAST_BLOCKS, Block, BlockJob, block_of
from generator.search.folding import fold, stretches
from generator.search.numbers import ID_BITS, power_of_two
from generator.search.people import by_id, people_of, tokens_of
from generator.search.shards import (
    CROWD,
    FORMAT,
    first_letter,
    render_columns,
    render_directory,
    render_filters,
    render_grams,
    render_marks,
    render_names,
    render_text,
)
from generator.views import (
    ColumnsView,
    DirectoryView,
    FiltersView,
    GramShardView,
    MarksView,
    NameShardView,
    SearchPerson,
    TextView,
)

FOLDER = "search/"
DIRECTORY = "directory"
MARK = 6  # hexadecimal digits: a shard's old bytes and its new ones share a mark once in 16 million edits

# How many people share a part of the index, measured with 10,000 (docs/performance.md).
PER_BLOCK = 96
PER_GRAM_SHARD = 2.5
LEAST_SHARDS = 32

_View = ColumnsView | FiltersView | GramShardView | MarksView | NameShardView | TextView


@dataclass(frozen=True, slots=True)
class Index:
    """`directory` is the path of the one script that a page must know, `permitted` whatever tokens the shards
    have beside those of their people."""

    directory: str
    targets: tuple[Target, ...]
    permitted: frozenset[str]


def plan_index(exhibits: Exhibits, prefix: str = "") -> Index:
    """The index of everybody whom `exhibits` shows, in `search/` below the folder `prefix` ("" or "kiosk/").

    Addresses in it are relative to that folder, as those of the cards are."""
    people = people_of(exhibits)
    tokens = {exhibit.slug: tokens_of(exhibits, exhibit) for exhibit in exhibits.shown}
    everybody = _token(exhibits, tokens)
    grams = tuple(_gram_shards(exhibits, people))
    texts = tuple(TextView(f"text-{person.id:x}", _digest(person.digest), person) for person in people)
    names = names_of(exhibits)
    columns, filters, marks = columns_of(exhibits), _filters(exhibits), _marks(texts)
    directory = DirectoryView(
        DIRECTORY,
        len(people),
        tuple(_mark(view) for view in grams),
        tuple((view.key.rpartition("-")[2], _mark(view)) for view in names),
        _mark(columns),
        _mark(filters),
        _mark(marks),
    )

    def path(view: _View) -> str:
        return f"{prefix}{FOLDER}{view.key}-{_mark(view)}.js"

    where = f"{prefix}{FOLDER}{DIRECTORY}.js"
    targets = (
        *(Target(path(view), render_grams, view, permits=(everybody,)) for view in grams),
        *(Target(path(view), render_text, view, permits=tokens[view.person.slug]) for view in texts),
        *(Target(path(view), render_names, view, permits=(everybody,)) for view in names),
        Target(path(columns), render_columns, columns, permits=(everybody,)),
        Target(path(filters), render_filters, filters, permits=(everybody,)),
        Target(path(marks), render_marks, marks, permits=(everybody,)),
        Target(where, render_directory, directory, permits=(everybody,)),
    )
    return Index(where, targets, frozenset((everybody,)))


def _mark(view: _View) -> str:
    return view.digest[:MARK]


def _digest(*parts: object) -> str:
    return digest_bytes(f"{FORMAT} {parts!r}".encode())


def _token(exhibits: Exhibits, tokens: dict[str, tuple[str, ...]]) -> str:
    """One token for all people and testimonials of the index: a shard of grams has a bit of nearly everybody. It
    is permitted as long as they are the very same."""
    every = "\n".join(sorted(token for several in tokens.values() for token in several))
    return f"{exhibits.scope}:everybody:{digest_bytes(every.encode())}"


def _gram_shards(exhibits: Exhibits, people: tuple[SearchPerson, ...]) -> Iterator[GramShardView]:
    shards = max(LEAST_SHARDS, power_of_two(len(people) / PER_GRAM_SHARD))
    blocks = _blocks(exhibits, people, shards)
    everyone = tuple(person.id for person in people)
    crowd = _digest(everyone) if len(people) >= CROWD else ""
    slices = zip(*(block.slices for block in blocks), strict=True)
    for number, (parts, *frequent) in enumerate(
        zip(slices, *(block.frequent for block in blocks), strict=True)
    ):
        # Only where somebody counts who has a gram not does a newcomer without it matter.
        counted = crowd if "1" in frequent else ""
        digest = digest_bytes("\x1d".join((str(FORMAT), str(len(parts)), counted, *parts)).encode())
        yield GramShardView(f"grams-{number:x}", digest, parts, everyone if counted else ())


def _blocks(exhibits: Exhibits, people: tuple[SearchPerson, ...], shards: int) -> list[Block]:
    """Every block, in the order of ids."""
    blocks = max(LEAST_BLOCKS, power_of_two(len(people) / PER_BLOCK))
    low = (1 << ID_BITS) // blocks
    members: list[list[SearchPerson]] = [[] for _ in range(blocks)]
    for person in people:
        members[min(person.id // low, blocks - 1)].append(person)
    jobs: list[tuple[str, BlockJob]] = []
    for number, several in enumerate(members):
        job = BlockJob(number * low, shards, tuple((person.id, person.text) for person in several))
        listed = ((person.id - job.start, person.text.digest) for person in several)
        jobs.append((_digest(shards, *listed), job))
    made = exhibits.catalogue.derive("search", block_of, dict(jobs))
    return [made[key] for key, _ in jobs]


def names_of(exhibits: Exhibits) -> tuple[NameShardView, ...]:
    """The names under each letter that a word of them begins with."""
    filed: dict[str, list[tuple[int, tuple[tuple[str, ...], ...]]]] = {}
    for number, exhibit in by_id(exhibits):
        words = exhibit.entry.reading.words
        for letter in dict.fromkeys(first_letter(word) for word in words):
            filed.setdefault(letter, []).append((number, words))
    return tuple(
        NameShardView(f"names-{letter}", _digest(names), names)
        for letter, names in sorted((letter, tuple(several)) for letter, several in filed.items())
    )


def columns_of(exhibits: Exhibits) -> ColumnsView:
    """What ranking asks of everybody."""
    rows = tuple(
        (number, exhibit.year, len("".join(stretches(fold(exhibit.card.name)))))
        for number, exhibit in by_id(exhibits)
    )
    return ColumnsView("columns", _digest(rows), rows)


def _filters(exhibits: Exhibits) -> FiltersView:
    rows = tuple(
        (
            tuple(term.key for term in exhibit.categories),
            exhibit.unit.path[0] if exhibit.unit else "",
            tuple(term.key for term in exhibit.levels),
            exhibit.card.collective,
        )
        for _, exhibit in by_id(exhibits)
    )
    return FiltersView("filters", _digest(rows), rows)


def _marks(texts: tuple[TextView, ...]) -> MarksView:
    marks = tuple(_mark(view) for view in texts)
    return MarksView("marks", _digest(marks), marks)
