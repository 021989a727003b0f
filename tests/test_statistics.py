"""The sentences of the statistics page: each only where the figures bear it out."""

import pytest

from generator.editions.website.statistics import findings
from generator.theme import load_theme
from generator.views import Finding, ShareLine, UnitCounts

YEARS = (2024, 2025, 2026)


def unit(name, *counts):
    return UnitCounts(name, f"units/{name}/index.html", counts, sum(counts), "")


def said(units, shares=(), people=(9, 9, 9)):
    classes = (ShareLine("一线", shares), ShareLine("管理", (None, None, None))) if shares else ()
    return {found.code: dict(found.words) for found in findings(YEARS, units, classes, people)}


def test_nobody_published_says_only_that():
    assert findings(YEARS, (unit("水务", 0, 0, 0),), (), (0, 0, 0)) == (Finding("empty", ()),)
    assert findings(YEARS, (), (), (0, 0, 0)) == (Finding("empty", ()),)


def test_a_single_unit_is_not_compared_with_itself():
    assert said((unit("水务", 1, 0, 2),)) == {}
    assert list(said((unit("水务", 1, 2, 0),))) == ["all-absent"]


def test_the_unit_with_most_is_named():
    found = said((unit("水务", 1, 1, 2), unit("公交", 1, 0, 1)))
    assert found["unit-most"] == {"units": "水务", "count": "4"}
    assert "nobody-absent" in found


def test_a_tie_names_both_and_a_tie_of_all_none():
    three = (unit("水务", 1, 1, 1), unit("公交", 0, 2, 1), unit("燃气", 0, 0, 1))
    assert said(three)["units-most"] == {"units": "水务、公交", "count": "3"}
    assert said(three[:2])["units-equal"] == {"count": "3"}


def test_more_than_three_leaders_are_not_listed():
    five = (*(unit(name, 0, 0, 2) for name in "甲乙丙丁"), unit("戊", 0, 0, 1))
    assert not {"unit-most", "units-most", "units-equal"} & said(five).keys()


def test_the_absent_are_named_up_to_three_and_counted_beyond():
    some = (unit("水务", 1, 1, 2), *(unit(name, 1, 0, 0) for name in "甲乙丙"))
    assert said(some)["units-absent"]["units"] == "甲、乙、丙"
    assert said((*some, unit("丁", 1, 0, 0)))["many-absent"]["count"] == "4"


@pytest.mark.parametrize(
    ("shares", "code"),
    [
        ((0.5, None, 0.7), "posts-up"),
        ((0.7, 0.9, 0.5), "posts-down"),
        ((0.5, 0.1, 0.501), "posts-same"),
    ],
)
def test_the_front_line_from_the_first_year_to_the_last(shares, code):
    found = said((unit("水务", 1, 1, 1),), shares)[code]
    assert (found["first"], found["last"], found["post"]) == ("2024", "2026", "一线")


def test_a_share_of_fewer_than_three_people_is_no_trend():
    assert said((unit("水务", 1, 1, 1),), (0.0, 0.5, 1.0), (2, 3, 4))["posts-up"]["first"] == "2025"
    assert said((unit("水务", 1, 1, 1),), (0.0, 0.5, 1.0), (2, 2, 4)) == {}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_sentence_has_words_in_both_languages(tmp_path, language):
    words = load_theme(tmp_path, "honour", language).words
    codes = ("posts-up", "posts-down", "posts-same", "unit-most", "units-most", "units-equal")
    codes += ("nobody-absent", "units-absent", "many-absent", "all-absent", "empty")
    given = dict.fromkeys(("post", "first", "last", "was", "now", "units", "count", "year", "total"), "7")
    for code in codes:
        assert words[f"finding.{code}"].format(**given)
