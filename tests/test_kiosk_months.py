"""A kiosk that runs for months: nothing grows, nothing burns in, it sleeps at night and begins anew once a day."""

from __future__ import annotations

import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from kiosk_case import SHANGHAI, Kiosk, build, copy, kiosk_at, serving, site
from playwright.sync_api import Browser

HOUR = 3600


class Meter:
    """What a page weighs, after its rubbish has been collected."""

    def __init__(self, kiosk: Kiosk) -> None:
        self.client = kiosk.page.context.new_cdp_session(kiosk.page)
        self.client.send("Performance.enable")

    def read(self) -> dict[str, float]:
        for _ in range(3):
            self.client.send("HeapProfiler.collectGarbage")
        metrics = self.client.send("Performance.getMetrics")["metrics"]
        told = {one["name"]: one["value"] for one in metrics}
        return {name: told[name] for name in ("JSHeapUsedSize", "Nodes", "JSEventListeners", "Documents")}


def walk(kiosk: Kiosk, seconds: int, every: int, meter: Meter) -> list[dict[str, Any]]:
    """The readings every so many seconds of loop."""
    readings = []
    for _ in range(0, seconds, every):
        kiosk.wait(every, 10)
        readings.append(meter.read() | {"seen": len(kiosk.seen)})
    return readings


def flat(readings: list[dict[str, Any]], name: str, slack: float) -> bool:
    """Whether the second half of the readings is no higher than the first, but for `slack`.

    By the middle of each: a slide that has just gone may stand uncollected at the moment of a reading."""
    half = len(readings) // 2
    first, second = (sorted(one[name] for one in part) for part in (readings[:half], readings[half:]))
    return bool(second[len(second) // 2] <= first[len(first) // 2] + slack)


@pytest.mark.parametrize(
    ("hours", "every"), [(1, 300), pytest.param(24, HOUR, marks=pytest.mark.soak)], ids=["hour", "day"]
)
def test_nothing_grows_and_nobody_is_favoured(
    browser: Browser, lobby: Path, record_property: Any, hours: int, every: int
) -> None:
    """By the page's clock; the restart of four o'clock in the morning included."""
    with kiosk_at(browser, (lobby / "index.html").as_uri()) as kiosk:
        people = kiosk.page.evaluate(
            "JSON.parse(HONOUR_KIOSK.running.contents[3]).people.map((one) => one.slug)"
        )
        # A fresh page would end the counting: let it begin anew in this one.
        kiosk.page.evaluate("HONOUR_KIOSK.renew = () => Promise.resolve(false)")
        kiosk.wait(120, 5)
        readings = walk(kiosk, hours * HOUR, every, Meter(kiosk))
        for reading in readings:
            print(reading)
        counts = Counter(kiosk.seen)
        assert set(counts) == set(people)
        assert max(counts.values()) - min(counts.values()) <= 1, counts
        assert flat(readings, "JSHeapUsedSize", 400_000), readings
        assert flat(readings, "Nodes", 60), readings
        assert flat(readings, "JSEventListeners", 15), readings
        assert readings[-1]["Documents"] <= readings[0]["Documents"] + 1
        assert kiosk.faults["count"] == 0
        decoded = kiosk.page.evaluate("document.images.length")
        assert decoded <= 3
        record_property("readings", readings)
        record_property("shown", f"{min(counts.values())} to {max(counts.values())} times each")


def test_visitors_leave_nothing_behind(browser: Browser, lobby: Path) -> None:
    with kiosk_at(browser, (lobby / "index.html").as_uri()) as kiosk:
        meter, readings = Meter(kiosk), []
        kiosk.wait(60)
        for _ in range(8):
            kiosk.wake()
            for letter in "lz":
                kiosk.tap(f'[data-key-of="{letter}"]')
            kiosk.tap('[data-key-of="clear"]')
            kiosk.page.evaluate("document.querySelector('[data-of=more]').click()")
            kiosk.tap('[data-of="branch"] [data-key="gongjiao"]')
            kiosk.open("li-na")
            kiosk.page.evaluate("document.querySelector('.pages').scrollTop = 3000")
            kiosk.tap('.bar [data-of="after"]')
            kiosk.wait(62, 2)
            kiosk.until("document.documentElement.dataset.kioskState === 'attract'", 20)
            kiosk.wait(30)
            readings.append(meter.read())
        assert flat(readings, "JSHeapUsedSize", 400_000), readings
        assert flat(readings, "Nodes", 60), readings
        assert flat(readings, "JSEventListeners", 15), readings


def test_the_picture_drifts_and_comes_back(browser: Browser, tmp_path: Path) -> None:
    folder = build(tmp_path, site(3, kiosk={"drift": 10}))
    with kiosk_at(browser, (folder / "index.html").as_uri()) as kiosk:
        places = set()
        for _ in range(60):
            kiosk.wait(20)
            box = kiosk.page.locator(".stage").bounding_box()
            assert box is not None and abs(box["x"]) <= 11 and abs(box["y"]) <= 11
            places.add((round(box["x"]), round(box["y"])))
        assert len(places) >= 8
        kiosk.wake()
        assert kiosk.page.locator(".stage").bounding_box() == {"x": 0, "y": 0, "width": 1920, "height": 1080}


def test_nothing_bright_stands_still_for_an_hour(browser: Browser, tmp_path: Path) -> None:
    """No pixel is bright in every one of the pictures of an hour."""
    import io

    from PIL import Image, ImageChops

    folder = build(tmp_path, site(5, kiosk={"between": 3}))
    with kiosk_at(browser, (folder / "index.html").as_uri()) as kiosk:
        darkest: Image.Image | None = None
        for _ in range(18):
            kiosk.wait(200, 20)
            with Image.open(io.BytesIO(kiosk.page.screenshot())) as shot:
                grey = shot.convert("L")
            darkest = grey if darkest is None else ImageChops.darker(darkest, grey)
        assert darkest is not None
        bright = sum(count for value, count in enumerate(darkest.histogram()) if value > 150)
        assert bright < 400, bright  # of two million


def test_it_dims_and_wakes_by_the_clock(browser: Browser, tmp_path: Path) -> None:
    folder = build(tmp_path, site(3, kiosk={"dim": "19:00", "wake": "07:30"}))
    evening = datetime(2026, 3, 2, 18, 58, tzinfo=SHANGHAI)

    def dark(kiosk: Kiosk) -> bool:
        return float(kiosk.page.evaluate("getComputedStyle(document.body, '::after').opacity")) < 1

    with kiosk_at(browser, (folder / "index.html").as_uri(), at=evening) as kiosk:
        kiosk.page.evaluate("HONOUR_KIOSK.renew = () => Promise.resolve(false)")
        assert not dark(kiosk)
        kiosk.wait(200)
        assert dark(kiosk)
        seen = len(kiosk.seen)
        kiosk.wait(60)
        assert len(kiosk.seen) > seen  # it dims, it doesn't stop
        kiosk.wake()
        assert not dark(kiosk)  # whoever is there, sees
        kiosk.wait(70)
        assert kiosk.state == "attract" and dark(kiosk)
        kiosk.page.clock.set_system_time(evening + timedelta(hours=12, minutes=30))
        kiosk.wait(60)
        assert dark(kiosk)
        kiosk.wait(180)
        assert not dark(kiosk)


def test_once_a_day_it_begins_anew(browser: Browser, tmp_path: Path) -> None:
    """A fresh page, from a folder and from a server, and the loop goes on where it stood."""
    folder = build(tmp_path, site(6, kiosk={"restart": 3}))
    night = datetime(2026, 3, 3, 2, 50, tzinfo=SHANGHAI)
    with serving(folder) as server:
        for address in ((folder / "index.html").as_uri(), server.address):
            with kiosk_at(browser, address, at=night) as kiosk:
                kiosk.wait(590)
                last = kiosk.seen[-1]
                kiosk.renewed(120)
                assert kiosk.page.evaluate("HONOUR_KIOSK.memory.get('restarted')") == "2026-03-03"
                assert kiosk.seen[0] != last
                kiosk.page.evaluate("window.old = true")
                kiosk.wait(1800, 20)  # once is enough
                assert kiosk.page.evaluate("window.old")
                assert kiosk.faults["count"] == 0


def test_where_no_fresh_page_is_to_be_had_it_begins_anew_in_this_one(
    browser: Browser, tmp_path: Path
) -> None:
    folder = copy(build(tmp_path, site(4)), tmp_path / "kiosk")
    night = datetime(2026, 3, 3, 2, 50, tzinfo=SHANGHAI)
    with kiosk_at(browser, (folder / "index.html").as_uri(), at=night, torn=True) as kiosk:
        kiosk.wait(30, 1)
        (folder / "index.html").unlink()
        kiosk.page.evaluate("window.old = true")
        kiosk.wait(600, 10)
        stage = "document.querySelector('.stage')"
        kiosk.page.evaluate(f"{stage}.dataset.old = ''")
        for _ in range(80):  # the frame that looks for the page waits by the clock on the wall
            kiosk.wait(10)
            if kiosk.page.evaluate(f"{stage} && !('old' in {stage}.dataset)"):
                break
            time.sleep(0.9)
        assert kiosk.page.evaluate("window.old")
        assert kiosk.page.evaluate(f"!('old' in {stage}.dataset)")
        assert kiosk.state == "attract" and kiosk.faults["count"] == 0


def test_a_clock_that_jumps_is_no_fault(browser: Browser, tmp_path: Path) -> None:
    folder = build(tmp_path, site(4))
    with kiosk_at(browser, (folder / "index.html").as_uri()) as kiosk:
        for jump in ("2031-01-01T12:00", "1999-01-01T12:00", "2026-03-02T12:00"):
            kiosk.page.clock.set_system_time(datetime.fromisoformat(jump).replace(tzinfo=SHANGHAI))
            before = len(kiosk.seen)
            kiosk.wait(125)
            assert len(kiosk.seen) >= before + 5 and kiosk.state == "attract", jump
        assert kiosk.faults["count"] == 0
