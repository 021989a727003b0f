"""What many tests share: sites built once, a browser, a server, the checkers' programs.

A program that is missing fails the test and says how to get it; nothing is skipped."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from server_case import SiteHandler, SiteServer
from site_case import build, copy_demonstration, copy_site

GATES = Path(__file__).parent / "gates"
EDGE = Path(os.environ.get("PROGRAMFILES(X86)", ""), "Microsoft", "Edge", "Application", "msedge.exe")
LONGEST_BUILD = 300  # seconds that one worker waits for another's build

Once = Callable[[str, Callable[[Path], object]], Path]
Serve = Callable[..., str]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long tests take as long as they take."""
    for item in items:
        if item.get_closest_marker("soak"):
            item.add_marker(pytest.mark.timeout(0))


# --- sites -----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """`once("name", make)` is a folder that `make` fills once in the whole run, whichever worker comes first."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base

    def made_once(name: str, make: Callable[[Path], object]) -> Path:
        folder, told = shared / f"once-{name}", shared / f"once-{name}.told"
        try:
            os.close(os.open(shared / f"once-{name}.lock", os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            _wait_for(told)
        else:
            fault = "interrupted"
            try:
                folder.mkdir()
                make(folder)
                fault = ""
            except Exception as failed:
                fault = f"{type(failed).__name__}: {failed}"
            finally:
                told.with_suffix(".new").write_text(fault, "utf-8")
                told.with_suffix(".new").replace(told)
        if fault := told.read_text("utf-8"):
            pytest.fail(f"the site `{name}` could not be built: {fault}")
        return folder

    return made_once


def _wait_for(file: Path) -> None:
    until = time.monotonic() + LONGEST_BUILD
    while not file.exists():
        if time.monotonic() > until:
            pytest.fail(f"{file.name}: nothing after {LONGEST_BUILD} seconds")
        time.sleep(0.1)


@pytest.fixture(scope="session")
def demonstration(once: Once) -> Path:
    """The website of the demonstration site, built cold from a copy; its source lies beside it in `site`."""

    def make(folder: Path) -> None:
        build(copy_demonstration(folder / "site"), folder / "public")

    return once("demonstration", make) / "public"


@pytest.fixture(scope="session")
def lobby(once: Once) -> Path:
    """The kiosk of the demonstration site: the folder that a machine in a lobby would have."""

    def make(folder: Path) -> None:
        build(copy_demonstration(folder / "site"), folder / "public", editions="kiosk")

    return once("lobby", make) / "public" / "kiosk"


@pytest.fixture(scope="session")
def preview(once: Once, demonstration: Path) -> Path:
    """The preview of the demonstration site."""
    return (
        once("preview", lambda folder: build(demonstration.parent / "site", folder / "preview", "--preview"))
        / "preview"
    )


@pytest.fixture(scope="session")
def tiny(once: Once) -> Path:
    """The website of tests/sites/tiny; its source lies beside it in `site`."""
    return (
        once("tiny", lambda folder: build(copy_site("tiny", folder / "site"), folder / "public")) / "public"
    )


@pytest.fixture(scope="session")
def english(once: Once) -> Path:
    """The same site with the English interface."""

    def make(folder: Path) -> None:
        build(copy_site("tiny", folder / "site", language="en"), folder / "public")

    return once("english", make) / "public"


@pytest.fixture(scope="session")
def stress(once: Once) -> Path:
    """The website of tests/sites/stress: the longest names and units that an office could write."""
    return (
        once("stress", lambda folder: build(copy_site("stress", folder / "site"), folder / "public"))
        / "public"
    )


# --- programs --------------------------------------------------------------------------------------


def program(name: str, remedy: str) -> str:
    """Where a program lies. Fails the test if it is missing."""
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"{name} is missing: {remedy}")
    return found


@pytest.fixture(scope="session")
def java() -> str:
    return program("java", "install Java 17 or later (Debian: default-jre-headless)")


@pytest.fixture(scope="session")
def node() -> str:
    return program("node", "install Node.js 18 or later (Debian: nodejs npm)")


@pytest.fixture(scope="session")
def gates() -> Path:
    """The folder of the checkers that npm brings."""
    missing = [
        name
        for name in ("acorn", "axe-core", "linkinator", "stylelint", "vnu-jar")
        if not (GATES / "node_modules" / name / "package.json").exists()
    ]
    if missing:
        pytest.fail(f"{', '.join(missing)} missing: npm ci --ignore-scripts --prefix tests/gates")
    return GATES


# --- a browser and a server ------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine: $HONOUR_CHROMIUM, else the one that is installed."""
    named = os.environ.get("HONOUR_CHROMIUM")
    installed = (shutil.which(name) for name in ("chromium", "google-chrome", "msedge"))
    found = named or next(filter(None, installed), None) or (str(EDGE) if EDGE.exists() else None)
    if found is None:
        pytest.fail("no Chromium: install one (Debian: chromium) or name it in HONOUR_CHROMIUM")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=found,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a window of 1366 × 900 in Shanghai; an error of a script on it fails the test."""
    opened = browser.new_page(viewport={"width": 1366, "height": 900}, timezone_id="Asia/Shanghai")
    opened.set_default_timeout(30_000)
    failures: list[str] = []
    opened.on("pageerror", lambda failure: failures.append(str(failure)))
    yield opened
    opened.close()
    assert failures == []


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """`serve(folder, under="/zone/", policy="")` is the address of a running server, "http://127.0.0.1:…/zone/"."""
    running: dict[tuple[Path, str, str], SiteServer] = {}

    def start(folder: Path, under: str = "/zone/", policy: str = "") -> str:
        key = (folder, under, policy)
        if key not in running:
            handler = partial(SiteHandler, under=under, policy=policy, directory=str(folder))
            running[key] = SiteServer(("127.0.0.1", 0), handler)
            threading.Thread(target=running[key].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{running[key].server_port}{under}"

    yield start
    for server in running.values():
        server.shutdown()
        server.server_close()
