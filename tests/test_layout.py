"""Pages on every width, on paper, under a finger, and for eyes that want no motion."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from conftest import program
from playwright.sync_api import Browser, Page
from site_case import on_file, shapes_of

WIDTHS = (390, 720, 1000, 1366, 1920)
A4 = (210, 297)  # millimetres

# What reaches beyond the window, unless something around it scrolls or cuts.
TOO_WIDE = """
() => {
  const most = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= most) return [];
  const right = (element) => Math.round(element.getBoundingClientRect().right);
  const wide = Array.from(document.querySelectorAll("body *")).filter((element) => right(element) > most)
    .map((element) => element.tagName + "." + element.getAttribute("class") + " " + right(element));
  return ["document " + document.documentElement.scrollWidth, ...wide.slice(0, 6)];
}
"""


@pytest.mark.parametrize("site", ["demonstration", "stress"])
def test_no_page_scrolls_sideways_at_any_width(request: pytest.FixtureRequest, page: Page, site: str) -> None:
    folder = request.getfixturevalue(site)
    found: dict[str, list[str]] = {}
    for path in on_file(shapes_of(folder)):
        page.goto((folder / path).as_uri())
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if wide := page.evaluate(TOO_WIDE):
                found[f"{path} at {width}"] = wide
    assert found == {}


# --- paper ---


def test_an_exemplar_page_prints_as_a_few_sheets_without_navigation(
    page: Page, demonstration: Path, tmp_path: Path
) -> None:
    page.goto((demonstration / "exemplars/chen-shuigen/index.html").as_uri())
    page.evaluate(
        "Promise.all(Array.from(document.images, (i) => { i.loading = 'eager'; return i.decode(); }))"
    )
    sheet = tmp_path / "sheet.pdf"
    page.pdf(path=sheet, prefer_css_page_size=True)
    text = pdf_text(sheet)
    assert 1 <= text.count("\f") <= 4
    width, height = pdf_size(sheet)
    assert (round(width), round(height)) == A4
    told = re.sub(r"\s", "", text)
    assert "陈水根" in told
    for words in ("陈水根的手机放在枕头左边", "发到了班组群里", "我说你跟水管过吧"):
        assert words in told
    for words in ("跳到正文", "找人", "打印本页", "同样值得认识的人"):
        assert words not in told


@pytest.mark.parametrize(
    "path", ["index.html", "exemplars/index.html", "statistics/index.html", "notices/index.html"]
)
def test_other_pages_print_without_navigation(
    page: Page, demonstration: Path, tmp_path: Path, path: str
) -> None:
    page.goto((demonstration / path).as_uri())
    sheet = tmp_path / "sheet.pdf"
    page.pdf(path=sheet, prefer_css_page_size=True)
    assert "跳到正文" not in re.sub(r"\s", "", pdf_text(sheet))


def pdf_text(sheet: Path) -> str:
    """What stands on the sheets; each ends with a form feed."""
    pdftotext = program("pdftotext", "install it (Debian: poppler-utils)")
    done = subprocess.run(
        [pdftotext, "-layout", "-enc", "UTF-8", sheet, "-"], capture_output=True, check=True
    )
    return done.stdout.decode("utf-8")


def pdf_size(sheet: Path) -> tuple[float, float]:
    """Of the first sheet, in millimetres."""
    box = re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", sheet.read_bytes())
    assert box
    return float(box[1]) / 72 * 25.4, float(box[2]) / 72 * 25.4


# --- hands and motion ---


def test_the_menu_of_a_phone_opens_and_closes_by_keys(page: Page, demonstration: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto((demonstration / "about/index.html").as_uri())
    page.focus(".menu summary")
    page.keyboard.press("Enter")
    assert page.is_visible(".menu a >> nth=0")
    page.keyboard.press("Escape")
    assert not page.is_visible(".menu a >> nth=0")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_nothing_moves_for_those_who_asked_for_no_motion(browser: Browser, demonstration: Path) -> None:
    moving = """() => Array.from(document.querySelectorAll("*")).filter((element) => {
      const style = getComputedStyle(element);
      const longest = (text) => Math.max(...text.split(",").map(parseFloat));
      return longest(style.transitionDuration) > 0.01
        || (style.animationName !== "none" && longest(style.animationDuration) > 0.01);
    }).map((element) => element.tagName + "." + element.className)
      .concat(document.getAnimations().map(() => "animation"))
      .concat(getComputedStyle(document.documentElement).scrollBehavior === "smooth" ? ["scroll"] : [])"""
    context = browser.new_context(reduced_motion="reduce")
    opened = context.new_page()
    for path in ("index.html", "exemplars/chen-shuigen/index.html", "categories/jianshou/index.html"):
        opened.goto((demonstration / path).as_uri())
        assert opened.evaluate(moving) == []
    context.close()


def test_targets_on_a_phone_are_large_enough_for_a_finger(page: Page, demonstration: Path) -> None:
    """24 pixels at least (WCAG 2.2, 2.5.8), in the header, the menu and the footer."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto((demonstration / "index.html").as_uri())
    page.click(".menu summary")
    small = page.evaluate(
        "Array.from(document.querySelectorAll('header a, header summary, .footer a'))"
        ".filter((a) => a.offsetParent && Math.min(a.offsetHeight, a.offsetWidth) < 24).map((a) => a.outerHTML)"
    )
    assert small == []
