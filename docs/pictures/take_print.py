"""Takes the pictures of printed sheets that the manual shows.

    python docs/pictures/take_print.py [NAME …] [--out DIR]

Prints sheets of the repository's own site for 2026-11-22 into a temporary folder, turns their pages into pictures
with pdftoppm and writes docs/pictures/print/<name>.jpg: pages side by side on a grey table, at most 1,600
pixels wide and 250 KB. Without a NAME, all are taken.

Needs the extra `test` (Pillow) and poppler-utils."""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
DAY = "2026-11-22"
MOST_WIDTH = 1600
MOST_BYTES = 250_000
QUALITIES = (86, 80, 74, 66, 58)
TABLE = (120, 116, 112)  # the colour between and around the pages
GAP = 16


@dataclass(frozen=True)
class Shot:
    """`words` of the command, the sheet it makes, the pages of it to show and their height in pixels."""

    words: tuple[str, ...]
    sheet: str
    pages: tuple[int, ...] = (1,)
    height: int = 900


def _printed(name: str, edition: str, sheet: str, *options: str) -> tuple[tuple[str, ...], str]:
    return ("print", name, "--edition", edition, *options), f"{edition}-{sheet}"


SHOTS: dict[str, Shot] = {
    "bulletin": Shot(*_printed("li-na", "bulletin", "li-na.pdf"), pages=(1, 2)),
    "issue": Shot(*_printed("2026-11", "bulletin", "2026-11.pdf"), pages=(1, 4)),
    "board-a3": Shot(*_printed("luo-guodong", "board", "luo-guodong-a3.pdf", "--size", "a3")),
    "board-60x90": Shot(
        *_printed("luo-guodong", "board", "luo-guodong-60x90.pdf", "--size", "60x90", "--bleed")
    ),
    "board-80x180": Shot(
        *_printed("luo-guodong", "board", "luo-guodong-80x180.pdf", "--size", "80x180"), height=1400
    ),
    "compendium-cover": Shot(*_printed("2026", "compendium", "2026.pdf"), height=1000),
    "compendium-chapter": Shot(*_printed("2026", "compendium", "2026.pdf"), pages=(8, 9), height=800),
    "compendium-person": Shot(*_printed("2026", "compendium", "2026.pdf"), pages=(10, 11), height=800),
    "compendium-text": Shot(*_printed("2026", "compendium", "2026.pdf"), pages=(38, 39), height=800),
    "compendium-index": Shot(*_printed("2026", "compendium", "2026.pdf"), pages=(-6, -4), height=800),
    "roll": Shot(*_printed("2026", "roll", "2026-a3.pdf", "--size", "a3"), height=1100),
    "team-sheet": Shot(*_printed("li-na", "team-sheet", "li-na.pdf")),
    "team-sheet-collective": Shot(*_printed("jiangbei-huayanzu", "team-sheet", "jiangbei-huayanzu.pdf")),
    "desk-card": Shot(*_printed("li-na", "desk-card", "li-na.pdf")),
    "pledge-board": Shot(*_printed("paishui", "pledge-board", "paishui.pdf"), height=1000),
    "pledge-board-one": Shot(
        *_printed("gongjiao-yebanxianludui", "pledge-board", "gongjiao-yebanxianludui.pdf"), height=800
    ),
    "certificate": Shot(*_printed("li-na", "certificate", "li-na-1.pdf"), height=760),
    "slogan": Shot(*_printed("1", "slogan", "1.pdf"), pages=(1, 2, 3, -1), height=500),
    "form": Shot(("form", "li-na", "--out", "form.pdf"), "form.pdf", pages=(1, 2)),
}


def main() -> int:
    """Print, turn into pictures, save; print what was saved."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", choices=[*SHOTS, []])
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures" / "print")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in asked.names or SHOTS:
            shot = SHOTS[name]
            if not (Path(folder) / shot.sheet).exists():
                _print(shot, Path(folder))
            data = _saved(
                _table([_page(Path(folder) / shot.sheet, page, shot.height) for page in shot.pages])
            )
            (asked.out / f"{name}.jpg").write_bytes(data)
            print(f"{name}.jpg  {len(data) // 1000} KB")
    return 0


def _print(shot: Shot, folder: Path) -> None:
    day = () if shot.words[0] == "form" else ("--date", DAY)
    command = [sys.executable, "-m", "generator", "--site", ROOT, *shot.words, *day]
    subprocess.run([str(word) for word in command], cwd=folder, check=True, env={"PYTHONPATH": str(ROOT)})


def _page(sheet: Path, number: int, height: int) -> Image.Image:
    """A page as a picture; a negative number counts from the end."""
    if number < 0:
        told = subprocess.run(["pdfinfo", sheet], capture_output=True, text=True, check=True).stdout
        number += 1 + next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pages:"))
    page = ("-f", str(number), "-l", str(number), "-scale-to-y", str(height), "-scale-to-x", "-1")
    made = subprocess.run(["pdftoppm", *page, "-png", sheet], capture_output=True, check=True)
    return Image.open(io.BytesIO(made.stdout)).convert("RGB")


def _table(pages: list[Image.Image]) -> Image.Image:
    size = (
        sum(page.width for page in pages) + GAP * (len(pages) + 1),
        max(p.height for p in pages) + 2 * GAP,
    )
    table = Image.new("RGB", size, TABLE)
    at = GAP
    for page in pages:
        table.paste(page, (at, GAP))
        at += page.width + GAP
    if table.width > MOST_WIDTH:
        table.thumbnail((MOST_WIDTH, table.height))
    return table


def _saved(picture: Image.Image) -> bytes:
    for quality in QUALITIES:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
