"""The search page as a visitor uses it: groups, marks, filters, address, keyboard, what is announced."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from conftest import Once, Serve
from playwright.sync_api import Browser, Page
from search_case import corpus, site_files
from site_builder import clean_build, record, site_of, write
from test_gates_browser import POLICY, WATCH, axe_problems, opened

DONE = "[data-search-results][aria-busy=false]"
# What was so, and what was said, whenever it changed: a state may be too short to be asked for. And a mark once it
# was busy and is no more.
STATES = """() => {
  const results = document.querySelector('[data-search-results]');
  const told = document.querySelector('[data-told]');
  window.states = [];
  new MutationObserver(changes => {
    changes.forEach(change => states.push([change.oldValue, told.textContent]));
    if (states.at(-1)[0] === 'true') results.dataset.answered = '';
  }).observe(results, {attributeFilter: ['aria-busy'], attributeOldValue: true});
}"""
ANSWERED = DONE + "[data-answered]"


@pytest.fixture(params=["file", "http"])
def start(request: pytest.FixtureRequest, demonstration: Path, serve: Serve) -> str:
    """The demonstration's search page, in a folder and on a server with a strict policy."""
    if request.param == "file":
        return (demonstration / "search/index.html").as_uri()
    return serve(demonstration, policy=POLICY) + "search/index.html"


@pytest.fixture(scope="module")
def crowd(once: Once) -> Path:
    """The website of 90 people."""
    return once("crowd", lambda folder: clean_build(write(folder, site_files(corpus(90))))) / "public"


def arrive(page: Page, address: str, **asked: str) -> None:
    page.goto(address + "?" + "&".join(f"{key}={quote(value)}" for key, value in asked.items()))
    page.wait_for_selector(DONE, state="attached")


def kinds(page: Page) -> list[str]:
    return page.eval_on_selector_all(
        "[data-search-results] section:not([hidden])", "all => all.map(one => one.dataset.kind)"
    )


def names(page: Page, kind: str = "") -> list[str]:
    where = f"[data-kind={kind}]" if kind else ":not([hidden])"
    texts = page.locator(f"[data-search-results] section{where} h3 a").all_text_contents()
    return [text.replace("\n", "") for text in texts]


def asked_for(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


# --- groups and marks ------------------------------------------------------------------------------


def test_the_best_match_leads_and_what_was_read_is_marked(page: Page, start: str) -> None:
    arrive(page, start, q="lina")
    assert kinds(page) == ["name", "text"]
    assert names(page, "name") == ["李娜", "李南星"]
    assert page.inner_text("#found-name") == "姓名读音相合"
    assert page.locator(".best .pinyin b").all_text_contents() == ["lǐ nà"]
    assert page.locator(".hit .pinyin b").all_text_contents() == ["lǐ ná"]
    assert page.inner_text(".hit .pinyin") == "lǐ nánxīng"
    # Whoever mentions her is found by her name, which nobody typed.
    assert set(page.locator("[data-kind=text] mark").all_text_contents()) == {"李娜"}
    assert "孙小禾" in names(page, "text")
    assert page.inner_text("[data-told]") == f"找到 {len(names(page))} 位"
    page.click(".best a")
    assert page.url.split("#")[0].endswith("exemplars/li-na/index.html")


def test_initials_and_parts_of_names(page: Page, start: str) -> None:
    arrive(page, start, q="csg")
    assert names(page) == ["陈水根"]
    assert page.locator(".best .pinyin b").all_text_contents() == ["c", "s", "g"]
    page.fill("#seek", "水根")
    page.wait_for_selector(".best mark")
    assert page.locator(".best mark").all_text_contents() == ["水根"]
    assert page.inner_text("#found-name") == "姓名相合"
    page.fill("#seek", "SHUIGEN")  # the given name alone
    page.wait_for_selector(".best .pinyin b")
    assert page.locator(".best .pinyin b").all_text_contents() == ["shuǐgēn"]


def test_what_texts_say_stands_around_the_mark(page: Page, start: str) -> None:
    arrive(page, start, q="１２路")  # as some keyboards write it
    assert kinds(page) == ["told", "text"]
    assert set(page.locator("[data-kind=told] mark, [data-kind=text] mark").all_text_contents()) == {"12路"}
    first = page.locator("[data-kind=text] .line-told >> nth=0").inner_text()
    assert 12 < len(first) < 90 and "12路" in first
    arrive(page, start, q="女儿上小学")  # of a testimonial, with who said it
    assert "——" in page.inner_text("[data-kind=text] .line-told") or page.locator(".line-by").count() == 1


def test_one_character_finds_everybody_who_has_it(page: Page, start: str) -> None:
    arrive(page, start, q="李")
    assert {"李娜", "李南星"} <= set(names(page, "name"))
    assert page.locator(".best").count() == 0  # nobody of one surname is a better match than another
    assert set(page.locator("[data-kind=name] mark").all_text_contents()) == {"李"}


def test_nothing_found_is_said_and_names_alike_are_offered(page: Page, start: str) -> None:
    arrive(page, start, q="没有这个人")
    assert kinds(page) == []
    assert "没有找到“没有这个人”" in page.inner_text("[data-told]")
    arrive(page, start, q="李星")
    assert (kinds(page), names(page)) == (["near"], ["李南星"])
    assert "没有完全相合的“李星”" in page.inner_text("[data-told]")


# --- filters and the address -----------------------------------------------------------------------


def test_query_and_filters_stand_in_the_address_and_come_back_from_it(page: Page, start: str) -> None:
    arrive(page, start)
    assert asked_for(page) == {}
    page.fill("#seek", "夜班")
    page.wait_for_selector("[data-search-results] li")
    everybody = names(page)
    page.select_option("[data-filter=unit]", label=label_of(page, "unit", "公交集团"))
    page.wait_for_selector(DONE)
    narrowed = names(page)
    assert set(narrowed) < set(everybody) and "李娜" in narrowed
    assert asked_for(page) == {"q": ["夜班"], "unit": ["gongjiao"]}
    assert page.title().startswith("夜班 · ")
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector(DONE + " li")
    assert names(page) == narrowed
    assert page.input_value("#seek") == "夜班"
    assert page.eval_on_selector("[data-filter=unit]", "one => one.value") == "gongjiao"


def label_of(page: Page, name: str, title: str) -> str:
    labels = page.locator(f"[data-filter={name}] option").all_text_contents()
    return next(label for label in labels if label.startswith(title))


def test_choices_say_how_many_they_leave(page: Page, start: str) -> None:
    arrive(page, start, q="夜班")
    several = page.locator("[data-filter=unit] option").all_text_contents()
    counts = {label.split("\u2002")[0]: int(label.split("\u2002")[1]) for label in several[1:]}
    assert sum(counts.values()) == len(names(page))
    assert page.locator("[data-filter=unit] option[disabled]").count() == list(counts.values()).count(0) > 0
    arrive(page, start, q="夜班", kind="collective")
    assert 0 < len(names(page)) < sum(counts.values())


def test_filters_without_a_query_list_whom_they_let_through(page: Page, start: str) -> None:
    arrive(page, start, kind="collective")
    assert kinds(page) == ["all"] and "热线二组" in names(page)
    arrive(page, start, kind="collective", q="李娜", year="1999", nonsense="1")
    assert page.eval_on_selector("[data-filter=year]", "one => one.value") == ""


def test_a_torn_address_is_no_fault(page: Page, start: str) -> None:
    page.goto(start + "?q=%E0%A4%A&year=__proto__&unit=constructor&q=x")
    page.wait_for_selector(DONE, state="attached")
    assert page.eval_on_selector("[data-filter=unit]", "one => one.value") == ""


def test_filters_that_leave_nobody_are_said(page: Page, demonstration: Path) -> None:
    arrive(page, (demonstration / "search/index.html").as_uri(), q="李娜", kind="collective")
    assert page.inner_text("[data-told]") == "没有这样的人，换一项试试"


# --- further results -------------------------------------------------------------------------------


def test_more_adds_until_all_are_there(page: Page, crowd: Path) -> None:
    arrive(page, (crowd / "search/index.html").as_uri(), q="驾驶员")
    assert page.locator("[data-search-results] li").count() == 8
    told = page.inner_text("[data-told]")
    first = names(page)
    page.click("[data-search-more]")
    page.wait_for_selector(DONE)
    assert page.evaluate("document.activeElement.closest('li') !== null")
    assert names(page)[:8] == first
    while page.is_visible("[data-search-more]"):
        page.click("[data-search-more]")
        page.wait_for_selector(DONE)
    found = names(page)
    assert len(found) == len(set(found)) == sum("驾驶员" in str(one.texts) for one in corpus(90))
    assert str(len(found)) in page.inner_text("[data-told]") and told


# --- keyboard, ears and eyes -----------------------------------------------------------------------


def test_everything_can_be_done_with_the_keyboard(page: Page, start: str) -> None:
    page.goto(start)
    page.wait_for_selector(DONE, state="attached")
    assert page.evaluate("document.activeElement.id") == "seek"
    page.keyboard.type("lina")
    page.wait_for_selector(".best")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "李娜"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "李南星"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "seek"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "seek"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/exemplars/li-na/index.html")


def test_results_are_announced_once_they_are_there(page: Page, start: str) -> None:
    arrive(page, start)
    page.evaluate(STATES)
    assert page.get_attribute("[data-told]", "role") == "status"
    assert page.inner_text("[data-told]") == ""
    page.fill("#seek", "夜班")
    page.wait_for_selector(DONE + " li")
    assert page.evaluate("states")[0] == ["false", ""]  # it became busy, and nothing was said yet
    assert page.inner_text("[data-told]") == f"找到 {len(names(page))} 位"


@pytest.mark.parametrize("width", [390, 1366])
def test_axe_finds_nothing(browser: Browser, gates: Path, demonstration: Path, width: int) -> None:
    found: list[str] = []
    with opened(browser, width) as (_, page):
        for asked in (
            {},
            {"q": "lina"},
            {"q": "12路"},
            {"q": "没有"},
            {"q": "夜班", "unit": "gongjiao"},
            {"q": "李星"},
        ):
            arrive(page, (demonstration / "search/index.html").as_uri(), **asked)
            found += axe_problems(page, gates)
    assert found == []


WIDEST = """
() => Math.max(...Array.from(document.querySelectorAll("main *"), (one) => one.getBoundingClientRect().right))
"""


@pytest.mark.parametrize("width", [320, 390, 721, 1366])
def test_nothing_hangs_over_the_edge(browser: Browser, stress: Path, width: int) -> None:
    with opened(browser, width) as (_, page):
        for asked in ({"kind": "individual"}, {"kind": "collective"}, {"q": "的"}):
            arrive(page, (stress / "search/index.html").as_uri(), **asked)
            assert page.locator("[data-search-results] li").count() >= 1
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate(WIDEST) <= width


# --- without trust and without scripts -------------------------------------------------------------


MARK = "<img src=x onerror=window.hit=1>"


@pytest.fixture
def hostile(tmp_path: Path, serve: Serve, browser: Browser) -> Iterator[Page]:
    """A site whose records hold markup, on a page that watches the policy and every script error."""
    told = {"quote": f"“{MARK}”", "by": "<i>甲", "consent": True}
    body = f"说 `{MARK}` 了。\n\n&lt;b&gt;粗&lt;/b&gt; </script>。\n"
    files = site_of(
        evil=record(body, name="李<b>娜", post=MARK, one_line=f"{MARK}夜班。"),
        other=record(name="王杰", testimonials=[told]),
    )
    clean_build(write(tmp_path, files))
    with opened(browser) as (context, page):
        context.add_init_script(WATCH)
        failures: list[str] = []
        page.on("pageerror", lambda failure: failures.append(str(failure)))
        page.goto(serve(tmp_path / "public", policy=POLICY) + "search/index.html")
        page.wait_for_selector(DONE, state="attached")
        yield page
        assert failures == []
        assert page.evaluate("[window.refused, window.hit]") == [[], None]


@pytest.mark.parametrize("query", ["李", "img", "夜班", "甲", "粗", "<b>", f'">{MARK}', "</script>", "b娜"])
def test_markup_in_records_and_queries_is_only_text(hostile: Page, query: str) -> None:
    before = hostile.locator("main img, main b, main i, main script").count()
    hostile.evaluate(STATES)
    hostile.fill("#seek", query)
    hostile.wait_for_selector(ANSWERED, state="attached")
    assert hostile.inner_text("[data-told]")
    assert hostile.locator("main img, main b:not(.pinyin b), main i, main script").count() == before
    if query == "img":
        assert MARK in hostile.inner_text("[data-search-results]")


def test_without_scripts_the_page_leads_to_the_list_by_pinyin(browser: Browser, demonstration: Path) -> None:
    with opened(browser, java_script_enabled=False) as (_, page):
        page.goto((demonstration / "search/index.html").as_uri())
        assert not page.is_visible("#seek")
        assert "按姓名拼音排的名单" in page.inner_text("main")
        page.click(".letters a >> nth=2")
        assert "/names/index.html#" in page.url
        page.click("main .page-head a")
        assert page.url.endswith("search/index.html")


def test_the_search_script_stays_on_its_page_and_small(demonstration: Path) -> None:
    (script,) = (demonstration / "assets").glob("honour-search-*.js")
    text = script.read_text("utf-8")
    assert len(text.encode()) <= 40 * 1024
    assert "?." not in text and "??" not in text and "innerHTML" not in text and "fetch(" not in text
    pages = [path for path in demonstration.rglob("*.html") if script.name in path.read_text("utf-8")]
    assert [path.parent.name for path in pages] == ["search"]
