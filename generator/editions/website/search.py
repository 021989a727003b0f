"""The search page and the index behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.editions.website.facets import Facets
from generator.editions.website.hall import SEARCH, Hall
from generator.editions.website.lists import NAMES, by_initial
from generator.engine.target import Target
from generator.exhibits import Exhibit
from generator.pinyin import plain_letters
from generator.search import Index
from generator.views import SearchView


def plan_search(hall: Hall, facets: Facets, index: Index) -> Iterator[Target]:
    """search/index.html; the shards of `index` stand beside it."""
    members = facets.everyone.members
    view = SearchView(
        frame=hall.frame,
        path=SEARCH,
        script=hall.theme.search_path,
        directory=index.directory,
        names=NAMES,
        total=len(members),
        filters=facets.filters(facets.everyone),
        examples=tuple(dict.fromkeys(_examples(members))),
        initials=tuple(initial for initial, _ in by_initial(facets.everyone)),
    )
    yield hall.page(view, [exhibit.card for exhibit in members[:2]])


def _examples(members: tuple[Exhibit, ...]) -> Iterable[str]:
    """Somebody's initials, somebody else's unit, and what a third is honoured for: words that find somebody."""
    for exhibit in members[:1]:
        letters = (plain_letters(syllable)[:1] for word in exhibit.entry.reading.words for syllable in word)
        yield "".join(letters)
    for exhibit in members[1:2]:
        yield from exhibit.card.unit[-1:]
    for exhibit in members[2:3]:
        yield from (category.title for category in exhibit.categories[:1])
