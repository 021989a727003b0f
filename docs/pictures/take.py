"""Takes the pictures of the demonstration site that the README pages show.

    python docs/pictures/take.py [PAGE …] [--out DIR]

Builds the repository's own site for 2026-11-22 into a temporary folder, opens eight pages in Chromium at 390,
1366 and 1920 pixels wide, and writes docs/pictures/<page>-<width>.jpg: the whole page, at most 6,000 pixels high
and 400 KB. PAGE is home, exemplar, list, category, notice, search, statistics or 404; without any, all are taken.

Needs the extra `test` (playwright) and Chromium; HONOUR_CHROMIUM names one that is not on the path."""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
DAY = "2026-11-22"
WIDTHS = (390, 1366, 1920)
HEIGHTS = {390: 844, 1366: 768, 1920: 1080}
PAGES = {
    "home": "index.html",
    "exemplar": "exemplars/li-na/index.html",
    "list": "exemplars/index.html",
    "category": "categories/jianshou/index.html",
    "notice": "notices/index.html",
    "search": "search/index.html?q=lina",
    "statistics": "statistics/index.html",
    "404": "404.html",
}
MOST_HEIGHT = 6000  # pixels of a picture; a taller page is cut below
MOST_BYTES = 400_000
QUALITIES = (82, 76, 70, 64)
BROWSER_OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars")


def main() -> int:
    """Build, take, save; print what was saved."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "public"
        command = [sys.executable, "-m", "generator", "--site", ROOT, "build", "--date", DAY, "--out", out]
        if subprocess.run([str(word) for word in command], cwd=ROOT).returncode:
            return 1
        asked.out.mkdir(parents=True, exist_ok=True)
        with served(out) as address, browser_page() as page:
            for name in asked.pages or PAGES:
                for width in WIDTHS:
                    shot = _taken(page, address + PAGES[name], width)
                    file = asked.out / f"{name}-{width}.jpg"
                    file.write_bytes(jpeg(shot))
                    print(f"{file.name}  {file.stat().st_size // 1000} KB")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("pages", nargs="*", metavar="PAGE", help=", ".join(PAGES))
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, metavar="DIR")
    asked = parser.parse_args()
    if unknown := [name for name in asked.pages if name not in PAGES]:
        parser.error(f"no page {', '.join(unknown)}; there are {', '.join(PAGES)}")
    return asked


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, _format: str, *args: Any) -> None:
        """Requests are nobody's news."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of `folder` on a server: the 404 page names its style sheet from the root of the site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()


@contextmanager
def browser_page(**options: Any) -> Iterator[Page]:
    """A page of Chromium; `options` are those of Playwright's new_page()."""
    installed = (shutil.which(name) for name in ("chromium", "google-chrome", "msedge"))
    program = os.environ.get("HONOUR_CHROMIUM") or next(filter(None, installed), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=BROWSER_OPTIONS)
        # Reduced motion: a picture taken in the middle of a cross-fade shows two people.
        yield browser.new_page(reduced_motion="reduce", **options)
        browser.close()


def _taken(page: Page, address: str, width: int) -> Image.Image:
    """The whole page as a reader sees it after scrolling through, cut at MOST_HEIGHT."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    page.goto(address)
    page.wait_for_selector("body:not(:has([aria-busy=true]))")
    height = int(page.evaluate("document.documentElement.scrollHeight"))
    for top in range(0, height, 400):
        page.evaluate(f"window.scrollTo(0, {top})")
        page.wait_for_timeout(30)
    page.evaluate("window.scrollTo(0, 0)")
    page.wait_for_timeout(300)
    shot = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    return shot.crop((0, 0, shot.width, min(shot.height, MOST_HEIGHT)))


def jpeg(shot: Image.Image) -> bytes:
    """At the best quality, then the largest size, that keeps to MOST_BYTES."""
    while True:
        for quality in QUALITIES:
            written = io.BytesIO()
            shot.save(written, "JPEG", quality=quality, optimize=True, progressive=True)
            if written.tell() <= MOST_BYTES:
                return written.getvalue()
        shot = shot.resize((shot.width * 4 // 5, shot.height * 4 // 5), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    sys.exit(main())
