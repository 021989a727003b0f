"""The indexes at the end of a book: names by pinyin and by strokes, units in the order of site.yaml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from generator.exhibits import Exhibit
from generator.model import Unit
from generator.strokes import stroke_count, stroke_key
from generator.views.print.compendium import IndexEntry, IndexGroup, UnitEntry
from generator.views.print.parts import Name

NO_INITIAL = "#"


def by_pinyin(people: Iterable[Exhibit]) -> tuple[IndexGroup, ...]:
    """Names under their initials, A to Z; those that nobody can read stand last, without a head."""

    def head(exhibit: Exhibit) -> str:
        initial = exhibit.entry.reading.initial
        return "" if initial == NO_INITIAL else initial

    def place(exhibit: Exhibit) -> tuple[object, ...]:
        # Names that are read alike stand by their signs: 李娜, 李娜, 李纳.
        return (not head(exhibit), exhibit.entry.reading.key, *_namesake_order(exhibit))

    return _groups(people, place, head, lambda exhibit: exhibit.entry.reading.marked)


def by_strokes(people: Iterable[Exhibit]) -> tuple[IndexGroup, ...]:
    """Names under the strokes of their first sign, in the customary order (笔画、笔顺); none where nobody's name
    has any."""

    def head(exhibit: Exhibit) -> str:
        strokes = stroke_count(exhibit.exemplar.name[:1])
        return str(strokes) if strokes else ""

    def place(exhibit: Exhibit) -> tuple[object, ...]:
        return (stroke_key(exhibit.exemplar.name), *_namesake_order(exhibit))

    groups = _groups(people, place, head, lambda exhibit: exhibit.card.unit[0] if exhibit.card.unit else "")
    return groups if any(group.head for group in groups) else ()


def by_units(people: Iterable[Exhibit], units: Iterable[Unit]) -> tuple[UnitEntry, ...]:
    """The tree of site.yaml with everybody under their own unit; units it doesn't name follow."""
    several = tuple(people)
    namesakes = _namesakes(several)
    inside: dict[tuple[str, ...], list[IndexEntry]] = {}
    for exhibit in several:
        path = exhibit.unit.path if exhibit.unit else exhibit.exemplar.unit
        inside.setdefault(path, []).append(_entry(exhibit, "", namesakes))
    known = [unit for top in units for unit in top.walk()]
    peopled = {path[:depth] for path in inside for depth in range(1, len(path) + 1)}
    tree = [
        UnitEntry(unit.name, len(unit.path) - 1, tuple(inside.get(unit.path, ())))
        for unit in known
        if unit.path in peopled
    ]
    others = [path for path in inside if path and path not in {unit.path for unit in known}]
    return (*tree, *(UnitEntry(" ".join(path), 0, tuple(inside[path])) for path in sorted(others)))


def _groups(
    people: Iterable[Exhibit],
    place: Callable[[Exhibit], tuple[object, ...]],
    head: Callable[[Exhibit], str],
    note: Callable[[Exhibit], str],
) -> tuple[IndexGroup, ...]:
    several = sorted(people, key=place)
    namesakes = _namesakes(several)
    return tuple(
        IndexGroup(shared, tuple(_entry(exhibit, note(exhibit), namesakes) for exhibit in group))
        for shared, group in groupby(several, head)
    )


def _entry(exhibit: Exhibit, note: str, namesakes: frozenset[str]) -> IndexEntry:
    name = exhibit.exemplar.name
    same = name in namesakes
    return IndexEntry(exhibit.slug, Name(name), " ".join(exhibit.card.unit) if same else note, same)


def _namesakes(people: Iterable[Exhibit]) -> frozenset[str]:
    """The names that several of `people` bear."""
    return frozenset(_repeated(exhibit.exemplar.name for exhibit in people))


def _repeated(names: Iterable[str]) -> Iterator[str]:
    return (name for name, times in Counter(names).items() if times > 1)


def _namesake_order(exhibit: Exhibit) -> tuple[str, ...]:
    return (exhibit.exemplar.name, *exhibit.card.unit, exhibit.slug)
