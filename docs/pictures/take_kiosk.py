"""Takes the pictures of the lobby kiosk that the README pages and the manual show.

    python docs/pictures/take_kiosk.py [NAME …] [--out DIR]

Builds the repository's own site for 2026-11-22 into a temporary folder, opens its kiosk in Chromium at the size of
a lobby's screen, touches what a visitor would touch, and writes docs/pictures/kiosk/<name>.jpg: at most 1,920
pixels on the longer side and 400 KB. NAME is one of SCREENS; without any, all are taken.

Needs the extra `test` (playwright) and Chromium; HONOUR_CHROMIUM names one that is not on the path."""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page
from take import DAY, ROOT, browser_page, jpeg

LANDSCAPE, PORTRAIT, LARGE = (1920, 1080), (1080, 1920), (3840, 2160)
LONGEST = 1920  # pixels


@dataclass(frozen=True)
class Screen:
    """A screen's size, and the selectors that are touched one after the other before its picture is taken;
    without any it shows the loop."""

    size: tuple[int, int]
    touched: tuple[str, ...] = ()


WALL = "body"
LETTERS = tuple(f'[data-key-of="{letter}"]' for letter in "li")
LOW = '[data-of="low"]'
SCREENS = {
    "attract": Screen(LANDSCAPE),
    "attract-portrait": Screen(PORTRAIT),
    "attract-4k": Screen(LARGE),
    "wall": Screen(LANDSCAPE, (WALL,)),
    "wall-portrait": Screen(PORTRAIT, (WALL,)),
    "wall-low": Screen(PORTRAIT, (WALL, LOW)),
    "exemplar": Screen(LANDSCAPE, (WALL, '.card[data-slug="li-na"]')),
    "exemplar-portrait": Screen(PORTRAIT, (WALL, '.card[data-slug="li-na"]')),
    "keyboard": Screen(LANDSCAPE, (WALL, *LETTERS)),
    "keyboard-portrait": Screen(PORTRAIT, (WALL, *LETTERS)),
}


def main() -> int:
    """Build, touch, take, save; print what was saved."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SCREENS))
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "kiosk", metavar="DIR")
    asked = parser.parse_args()
    if unknown := [name for name in asked.names if name not in SCREENS]:
        parser.error(f"no screen {', '.join(unknown)}; there are {', '.join(SCREENS)}")
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "generator", "--site", ROOT, "build", "--editions", "kiosk"]
        command += ["--date", DAY, "--out", folder]
        if subprocess.run([str(word) for word in command], cwd=ROOT).returncode:
            return 1
        asked.out.mkdir(parents=True, exist_ok=True)
        for name in asked.names or SCREENS:
            file = asked.out / f"{name}.jpg"
            file.write_bytes(jpeg(_taken(SCREENS[name], Path(folder) / "kiosk/index.html")))
            print(f"{file.name}  {file.stat().st_size // 1000} KB")
    return 0


def _taken(screen: Screen, page_file: Path) -> Image.Image:
    width, height = screen.size
    with browser_page(viewport={"width": width, "height": height}, has_touch=True) as page:
        # The first face of the loop is drawn by lot; for a picture it is always the same lot.
        page.add_init_script("Math.random = () => 0")
        page.goto(page_file.as_uri())
        page.wait_for_selector("html[data-slug]")
        for selector in screen.touched:
            _touch(page, selector, screen.size)
        page.wait_for_timeout(
            900 if screen.touched else 4000
        )  # whoever is next is named once their picture is there
        shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shot.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    return shot


def _touch(page: Page, selector: str, size: tuple[int, int]) -> None:
    if selector == WALL:
        page.touchscreen.tap(size[0] * 0.7, size[1] * 0.8)
        page.wait_for_selector('html[data-kiosk-state="wall"]')
        page.wait_for_timeout(500)
        return
    page.locator(selector).first.tap()


if __name__ == "__main__":
    sys.exit(main())
