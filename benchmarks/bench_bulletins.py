#!/usr/bin/env python3
"""Fifty bulletins by our recipe and by WeasyPrint in the same run, and one edit of the demonstration.

    python benchmarks/bench_bulletins.py [--count 50] [--rounds 3] [--keep FOLDER]

WeasyPrint comes with `pip install .[bench]`; Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0
libharfbuzz-subset0. Both sides set the same records with the same fonts and the same JPEGs, made beforehand, in one
process a round that has read no font yet; the time of importing and of planning is nobody's. Medians are told, as
lines of a Markdown table; CPU seconds say more than wall seconds on a machine that others use too."""

from __future__ import annotations

import argparse
import html
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
DAY = date(2026, 11, 22)
NO_REVIEW = {"review": {"stages": []}, "consent": {"required": False}, "notice": {"required": False}}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="keep the site and both sides' PDFs in this folder")
    parser.add_argument("--side", choices=("ours", "weasyprint"), help=argparse.SUPPRESS)
    parser.add_argument("folder", nargs="?", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.side:
        print(json.dumps(ours(options.folder) if options.side == "ours" else weasyprint(options.folder)))
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        compare(folder, options.count, options.rounds)
        edit(folder, options.rounds)
    return 0


def compare(folder: Path, count: int, rounds: int) -> None:
    """Both sides in turn, `rounds` times, each in a process of its own."""
    write_site(folder / "site", count)
    lay_out_html(folder)
    found: dict[str, list[dict[str, Any]]] = {"ours": [], "weasyprint": []}
    for _ in range(rounds):
        for side, rows in found.items():
            command = [sys.executable, __file__, "--side", side, str(folder)]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                sys.exit(done.stderr)
            rows.append(json.loads(done.stdout))
    print(
        f"| {count} bulletins, one warm process | seconds | CPU seconds | pages | MB |\n|---|---|---|---|---|"
    )
    for side, rows in found.items():
        wall, cpu = (statistics.median(row[key] for row in rows) for key in ("wall", "cpu"))
        print(f"| {side} | {wall:.2f} | {cpu:.2f} | {rows[0]['pages']} | {rows[0]['bytes'] / 1e6:.1f} |")
    ratios = [
        statistics.median(theirs[key] / own[key] for own, theirs in zip(*found.values(), strict=True))
        for key in ("wall", "cpu")
    ]
    print(f"| ratio (median of {rounds}) | **{ratios[0]:.1f}** | **{ratios[1]:.1f}** | | |")


# --- the records -----------------------------------------------------------------------------------


def write_site(site: Path, count: int) -> None:
    """`count` records of about 1,700 characters, told with the demonstration's sentences, each otherwise."""
    shutil.rmtree(site, ignore_errors=True)
    site.mkdir(parents=True)
    settings = yaml.safe_load((ROOT / "site.yaml").read_text("utf-8"))
    settings |= NO_REVIEW | {
        "print": {"report": "集团党委", "send": "各部室", "issue": "各单位", "copies": 200}
    }
    (site / "site.yaml").write_text(as_yaml(settings), "utf-8")
    sources = [read(file) for file in sorted((ROOT / "exemplars").glob("*/index.md"))]
    sources = [(folder, front, body) for folder, front, body in sources if front.get("photo")]
    paragraphs = [
        line
        for _, _, body in sources
        for line in body.splitlines()
        if len(line) > 30 and line[0] not in "|[#>-"
    ]
    titles = [line for _, _, body in sources for line in body.splitlines() if line.startswith("## ")]
    for number in range(count):
        chance = random.Random(number)
        folder, front, _ = sources[number % len(sources)]
        kept = (
            "name",
            "kind",
            "unit",
            "post",
            "categories",
            "year",
            "one_line",
            "remarks",
            "honours",
            "testimonials",
        )
        record = {key: front[key] for key in kept if key in front} | {"status": "approved"}
        record["photo"] = {"file": "photo.jpg", "alt": "照片"}
        home = site / "exemplars" / f"person-{number:02}"
        home.mkdir(parents=True)
        shutil.copy(folder / front["photo"]["file"], home / "photo.jpg")
        text = "\n\n".join(told(chance, paragraphs, titles))
        (home / "index.md").write_text(f"---\n{as_yaml(record)}---\n{text}\n", "utf-8")


def told(chance: random.Random, paragraphs: list[str], titles: list[str]) -> Iterator[str]:
    """Four chapters of paragraphs that nobody else has in this order."""
    length = chapters = 0
    while length < 1700:
        if length >= 425 * chapters:
            chapters += 1
            yield chance.choice(titles)
        paragraph = chance.choice(paragraphs)
        length += len(paragraph)
        yield paragraph


def read(file: Path) -> tuple[Path, dict[str, Any], str]:
    _, front, body = file.read_text("utf-8").split("---\n", 2)
    return file.parent, yaml.safe_load(front), body


def as_yaml(values: dict[str, Any]) -> str:
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=1000)


# --- ours ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Planned:
    """What our recipe gets for one bulletin."""

    slug: str
    view: Any
    files: Any


def planned(folder: Path) -> list[Planned]:
    """The bulletins of the site as a build plans them, with every plate made and kept."""
    from generator.building import Wish, code_of_generator, plan_of, survey
    from generator.engine.kept import Kept
    from generator.engine.parallel import Workers
    from generator.engine.store import Store
    from generator.engine.target import Derived, Files, derive

    wish = Wish(folder / "site", DAY, editions=("bulletin",))
    with Store(wish.site, code_of_generator()) as store, Workers(1) as workers:
        surveyed = survey(wish, store, workers, lambda name: None)
        assert surveyed.catalogue is not None, surveyed.problems
        _, plan = plan_of(wish, surveyed.catalogue, store)
        assert store.kept_folder is not None
        shelf = Kept(store.kept_folder)
    for target in plan.targets:
        for _, file in target.files:
            if isinstance(file, Derived):
                derive(file, shelf)
    return [
        Planned(target.path.split("/")[-1].removesuffix(".pdf"), target.view, Files(target.files, shelf))
        for target in plan.targets
    ]


def ours(folder: Path) -> dict[str, float]:
    """Our side: fonts unread, one bulletin after the other."""
    import typst  # noqa: F401 - nobody's time

    from generator.typeset import render_sheet

    sheets = planned(folder)
    return timed(
        folder / "ours", lambda: ((sheet.slug, render_sheet(sheet.view, sheet.files)) for sheet in sheets)
    )


def timed(out: Path, make: Callable[[], Iterator[tuple[str, bytes]]]) -> dict[str, float]:
    """Wall and CPU seconds, pages and bytes of what `make` makes; the PDFs go into `out` afterwards."""
    wall, cpu = time.perf_counter(), time.process_time()
    made = list(make())
    found = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    out.mkdir(parents=True, exist_ok=True)
    for slug, pdf in made:
        (out / f"{slug}.pdf").write_bytes(pdf)
    pages = sum(
        len(re.findall(rb"/Type ?/Page\b", pdf)) or pages_of(out / f"{slug}.pdf") for slug, pdf in made
    )
    return found | {"pages": pages, "bytes": sum(len(pdf) for _, pdf in made)}


def pages_of(pdf: Path) -> int:
    """For a PDF whose pages are packed into object streams."""
    told = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True).stdout
    return int(re.search(r"Pages: +(\d+)", told)[1])  # type: ignore[index]  # pdfinfo always says so


# --- WeasyPrint ------------------------------------------------------------------------------------

STYLE = """
@page { size: A4; margin: 26mm 28mm 32mm;
  @bottom-left { content: "荣誉简报"; font: 9pt "Noto Sans CJK SC"; color: #5E544D;
                 border-top: .6pt solid #B08432; }
  @bottom-right { content: "第" counter(page) "版"; font: 9pt "Noto Sans CJK SC"; color: #5E544D;
                  border-top: .6pt solid #B08432; } }
body { margin: 0; font: 12pt/6.3mm "Noto Serif CJK SC"; color: #211C19; text-align: justify; }
.masthead { font-size: 62pt; line-height: 1; font-weight: 900; color: #A3151B; display: flex;
            justify-content: space-between; margin-bottom: 9mm; }
.issue { display: flex; justify-content: space-between; font-size: 11pt; border-bottom: .9mm solid #A3151B;
         padding-bottom: 2mm; }
.head { display: flex; margin: 8mm 0 10mm; height: 80mm; }
.head img { width: 60mm; height: 80mm; object-fit: cover; margin-right: 8mm; }
.head div { flex: 1; }
h1 { font-size: 54pt; line-height: 1.2; margin: 3mm 0 5mm; }
.line { font-size: 17pt; line-height: 1.55; }
.honour { border-top: .6pt solid #B08432; font-size: 10.5pt; display: flex; justify-content: space-between; }
.text { columns: 2; column-gap: 10mm; column-fill: balance; }
.text p { margin: 0; text-indent: 2em; }
h2 { font-size: 13.8pt; line-height: 6.3mm; color: #A3151B; margin: 6.3mm 0 0; break-after: avoid; }
.voice { border-top: .6pt solid #A3151B; font-size: 14pt; line-height: 1.58; padding-top: 3mm;
         break-inside: avoid; }
.small { font: 9.5pt "Noto Sans CJK SC"; color: #5E544D; }
.remarks { border: solid #B08432; border-width: .6pt 0; font: 13pt/1.6 "LXGW WenKai"; break-inside: avoid; }
.foot { display: flex; justify-content: flex-end; } .foot svg { width: 15mm; height: 15mm; }
"""


def lay_out_html(folder: Path) -> None:
    """The same bulletins as HTML, beside the very JPEGs that ours are printed with."""
    pages = folder / "html"
    shutil.rmtree(pages, ignore_errors=True)
    pages.mkdir()
    for sheet in planned(folder):
        from generator.typeset.data import data_of

        for name in sheet.files:
            if name.startswith("picture/"):
                (pages / name).parent.mkdir(exist_ok=True)
                (pages / name).write_bytes(sheet.files.bytes(name))
        (pages / f"{sheet.slug}.html").write_text(page_of(data_of(sheet.view)), "utf-8")


def page_of(view: dict[str, Any]) -> str:
    """One bulletin as HTML, from what our print template gets."""
    (profile,) = view["profiles"]
    person, address = profile["person"], profile["person"]["address"]
    say = html.escape
    honours = "".join(
        f'<div class="honour"><span>{say(row["date"])}</span><b>{say(row["title"])}</b>{say(row["level"])}</div>'
        for row in profile["story"]["honours"][:3]
    )
    deeds = "".join(
        f"<h2>{say(block['title'])}</h2>" if block["kind"] == "Heading" else f"<p>{words_of(block)}</p>"
        for block in profile["deeds"]
    )
    voices = "".join(
        f'<div class="voice">“{say(said["quote"])}<p class="small">{say(said["by"])}</p></div>'
        for said in profile["voices"]
    )
    side = address["side"]
    code = f'<svg viewBox="0 0 {side} {side}"><path d="{address["path"]}"/></svg>'
    signs = "".join(f"<span>{sign}</span>" for sign in view["masthead"] or "荣誉简报")
    remarks = say(profile["remarks"]["text"])
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{say(person["name"]["text"])}</title>
<style>{STYLE}</style></head><body><div class="masthead">{signs}</div>
<div class="issue"><span>{say(view["frame"]["issuer"])}</span><span>{person["year"]}年度先进典型</span></div>
<div class="head"><img src="{person["portrait"]["file"]}" alt=""><div>
<p class="small">{say(" ".join(person["unit"]))}　{say(person["post"])}</p><h1>{say(person["name"]["text"])}</h1>
<p class="line">{say(person["one_line"]["text"])}</p>{honours}</div></div>
<div class="text">{deeds}{voices}
<div class="remarks"><p class="small">自己的话</p>{remarks}</div></div>
<div class="foot"><span class="small">扫码读全文　{say(address["shown"])}</span>{code}</div></body></html>"""


def words_of(block: dict[str, Any]) -> str:
    return "".join(html.escape(piece.get("text", "")) for piece in block["inlines"])


def weasyprint(folder: Path) -> dict[str, float]:
    """WeasyPrint's side, with the best it offers: one configuration of fonts for all, harfbuzz's subsetter."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    files = sorted((folder / "html").glob("*.html"))

    def make() -> Iterator[tuple[str, bytes]]:
        fonts = FontConfiguration()
        for file in files:
            yield file.stem, HTML(filename=file).write_pdf(font_config=fonts)

    return timed(folder / "weasyprint", make)


# --- one edit --------------------------------------------------------------------------------------


def edit(folder: Path, rounds: int) -> None:
    """Seconds of `honour build --editions bulletin` of the demonstration: cold, idle, after an edit of one text."""
    site = folder / "demonstration"
    shutil.rmtree(site, ignore_errors=True)
    site.mkdir()
    for name in ("exemplars", "content"):
        shutil.copytree(ROOT / name, site / name)
    settings = (
        yaml.safe_load((ROOT / "site.yaml").read_text("utf-8")) | NO_REVIEW
    )  # else an edit needs a signature
    (site / "site.yaml").write_text(as_yaml(settings), "utf-8")
    command = [sys.executable, "-m", "generator", "--site", site, "build", "--editions", "bulletin", "--json"]
    cold, made = run([*command, "--date", str(DAY)])
    rows = [("cold", cold, made)]
    time.sleep(2.1)  # until the store trusts file times
    rows.append(("nothing to do", *run([*command, "--date", str(DAY)])))
    edits = []
    for number, slug in zip(
        range(rounds), ("wang-jie", "guo-yongnian", "bai-hua", "han-ping", "lin-xia"), strict=False
    ):
        record = site / "exemplars" / slug / "index.md"
        record.write_text(record.read_text("utf-8") + f"\n补记第{number + 1}句，谁也没有催他。\n", "utf-8")
        edits.append(run([*command, "--date", str(DAY)]))
    rows.append(
        ("one edit", statistics.median(seconds for seconds, _ in edits), max(made for _, made in edits))
    )
    print("\n| `honour build --editions bulletin`, demonstration | seconds | PDFs made |\n|---|---|---|")
    for name, seconds, count in rows:
        print(f"| {name} | {seconds:.2f} | {count} |")


def run(command: list[object]) -> tuple[float, int]:
    """Wall seconds of the whole command, and how many sheets it made."""
    start = time.perf_counter()
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, cwd=ROOT)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    return time.perf_counter() - start, len(json.loads(done.stdout)["made"])


if __name__ == "__main__":
    sys.exit(main())
