"""Kiosks for tests: small sites of them, a server that can be killed and can cut files, a page that tells what it
has shown."""

from __future__ import annotations

import io
import json
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import site_builder
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext, Error, Page

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)  # of the day that the sites below are built for
SIZES = {"landscape": (1920, 1080), "portrait": (1080, 1920), "4k": (3840, 2160)}
FAST = {"newly": {"days": 30, "factor": 1}, "between": 0, "poll": {"every": 1, "jitter": 0}, "restart": 3}

# Counts who is shown and remembers every state, from the first moment on.
WITNESS = """
(() => {
  if (window !== window.top) return;
  window.seen = [];
  window.states = [];
  new MutationObserver(() => {
    const root = document.documentElement;
    const state = root.dataset.kioskState, slug = root.dataset.slug || "";
    const now = state + " " + slug;
    if (now === window.lately) return;
    window.lately = now;
    window.states.push(now);
    if (state === "attract" && slug) window.seen.push(slug);
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-kiosk-state", "data-slug"] });
})();
"""

# Lets what the network and the disk have brought be heard; timers stand still in a page with a clock of its own.
TURN = """
new Promise((go) => {
  const channel = new MessageChannel();
  channel.port1.onmessage = go;
  channel.port2.postMessage(0);
})
"""


# --- sites -----------------------------------------------------------------------------------------


def face(number: int, width: int = 480, height: int = 640) -> bytes:
    """A picture that no other number has, small as a file."""
    image = Image.new("RGB", (width, height), (90 + number * 37 % 120, 60 + number * 71 % 120, 70))
    ImageDraw.Draw(image).rectangle((40, 40, 60 + number * 13 % 300, 60 + number * 29 % 400), fill="#d8c9b0")
    data = io.BytesIO()
    image.save(data, "JPEG", quality=60)
    return data.getvalue()


NAMES = [
    "赵一鸣",
    "钱小雨",
    "孙大海",
    "李文静",
    "周建国",
    "吴秀珍",
    "郑玉芳",
    "王晓明",
    "冯立业",
    "陈水根",
    "褚卫东",
    "卫国强",
]


def site(people: int = 4, *, kiosk: dict[str, Any] | None = None, **changes: Any) -> site_builder.Files:
    """A site of so many people with a portrait each; no review, no consent asked."""
    files: site_builder.Files = {
        "site.yaml": site_builder.settings(
            kiosk=FAST | (kiosk or {}), slogans=["今天读一个，明天像一点。"], editions=["kiosk"], **changes
        )
    }
    for number in range(people):
        slug = f"p{number:02}"
        files[f"exemplars/{slug}/index.md"] = person(number)
        files[f"exemplars/{slug}/photo.jpg"] = face(number)
    return files


def person(number: int, **changes: Any) -> bytes:
    """The record of person `number`."""
    name = NAMES[number % len(NAMES)] + ("" if number < len(NAMES) else str(number // len(NAMES)))
    said = {"quote": f"第{number}句：他从来不说累。", "by": "马师傅", "relation": "同事", "consent": True}
    return site_builder.record(
        name=name,
        one_line=f"他把第{number}盏灯留到最后一个人。",
        photo={"file": "photo.jpg", "alt": f"{name}的肖像"},
        testimonials=[said],
        honours=[{"title": "先进典型", "level": "市级", "date": f"{2019 + number % 7}-12-20"}],
        **changes,
    )


def build(folder: Path, files: site_builder.Files, day: date = site_builder.DAY, **wish: Any) -> Path:
    """The kiosk of these sources, in folder/public/kiosk; what was built before is brought to them."""
    site_builder.write(folder / "site", files)
    out = folder / "public"
    site_builder.clean_build(folder / "site", day=day, out=out, editions=("kiosk",), **wish)
    return out / "kiosk"


def version_of(kiosk: Path) -> dict[str, Any]:
    """What version.js of a built kiosk says."""
    told = re.fullmatch(r"HONOUR_KIOSK_VERSION\((.*)\)", (kiosk / "version.js").read_text("utf-8"))
    assert told is not None
    version: dict[str, Any] = json.loads(told[1])
    return version


def copy(kiosk: Path, to: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(kiosk, to, dirs_exist_ok=True))


# --- a server --------------------------------------------------------------------------------------


class Handler(SimpleHTTPRequestHandler):
    """A folder as an office's server is set up: whatever has a digest in its name may be kept for ever."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 10

    def end_headers(self) -> None:
        fresh = self.path.split("?")[0].endswith("version.js")
        self.send_header("Cache-Control", "no-cache" if fresh else "public, max-age=31536000")
        super().end_headers()

    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        path = self.path.split("?")[0].rpartition("/")[2]
        server.asked.append(self.path)
        answer = server.instead(path)
        if answer is None:
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments: object) -> None:
        """Servers of tests are silent."""


class Server(ThreadingHTTPServer):
    """`asked` are the addresses asked for; `instead` may give other bytes for a file's name."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, folder: Path, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), partial(Handler, directory=str(folder)))
        self.asked: list[str] = []
        self.instead: Callable[[str], bytes | None] = lambda path: None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser hangs up when it likes."""


@contextmanager
def serving(folder: Path, port: int = 0) -> Iterator[Server]:
    """A running server of `folder`; at the end it is as dead as one whose cable was pulled."""
    server = Server(folder, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


# --- a page ----------------------------------------------------------------------------------------


class Kiosk:
    """A page on which a kiosk runs. Unless it runs by the real clock, time passes only when a test says so."""

    def __init__(self, page: Page, address: str, at: datetime | None) -> None:
        self.page = page
        self.failures: list[str] = []
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda failure: self.failures.append(str(failure)))
        page.add_init_script(WITNESS)
        if at is not None:
            page.clock.install(time=at - timedelta(minutes=10))  # a slow machine may not be there at once
            page.clock.pause_at(at)
        page.goto(address)
        self.until_state("attract")
        page.wait_for_selector("html[data-slug]")

    @property
    def state(self) -> str:
        return str(self.page.evaluate("document.documentElement.dataset.kioskState"))

    @property
    def slug(self) -> str:
        return str(self.page.evaluate("document.documentElement.dataset.slug || ''"))

    @property
    def version(self) -> str:
        return str(self.page.evaluate("document.documentElement.dataset.kioskVersion"))

    @property
    def seen(self) -> list[str]:
        """Everybody whom the loop has shown, in order."""
        seen: list[str] = self.page.evaluate("window.seen")
        return seen

    @property
    def faults(self) -> dict[str, Any]:
        faults: dict[str, Any] = self.page.evaluate("HONOUR_KIOSK.faults")
        return faults

    def until_state(self, state: str) -> None:
        self.page.wait_for_selector(f'html[data-kiosk-state="{state}"]')

    def wait(self, seconds: float, step: float = 5) -> None:
        """Let the clock run, and between its steps the network and the disk, which have a clock of their own."""
        while seconds > 0:
            now = min(step, seconds)
            self.page.clock.run_for(int(now * 1000))
            self.settle()
            seconds -= now

    def settle(self) -> None:
        """Let what is being loaded come; a server that has died is waited for half a second."""
        until, quiet = time.monotonic() + 0.5, 0
        while quiet < 2 and time.monotonic() < until:
            self.page.evaluate(TURN)
            quiet = 0 if self.page.evaluate("window.HONOUR_KIOSK ? HONOUR_KIOSK.pending : 0") else quiet + 1

    def until(self, truth: str, seconds: float = 600, step: float = 5) -> None:
        """Let the clock run until the expression `truth` holds."""
        while not self.page.evaluate(f"Boolean({truth})"):
            assert seconds > 0, truth
            self.wait(step, step)
            seconds -= step

    def look(self) -> str:
        """Let the clock run until the kiosk has looked for a newer version; why it found none, "" if it did."""
        times = self.page.evaluate("HONOUR_KIOSK.looked.times")
        self.until(f"HONOUR_KIOSK.looked.times > {times}", 300)
        return str(self.page.evaluate("HONOUR_KIOSK.looked.why"))

    def renewed(self, seconds: float, step: float = 10) -> None:
        """Let the clock run until another page stands in the place of this one."""
        self.page.evaluate("window.old = true")
        until, old = time.monotonic() + 20, True
        while old:
            assert seconds > 0 or time.monotonic() < until, "still the same page"
            try:
                if seconds > 0:
                    self.wait(step, step)
                    seconds -= step
                old = self.page.evaluate("Boolean(window.old) || !document.documentElement.dataset.slug")
            except Error as left:
                assert "navigation" in str(left) or "Execution context" in str(left)

    def soon(self, truth: str, seconds: float = 8) -> None:
        """Wait, by the clock on the wall, until the expression `truth` holds; the page's policy lets no test
        look in through eval()."""
        until = time.monotonic() + seconds
        while not self.page.evaluate(f"Boolean({truth})"):
            assert time.monotonic() < until, truth
            time.sleep(0.03)

    def swipe(self, x: float, y: float, across: float, down: float = 0, steps: int = 12) -> None:
        """A finger that pushes from (`x`, `y`) and lets go in motion."""
        client = self.page.context.new_cdp_session(self.page)
        for step in range(steps + 1):
            point = {"x": x + across * step / steps, "y": y + down * step / steps}
            kind = "touchMove" if step else "touchStart"
            client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
            time.sleep(0.016)
        client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        client.detach()

    def tap(self, selector: str) -> None:
        """Touch the middle of what can be touched there. Playwright's own tap keeps the element in memory."""
        found = f"document.querySelector({json.dumps(selector)})"
        self.soon(f"{found} && !{found}.disabled && {found}.getClientRects().length")
        x, y = self.page.evaluate(
            f"""(() => {{
              const element = {found};
              element.scrollIntoView({{ block: "nearest", inline: "nearest" }});
              const box = element.getBoundingClientRect();
              const x = box.left + box.width / 2, y = box.top + Math.min(box.height / 2, 200);
              const hit = document.elementFromPoint(x, y);
              return element === hit || element.contains(hit) ? [x, y] : [0, 0];
            }})()"""
        )
        assert x and y, f"something stands before {selector}"
        self.page.touchscreen.tap(x, y)

    def wake(self) -> None:
        """Touch the loop."""
        width, height = self.page.viewport_size["width"], self.page.viewport_size["height"]  # type: ignore[index]
        self.page.touchscreen.tap(width * 0.7, height * 0.8)
        self.until_state("wall")

    def open(self, slug: str) -> None:
        """Touch somebody on the wall."""
        # No handle of an element: it would keep what it stood in from being collected.
        for _ in range(40):
            if self.page.locator(f'.card[data-slug="{slug}"]').count():
                break
            self.tap('[data-of="more"]')
        self.tap(f'.card[data-slug="{slug}"]')
        self.until_state("exemplar")
        self.page.locator(".page .name").wait_for()


@contextmanager
def kiosk_at(
    browser: Browser,
    address: str,
    size: str = "landscape",
    at: datetime | None = MORNING,
    *,
    torn: bool = False,
    **options: Any,
) -> Iterator[Kiosk]:
    """A kiosk running at `address`, in a fresh profile. An error of a script fails the test; where files are
    `torn`, what they say of themselves does not."""
    width, height = SIZES[size]
    with context_of(browser, width, height, **options) as context:
        kiosk = Kiosk(context.new_page(), address, at)
        yield kiosk
        assert torn or kiosk.failures == []


@contextmanager
def context_of(browser: Browser, width: int, height: int, **options: Any) -> Iterator[BrowserContext]:
    usual: dict[str, Any] = {"has_touch": True, "reduced_motion": "reduce", "timezone_id": "Asia/Shanghai"}
    context = browser.new_context(viewport={"width": width, "height": height}, **(usual | options))
    try:
        yield context
    finally:
        context.close()
