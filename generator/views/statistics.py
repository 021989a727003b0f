"""The statistics page and its spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass

from generator.views.parts import Frame, Link


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """People of one top-level unit by year, in the order of `StatisticsView.years`; `per_thousand` "" unknown."""

    name: str
    path: str
    counts: tuple[int, ...]
    total: int
    per_thousand: str


@dataclass(frozen=True, slots=True)
class ShareLine:
    """Share of a post class among the individuals of each year, 0..1; None where the year has nobody."""

    title: str
    shares: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence chosen by a computed condition: translation key "finding.<code>" and its words."""

    code: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """Years run oldest first. `matrix` rows match `units`; `year_totals` the columns."""

    frame: Frame
    path: str
    years: tuple[int, ...]
    individuals: int
    collectives: int
    units_seen: int
    units_total: int
    rotation_days: int
    units: tuple[UnitCounts, ...]
    year_totals: tuple[int, ...]
    total_per_thousand: str
    post_classes: tuple[ShareLine, ...]
    levels: tuple[Link, ...]
    categories: tuple[Link, ...]
    findings: tuple[Finding, ...]
    spreadsheet: str  # path of the CSV


@dataclass(frozen=True, slots=True)
class SpreadsheetView:
    """statistics/honours.csv: UTF-8 with BOM for Excel and WPS; one exemplar a row."""

    path: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
