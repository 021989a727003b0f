"""Lists of exemplars, and the indexes that lead to them."""

from __future__ import annotations

from dataclasses import dataclass

from generator.views.parts import Card, Crumb, Frame, Link, YearBar, YearGroup


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter row. `share` is 0..1 of the row's greatest count, for bars."""

    title: str
    path: str
    count: int
    selected: bool
    share: float
    key: str


@dataclass(frozen=True, slots=True)
class FilterRow:
    """`key` is "year", "category", "unit" or "level"; the first option is 全部."""

    key: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """A page of a list. `heading` is a word of the data, else `heading_key` names a translation.

    `newest` pages carry the filters; older ones lead to them. `newer` and `older` are paths or "".
    `facet` is "all", "category", "unit", "line", "year", "level", "honour", "collectives", "legacy";
    `also` are those of other years honoured again in this one (a year's page).
    """

    frame: Frame
    path: str
    facet: str
    heading: str
    heading_key: str
    intro: str
    total: int
    newest: bool
    number: int
    groups: tuple[YearGroup, ...]
    filters: tuple[FilterRow, ...]
    newer: str
    older: str
    crumbs: tuple[Crumb, ...]
    below: tuple[Link, ...]  # units under this one
    also: tuple[Card, ...]
    data: str  # path of the classic script with every card, for combined filters; "" on older pages
    facet_key: str  # the selected option's key


@dataclass(frozen=True, slots=True)
class FacetRow:
    """An entry of an index of categories, units, lines, levels, honours. `depth` indents units."""

    title: str
    path: str
    count: int
    intro: str
    depth: int
    faces: tuple[Card, ...]  # at most 3, newest first


@dataclass(frozen=True, slots=True)
class FacetIndexView:
    """`facet` names the translation of the heading: "categories", "units", "lines", "levels", "honours"."""

    frame: Frame
    path: str
    facet: str
    rows: tuple[FacetRow, ...]


@dataclass(frozen=True, slots=True)
class YearsView:
    """The archive: every year with at most 12 of its people; `years` has the counts."""

    frame: Frame
    path: str
    years: tuple[YearBar, ...]
    groups: tuple[YearGroup, ...]


@dataclass(frozen=True, slots=True)
class NamesView:
    """The index by pinyin: ("L", cards) in order, "#" last."""

    frame: Frame
    path: str
    groups: tuple[tuple[str, tuple[Card, ...]], ...]
    total: int
