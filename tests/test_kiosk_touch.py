"""A visitor at the kiosk: touches, pushes, letters, keys; and what a visitor can't do."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import site_builder
from kiosk_case import SIZES, Kiosk, build, context_of, kiosk_at, site
from playwright.sync_api import Browser
from test_gates_browser import FLEX_GAPS, axe_problems

SMALLEST = """
() => Array.from(document.querySelectorAll("button, input, [role=button], a")).filter((each) => {
  const box = each.getBoundingClientRect();
  const shown = box.width && getComputedStyle(each).visibility !== "hidden";
  return shown && (box.width < 60 || box.height < 60);
}).map((each) => each.outerHTML + " " + JSON.stringify(each.getBoundingClientRect()))
"""
# Controls that stand in the upper third of the screen; portraits are what is looked at, names hang below them.
TOO_HIGH = """
() => Array.from(document.querySelectorAll("button:not(.card), input")).filter((each) => {
  const box = each.getBoundingClientRect();
  return box.height && box.top < innerHeight / 3;
}).map((each) => each.outerHTML)
"""
OVERLAPS = """
(selector) => {
  const visible = (each) => {
    const box = each.getBoundingClientRect(), around = each.parentElement.closest(".scroller, .row-in, .pages");
    const frame = (around || document.documentElement).getBoundingClientRect();
    return {
      left: Math.max(box.left, frame.left), right: Math.min(box.right, frame.right),
      top: Math.max(box.top, frame.top), bottom: Math.min(box.bottom, frame.bottom),
    };
  };
  const boxes = Array.from(document.querySelectorAll(selector)).map((each) => [each, visible(each)])
    .filter(([, box]) => box.bottom > box.top && box.right > box.left);
  const found = [];
  boxes.forEach(([one, a], n) => boxes.slice(n + 1).forEach(([other, b]) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (across > 1 && down > 1) found.push(one.textContent.trim() + " over " + other.textContent.trim());
  }));
  return found;
}
"""
CLIPPED = """
() => Array.from(document.querySelectorAll(".hung span, .act, .choice, .key")).filter((each) => {
  const box = each.getBoundingClientRect(), scroller = each.closest(".scroller");
  if (!box.height) return false;
  return box.bottom > innerHeight + 1 || (scroller && box.bottom > scroller.getBoundingClientRect().bottom + 1);
}).map((each) => each.textContent)
"""


@pytest.fixture
def kiosk(browser: Browser, lobby: Path) -> Iterator[Kiosk]:
    with kiosk_at(browser, (lobby / "index.html").as_uri()) as running:
        yield running


def listed(kiosk: Kiosk) -> list[str]:
    slugs: list[str] = kiosk.page.evaluate(
        "Array.from(document.querySelectorAll('.card')).map((one) => one.dataset.slug)"
    )
    return slugs


# --- the way through -------------------------------------------------------------------------------


def test_a_touch_opens_the_wall_and_back_leads_back(kiosk: Kiosk) -> None:
    kiosk.wake()
    assert kiosk.slug == ""
    kiosk.open("li-na")
    assert (kiosk.state, kiosk.slug) == ("exemplar", "li-na")
    assert kiosk.page.inner_text(".page h1").replace("\n", "") == "李娜"
    kiosk.tap('.bar [data-of="back"]')
    assert kiosk.state == "wall"
    kiosk.tap('[data-of="back"]')
    assert kiosk.state == "attract"
    kiosk.wait(45)
    assert len(kiosk.seen) >= 2


def test_a_swipe_opens_the_wall_too(kiosk: Kiosk) -> None:
    kiosk.swipe(900, 600, -200)
    kiosk.until_state("wall")


def test_the_wall_by_category_unit_and_year(kiosk: Kiosk) -> None:
    kiosk.wake()
    everybody = kiosk.page.inner_text(".count")
    assert everybody == "二十五位个人，四个集体"
    kiosk.tap('[data-of="year"] [data-key="2026"]')
    assert kiosk.page.inner_text(".big") == "2026"
    assert "li-na" in listed(kiosk) and "zheng-yufang" not in listed(kiosk)
    kiosk.tap('[data-of="term"] [data-key="collective"]')
    assert set(listed(kiosk)) == {"jiangbei-huayanzu"}
    kiosk.tap('[data-of="term"] [data-key="collective"]')  # once more takes it back
    kiosk.tap('[data-of="branch"] [data-key="gongjiao"]')
    assert set(listed(kiosk)) == {"li-na", "tian-jiawang"}
    kiosk.tap('[data-of="year"] [data-key=""]')
    assert {"li-na", "zheng-yufang", "sun-xiaohe"} <= set(listed(kiosk))
    kiosk.tap('[data-of="term"] [data-key="gongjian"]')
    if not listed(kiosk):
        assert kiosk.page.is_visible(".none")


def test_the_wall_keeps_its_place_while_somebody_is_read(kiosk: Kiosk) -> None:
    kiosk.wake()
    kiosk.tap('[data-of="more"]')
    kiosk.soon("document.querySelector('.scroller').scrollLeft > 500")
    at = kiosk.page.evaluate("document.querySelector('.scroller').scrollLeft")
    slug = next(
        slug
        for slug in listed(kiosk)
        if kiosk.page.locator(f'[data-slug="{slug}"].card').bounding_box()["x"] > 50  # type: ignore[index]
    )
    kiosk.tap(f'.card[data-slug="{slug}"]')
    kiosk.until_state("exemplar")
    kiosk.tap('.bar [data-of="back"]')
    kiosk.until_state("wall")
    assert abs(kiosk.page.evaluate("document.querySelector('.scroller').scrollLeft") - at) < 5
    assert kiosk.page.evaluate("document.activeElement.dataset.slug") == slug


def test_before_and_after_go_through_what_was_listed(kiosk: Kiosk) -> None:
    kiosk.wake()
    kiosk.tap('[data-of="branch"] [data-key="gongjiao"]')
    slugs = listed(kiosk)
    kiosk.tap(f'.card[data-slug="{slugs[0]}"]')
    kiosk.until_state("exemplar")
    gone = [kiosk.slug]
    for _ in slugs:
        kiosk.tap('.bar [data-of="after"]')
        gone.append(kiosk.slug)
    assert gone == [*slugs, slugs[0]]
    kiosk.tap('.bar [data-of="before"]')
    assert kiosk.slug == slugs[-1]


def test_deeds_are_large_and_pictures_come_as_one_reads(kiosk: Kiosk) -> None:
    kiosk.wake()
    kiosk.open("li-na")
    size = kiosk.page.evaluate("parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize)")
    assert size >= 34
    assert kiosk.page.inner_text('.bar [data-of="read"]') == "读她的事迹"
    kiosk.tap('.bar [data-of="read"]')
    kiosk.soon("document.querySelector('.pages').scrollTop > 900")
    assert kiosk.page.locator(".chapter").first.is_visible()
    kiosk.page.locator(".scene img").first.scroll_into_view_if_needed()
    kiosk.page.wait_for_selector(".scene img.in")
    loaded = "Array.from(document.querySelectorAll('.scene img')).filter((one) => one.naturalWidth).length"
    assert kiosk.page.evaluate(loaded) <= 2
    kiosk.page.evaluate("document.querySelector('.pages').scrollTop = 0")
    kiosk.soon(f"{loaded} === 0")  # what is far away gives its memory back
    assert kiosk.page.locator(".kin .card").count() == 2
    kiosk.tap('.kin .card[data-slug="sun-xiaohe"]')
    kiosk.page.wait_for_selector('html[data-slug="sun-xiaohe"]')


def test_a_telephone_takes_the_page_along(kiosk: Kiosk, tmp_path: Path) -> None:
    from PIL import Image

    zxingcpp = pytest.importorskip("zxingcpp")
    kiosk.wake()
    kiosk.open("li-na")
    kiosk.tap('.bar [data-of="scan"]')
    kiosk.page.locator(".code").screenshot(path=tmp_path / "code.png")
    with Image.open(tmp_path / "code.png") as image:
        told = [one.text for one in zxingcpp.read_barcodes(image.convert("RGB"))]
    assert told == ["https://honour.jcgy.example/exemplars/li-na/"]
    kiosk.tap('.bar [data-of="scan"]')
    assert not kiosk.page.is_visible(".slip")


def test_a_mouse_pushes_the_wall_and_it_glides_on(kiosk: Kiosk) -> None:
    """Many a touch screen says it is a mouse."""
    kiosk.wake()
    mouse, at = kiosk.page.mouse, "document.querySelector('.scroller').scrollLeft"
    mouse.move(1000, 500)
    mouse.down()
    for x in range(1000, 500, -50):
        mouse.move(x, 500)
    mouse.up()
    released = kiosk.page.evaluate(at)
    assert released > 300 and kiosk.state == "wall"  # a push is no tap
    kiosk.wait(0.5, 0.05)
    assert kiosk.page.evaluate(at) > released + 20


def test_a_finger_pushes_the_wall(kiosk: Kiosk) -> None:
    kiosk.wake()
    kiosk.swipe(900, 500, -400)
    kiosk.soon("document.querySelector('.scroller').scrollLeft > 300")
    assert kiosk.state == "wall"


def test_a_wall_of_hundreds_hangs_only_what_is_near(browser: Browser, tmp_path: Path) -> None:
    files = site(0)
    for number in range(300):
        files[f"exemplars/n{number:03}/index.md"] = site_builder.record(name=f"丁{number}")
    with kiosk_at(browser, (build(tmp_path, files) / "index.html").as_uri()) as kiosk:
        kiosk.wake()
        seen: set[str] = set()
        at = "document.querySelector('.scroller').scrollLeft"
        for _ in range(60):
            now = listed(kiosk)
            assert len(now) <= 30
            seen |= set(now)
            if kiosk.page.is_disabled('[data-of="more"]'):
                break
            before = kiosk.page.evaluate(at)
            kiosk.page.evaluate("document.querySelector('[data-of=more]').click()")
            kiosk.soon(f"{at} > {before + 100}", 2)
            time.sleep(0.1)
        assert len(seen) == 300


# --- letters ---------------------------------------------------------------------------------------


def test_letters_find_people(kiosk: Kiosk) -> None:
    kiosk.wake()
    assert kiosk.page.is_disabled('[data-key-of="i"]') and kiosk.page.is_disabled('[data-key-of="v"]')
    for letter in "lina":
        kiosk.tap(f'[data-key-of="{letter}"]')
    kiosk.until_state("search")
    kiosk.page.wait_for_selector('.wall:not([aria-busy]) .card[data-slug="li-na"]')
    assert kiosk.page.input_value(".field input") == "LINA"
    assert listed(kiosk)[0] == "li-na"
    kiosk.tap('[data-key-of="back"]')
    assert kiosk.page.input_value(".field input") == "LIN"
    kiosk.tap('[data-key-of="clear"]')
    kiosk.until_state("wall")
    assert len(listed(kiosk)) > 5


def test_what_nobody_is_called_is_said_kindly(kiosk: Kiosk) -> None:
    kiosk.wake()
    for letter in "qqqq":
        kiosk.tap(f'[data-key-of="{letter}"]')
    kiosk.page.wait_for_selector(".none:visible")
    assert kiosk.page.inner_text(".count") == "没有找到"
    assert kiosk.faults["count"] == 0


# --- somebody who sits, somebody from abroad -------------------------------------------------------


@pytest.mark.parametrize("size", ["landscape", "portrait"])
def test_the_low_wall_is_within_reach(browser: Browser, lobby: Path, size: str) -> None:
    with kiosk_at(browser, (lobby / "index.html").as_uri(), size) as kiosk:
        kiosk.wake()
        height = SIZES[size][1]
        kiosk.tap('[data-of="low"]')
        tops = kiosk.page.evaluate(
            "Array.from(document.querySelectorAll('button, input')).map((one) => one.getBoundingClientRect().top)"
        )
        assert min(top for top in tops if top) >= height * 0.36
        assert kiosk.page.evaluate(OVERLAPS, "button") == []
        kiosk.tap('[data-of="low"]')
        assert kiosk.page.get_attribute("html", "data-kiosk-low") is None


def test_the_other_language_lasts_as_long_as_the_visitor(kiosk: Kiosk) -> None:
    kiosk.wake()
    kiosk.tap('[data-of="tongue"]')
    assert kiosk.page.inner_text('[data-of="back"]') == "Back to today"
    assert kiosk.page.inner_text(".count") == "25 people, 4 teams"
    kiosk.open("li-na")
    assert kiosk.page.inner_text('.bar [data-of="back"]') == "Back"
    assert kiosk.page.get_attribute("html", "lang") == "en"
    kiosk.tap('.bar [data-of="back"]')
    kiosk.tap('[data-of="back"]')
    assert kiosk.page.get_attribute("html", "lang") == "zh-CN"
    kiosk.wake()
    assert kiosk.page.inner_text('[data-of="back"]') == "回到今天的人"


# --- nobody there any more -------------------------------------------------------------------------


def test_after_a_minute_alone_everything_of_the_visitor_is_gone(kiosk: Kiosk) -> None:
    kiosk.wake()
    kiosk.tap('[data-of="tongue"]')
    kiosk.tap('[data-of="low"]')
    kiosk.tap('[data-of="branch"] [data-key="gongjiao"]')
    kiosk.tap('[data-key-of="l"]')
    kiosk.wait(49, 1)
    assert kiosk.state == "search"
    kiosk.wait(2, 1)
    assert kiosk.state == "warning"
    assert "seconds" in kiosk.page.inner_text(".warning-left")
    kiosk.wait(8, 1)
    assert kiosk.state == "warning"
    kiosk.wait(3, 1)
    assert kiosk.state == "attract"
    assert kiosk.page.get_attribute("html", "lang") == "zh-CN"
    assert kiosk.page.get_attribute("html", "data-kiosk-low") is None
    kiosk.wake()
    assert kiosk.page.input_value(".field input") == ""
    assert kiosk.page.evaluate("document.querySelector('.scroller').scrollLeft") == 0
    assert kiosk.page.inner_text(".count") == "二十五位个人，四个集体"


@pytest.mark.parametrize("sign", ["touch", "key", "stay"])
def test_any_sign_of_life_takes_the_question_away(kiosk: Kiosk, sign: str) -> None:
    kiosk.wake()
    kiosk.open("li-na")
    kiosk.page.evaluate("document.querySelector('.pages').scrollTop = 1200")
    time.sleep(0.2)  # scrolling is a sign of life, and told a little later
    kiosk.wait(53, 1)
    assert (kiosk.state, kiosk.slug) == ("warning", "li-na")
    if sign == "touch":
        kiosk.page.touchscreen.tap(300, 300)
    elif sign == "key":
        kiosk.page.keyboard.press("Shift")
    else:
        kiosk.tap('.warning [data-of="stay"]')
    assert (kiosk.state, kiosk.slug) == ("exemplar", "li-na")
    assert kiosk.page.evaluate("document.querySelector('.pages').scrollTop") == 1200
    kiosk.wait(45, 1)
    assert kiosk.state == "exemplar"
    kiosk.wait(20, 1)
    assert kiosk.state == "attract"


def test_whoever_goes_on_is_not_disturbed(kiosk: Kiosk) -> None:
    kiosk.wake()
    for _ in range(12):
        kiosk.wait(40, 5)
        kiosk.page.touchscreen.tap(40, 900)
        assert kiosk.state == "wall"


def test_idle_and_warning_are_the_offices(browser: Browser, tmp_path: Path) -> None:
    folder = build(tmp_path, site(2, kiosk={"idle": 30, "warning": 0}))
    with kiosk_at(browser, (folder / "index.html").as_uri()) as kiosk:
        kiosk.wake()
        kiosk.wait(28, 1)
        assert kiosk.state == "wall"
        kiosk.wait(4, 1)
        assert kiosk.state == "attract"
        assert not any(state.startswith("warning") for state in kiosk.page.evaluate("states"))


# --- what a visitor can't do -----------------------------------------------------------------------


def test_nothing_can_be_torn_zoomed_or_followed(browser: Browser, tmp_path: Path) -> None:
    files = site(2)
    files["exemplars/p00/index.md"] = site_builder.record(
        "## 一\n\n[外面](https://elsewhere.example/) 第一句。\n"
    )
    with kiosk_at(browser, (build(tmp_path, files) / "index.html").as_uri()) as kiosk:
        kiosk.wake()
        kiosk.open("p00")
        page, address = kiosk.page, kiosk.page.url
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        refused = page.evaluate(
            """
            ["contextmenu", "dragstart", "selectstart", "gesturestart", "copy", "auxclick"].map((kind) => {
              const event = new Event(kind, { bubbles: true, cancelable: true });
              return document.querySelector(".page h1").dispatchEvent(event);
            })
            """
        )
        assert refused == [False] * 6
        page.mouse.move(1000, 300)
        page.mouse.dblclick(1000, 300)
        assert page.evaluate("getSelection().toString()") == ""
        page.keyboard.press("Control+a")
        assert page.evaluate("getSelection().toString()") == ""
        client = page.context.new_cdp_session(page)
        client.send(
            "Input.synthesizePinchGesture",
            {"x": 900, "y": 500, "scaleFactor": 3, "gestureSourceType": "touch"},
        )
        assert page.evaluate("visualViewport.scale") == 1
        for keys in (
            "Control+Equal",
            "Control+p",
            "Control+s",
            "F5",
            "Alt+ArrowLeft",
            "F1",
            "Control+f",
            "F7",
        ):
            page.keyboard.press(keys)
        page.evaluate(
            "document.querySelector('.page').insertAdjacentHTML('beforeend', '<a href=\"https://elsewhere.example/\">x</a>')"
        )
        page.evaluate("document.querySelector('.page a').click()")
        assert page.evaluate("window.open('https://elsewhere.example/')") is None
        kiosk.wait(1)
        assert page.url == address and len(page.context.pages) == 1
        assert [url for url in asked if not url.startswith("blob:") and "kiosk" not in url] == []


def test_keys_alone_can_do_everything(kiosk: Kiosk) -> None:
    press = kiosk.page.keyboard.press
    press("Enter")
    kiosk.until_state("wall")
    for letter in "lina":
        press(letter)
    kiosk.until_state("search")
    press("Backspace")
    assert kiosk.page.input_value(".field input") == "LIN"
    press("Escape")
    kiosk.until_state("wall")
    press("ArrowRight")
    kiosk.soon("document.querySelector('.scroller').scrollLeft > 500")
    press("ArrowLeft")

    def tab_to(condition: str) -> None:
        for _ in range(120):
            if kiosk.page.evaluate(f"document.activeElement.matches({condition!r})"):
                return
            press("Tab")
        raise AssertionError(f"no way to {condition} by keys")

    for control in (
        '[data-of="low"]',
        '[data-of="tongue"]',
        '[data-of="year"] [data-key="2026"]',
        '[data-key-of="l"]',
        ".field input",
    ):
        tab_to(control)
    tab_to(".card")
    ring = kiosk.page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert float(ring.removesuffix("px")) >= 2
    press("Enter")
    kiosk.until_state("exemplar")
    slug = kiosk.slug
    kiosk.page.locator(".page .name").wait_for()
    press("PageDown")
    kiosk.soon("document.querySelector('.pages').scrollTop > 300")
    press("ArrowRight")
    assert kiosk.slug != slug
    press("ArrowLeft")
    assert kiosk.slug == slug
    tab_to('[data-of="scan"]')
    press("Enter")
    assert kiosk.page.is_visible(".slip")
    press("Escape")
    assert not kiosk.page.is_visible(".slip") and kiosk.state == "exemplar"
    press("Escape")
    kiosk.until_state("wall")
    press("Escape")
    kiosk.until_state("attract")
    press("l")
    kiosk.until_state("search")


# --- for everybody, on every screen ----------------------------------------------------------------


@pytest.mark.parametrize("size", list(SIZES))
def test_every_screen_is_accessible_and_within_reach(
    browser: Browser, gates: Path, lobby: Path, size: str
) -> None:
    found: list[str] = []

    def look(kiosk: Kiosk) -> None:
        found.extend(axe_problems(kiosk.page, gates))
        found.extend(kiosk.page.evaluate(SMALLEST))
        found.extend(kiosk.page.evaluate(TOO_HIGH))
        found.extend(kiosk.page.evaluate(OVERLAPS, "button:not([hidden])"))
        found.extend(kiosk.page.evaluate(CLIPPED))
        found.extend(kiosk.page.evaluate(FLEX_GAPS))

    # axe needs a clock that runs and may not be kept out by the page's own policy.
    with kiosk_at(browser, (lobby / "index.html").as_uri(), size, at=None, bypass_csp=True) as kiosk:
        look(kiosk)
        kiosk.wake()
        look(kiosk)
        kiosk.tap('[data-of="tongue"]')
        look(kiosk)
        kiosk.tap('[data-of="tongue"]')
        kiosk.tap('[data-key-of="l"]')
        kiosk.until_state("search")
        kiosk.page.wait_for_selector(".wall:not([aria-busy])")
        look(kiosk)
        kiosk.tap('[data-key-of="clear"]')
        kiosk.tap('[data-of="low"]')
        look(kiosk)
        kiosk.tap('[data-of="low"]')
        kiosk.open("li-na")
        look(kiosk)
        kiosk.tap('.bar [data-of="scan"]')
        found.extend(axe_problems(kiosk.page, gates))
    assert found == []


@pytest.mark.parametrize("size", list(SIZES))
def test_pictures_are_sharp(browser: Browser, lobby: Path, size: str) -> None:
    coarse = """
    Array.from(document.querySelectorAll("img.in"))
      .filter((image) => image.naturalWidth < Math.min(1200, image.clientWidth))
      .map((image) => image.naturalWidth + " for " + image.clientWidth)
    """
    with kiosk_at(browser, (lobby / "index.html").as_uri(), size) as kiosk:
        kiosk.until("document.querySelector('.slide img.in')")  # it begins with anybody: some have no picture
        assert kiosk.page.evaluate(coarse) == []
        kiosk.wake()
        kiosk.page.wait_for_selector(".card img.in")
        kiosk.soon("!document.querySelector('.card img:not(.in)')")
        assert kiosk.page.evaluate(coarse) == []
        kiosk.open("li-na")
        kiosk.page.wait_for_selector(".page-face img.in")
        assert kiosk.page.evaluate(coarse) == []


def test_a_screen_of_another_shape_shows_all_of_it(browser: Browser, lobby: Path) -> None:
    for width, height in ((1280, 1024), (1366, 768), (1200, 1920), (2560, 1080)):
        with context_of(browser, width, height) as context:
            kiosk = Kiosk(context.new_page(), (lobby / "index.html").as_uri(), None)
            box = kiosk.page.locator(".stage").bounding_box()
            assert box is not None
            assert box["x"] >= -1 and box["y"] >= -1
            assert box["x"] + box["width"] <= width + 1 and box["y"] + box["height"] <= height + 1
            assert max(box["width"] / width, box["height"] / height) > 0.99


def test_the_english_kiosk_speaks_english(browser: Browser, tmp_path: Path) -> None:
    files = site(2, language="en")
    with kiosk_at(browser, (build(tmp_path, files) / "index.html").as_uri()) as kiosk:
        assert kiosk.page.inner_text(".hint span") == "Touch to see all 2"
        kiosk.wake()
        assert kiosk.page.inner_text('[data-of="tongue"]') == "中文"
