"""The demonstration site as a visitor uses it: the day's person, filters, names, the side index, the keyboard."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from conftest import Serve
from playwright.sync_api import Browser, Page
from site_case import DAY

BUILT = date.fromisoformat(DAY)


def days_in(folder: Path) -> dict[str, str]:
    """Who stands on the home page on each of its days, by what the file says."""
    text = (folder / "index.html").read_text("utf-8")
    parts = re.split(r'data-day="(\d{4}-\d{2}-\d{2})"', text)[1:]
    found = {}
    for day, part in zip(parts[::2], parts[1::2], strict=True):
        name = re.search(r'<h1 class="hero-name[^>]*>(.*?)</h1>', part, re.DOTALL)
        assert name, day
        found[day] = re.sub(r"<[^>]+>", "", name[1])
    return found


# --- home ------------------------------------------------------------------------------------------


def test_home_holds_fourteen_days_and_nobody_twice(demonstration: Path) -> None:
    days = days_in(demonstration)
    assert list(days) == [(BUILT + timedelta(days=n)).isoformat() for n in range(14)]
    assert len(set(days.values())) == 14


@pytest.mark.parametrize("after", [0, 1, 13])
def test_home_shows_the_person_of_the_visitors_day_with_its_date(
    page: Page, demonstration: Path, after: int
) -> None:
    day = BUILT + timedelta(days=after)
    page.clock.set_fixed_time(datetime(day.year, day.month, day.day, 9, 30))
    page.goto((demonstration / "index.html").as_uri())
    assert page.inner_text(".hero h1").replace("\n", "") == days_in(demonstration)[day.isoformat()]
    assert page.is_visible(".hero-date")
    assert page.locator("h1:visible").count() == 1
    page.wait_for_function("document.querySelector('.hero img, .hero svg')")


@pytest.mark.parametrize("after", [-1, 14, 400])
def test_outside_its_days_home_keeps_the_person_of_the_build_and_says_no_date(
    page: Page, demonstration: Path, after: int
) -> None:
    day = BUILT + timedelta(days=after)
    page.clock.set_fixed_time(datetime(day.year, day.month, day.day, 9, 30))
    page.goto((demonstration / "index.html").as_uri())
    assert page.inner_text(".hero h1").replace("\n", "") == days_in(demonstration)[DAY]
    assert not page.is_visible(".hero-date")
    assert not page.is_visible(".hero-tomorrow")


def test_without_scripts_home_shows_the_person_of_the_build_and_no_date(
    browser: Browser, demonstration: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto((demonstration / "index.html").as_uri())
    assert opened.locator(".hero h1").text_content() == days_in(demonstration)[DAY]
    assert not opened.is_visible(".hero-date")
    context.close()


# --- lists and names -------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["server", "folder"])
def test_year_and_unit_together_show_the_right_people_and_go_back(
    page: Page, demonstration: Path, serve: Serve, way: str
) -> None:
    start = serve(demonstration) if way == "server" else demonstration.as_uri() + "/"
    page.goto(start + "exemplars/index.html")
    page.click('.filters [data-facet=year] a[data-key="2026"]')
    page.wait_for_url("**/years/2026/index.html")
    page.click('.filters [data-facet=unit] a[data-key="shuiwu"]')
    page.wait_for_selector("[data-found]:not([hidden])")
    everybody = page.evaluate("window.HONOUR_PEOPLE")
    wanted = {person["name"] for person in everybody if person["year"] == 2026 and person["u"] == "shuiwu"}
    shown = page.locator("[data-found] .person-name").all_text_contents()
    assert len(wanted) > 1
    assert {name.strip() for name in shown} == wanted
    assert page.url.endswith("#year=2026&unit=shuiwu")
    told = page.locator("[data-chosen]")
    assert f"{len(wanted)}" in told.inner_text() and "水务集团" in told.inner_text()
    assert told.get_attribute("aria-live") == "polite" or told.get_attribute("role") == "status"
    # The address alone gives the same to a colleague.
    address = page.url
    page.go_back()
    page.wait_for_selector("[data-found]", state="hidden")
    assert page.is_visible("[data-still]")
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector("[data-found]:not([hidden])")
    assert {name.strip() for name in page.locator("[data-found] .person-name").all_text_contents()} == wanted
    page.click("[data-found] .person a >> nth=0")
    assert "/exemplars/" in page.url and page.inner_text("h1").replace("\n", "") in wanted


def test_somebody_is_found_by_pinyin_and_the_match_leads_to_the_page(page: Page, demonstration: Path) -> None:
    page.goto((demonstration / "index.html").as_uri())
    page.click(".nav-find a")
    page.fill("#seek", "csg")
    page.wait_for_selector("[data-search-results][aria-busy=false] li")
    assert page.locator("[data-search-results] li a >> nth=0").inner_text() == "陈水根"
    page.click("[data-search-results] li a >> nth=0")
    assert page.url.endswith("exemplars/chen-shuigen/index.html")


def test_a_rare_character_is_found_by_its_name(page: Page, demonstration: Path) -> None:
    page.goto((demonstration / "search/index.html").as_uri() + "?q=𬭎")
    page.wait_for_selector("[data-search-results][aria-busy=false] li")
    assert "赵𬭎" in page.locator("[data-search-results]").inner_text().replace("\n", "")


# --- exemplar --------------------------------------------------------------------------------------


def test_the_side_index_marks_the_chapter_being_read(page: Page, demonstration: Path) -> None:
    page.goto((demonstration / "exemplars/chen-shuigen/index.html").as_uri())
    titles = page.locator(".chapter-title")
    assert titles.count() == page.locator(".contents a").count() == 4
    for number in (2, 0, 3):
        page.evaluate("n => document.querySelectorAll('.chapter-title')[n].scrollIntoView()", number)
        page.wait_for_function(
            "n => document.querySelectorAll('.contents a')[n].getAttribute('aria-current') === 'true'",
            arg=number,
        )
        assert page.locator(".contents [aria-current]").count() == 1
    page.click(".contents a >> nth=1")
    assert (
        0 <= page.evaluate("document.querySelectorAll('.chapter-title')[1].getBoundingClientRect().top") < 450
    )


# --- the keyboard ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["index.html", "exemplars/chen-shuigen/index.html", "categories/jianshou/index.html"]
)
def test_the_first_tab_offers_the_way_to_the_content_and_every_stop_has_a_ring(
    page: Page, demonstration: Path, path: str
) -> None:
    page.goto((demonstration / path).as_uri())
    page.keyboard.press("Tab")
    focused = "document.activeElement"
    assert page.evaluate(f"{focused}.getAttribute('href')") == "#content"
    top, height = page.evaluate(
        f"[{focused}.getBoundingClientRect().top, {focused}.getBoundingClientRect().height]"
    )
    assert top >= 0 and height > 10
    for _ in range(12):
        page.keyboard.press("Tab")
        ring = page.evaluate(
            f"[getComputedStyle({focused}).outlineStyle, parseFloat(getComputedStyle({focused}).outlineWidth),"
            f" getComputedStyle({focused}, '::after').outlineStyle, {focused}.outerHTML.slice(0, 80)]"
        )
        assert (ring[0] != "none" and ring[1] >= 2) or ring[2] != "none", ring
    page.goto((demonstration / path).as_uri())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(f"Boolean({focused}.closest('main'))")
