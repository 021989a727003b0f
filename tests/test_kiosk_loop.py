"""The loop that nobody touches: who comes when, what is said of them, and what it does with a bad clock."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import site_builder
from kiosk_case import MORNING, SHANGHAI, Kiosk, build, context_of, copy, kiosk_at, person, site, version_of
from playwright.sync_api import Browser, Page
from site_case import ROOT

SCRIPTS = ROOT / "themes/honour/kiosk/scripts"


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("six"), site(6))


def spread(seen: list[str], among: int) -> int:
    """The most times anybody was shown less the fewest."""
    counts = Counter(seen)
    return max(counts.values()) - (min(counts.values()) if len(counts) == among else 0)


# --- pure functions --------------------------------------------------------------------------------


def pure(page: Page, file: str, expression: str) -> Any:
    """The value of `expression` where the script `file` has run."""
    return page.evaluate(
        "(() => {" + (SCRIPTS / file).read_text("utf-8") + f"return {expression.strip()};}})()"
    )


ROUNDS = """
((size, times, rounds) => {
  const people = Array.from({ length: size }, (_, n) => ({ slug: "p" + n, often: n < 2 ? times : 1 }));
  const circle = rotation.circle(people, "a seed", (person) => person.often);
  const shown = [];
  let last = { at: 0.4, slug: "" };
  for (let n = 0; n < circle.length * rounds; n += 1) {
    last = rotation.next(circle, last);
    shown.push(last.slug);
  }
  return shown;
})"""


@pytest.mark.parametrize("size", [1, 2, 3, 29, 300])
def test_everybody_once_before_anybody_twice(page: Page, size: int) -> None:
    shown = pure(page, "10-rotation.js", f"{ROUNDS}({size}, 1, 4)")
    for start in range(0, len(shown), size):
        assert len(set(shown[start : start + size])) == size
    assert size < 2 or all(one != other for one, other in pairwise(shown))


def test_newcomers_come_as_often_as_the_setting_says_evenly_apart(page: Page) -> None:
    shown = pure(page, "10-rotation.js", f"{ROUNDS}(40, 3, 5)")
    counts = Counter(shown)
    assert {slug: n for slug, n in counts.items() if n != 5} == {"p0": 15, "p1": 15}
    places = [at for at, slug in enumerate(shown) if slug == "p0"]
    gaps = [b - a for a, b in pairwise(places)]
    assert min(gaps) >= 8 and max(gaps) <= 22  # 44 / 3, as even as lots allow


def test_whoever_comes_or_leaves_moves_nobody_else(page: Page) -> None:
    circle = "((all) => rotation.circle(all.map((slug) => ({ slug })), 's', () => 1).map((one) => one.slug))"
    all_ = pure(page, "10-rotation.js", f"{circle}(['a', 'b', 'c', 'd', 'e', 'f', 'g'])")
    few = pure(page, "10-rotation.js", f"{circle}(['b', 'd', 'e', 'g'])")
    assert [slug for slug in all_ if slug in few] == few


def test_the_lot_is_even(page: Page) -> None:
    lots = pure(page, "10-rotation.js", "Array.from({ length: 4000 }, (_, n) => rotation.lot('seed p' + n))")
    tenths = Counter(int(lot * 10) for lot in lots)
    assert sorted(tenths) == list(range(10)) and min(tenths.values()) > 300


@pytest.mark.parametrize(
    ("now", "day", "over", "new"),
    [
        ("2026-11-22T10:00", "2026-11-22", False, True),
        ("2026-12-31T23:59", "2026-12-31", False, False),
        ("2027-01-01T00:01", "2027-01-01", True, False),
        ("1970-01-01T08:00", "2026-11-22", False, True),  # a battery that is empty
        ("2020-06-01T08:00", "2026-11-22", False, True),
    ],
)
def test_the_clock_is_believed_from_the_day_of_the_build_on(
    page: Page, now: str, day: str, over: bool, new: bool
) -> None:
    page.clock.install(time=datetime.fromisoformat(now).replace(tzinfo=SHANGHAI))
    page.goto("about:blank")
    asked = (
        "((days) => [days.today(), days.isOver('2026-12-31'), days.isOver(''), days.isNew('2026-11', 30)])"
    )
    told = pure(page, "11-calendar.js", f"{asked}(calendar.make('2026-11-22'))")
    assert told == [day, over, False, new]


@pytest.mark.parametrize(
    ("now", "dim", "wake", "dark"),
    [
        ("19:00", "19:00", "07:30", True),
        ("07:29", "19:00", "07:30", True),
        ("07:30", "19:00", "07:30", False),
        ("12:00", "12:00", "14:00", True),
        ("14:00", "12:00", "14:00", False),
        ("03:00", "", "", False),
    ],
)
def test_it_is_dark_from_dim_to_wake(page: Page, now: str, dim: str, wake: str, dark: bool) -> None:
    assert pure(page, "11-calendar.js", f"calendar.within('{now}', '{dim}', '{wake}')") is dark


def test_numbers_read_as_in_the_pages(page: Page) -> None:
    from generator.theme.words import counter

    numbers = [*range(1, 130), 200, 201, 245, 1000, 1005, 1010, 9999, 10000]
    assert pure(page, "12-words.js", f"{numbers}.map(words.chinese)") == list(map(counter("zh-CN"), numbers))


# --- on the screen ---------------------------------------------------------------------------------


def test_each_comes_once_before_anybody_comes_twice(browser: Browser, six: Path) -> None:
    with kiosk_at(browser, (six / "index.html").as_uri()) as kiosk:
        kiosk.wait(20 * 6 * 5 + 40)
        assert len(kiosk.seen) >= 30
        assert spread(kiosk.seen[:30], 6) == 0
        assert kiosk.faults["count"] == 0


def test_the_loop_goes_on_where_it_stood(browser: Browser, six: Path) -> None:
    """Restarted in the same profile seven times, at any moment: nobody is favoured."""
    address = (six / "index.html").as_uri()
    seen: list[str] = []
    with context_of(browser, 1920, 1080) as context:
        for run in range(7):
            kiosk = Kiosk(context.new_page(), address, MORNING)
            kiosk.wait(11 + 17 * (run % 3))
            seen += kiosk.seen
            kiosk.page.close()
            assert spread(seen, 6) <= 1, seen
    assert len(seen) >= 12


def test_without_memory_it_begins_anywhere(browser: Browser, six: Path) -> None:
    firsts = set()
    for _ in range(6):
        with kiosk_at(browser, (six / "index.html").as_uri()) as kiosk:
            firsts.add(kiosk.slug)
    assert len(firsts) > 1


def test_storage_that_is_refused_is_done_without(browser: Browser, six: Path) -> None:
    with context_of(browser, 1920, 1080) as context:
        context.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })"
        )
        kiosk = Kiosk(context.new_page(), (six / "index.html").as_uri(), MORNING)
        kiosk.wait(250)
        assert spread(kiosk.seen[:12], 6) == 0 and kiosk.faults["count"] == 0


def test_the_newly_honoured_come_oftener_if_the_office_says_so(browser: Browser, tmp_path: Path) -> None:
    # Of so many others, one stands between the two places of the newly honoured, whatever the lot.
    files = site(18, kiosk={"newly": {"days": 60, "factor": 2}})
    files["exemplars/p00/index.md"] = person(0).replace(b"2019-12-20", b"2026-02-10")
    kiosk_folder = build(tmp_path, files)
    with kiosk_at(browser, (kiosk_folder / "index.html").as_uri()) as kiosk:
        kiosk.wait(20 * 19 * 2 + 30)
        counts = Counter(kiosk.seen[:38])
        assert counts == {"p00": 4} | {f"p{n:02}": 2 for n in range(1, 18)}


def test_an_old_exemplar_comes_back_and_is_greeted(browser: Browser, tmp_path: Path) -> None:
    files = site(2)
    files["exemplars/p01/index.md"] = person(1, status="legacy")
    with kiosk_at(browser, (build(tmp_path, files) / "index.html").as_uri()) as kiosk:
        kiosk.until("document.documentElement.dataset.slug === 'p01'", 60)
        assert kiosk.page.inner_text(".slide:last-child .again") == "好久不见2020"


def test_a_person_stays_as_long_as_their_words_take(browser: Browser, tmp_path: Path) -> None:
    files = site(2, kiosk={"seconds": {"least": 10, "most": 40}})
    files["exemplars/p00/index.md"] = site_builder.record(name="短", one_line="一句。")
    long = "他把灯留到最后一个人，" * 12 + "然后才走。"
    said = [{"quote": long, "by": "马师傅", "consent": True}]
    files["exemplars/p01/index.md"] = site_builder.record(name="长", one_line=long[:60], testimonials=said)
    with kiosk_at(browser, (build(tmp_path, files) / "index.html").as_uri()) as kiosk:
        kiosk.until("document.documentElement.dataset.slug === 'p00'", 100, 1)
        begun = kiosk.page.evaluate("performance.now()")
        kiosk.until("document.documentElement.dataset.slug === 'p01'", 100, 1)
        changed = kiosk.page.evaluate("performance.now()")
        assert 9 <= (changed - begun) / 1000 <= 12
        assert not kiosk.page.query_selector(".slide:last-child.second")
        kiosk.until("document.querySelector('.slide:last-child.second')", 40, 1)
        assert long[:11] in kiosk.page.inner_text(".slide.second .voice .quote").replace("\n", "")
        kiosk.until("document.documentElement.dataset.slug === 'p00'", 100, 1)
        assert 38 <= (kiosk.page.evaluate("performance.now()") - changed) / 1000 <= 43


def test_words_never_run_out_of_their_place(browser: Browser, tmp_path: Path) -> None:
    files = site(0)
    sentence = "他把每一盏灯都记在本子上，第几杆，哪条路，什么时候坏的，" * 5
    said = [
        {
            "quote": (sentence * 2)[:158] + "。",
            "by": "买买提·阿依古丽·热合曼",
            "unit": "很长很长的单位名称" * 3,
            "consent": True,
        }
    ]
    names = [
        "丁强",
        "阿依古丽·买买提·热合曼江",
        "带电作业抢修一班全体职工",
        "Alexander von Humboldt",
        "欧阳修远",
    ]
    for number, name in enumerate(names):
        files[f"exemplars/p{number}/index.md"] = site_builder.record(
            name=name, one_line=sentence[:139] + "。", testimonials=said, post="高级工程师"
        )
    folder = build(tmp_path, files)
    spilled = """
    Array.from(document.querySelectorAll(".line, .quote, .name"))
      .filter((each) => each.scrollWidth > each.clientWidth + 2 || each.scrollHeight > each.clientHeight * 1.35)
      .map((each) => each.className + " " + each.textContent)
    """
    for size in ("landscape", "portrait"):
        with kiosk_at(browser, (folder / "index.html").as_uri(), size) as kiosk:
            for _ in range(8):
                assert kiosk.page.evaluate(spilled) == []
                kiosk.wait(31)
            assert len(set(kiosk.seen)) == len(names)


def test_slogans_and_activities_come_between(browser: Browser, tmp_path: Path) -> None:
    files = site(3, kiosk={"between": 2})
    files["content/activities/2026-03-05-a.md"] = site_builder.document(
        {"title": "夜班里的人", "date": "2026-03-05", "time": "19:00", "place": "二楼", "kind": "报告会"}
    )
    with kiosk_at(browser, (build(tmp_path, files) / "index.html").as_uri()) as kiosk:
        told = set()
        for _ in range(40):
            kiosk.wait(10)
            between = kiosk.page.query_selector(".between:last-child")
            if between and kiosk.slug == "":
                assert kiosk.state == "attract"
                told.add(between.inner_text().replace("\n", "").strip())
        assert any("今天读一个" in words for words in told)
        assert any("3月5日" in words and "夜班里的人" in words and "二楼" in words for words in told)
        assert spread([slug for slug in kiosk.seen if slug], 3) <= 1


def test_a_picture_that_is_not_there_is_a_name_on_a_slip(browser: Browser, six: Path, tmp_path: Path) -> None:
    folder = copy(six, tmp_path / "kiosk")
    for file in folder.glob("picture-*.js"):
        file.unlink()
    with kiosk_at(browser, (folder / "index.html").as_uri()) as kiosk:
        kiosk.wait(60)
        assert kiosk.page.inner_text(".slide:last-child .plate span") in [
            "赵一鸣", "钱小雨", "孙大海", "李文静", "周建国", "吴秀珍",
        ]  # fmt: skip
        assert kiosk.faults["count"] == 0
        kiosk.wake()
        kiosk.page.wait_for_selector(".card .plate")


def test_words_that_are_not_there_leave_the_name(browser: Browser, six: Path, tmp_path: Path) -> None:
    folder = copy(six, tmp_path / "kiosk")
    for file in folder.glob("person-*.js"):
        file.write_text(file.read_text("utf-8")[:-40], "utf-8")
    with kiosk_at(browser, (folder / "index.html").as_uri(), torn=True) as kiosk:
        kiosk.wait(130)
        assert spread(kiosk.seen[:6], 6) == 0 and kiosk.faults["count"] == 0
        assert "盏灯留到最后一个人" in kiosk.page.inner_text(".slide:last-child .line").replace("\n", "")
        kiosk.wake()
        kiosk.open("p02")
        assert kiosk.page.inner_text(".page h1") == "孙大海"


def test_an_ended_consent_leaves_an_offline_kiosk_by_itself(browser: Browser, tmp_path: Path) -> None:
    files = site(3)
    consent = {"basis": "本人同意", "scope": ["kiosk"], "date": "2025-01-01", "until": "2026-03-04"}
    files["exemplars/p01/index.md"] = person(1, consent=consent)
    address = (build(tmp_path, files) / "index.html").as_uri()
    for at, people in (
        ("2026-03-04T23:50", {"p00", "p01", "p02"}),
        ("2026-03-05T00:10", {"p00", "p02"}),
        ("2031-03-05T09:00", {"p00", "p02"}),
        ("1980-01-01T00:00", {"p00", "p01", "p02"}),  # before the day of the build: not to be believed
    ):
        with kiosk_at(browser, address, at=datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)) as kiosk:
            kiosk.wait(100)
            if not at.endswith("23:50"):
                assert set(kiosk.seen) == people, at
            kiosk.wait(1200)
            if at.endswith("23:50"):  # it is past midnight now
                kiosk.wait(10)
                assert "p01" in kiosk.seen and "p01" not in kiosk.seen[-6:]


def test_nobody_to_show_is_no_fault(browser: Browser, tmp_path: Path) -> None:
    for files in (site(0), site(0) | {"site.yaml": site_builder.settings(editions=["kiosk"])}):
        folder = build(tmp_path, files)
        with context_of(browser, 1920, 1080) as context:
            page = context.new_page()
            page.clock.install(time=MORNING)
            page.goto((folder / "index.html").as_uri())
            page.wait_for_selector('html[data-kiosk-state="attract"]')
            page.clock.run_for(60_000)
            assert page.evaluate("HONOUR_KIOSK.faults.count") == 0
            assert version_of(folder)["id"] == page.evaluate("HONOUR_KIOSK.running.id")
