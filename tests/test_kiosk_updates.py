"""A newer version comes, whole or not at all; a server dies, a cable is out, a folder is half written, our own code
fails: the last good content goes on."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from kiosk_case import (
    MORNING,
    Kiosk,
    build,
    context_of,
    copy,
    kiosk_at,
    person,
    serving,
    site,
    version_of,
)
from playwright.sync_api import Browser, BrowserType, Page

POLL = 70  # seconds after which a kiosk of these tests has looked for a newer version


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An old and a new version: somebody new, somebody gone, somebody's words and another's photo changed."""
    folder = tmp_path_factory.mktemp("versions")
    files = site(5)
    old = copy(build(folder, files), folder / "old")
    newer = site(6)
    del newer["exemplars/p04/index.md"], newer["exemplars/p04/photo.jpg"]
    newer["exemplars/p01/index.md"] = person(1, post="班长")
    newer["exemplars/p02/photo.jpg"] = newer["exemplars/p05/photo.jpg"]
    return old, copy(build(folder, newer), folder / "new")


@pytest.fixture(params=["http", "file"])
def place(
    request: pytest.FixtureRequest, versions: tuple[Path, Path], tmp_path: Path
) -> Iterator[tuple[Path, str]]:
    """A folder with the old version, and the address of its page, on a server and without one."""
    folder = copy(versions[0], tmp_path / "kiosk")
    if request.param == "file":
        yield folder, (folder / "index.html").as_uri()
        return
    with serving(folder) as server:
        yield folder, server.address


def pour(new: Path, into: Path, names: list[str] | None = None) -> None:
    """What a copying does: files first, then the two that say what is there."""
    for file in sorted(new.iterdir(), key=lambda one: one.name in ("index.html", "version.js")):
        if names is None or file.name in names:
            shutil.copy(file, into / file.name)


def fresh(versions: tuple[Path, Path]) -> list[str]:
    """The names of the new version that the old one has not."""
    return sorted(set(version_of(versions[1])["files"]) - set(version_of(versions[0])["files"]))


# --- a newer version -------------------------------------------------------------------------------


def test_a_newer_version_is_shown_without_a_new_page(
    browser: Browser, versions: tuple[Path, Path], place: tuple[Path, str]
) -> None:
    folder, address = place
    new = version_of(versions[1])["id"]
    with kiosk_at(browser, address) as kiosk:
        kiosk.page.evaluate("window.mine = 1")
        pour(versions[1], folder)
        kiosk.until(f"document.documentElement.dataset.kioskVersion === '{new}'", POLL + 60)
        assert kiosk.page.evaluate("window.mine") == 1
        before = len(kiosk.seen)
        kiosk.wait(130)
        assert set(kiosk.seen[before:]) == {"p00", "p01", "p02", "p03", "p05"}
        assert kiosk.faults["count"] == 0
        kiosk.page.reload()
        kiosk.page.wait_for_selector(f'html[data-kiosk-version="{new}"][data-slug]')


def test_whoever_was_withdrawn_cannot_be_reached_after_the_next_poll(
    browser: Browser, versions: tuple[Path, Path], place: tuple[Path, str]
) -> None:
    folder, address = place
    with kiosk_at(browser, address) as kiosk:
        kiosk.wait(30)
        pour(versions[1], folder)
        kiosk.until("HONOUR_KIOSK.running.id === '" + version_of(versions[1])["id"] + "'", POLL + 60)
        kiosk.wait(120)
        assert "周建国" not in kiosk.page.content()
        kept = kiosk.page.evaluate(
            "Array.from(HONOUR_KIOSK.held.values()).concat(HONOUR_KIOSK.running.contents.map(String))"
            ".filter((one) => typeof one === 'string' && one.includes('周建国')).length"
        )
        assert kept == 0
        gone = set(version_of(versions[0])["files"]) - set(version_of(versions[1])["files"])
        assert not gone & set(kiosk.page.evaluate("Array.from(HONOUR_KIOSK.held.keys())"))


def test_a_visitor_is_not_interrupted(
    browser: Browser, versions: tuple[Path, Path], place: tuple[Path, str]
) -> None:
    folder, address = place
    old, new = (version_of(one)["id"] for one in versions)
    with kiosk_at(browser, address) as kiosk:
        kiosk.wake()
        pour(versions[1], folder)
        for _ in range(8):
            kiosk.wait(40)
            kiosk.page.touchscreen.tap(30, 900)
            assert (kiosk.version, kiosk.state) == (old, "wall")
        kiosk.wait(62, 1)  # the visitor leaves, and the next slide is of the new version
        kiosk.until(f"document.documentElement.dataset.kioskVersion === '{new}'", 40)


def test_many_versions_leave_nothing_behind(browser: Browser, tmp_path: Path) -> None:
    files = site(3)
    folder = copy(build(tmp_path, files), tmp_path / "kiosk")
    with serving(folder) as server, kiosk_at(browser, server.address) as kiosk:
        client = kiosk.page.context.new_cdp_session(kiosk.page)
        client.send("Performance.enable")

        def counts() -> tuple[float, float]:
            client.send("HeapProfiler.collectGarbage")
            metrics = client.send("Performance.getMetrics")["metrics"]
            counted = {one["name"]: one["value"] for one in metrics}
            return counted["JSEventListeners"], counted["Nodes"]

        def least() -> tuple[float, float]:
            """Of a minute: slides differ, and a picture that is on its way has listeners for a while."""
            several = []
            for _ in range(6):
                kiosk.wait(10)
                several.append(counts())
            listeners, nodes = zip(*several, strict=True)
            return min(listeners), min(nodes)

        found = []
        for number in range(6):
            files["exemplars/p00/index.md"] = person(0, post=f"第{number}版")
            pour(build(tmp_path, files), folder)
            new = version_of(folder)["id"]
            kiosk.until(f"document.documentElement.dataset.kioskVersion === '{new}'", POLL + 60)
            found.append(least())
        (few, slim), (many, fat) = (map(min, zip(*part, strict=True)) for part in (found[:3], found[3:]))
        assert many <= few + 12 and fat <= slim + 60, found


# --- half a version --------------------------------------------------------------------------------


def test_a_version_without_one_of_its_files_is_never_shown(
    browser: Browser, versions: tuple[Path, Path], place: tuple[Path, str]
) -> None:
    folder, address = place
    old, new = (version_of(one)["id"] for one in versions)
    with kiosk_at(browser, address, torn=True) as kiosk:
        for name in fresh(versions):
            pour(versions[1], folder)
            (folder / name).unlink()
            assert kiosk.look() != ""
            kiosk.wait(30)
            assert kiosk.version == old, name
        pour(versions[1], folder)
        kiosk.until(f"document.documentElement.dataset.kioskVersion === '{new}'", POLL + 60)


@pytest.mark.parametrize("rounds", [10, pytest.param(250, marks=pytest.mark.soak)])
def test_a_version_cut_at_any_byte_is_never_shown(
    browser: Browser, versions: tuple[Path, Path], place: tuple[Path, str], rounds: int
) -> None:
    """Each time one of the new files, cut at a byte, torn inside or full of zeros, as disks leave them."""
    folder, address = place
    old, new = (version_of(one)["id"] for one in versions)
    dice = random.Random(rounds)
    names = [*fresh(versions), "version.js"]
    with kiosk_at(browser, address, torn=True) as kiosk:
        for turn in range(rounds):
            pour(versions[1], folder)
            name = names[turn % len(names)]
            whole = (versions[1] / name).read_bytes()
            at = dice.choice([0, 1, len(whole) - 1, dice.randrange(len(whole))])
            harm = [whole[:at], whole[:at] + bytes(len(whole) - at), whole[:at] + b"#" + whole[at + 1 :]]
            spoilt = harm[turn % 2 if name == "version.js" else turn % 3]
            if spoilt == whole:
                continue
            (folder / name).write_bytes(spoilt)
            later = time.time() + turn + 1  # servers tell files apart by the second, and turns are shorter
            os.utime(folder / name, (later, later))
            assert kiosk.look() != ""
            kiosk.wait(30)
            assert kiosk.version == old, (name, at, turn % 3)
            assert kiosk.state == "attract" and kiosk.faults["count"] == 0
        pour(versions[1], folder)
        kiosk.until(f"document.documentElement.dataset.kioskVersion === '{new}'", POLL + 60)
        assert not kiosk.page.query_selector(".plate")


def test_a_file_mended_within_the_second_in_which_it_was_torn_is_no_hindrance(
    browser: Browser, versions: tuple[Path, Path], tmp_path: Path
) -> None:
    """A server calls it unchanged, and a store would give back the torn one for ever."""
    folder = copy(versions[0], tmp_path / "kiosk")
    new = version_of(versions[1])["id"]
    with serving(folder) as server, kiosk_at(browser, server.address, torn=True) as kiosk:
        pour(versions[1], folder)
        whole = {name: (versions[1] / name).read_bytes() for name in fresh(versions)}
        for name, data in whole.items():
            (folder / name).write_bytes(data[:-9] + bytes(9))
            os.utime(folder / name, (0, 0))
        assert kiosk.look() != ""
        for name, data in whole.items():
            (folder / name).write_bytes(data)
            os.utime(folder / name, (0, 0))
        assert kiosk.look() == ""
        kiosk.until(f"document.documentElement.dataset.kioskVersion === '{new}'", POLL)


def test_a_store_that_kept_half_a_file_is_passed_by(
    browser: Browser, versions: tuple[Path, Path], tmp_path: Path
) -> None:
    """The half file was fetched, and may be kept for ever: the next look must not be content with it."""
    folder = copy(versions[0], tmp_path / "kiosk")
    new = version_of(versions[1])["id"]
    (name,) = (name for name in fresh(versions) if name.startswith("deck-"))
    with serving(folder) as server, kiosk_at(browser, server.address, torn=True) as kiosk:
        pour(versions[1], folder)
        half = (folder / name).read_bytes()[:500]
        server.instead = lambda path: half if path == name else None
        assert kiosk.look() != ""
        assert any(asked.startswith(f"/{name}") for asked in server.asked)
        assert kiosk.version != new
        server.instead = lambda path: None
        kiosk.until(f"document.documentElement.dataset.kioskVersion === '{new}'", POLL + 60)


def test_an_answer_that_is_no_version_is_none(
    browser: Browser, versions: tuple[Path, Path], tmp_path: Path
) -> None:
    folder = copy(versions[0], tmp_path / "kiosk")
    old = version_of(versions[0])["id"]
    answers = [
        b"<!doctype html><title>404</title>",
        b"",
        b"HONOUR_KIOSK_VERSION({})",
        b'HONOUR_KIOSK_VERSION({"id":"0123456789abcdef","files":[]})',
        b'HONOUR_KIOSK_VERSION({"id":"0123456789abcdef","files":["../../../secret.js"]})',
        b'HONOUR_KIOSK_VERSION({"id":"0123456789abcdef","files":["https://elsewhere.example/a.js"]})',
        b"HONOUR_KIOSK_VERSION(null)",
        b"throw new Error('no')",
    ]
    with serving(folder) as server, kiosk_at(browser, server.address, torn=True) as kiosk:
        asked: list[str] = []
        kiosk.page.on("request", lambda request: asked.append(request.url))
        for answer in answers:
            server.instead = lambda path, answer=answer: answer if path == "version.js" else None  # type: ignore[misc]
            assert kiosk.look() != ""
            assert kiosk.version == old and kiosk.faults["count"] == 0, answer
        assert all(url.startswith((server.address, "blob:")) for url in asked)
        assert len(kiosk.seen) >= 20


@pytest.mark.parametrize("place", ["file"], indirect=True)
def test_a_browser_that_begins_in_half_a_folder_shows_the_last_good_version(
    browser: Browser, versions: tuple[Path, Path], place: tuple[Path, str]
) -> None:
    """The page is new already, the deck is not: with the old files still there, the old version goes on."""
    folder, address = place
    old, new = (version_of(one)["id"] for one in versions)
    with context_of(browser, 1920, 1080) as context:
        first = Kiosk(context.new_page(), address, MORNING)
        assert first.version == old
        first.page.close()
        (deck,) = (name for name in fresh(versions) if name.startswith("deck-"))
        pour(versions[1], folder)
        (folder / deck).write_bytes((folder / deck).read_bytes()[:-1])
        second = Kiosk(context.new_page(), address, MORNING)
        assert second.version == old
        pour(versions[1], folder)
        second.until(f"document.documentElement.dataset.kioskVersion === '{new}'", POLL + 60)


def test_a_browser_that_finds_nothing_whole_waits_in_the_dark(
    browser: Browser, versions: tuple[Path, Path], tmp_path: Path
) -> None:
    folder = copy(versions[0], tmp_path / "kiosk")
    (deck,) = folder.glob("deck-*.js")
    whole = deck.read_bytes()
    deck.write_bytes(whole[: len(whole) // 2])
    with context_of(browser, 1920, 1080) as context:
        page = context.new_page()
        page.clock.install(time=MORNING)
        page.goto((folder / "index.html").as_uri())
        page.wait_for_selector("h1:visible")
        assert page.inner_text("body").strip() == "荣誉专区"
        assert (
            page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(23, 11, 10)"
        )
        deck.write_bytes(whole)
        for _ in range(20):
            page.clock.run_for(5000)
            if page.query_selector("html[data-slug]"):
                break
        page.wait_for_selector('html[data-kiosk-state="attract"][data-slug]')


# --- nobody answers --------------------------------------------------------------------------------


def faces_shown(kiosk: Kiosk, seconds: int = 130) -> int:
    """How many of the people who come in so many seconds are shown with their picture."""
    seen: dict[str, bool] = {}
    for _ in range(seconds // 5):
        kiosk.wait(5)
        time.sleep(0.02)
        if kiosk.slug:
            seen[kiosk.slug] = seen.get(kiosk.slug, False) or bool(
                kiosk.page.query_selector(".slide:last-child img.in")
            )
    return sum(seen.values())


def test_a_dead_server_is_not_missed(browser: Browser, versions: tuple[Path, Path]) -> None:
    with serving(versions[0]) as server:
        running = kiosk_at(browser, server.address, torn=True)
        kiosk = running.__enter__()
        kiosk.wait(30, 1)  # everything has been fetched in advance
    try:
        old = kiosk.version
        assert faces_shown(kiosk) == 5
        kiosk.wake()
        kiosk.open("p03")
        kiosk.page.wait_for_selector(".page-face img.in")
        assert kiosk.page.locator(".prose").count() == 1
        kiosk.wait(70, 1)
        assert kiosk.state == "attract" and kiosk.version == old and kiosk.faults["count"] == 0
        for word in ("连接", "网络", "错误", "connect", "error", "network"):
            assert word not in kiosk.page.inner_text("body")
    finally:
        running.__exit__(None, None, None)


def test_a_cable_out_is_not_missed(browser: Browser, versions: tuple[Path, Path], tmp_path: Path) -> None:
    folder = copy(versions[0], tmp_path / "kiosk")
    with serving(folder) as server, kiosk_at(browser, server.address, torn=True) as kiosk:
        kiosk.wait(30, 1)
        kiosk.page.context.set_offline(True)
        assert faces_shown(kiosk) == 5
        kiosk.page.context.set_offline(False)
        pour(versions[1], folder)
        new = version_of(versions[1])["id"]
        kiosk.until(f"document.documentElement.dataset.kioskVersion === '{new}'", POLL + 60)
        assert kiosk.faults["count"] == 0


def test_a_folder_that_is_taken_away_is_not_missed(
    browser: Browser, versions: tuple[Path, Path], tmp_path: Path
) -> None:
    """A stick that is pulled out, and the hour of the restart comes."""
    folder = copy(versions[0], tmp_path / "kiosk")
    night = MORNING.replace(hour=3, minute=20)
    with kiosk_at(browser, (folder / "index.html").as_uri(), at=night, torn=True) as kiosk:
        kiosk.wait(30, 1)
        shutil.rmtree(folder)
        assert faces_shown(kiosk) == 5
        kiosk.wait(2 * 3600, 300)
        assert kiosk.state == "attract" and faces_shown(kiosk) == 5


def test_a_browser_restarted_without_its_server_shows_everything(
    versions: tuple[Path, Path], tmp_path: Path, browser: Browser
) -> None:
    """What has a digest in its name was kept; the page too, for it changes nothing."""
    kind = browser.browser_type
    with serving(versions[0]) as server:
        address = server.address
        with persistent(kind, tmp_path / "profile", browser) as page:
            kiosk = Kiosk(page, address, MORNING)
            kiosk.wait(30, 1)
            time.sleep(1)  # what came is written into the profile
    with persistent(kind, tmp_path / "profile", browser) as page:
        kiosk = Kiosk(page, address, MORNING)
        assert kiosk.version == version_of(versions[0])["id"]
        assert faces_shown(kiosk) == 5
        assert kiosk.faults["count"] == 0


def test_an_updated_kiosk_restarted_without_its_server_is_still_updated(
    versions: tuple[Path, Path], tmp_path: Path, browser: Browser
) -> None:
    """The page that was kept is the old one; whoever has been withdrawn since does not come back with it."""
    folder = copy(versions[0], tmp_path / "kiosk")
    new = version_of(versions[1])["id"]
    kind = browser.browser_type
    with serving(folder) as server:
        address = server.address
        with persistent(kind, tmp_path / "profile", browser) as page:
            kiosk = Kiosk(page, address, MORNING)
            pour(versions[1], folder)
            kiosk.until(f"document.documentElement.dataset.kioskVersion === '{new}'", POLL + 60)
            kiosk.wait(60)
            time.sleep(1)
    with persistent(kind, tmp_path / "profile", browser) as page:
        kiosk = Kiosk(page, address, MORNING)
        assert kiosk.version == new
        kiosk.wait(130)
        assert set(kiosk.seen) == {"p00", "p01", "p02", "p03", "p05"}


class persistent:  # noqa: N801 - used like a function
    """A browser with a profile that stays, started and ended."""

    def __init__(self, kind: BrowserType, profile: Path, like: Browser) -> None:
        self.kind, self.profile = kind, profile

    def __enter__(self) -> Page:
        import os

        found = os.environ.get("HONOUR_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
        self.context = self.kind.launch_persistent_context(
            self.profile,
            executable_path=found,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            viewport={"width": 1920, "height": 1080},
            has_touch=True,
            reduced_motion="reduce",
            timezone_id="Asia/Shanghai",
        )
        return self.context.new_page()

    def __exit__(self, *_: object) -> None:
        self.context.close()


# --- our own code fails ----------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["event", "promise", "click", "script"])
def test_a_fault_of_ours_begins_the_loop_anew(
    browser: Browser, versions: tuple[Path, Path], where: str
) -> None:
    how = {
        "event": "((i) => { i.onerror = () => { throw new Error('ours'); }; i.src = 'blob:none'; })(new Image())",
        "promise": "Promise.reject(new Error('ours'))",
        "click": "(document.onclick = () => { document.onclick = null; throw new Error('ours'); },"
        " document.body.click())",
        "script": "document.querySelector('.slides').remove()",  # the next slide finds no place
    }[where]
    with serving(versions[0]) as server, kiosk_at(browser, server.address, torn=True) as kiosk:
        kiosk.wait(25)
        kiosk.page.evaluate(f"void {how}")
        kiosk.wait(60)
        seen = len(kiosk.seen)
        kiosk.wait(125)
        assert kiosk.state == "attract" and len(kiosk.seen) >= seen + 5
        if where != "script":
            assert kiosk.faults["count"] == 1 and "ours" in kiosk.faults["last"]
        assert len(kiosk.page.query_selector_all(".stage")) == 1


def test_a_fault_while_somebody_reads_leads_back_to_the_loop(
    browser: Browser, versions: tuple[Path, Path]
) -> None:
    with kiosk_at(browser, (versions[0] / "index.html").as_uri(), torn=True) as kiosk:
        kiosk.wake()
        kiosk.open("p02")
        kiosk.page.evaluate("HONOUR_KIOSK.fault(new Error('ours'))")
        kiosk.wait(10)
        assert kiosk.state == "attract"
        kiosk.wait(60)
        assert len(kiosk.seen) >= 3


def test_faults_without_end_end_in_a_fresh_page(browser: Browser, versions: tuple[Path, Path]) -> None:
    """Each waits longer than the one before; when nothing else helps the page is loaded anew."""
    with kiosk_at(browser, (versions[0] / "index.html").as_uri(), torn=True) as kiosk:
        kiosk.page.evaluate("setInterval(() => HONOUR_KIOSK.fault(new Error('again')), 5000)")
        kiosk.wait(20)
        assert kiosk.faults["count"] == 4
        kiosk.renewed(300)
        kiosk.wait(60)
        assert kiosk.state == "attract" and kiosk.faults["count"] == 0


def test_a_newer_version_that_fails_is_taken_back(
    browser: Browser, versions: tuple[Path, Path], tmp_path: Path
) -> None:
    """It arrived whole and its code throws: the old one goes on, and is not asked to try again."""
    import zlib

    folder = copy(versions[0], tmp_path / "kiosk")
    old = version_of(versions[0])["id"]
    pour(versions[1], folder)
    for file in folder.glob("code-*.js"):
        body = 'function(kiosk,shell,deck){"use strict";throw new Error("new and broken")}'
        bad = f"code-{'0' * 12}.js"
        text = f'HONOUR_KIOSK_PARCEL("{bad}","{zlib.crc32(body.encode()):08x}",{body})'
        (folder / bad).write_text(text, "utf-8")
        version = (folder / "version.js").read_text("utf-8").replace(file.name, bad)
    (folder / "version.js").write_bytes((versions[0] / "version.js").read_bytes())
    with kiosk_at(browser, (folder / "index.html").as_uri(), torn=True) as kiosk:
        # The page is the new one, its version the old: begin with what the page has, then see the broken one.
        first = kiosk.version
        (folder / "version.js").write_text(version.replace(version_of(versions[1])["id"], "f" * 32), "utf-8")
        kiosk.wait(POLL * 3)
        assert kiosk.version == first
        assert kiosk.state == "attract" and "broken" in kiosk.faults["last"]
        assert kiosk.faults["count"] == 1
        assert kiosk.page.evaluate("Array.from(HONOUR_KIOSK.refused)") == ["f" * 32]
        assert first != "f" * 32 and old


# --- signs of life ---------------------------------------------------------------------------------


def test_the_heartbeat_says_how_it_goes(browser: Browser, tmp_path: Path) -> None:
    heard: list[str] = []
    with serving(tmp_path) as watch:
        watch.instead = lambda path: b""
        settings = {"heartbeat": f"{watch.address}beat?lobby=1"}
        folder = build(tmp_path / "site", site(3, kiosk=settings))
        policy = (folder / "index.html").read_text("utf-8")
        assert f"img-src 'self' blob: {watch.address.rstrip('/')};" in policy
        with kiosk_at(browser, (folder / "index.html").as_uri(), torn=True) as kiosk:
            kiosk.wait(30)
            kiosk.page.evaluate("HONOUR_KIOSK.fault(new Error('a fault of ours'))")
            kiosk.wait(700)
            kiosk.soon("true")
            time.sleep(0.3)
            heard = [asked for asked in watch.asked if asked.startswith("/beat?lobby=1&version=")]
            version = kiosk.version
    assert len(heard) >= 3
    assert all(f"version={version}" in asked and "state=attract" in asked for asked in heard)
    assert any("faults=1" in asked and "a%20fault%20of%20ours" in asked for asked in heard)


def test_nobody_listening_to_the_heartbeat_is_no_fault(browser: Browser, tmp_path: Path) -> None:
    folder = build(tmp_path, site(3, kiosk={"heartbeat": "http://127.0.0.1:9/beat"}))
    with kiosk_at(browser, (folder / "index.html").as_uri()) as kiosk:
        kiosk.wait(1300)
        assert kiosk.faults["count"] == 0


def test_without_a_heartbeat_nothing_is_asked_but_the_kiosk(
    browser: Browser, versions: tuple[Path, Path]
) -> None:
    asked: list[str] = []
    with serving(versions[0]) as server, context_of(browser, 1920, 1080) as context:
        context.on("request", lambda request: asked.append(request.url))
        refused: list[str] = []
        context.add_init_script(
            "addEventListener('securitypolicyviolation', (event) => console.error(event.violatedDirective))"
        )
        page = context.new_page()
        page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
        kiosk = Kiosk(page, server.address, MORNING)
        kiosk.wait(300)
        kiosk.wake()
        kiosk.open("p01")
        assert refused == []
        assert all(url.startswith((server.address, "blob:")) for url in asked)
