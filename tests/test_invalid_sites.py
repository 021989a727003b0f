"""Whole little sites with one mistake each: the very problems of expected.json are told, in both languages.

`python tests/test_invalid_sites.py` writes expected.json where there is none yet, to be read by a person."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from generator.problems import LANGUAGES, Problem
from generator.sources.pages import PageKind, read_page
from generator.sources.records import read_record
from generator.sources.settings import read_settings

SITES = Path(__file__).parent / "sites" / "invalid"

Runner = Callable[[Path], Iterable[Problem]]


def read_everything(site: Path) -> Iterable[Problem]:
    """What the readers of generator/sources say about every file of `site`."""
    yield from read_settings(site)[1]
    for file in sorted(site.glob("exemplars/*/index.md")):
        yield from read_record(site, file)[1]
    for kind in PageKind:
        for file in sorted((site / kind).glob("*.md")):
            yield from read_page(kind, site, file)[1]


RUNNERS: dict[str, Runner] = {"sources": read_everything}


def told(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [
        {
            "file": problem.where.file,
            "line": problem.where.line,
            "column": problem.where.column,
            "severity": str(problem.severity),
            "code": problem.code,
            "message": {language: problem.message(language) for language in LANGUAGES},
            "hint": {language: problem.hint(language) for language in LANGUAGES},
        }
        for problem in problems
    ]


CASES = [site for site in sorted(SITES.iterdir()) if site.is_dir()]


@pytest.mark.parametrize("site", CASES, ids=lambda site: site.name)
@pytest.mark.parametrize("runner", RUNNERS)
def test_the_very_problems_are_reported(site: Path, runner: str) -> None:
    expected = json.loads((site / "expected.json").read_text(encoding="utf-8"))
    assert told(RUNNERS[runner](site)) == expected["problems"]


def test_every_mistake_has_a_remedy_of_its_own() -> None:
    """A hint that says the same as its message, or keeps a brace unfilled, helps nobody."""
    for site in CASES:
        for problem in json.loads((site / "expected.json").read_text(encoding="utf-8"))["problems"]:
            for language in LANGUAGES:
                assert problem["hint"][language] != problem["message"][language]


if __name__ == "__main__":
    for case in CASES:
        file = case / "expected.json"
        if not file.exists():
            text = json.dumps({"problems": told(read_everything(case))}, ensure_ascii=False, indent=2)
            file.write_text(text + "\n", encoding="utf-8", newline="\n")
