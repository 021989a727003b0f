"""Views of the website with one thing changed at a time, rendered through the theme as a build would."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from generator.engine.target import Files
from generator.theme import Theme, load_theme, render_page, template_of
from generator.views import (
    Card,
    FilterRow,
    Frame,
    Image,
    ListView,
    NoticeRow,
    NoticesView,
    Option,
    PeopleRow,
    ShareLine,
    StatisticsView,
    UnitCounts,
    YearGroup,
)


def theme(language: str = "zh-CN") -> Theme:
    return load_theme(Path(__file__).parent, "honour", language)


FRAME = Frame(
    title="荣誉专区",
    organisation="江城公用事业集团",
    department="党群工作部",
    language="zh-CN",
    base_url="https://honour.example/zone/",
    demonstration=False,
    preview=False,
    party=False,
    stylesheet="assets/honour-0.css",
    script="assets/honour-0.js",
    nav=(("people", "exemplars/index.html"), ("search", "search/index.html")),
    footer=(),
    has_feedback=False,
)
PORTRAIT = Image("images/p.jpg", 900, 1200, "", (("images/p-240.webp", 240), ("images/p-480.webp", 480)))
CARD = Card(
    slug="li-na",
    name="李娜",
    path="exemplars/li-na/index.html",
    collective=False,
    one_line="末班车晚发的四分钟，是她替纺织厂的夜班女工争来的。",
    unit=("公交集团", "夜班线路队"),
    post="驾驶员",
    year=2026,
    portrait=PORTRAIT,
    pinyin="lǐ nà",
    initial="L",
    pronoun="她",
    category="服务群众",
    levels=("市级",),
)


def person(slug: str, name: str, pinyin: str, year: int = 2026, *, unit: str = "gongjiao") -> PeopleRow:
    card = replace(
        CARD,
        slug=slug,
        name=name,
        pinyin=pinyin,
        year=year,
        path=f"exemplars/{slug}/index.html",
        portrait=None,
    )
    return PeopleRow(card, ("fuwu",), unit, ("shiji",))


def render(view: Any) -> str:
    return render_page(view, Files(theme(view.frame.language).files_for(template_of(view)))).decode()


TITLES = {"fuwu": "服务群众", "chuangxin": "技术创新", "gongjiao": "公交集团", "reli": "热力公司"}


def option(key: str, count: int, *, selected: bool = False) -> Option:
    path = f"options/{key}/index.html" if key else "exemplars/index.html"
    return Option(TITLES.get(key, key), path, count, selected, count / 4, key)


def list_view(**changes: Any) -> ListView:
    view = ListView(
        frame=FRAME,
        path="categories/fuwu/index.html",
        facet="category",
        heading="服务群众",
        heading_key="",
        intro="",
        total=2,
        newest=True,
        number=1,
        groups=(YearGroup(2026, (CARD, replace(CARD, slug="ding-qiang", name="丁强"))),),
        filters=(
            FilterRow("year", (option("", 4, selected=True), option("2026", 2), option("2025", 2))),
            FilterRow("category", (option("", 4), option("fuwu", 4, selected=True), option("chuangxin", 0))),
            FilterRow("unit", (option("", 4, selected=True), option("gongjiao", 3), option("reli", 1))),
        ),
        newer="",
        older="",
        crumbs=(),
        below=(),
        also=(),
        data="data/people.js",
        facet_key="fuwu",
    )
    return replace(view, **changes)


def statistics_view(**changes: Any) -> StatisticsView:
    view = StatisticsView(
        frame=FRAME,
        path="statistics/index.html",
        years=(2024, 2025, 2026),
        individuals=9,
        collectives=1,
        units_seen=2,
        units_total=2,
        rotation_days=10,
        units=(
            UnitCounts("水务集团", "units/a/index.html", (4, 2, 1), 7, "2.2"),
            UnitCounts("热力公司", "", (1, 1, 0), 2, ""),
        ),
        year_totals=(5, 3, 1),
        total_per_thousand="2.1",
        post_classes=(ShareLine("一线", (0.5, None, 0.75)), ShareLine("管理", (0.5, None, 0.25))),
        levels=(),
        categories=(),
        findings=(),
        spreadsheet="statistics/honours.csv",
    )
    return replace(view, **changes)


def notices_view(**changes: Any) -> NoticesView:
    """One person with three of five working days left; `changes` are those of the row."""
    row = NoticeRow(
        replace(CARD, path=""), date(2026, 11, 18), date(2026, 11, 25), 5, 3, "党群工作部 8120", ""
    )
    return NoticesView(FRAME, "notices/index.html", (replace(row, **changes),), (), "")
