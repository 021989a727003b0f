"""Every page in a browser: accessible, asking no other host, content with a strict policy, whole from a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import Serve
from playwright.sync_api import Browser, BrowserContext, Page
from site_case import files_of, on_file, pages_of, shapes_of

POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self' mailto:"

# Writes into a list of the page whatever the policy refuses, from the first byte on.
WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.refused.push(event.violatedDirective + " " + event.blockedURI));
"""
# Loads what would load on scrolling, and names what has not come.
PICTURES = """
async () => {
  document.querySelectorAll("img").forEach((image) => { image.loading = "eager"; });
  await Promise.all(Array.from(document.images).map((image) => image.decode().catch(() => {})));
  return Array.from(document.images).filter((image) => !image.naturalWidth).map((image) => image.currentSrc);
}
"""
# Portraits of one file for every screen must have two of its pixels for each of the place's.
COARSE = """
() => {
  const widest = (image) => image.srcset
    ? Math.max(...image.srcset.split(",").map((one) => parseInt(one.trim().split(" ")[1], 10)))
    : image.naturalWidth;
  return Array.from(document.images)
    .filter((image) => !image.closest("picture") && !(widest(image) >= image.clientWidth * 2))
    .map((image) => image.currentSrc + " at " + image.clientWidth);
}
"""
# gap between flex items is Chromium 84; between grid cells and columns it is old.
FLEX_GAPS = """
() => Array.from(document.querySelectorAll("body *")).filter((element) => {
  const style = getComputedStyle(element);
  const gaps = [style.rowGap, style.columnGap];
  return style.display.endsWith("flex") && gaps.some((gap) => gap !== "normal" && gap !== "0px");
}).map((element) => element.className)
"""


@contextmanager
def opened(browser: Browser, width: int = 1366, **options: Any) -> Iterator[tuple[BrowserContext, Page]]:
    height = 844 if width < 720 else 900
    context = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", **options
    )
    page = context.new_page()
    page.set_default_timeout(30_000)
    try:
        yield context, page
    finally:
        context.close()


def axe_problems(page: Page, gates: Path) -> list[str]:
    """What axe-core finds on the open page, all its rules. It comes past the page's policy, which forbids it."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate((gates / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert found["url"] == page.url
    return [
        f"{page.url} {violation['id']}: {violation['help']} {[node['target'] for node in violation['nodes']][:3]}"
        for violation in found["violations"]
    ]


# --- accessibility ---------------------------------------------------------------------------------


def accessible(browser: Browser, gates: Path, folder: Path, pages: list[str], width: int) -> None:
    found: list[str] = []
    with opened(browser, width) as (_, page):
        for path in pages:
            page.goto((folder / path).as_uri(), wait_until="domcontentloaded")
            found += axe_problems(page, gates)
    assert found == []


@pytest.mark.parametrize("width", [390, 1366])
def test_axe_finds_nothing_on_any_template(
    browser: Browser, gates: Path, demonstration: Path, width: int
) -> None:
    accessible(browser, gates, demonstration, on_file(shapes_of(demonstration)), width)


@pytest.mark.parametrize("site", ["english", "preview", "stress"])
def test_axe_finds_nothing_in_other_dress(
    request: pytest.FixtureRequest, browser: Browser, gates: Path, site: str
) -> None:
    """In another language, with a watermark, with the longest names: one page of each of the main templates."""
    folder = request.getfixturevalue(site)
    exemplar = min(
        path for path in pages_of(folder) if path.count("/") == 2 and path.startswith("exemplars/")
    )
    lists = [
        f"{name}/index.html"
        for name in ("exemplars", "names", "search", "years", "units", "notices", "activities", "statistics")
    ]
    accessible(browser, gates, folder, ["index.html", exemplar, *lists], 390 if site == "stress" else 1366)


@pytest.mark.soak
@pytest.mark.parametrize("width", [390, 1366])
def test_axe_finds_nothing_on_any_page(
    browser: Browser, gates: Path, demonstration: Path, width: int
) -> None:
    accessible(browser, gates, demonstration, on_file(pages_of(demonstration)), width)


def test_axe_looks(browser: Browser, gates: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text("<img src=x><p style='color:#ccc;background:#fff'>faint</p>", "utf-8")
    with opened(browser) as (_, page):
        page.goto((tmp_path / "bad.html").as_uri())
        found = " ".join(axe_problems(page, gates))
    assert "image-alt" in found and "color-contrast" in found


# --- what a page asks for --------------------------------------------------------------------------


def test_pages_keep_to_their_origin_and_to_a_strict_policy(
    browser: Browser, demonstration: Path, serve: Serve
) -> None:
    start = serve(demonstration, policy=POLICY)
    asked: list[str] = []
    wrong: list[str] = []
    with opened(browser) as (context, page):
        context.add_init_script(WATCH)
        page.on("request", lambda request: asked.append(request.url))
        page.on("response", lambda response: wrong.append(response.url) if response.status >= 400 else None)
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda failure: wrong.append(str(failure)))
        for path in on_file(shapes_of(demonstration)):
            page.goto(start + path)
            assert page.evaluate(PICTURES) == [], path
            assert page.evaluate("window.refused") == [], path
            assert page.evaluate(COARSE) == [], path
            assert page.evaluate(FLEX_GAPS) == [], path
        page.goto(start + "exemplars/index.html#category=fuwu&year=2026")
        page.wait_for_selector("[data-found]:not([hidden])")
        page.goto(start + "search/index.html?q=lina")
        page.wait_for_selector("[data-search-results][aria-busy=false] li")
        assert page.evaluate("window.refused") == []
    assert wrong == []
    assert any(url.endswith("people.js") for url in asked)
    assert [url for url in asked if not url.startswith((start, "data:"))] == []


def test_the_policy_is_watched(browser: Browser, tmp_path: Path, serve: Serve) -> None:
    (tmp_path / "bad.html").write_text("<p style='color:red'>x</p><script>1</script>", "utf-8")
    with opened(browser) as (context, page):
        context.add_init_script(WATCH)
        page.goto(serve(tmp_path, policy=POLICY) + "bad.html")
        assert len(page.evaluate("window.refused")) == 2


def test_pages_are_whole_from_a_folder(browser: Browser, demonstration: Path) -> None:
    """Style, script and pictures, and nothing else is opened."""
    files = {(demonstration / path).as_uri() for path in files_of(demonstration)}
    asked: list[str] = []
    with opened(browser) as (_, page):
        page.on("request", lambda request: asked.append(request.url))
        for path in on_file(shapes_of(demonstration)):
            page.goto((demonstration / path).as_uri())
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 248, 243)", (
                path
            )
            assert page.evaluate(PICTURES) == [], path
    assert {url.partition("#")[0] for url in asked} <= files


def test_an_unknown_address_shows_the_404_page_in_full_dress(
    browser: Browser, tiny: Path, serve: Serve
) -> None:
    with opened(browser) as (_, page):
        response = page.goto(serve(tiny) + "no/such/page.html")
        assert response and response.status == 404
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 248, 243)"
        page.click("main a >> nth=0")
        assert "/zone/" in page.url and "no/such" not in page.url
        assert page.locator("h1").count() == 1


def test_the_404_page_is_accessible(browser: Browser, gates: Path, tiny: Path, serve: Serve) -> None:
    for width in (390, 1366):
        with opened(browser, width) as (_, page):
            page.goto(serve(tiny) + "nothing")
            assert axe_problems(page, gates) == []


# --- without scripts -------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [390, 1366])
def test_every_way_of_the_menus_works_without_scripts(
    browser: Browser, demonstration: Path, width: int
) -> None:
    """From home, click by click as a visitor would; on a phone the menu is opened first."""
    home = (demonstration / "index.html").as_uri()
    with opened(browser, width, java_script_enabled=False) as (_, page):
        page.goto(home)
        if width < 720:
            page.click(".menu summary")
        menu = page.locator("header nav:visible a")
        ways = [menu.nth(n).get_attribute("href") or "" for n in range(menu.count())]
        assert len(ways) >= 6
        ways += [
            page.locator(".footer a").nth(n).get_attribute("href") or ""
            for n in range(page.locator(".footer a").count())
        ]
        for way in ways:
            page.goto(home)
            if width < 720:
                page.click(".menu summary")
            page.locator(f'header nav a[href="{way}"]:visible, .footer a[href="{way}"]').first.click()
            assert page.url == (demonstration / way).as_uri()
            assert page.locator("h1").is_visible()
            page.click("header .banner")
            assert page.url == home
