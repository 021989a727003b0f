"""In a browser, from a folder: several filters of a list at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pages_case import FRAME, list_view, option, person, render, theme
from playwright.sync_api import Browser, Page

from generator.data import render_people
from generator.engine.target import Files
from generator.theme import render_script, render_stylesheet
from generator.views import FilterRow, PeopleView, YearGroup

PEOPLE = (
    person("li-na", "李娜", "lǐ nà"),
    person("li-nanxing", "李南星", "lǐ nánxīng", unit="reli"),
    person("chen-shuigen", "陈水根", "chén shuǐgēn", 2025),
    person("lv-chenguang", "吕晨光", "lǚ chénguāng", 2025, unit="reli"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a category's list, the list of everybody, a unit's list."""
    folder = tmp_path_factory.mktemp("site")
    cards = tuple(row.card for row in PEOPLE)
    groups = (YearGroup(2026, cards[:2]), YearGroup(2025, cards[2:]))
    category = replace(list_view(total=4, groups=groups), path="options/fuwu/index.html")
    rows = category.filters
    unchosen = FilterRow(
        "category", (option("", 4, selected=True), option("fuwu", 4), option("chuangxin", 0))
    )
    everybody = replace(category, path="exemplars/index.html", facet="all", heading="全部人物")
    unit = FilterRow("unit", (option("", 4), option("gongjiao", 2), option("reli", 2, selected=True)))
    pages = (
        category,
        replace(everybody, filters=(rows[0], unchosen, rows[2])),
        replace(
            everybody,
            path="options/reli/index.html",
            facet="unit",
            heading="热力公司",
            filters=(rows[0], unchosen, unit),
        ),
    )
    look = theme()
    data = PeopleView(FRAME, "data/people.js", PEOPLE)
    made = {page.path: render(page).encode() for page in pages} | {
        FRAME.stylesheet: render_stylesheet(None, Files(look.styles())),
        FRAME.script: render_script(None, Files(look.scripts())),
        data.path: render_people(data, Files(())),
    }
    for path, content in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1366, "height": 900})
    opened.set_default_timeout(30_000)
    failures: list[str] = []
    opened.on("pageerror", lambda failure: failures.append(str(failure)))
    yield opened
    opened.close()
    assert failures == []


def found(page: Page) -> list[str]:
    page.wait_for_selector("[data-found]:not([hidden])")
    return page.locator("[data-found] section:not([hidden]) .person-name a").all_text_contents()


def chosen(page: Page) -> str:
    return " ".join(page.inner_text("[data-chosen]").split())


def option_of(page: Page, key: str) -> None:
    page.click(f'.filters a[data-key="{key}"]')


# --- filters ---------------------------------------------------------------------------------------


def test_a_second_filter_narrows_the_page_and_stands_in_the_address(page: Page, site: Path) -> None:
    page.goto((site / "options/fuwu/index.html").as_uri())
    assert page.evaluate("window.HONOUR_PEOPLE") is None  # nothing is loaded before it is needed
    option_of(page, "2025")
    assert found(page) == ["陈水根", "吕晨光"]
    assert page.url.endswith("#category=fuwu&year=2025")
    option_of(page, "reli")
    page.wait_for_url("**#category=fuwu&year=2025&unit=reli")
    page.wait_for_function("document.querySelectorAll('[data-found] .person').length === 1")
    assert found(page) == ["吕晨光"]
    assert chosen(page) == "服务群众，2025，热力公司，共 1 位"
    assert page.get_attribute("[data-found] .person a", "href") == "../../exemplars/lv-chenguang/index.html"


def test_counts_beside_the_options_are_those_of_the_combination(page: Page, site: Path) -> None:
    page.goto((site / "options/fuwu/index.html").as_uri() + "#category=fuwu&unit=reli")
    found(page)
    counts = page.locator(".filters [data-facet=year] [data-count]").all_text_contents()
    assert counts == ["2", "1", "1"]


def test_going_back_shows_the_page_as_it_was_made(page: Page, site: Path) -> None:
    page.goto((site / "options/fuwu/index.html").as_uri())
    option_of(page, "2025")
    found(page)
    page.go_back()
    page.wait_for_selector("[data-found]", state="hidden")
    assert page.is_visible("[data-still]")
    assert chosen(page) == "服务群众，全部年份和单位，共 4 位"


def test_one_filter_left_leads_to_the_page_it_has(page: Page, site: Path) -> None:
    page.goto((site / "options/fuwu/index.html").as_uri())
    option_of(page, "reli")
    found(page)
    page.click(".filters [data-facet=category] li:first-child a")
    page.wait_for_url("**/options/reli/index.html")
    assert page.inner_text("h1") == "热力公司"


def test_nobody_in_a_combination_is_said(page: Page, site: Path) -> None:
    page.goto((site / "exemplars/index.html").as_uri() + "#category=chuangxin&year=2026")
    page.wait_for_selector("[data-found]:not([hidden])", state="attached")
    page.wait_for_function("document.querySelector('[data-chosen]').textContent.includes('没有这样的人')")


def test_a_torn_address_shows_the_page_itself(page: Page, site: Path) -> None:
    page.goto((site / "exemplars/index.html").as_uri() + "#year=%E0%A4%A&nothing=1&constructor=x")
    assert page.is_visible("[data-still]")


def test_filters_work_on_a_phone(page: Page, site: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto((site / "options/fuwu/index.html").as_uri())
    page.click(".filters-narrow [data-facet=unit] summary")
    page.click('.filters-narrow a[data-key="reli"]')
    assert found(page) == ["李南星", "吕晨光"]
    assert page.inner_text(".filters-narrow [data-facet=unit] [data-value]") == "热力公司"


def test_without_scripts_the_filters_are_links(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto((site / "exemplars/index.html").as_uri())
    opened.click('.filters a[data-key="fuwu"]')
    assert opened.inner_text("h1") == "服务群众"
    context.close()
