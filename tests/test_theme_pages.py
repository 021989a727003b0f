"""The lists, notices and statistics of the theme `honour` say what their views hold, also at the edges."""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from pages_case import CARD, FRAME, list_view, notices_view, render, statistics_view

from generator.views import (
    FeedbackView,
    Finding,
    Link,
    NamesView,
    NotFoundView,
    ShareLine,
    UnitCounts,
    YearBar,
    YearGroup,
)


def words(html: str) -> str:
    """What a reader sees: no tags, one space for any white space."""
    return " ".join(
        re.sub(r"<[^>]+>", "", re.sub(r"<(head|template)\b.*?</\1>", "", html, flags=re.S)).split()
    )


# --- lists -----------------------------------------------------------------------------------------


def test_a_list_says_in_words_what_is_selected() -> None:
    assert "服务群众，全部年份和单位，共\u00a02\u00a0位" in re.sub(r"<[^>]+>", "", render(list_view()))


def test_the_selected_option_is_marked_for_eyes_and_ears_in_both_forms_of_the_filters() -> None:
    marked = re.findall(r'data-key="(\w*)" aria-current="true"', render(list_view()))
    assert marked == ["", "fuwu", ""] * 2


def test_a_page_that_no_filter_can_name_shows_no_filters() -> None:
    none_selected = tuple(
        replace(row, options=tuple(replace(o, selected=not n) for n, o in enumerate(row.options)))
        for row in list_view().filters
    )
    html = render(list_view(facet="honour", heading="服务标兵", filters=none_selected))
    assert 'class="filters"' not in html
    assert "data-filters" not in html


def test_the_newest_page_opens_with_one_person_large_and_older_pages_do_not() -> None:
    assert render(list_view()).count('class="lead"') == 1
    older = render(
        list_view(newest=False, filters=(), newer="categories/fuwu/index.html", older="", number=2)
    )
    assert 'class="lead"' not in older
    assert 'rel="prev" href="../../categories/fuwu/index.html"' in older


def test_one_person_alone_is_no_list_below_the_lead() -> None:
    html = render(list_view(groups=(YearGroup(2026, (CARD,)),), data=""))
    assert 'class="persons"' not in html.partition("<template")[0]


def test_an_empty_list_says_what_will_stand_there() -> None:
    assert "第一位会写在这里" in words(render(list_view(groups=(), total=0, filters=(), data="")))


def test_people_without_a_year_stand_under_words() -> None:
    assert "年份不详" in words(render(list_view(groups=(YearGroup(0, (replace(CARD, year=0),)),))))


def test_text_of_records_is_escaped() -> None:
    html = render(
        list_view(heading="<b>", intro="<i>", groups=(YearGroup(2026, (replace(CARD, name="<u>x"),)),))
    )
    assert "<b>&" not in html and "<i>" not in html and "<u>" not in html


def test_the_index_of_names_gives_hash_sign_words() -> None:
    html = render(NamesView(FRAME, "names/index.html", (("L", (CARD,)), ("#", (CARD,))), 2))
    assert 'href="#L"' in html and 'id="L"' in html
    assert 'href="#other"' in html and 'id="other"' in html


# --- public notice ---------------------------------------------------------------------------------


def test_the_remaining_working_days_are_written_and_drawn() -> None:
    html = render(notices_view())
    assert "3个工作日后结束" in words(html)
    assert html.count('class="gone"') == 2
    assert html.count('class="left"') == 3
    assert "党群工作部 8120" in words(html)


def test_a_notice_that_has_run_counts_no_days() -> None:
    html = render(notices_view(remaining=0))
    assert "公示期已满" in words(html)
    assert "个工作日后结束" not in words(html)
    assert html.count('class="left"') == 0


def test_who_is_in_public_notice_has_no_page_to_lead_to() -> None:
    assert "exemplars/li-na" not in render(notices_view())


# --- statistics ------------------------------------------------------------------------------------


def test_bars_of_all_units_share_one_scale() -> None:
    html = render(statistics_view())
    heights = [float(h) for h in re.findall(r'<rect class="(?:then|now)"[^>]+height="([\d.]+)"', html)]
    assert heights == [84.0, 42.0, 21.0, 21.0, 21.0]


def test_a_year_without_anybody_is_a_dashed_line_a_word_and_a_zero() -> None:
    html = render(statistics_view())
    assert html.count('class="nobody now"') == 1
    assert "今年还没有人入选" in words(html)
    assert '<td class="zero now">0</td>' in html


def test_a_line_stops_where_a_year_had_nobody() -> None:
    html = render(statistics_view())
    (first, *_) = re.findall(r'<g class="line-1">(.*?)</g>', html, flags=re.S)
    assert "<line" not in first
    assert "<circle" in first
    assert "75%，2024年 50%" in words(html)
    assert "<td>–</td>" in html


@pytest.mark.parametrize("shares", [(0.25, 0.25, 0.25, 0.25), (1.0, 0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0)])
def test_labels_of_lines_that_end_together_stand_apart(shares: tuple[float, ...]) -> None:
    lines = tuple(ShareLine(f"岗位{n}", (share, share, share)) for n, share in enumerate(shares))
    html = render(statistics_view(post_classes=lines))
    places = [float(y) for y in re.findall(r'<text class="what" x="0" y="([\d.]+)">', html)]
    assert len(places) == 4
    assert all(below - above >= 44 for above, below in pairwise(places))
    assert places[0] > 0 and places[-1] <= 322


def test_one_unit_and_one_year_need_no_comparison() -> None:
    html = render(
        statistics_view(
            years=(2026,),
            units=(UnitCounts("水务集团", "", (3,), 3, ""),),
            year_totals=(3,),
            total_per_thousand="",
            post_classes=(ShareLine("一线", (1.0,)),),
        )
    )
    assert "图同一刻度" not in words(html)
    assert 'class="lines"' not in html
    assert "每千人" not in words(html)
    assert '<th scope="row">一线</th><td>100%</td>' in html


def test_without_anybody_there_is_one_sentence_and_no_chart() -> None:
    html = render(
        statistics_view(
            individuals=0,
            collectives=0,
            units=(UnitCounts("水务集团", "", (0, 0, 0), 0, ""),),
            levels=(Link("市级", "", 0),),
            findings=(Finding("empty", ()),),
        )
    )
    assert "还没有什么可说" in words(html)
    assert "<table" not in html and 'class="bars"' not in html and 'class="ranked"' not in html


FINDINGS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "posts-up": (
        "一线岗位的人，从2017年的48%升到2026年的70%。",
        "rose from 48% in 2017 to 70% in 2026",
        {"post": "一线", "first": 2017, "last": 2026, "was": "48%", "now": "70%"},
    ),
    "posts-down": (
        "一线岗位的人，从2017年的70%降到2026年的48%。",
        "fell from 70% in 2017 to 48% in 2026",
        {"post": "一线", "first": 2017, "last": 2026, "was": "70%", "now": "48%"},
    ),
    "posts-same": (
        "一线岗位的人，2017年占48%，2026年还是48%。",
        "held 48% in 2017 and 48% in 2026",
        {"post": "一线", "first": 2017, "last": 2026, "was": "48%", "now": "48%"},
    ),
    "unit-most": ("水务集团最多，有7位。", "水务集团 has most, 7.", {"units": "水务集团", "count": 7}),
    "units-most": (
        "水务集团、热力公司一样多，各有7位。",
        "have most, 7 each",
        {"units": "水务集团、热力公司", "count": 7},
    ),
    "units-equal": ("每个单位都是7位。", "Every unit has 7.", {"count": 7}),
    "nobody-absent": (
        "2026年，8个单位都有人入选。",
        "In 2026 all 8 units have somebody",
        {"year": 2026, "units": "", "count": 0, "total": 8},
    ),
    "units-absent": (
        "2026年，热力公司还没有人入选。",
        "In 2026 nobody has been chosen yet from 热力公司",
        {"year": 2026, "units": "热力公司", "count": 1, "total": 8},
    ),
    "many-absent": (
        "2026年，8个单位里还有5个没有人入选。",
        "nobody has been chosen yet from 5 of 8 units",
        {"year": 2026, "units": "", "count": 5, "total": 8},
    ),
    "all-absent": (
        "2026年还没有人入选。",
        "Nobody has been chosen in 2026 yet.",
        {"year": 2026, "units": "", "count": 8, "total": 8},
    ),
}


@pytest.mark.parametrize("code", FINDINGS)
def test_every_finding_is_a_sentence_in_both_languages(code: str) -> None:
    chinese, english, told = FINDINGS[code]
    finding = Finding(code, tuple((key, str(value)) for key, value in told.items()))
    for language, sentence in (("zh-CN", chinese), ("en", english)):
        view = statistics_view(frame=replace(FRAME, language=language), findings=(finding,))
        assert sentence in words(render(view))


# --- feedback and the missing page -----------------------------------------------------------------


def test_an_office_without_channels_is_told_where_they_will_stand() -> None:
    assert "联系方式会写在这里" in words(render(FeedbackView(FRAME, "feedback/index.html", None, None, "")))


def test_the_missing_page_leads_on_from_any_depth() -> None:
    years = tuple(YearBar(year, f"years/{year}/index.html", 1, 1.0, False) for year in (2026, 2025))
    html = render(NotFoundView(FRAME, "404.html", "/zone/", years))
    ways = re.findall(r'href="([^"#:]+)"', html.partition("<main")[2])
    assert ways
    assert all(way.startswith("/zone/") for way in ways)
