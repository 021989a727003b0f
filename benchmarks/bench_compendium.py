#!/usr/bin/env python3
"""A book of everybody by our recipe and by WeasyPrint: the same text, portraits, fonts, contents and indexes.

    python benchmarks/bench_compendium.py SITE [SITE …] [--rounds 3] [--portraits 900] [--ours] [--keep FOLDER]

Give sites of the same kind and several sizes, 100 and 500 exemplars, to see what one of them costs as books grow.
Each SITE is copied; whoever has no photo there gets a portrait of their own, `--portraits` pixels wide (0: none).
WeasyPrint comes with `pip install .[bench]`; Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0
libharfbuzz-subset0. Reading the site, planning, making plates and writing the HTML is nobody's time; each round is
a process of its own that has read no font yet. Medians are told, as lines of a Markdown table."""

from __future__ import annotations

import argparse
import html
import json
import pickle
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
DAY = date(2026, 11, 22)
NAME = "bench"
BOOK = "---\ntitle: 身边的人\nsubtitle: 先进典型事迹汇编\n---\n这本书里的人，你都见过。\n"
SIDES = ("ours", "weasyprint")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sites", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--portraits", type=int, default=900)
    parser.add_argument("--ours", action="store_true", help="without WeasyPrint")
    parser.add_argument("--keep", type=Path, help="keep the sites and both sides' PDFs in this folder")
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.side:
        made = ours(options.sites[0]) if options.side == "ours" else weasyprint(options.sites[0])
        print(json.dumps(made))
        return 0
    print(
        "| exemplars | | seconds | CPU seconds | pages | MB | peak RSS, MB | ms an exemplar |\n|" + "---|" * 8
    )
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        each = [
            compare(
                site,
                folder / site.name,
                options.rounds,
                options.portraits,
                SIDES[:1] if options.ours else SIDES,
            )
            for site in options.sites
        ]
    if len(each) > 1:
        print(f"\nOf one exemplar, the last site against the first: {each[-1] / each[0]:.2f} (wall)")
    return 0


def compare(site: Path, folder: Path, rounds: int, portraits: int, sides: tuple[str, ...]) -> float:
    """Prints a site's lines; seconds of ours for one exemplar."""
    prepare(site, folder, portraits)
    found: dict[str, list[dict[str, float]]] = {side: [] for side in sides}
    for _ in range(rounds):
        for side, rows in found.items():
            command = [sys.executable, __file__, "--side", side, str(folder)]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                sys.exit(done.stderr)
            rows.append(json.loads(done.stdout))
    people = len(list((folder / "site").glob("exemplars/*/index.md")))
    medians = {
        side: {key: statistics.median(row[key] for row in rows) for key in rows[0]}
        for side, rows in found.items()
    }
    for side, row in medians.items():
        print(
            f"| {people} | {side} | {row['wall']:.2f} | {row['cpu']:.2f} | {row['pages']:.0f}"
            f" | {row['bytes'] / 1e6:.1f} | {row['rss']:.0f} | {row['wall'] / people * 1000:.1f} |"
        )
    if len(sides) > 1:
        ratios = [
            statistics.median(theirs[key] / own[key] for own, theirs in zip(*found.values(), strict=True))
            for key in ("wall", "cpu")
        ]
        print(f"| {people} | ratio | **{ratios[0]:.1f}** | **{ratios[1]:.1f}** | | | | |")
    return medians["ours"]["wall"] / people


# --- what both sides get ---------------------------------------------------------------------------


def prepare(site: Path, folder: Path, portraits: int) -> None:
    """The target of the book, with every plate made, and the same book as HTML."""
    from generator.building import Wish, code_of_generator, plan_of, survey
    from generator.engine.kept import Kept
    from generator.engine.parallel import Workers
    from generator.engine.store import Store
    from generator.engine.target import Derived, Files, derive
    from generator.typeset.data import data_of

    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(site, folder / "site", ignore=shutil.ignore_patterns(".honour", "public", "compendia"))
    book = folder / "site" / "content" / "compendia" / f"{NAME}.md"
    book.parent.mkdir(parents=True)
    book.write_text(BOOK, "utf-8")
    for number, record in enumerate(sorted((folder / "site").glob("exemplars/*/index.md"))):
        if portraits and "\nphoto:" not in record.read_text("utf-8"):
            give_portrait(record, number, portraits)
    wish = Wish(folder / "site", DAY, editions=("compendium",))
    with Store(wish.site, code_of_generator()) as store, Workers(1) as workers:
        surveyed = survey(wish, store, workers, lambda name: None)
        assert surveyed.catalogue is not None, surveyed.problems
        _, plan = plan_of(wish, surveyed.catalogue, store)
        assert store.kept_folder is not None
        shelf = Kept(store.kept_folder)
    (target,) = (target for target in plan.targets if target.path == f"compendium/{NAME}.pdf")
    for _, file in target.files:
        if isinstance(file, Derived):
            derive(file, shelf)
    files = Files(target.files, shelf)
    (folder / "target.pickle").write_bytes(pickle.dumps((target.view, files)))
    pages = folder / "html"
    pages.mkdir()
    for name in files:
        if name.startswith("picture/"):
            (pages / name).parent.mkdir(exist_ok=True)
            (pages / name).write_bytes(files.bytes(name))
    (pages / "book.html").write_text(html_of(data_of(target.view)), "utf-8")


def give_portrait(record: Path, number: int, width: int) -> None:
    """A face nobody has, with the grain of a photo."""
    from PIL import Image, ImageDraw

    chance = random.Random(number)
    size = (width, width * 4 // 3)
    picture = Image.new("RGB", size, tuple(chance.randrange(90, 220) for _ in range(3)))
    draw = ImageDraw.Draw(picture)
    for _ in range(14):
        x, y, r = chance.randrange(width), chance.randrange(size[1]), chance.randrange(40, width // 3)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=tuple(chance.randrange(256) for _ in range(3)))
    grain = Image.effect_noise(size, 22).convert("RGB")
    Image.blend(picture, grain, 0.25).save(record.parent / "photo.jpg", quality=88)
    _, front, body = record.read_text("utf-8").split("---\n", 2)
    record.write_text(f"---\n{front}photo: {{file: photo.jpg, alt: 照片}}\n---\n{body}", "utf-8")


def timed(pdf: Path, start: tuple[float, float], data: bytes) -> dict[str, float]:
    """What a side took since `start`; its book goes to `pdf`."""
    found = {"wall": time.perf_counter() - start[0], "cpu": time.process_time() - start[1]}
    found["rss"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pdf.write_bytes(data)
    told = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True).stdout
    return found | {"pages": int(re.search(r"Pages: +(\d+)", told)[1]), "bytes": len(data)}  # type: ignore[index]


# --- ours ------------------------------------------------------------------------------------------


def ours(folder: Path) -> dict[str, float]:
    """Our recipe, from the view to the PDF."""
    import typst  # noqa: F401 - nobody's time

    from generator.typeset import render_sheet
    from generator.typeset.data import data_of  # noqa: F401

    view, files = pickle.loads((folder / "target.pickle").read_bytes())
    start = (time.perf_counter(), time.process_time())
    return timed(folder / "ours.pdf", start, render_sheet(view, files))


# --- WeasyPrint ------------------------------------------------------------------------------------

STYLE = """
@page { size: 185mm 260mm; margin: 30mm 21.3mm 32mm 24mm; background: #FBF8F3; }
@page :left { margin: 30mm 24mm 32mm 21.3mm;
  @bottom-left { content: counter(page) "　" string(part); font: 8.5pt "Noto Sans CJK SC"; color: #5E544D } }
@page :right {
  @bottom-right { content: string(name) "　" counter(page); font: 8.5pt "Noto Sans CJK SC"; color: #5E544D } }
@page cover { background: #6E0C12; @bottom-left { content: none } @bottom-right { content: none } }
@page portrait { margin: 0; @bottom-left { content: none } @bottom-right { content: none } }
body { margin: 0; font: 10.5pt/5.9mm "Noto Serif CJK SC"; color: #211C19; text-align: justify; }
.cover { page: cover; color: #FBF3E4; font-size: 66pt; line-height: 1.12; font-weight: 700; }
.list { break-before: right; } .list h1 { font-size: 26pt; line-height: 1.3; margin: 0 0 9mm; bookmark-level: 1; }
.columns { columns: 2; column-gap: 9mm; }
.row { display: flex; height: 6.8mm; line-height: 6.8mm; border-bottom: .4pt solid #E4DACB; }
.row b { width: 28mm; } .row span { flex: 1; font: 8.5pt/6.8mm "Noto Sans CJK SC"; color: #5E544D; }
.row a::after { content: target-counter(attr(href), page); } a { color: inherit; text-decoration: none; }
.part { break-before: right; height: 150mm; }
.part h1 { font-size: 60pt; line-height: 1.12; margin: 0; bookmark-level: 1; string-set: part content(); }
.person { break-before: page; } .full { page: portrait; break-before: left; }
.full img { width: 185mm; height: 260mm; object-fit: cover; display: block; }
.head { display: flex; min-height: 67mm; margin-bottom: 7mm; } .head div { flex: 1 }
.head img { width: 50mm; height: 66.7mm; object-fit: cover; margin-right: 8mm; }
h2 { font-size: 34pt; line-height: 1.2; margin: 3mm 0 5mm; bookmark-level: 2; string-set: name content(); }
.spread h2 { font-size: 46pt; } .spread { font-size: 11pt; line-height: 6.6mm; }
.line { font-size: 14pt; line-height: 1.5; } .spread .line { font-size: 17pt; line-height: 1.6; }
.honour { display: flex; justify-content: space-between; border-top: .6pt solid #B08432; padding: 1.5mm 0;
  font-size: 10.5pt; }
.summary { color: #5E544D; font-size: 11.5pt; line-height: 7mm; margin: 3mm 0; }
h3 { font-size: 14pt; margin: 5mm 0 2mm; break-after: avoid; bookmark-level: none; }
h3 i { font: 18pt "Noto Serif CJK SC"; color: #B08432; } p { margin: 0; text-indent: 2em; orphans: 2; widows: 2; }
ul, ol { margin: 0; padding-left: 2em; } blockquote { margin: 0 0 0 2em; font-family: "LXGW WenKai"; }
.voice { font-size: 12pt; line-height: 1.6; margin: 6mm 8mm 6mm 16mm; break-inside: avoid; }
.small { font: 9pt "Noto Sans CJK SC"; color: #5E544D; text-indent: 0; }
.after { border-top: .6pt solid #B08432; padding: 2.4mm 0; display: flex; font-size: 9.5pt; line-height: 5.2mm;
  break-inside: avoid; }
.after b { width: 23mm; font: bold 9pt "Noto Sans CJK SC"; color: #A3151B; } .after div { flex: 1 }
svg { width: 16mm; height: 16mm; }
"""

say = html.escape


def html_of(view: dict[str, Any]) -> str:
    """The book as HTML, from what our print template gets."""
    people = [profile["person"] for part in view["parts"] for profile in part["profiles"]]
    body = "".join(
        f'<section class="part" id="part-{number}"><h1>{say(part["title"])}</h1>{part["intro"]["text"]}'
        f"{rows_of([profile['person'] for profile in part['profiles']])}</section>"
        + "".join(person_of(profile, view["spreads"]) for profile in part["profiles"])
        for number, part in enumerate(view["parts"])
    )
    contents = "".join(
        f'<div class="row"><b>{say(part["title"])}</b><span></span><a href="#part-{number}"></a></div>'
        + rows_of([profile["person"] for profile in part["profiles"]])
        for number, part in enumerate(view["parts"])
    )
    by_slug = {person["slug"]: person for person in people}
    indexes = "".join(
        f'<section class="list"><h1>{title}</h1><div class="columns">'
        + "".join(
            f"<h3>{group['head']}</h3>{rows_of([by_slug[entry['slug']] for entry in group['entries']])}"
            for group in view[key]
        )
        + "</div></section>"
        for key, title in (("pinyin", "姓名音序索引"), ("strokes", "姓名笔画索引"))
    )
    units = "".join(
        f'<div class="row"><b>{say(unit["name"])}</b></div>'
        + rows_of([by_slug[entry["slug"]] for entry in unit["entries"]])
        for unit in view["units"]
    )
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{say(view["title"])}</title>
<style>{STYLE}</style></head><body><section class="cover">{say(view["title"])}</section>
<section class="list"><h1>目录</h1><div class="columns">{contents}</div></section>{body}{indexes}
<section class="list"><h1>单位索引</h1><div class="columns">{units}</div></section></body></html>"""


def rows_of(people: list[dict[str, Any]]) -> str:
    return "".join(
        f'<div class="row"><b>{say(person["name"]["text"])}</b><span>{say("".join(person["unit"][-1:]))}</span>'
        f'<a href="#{person["slug"]}"></a></div>'
        for person in people
    )


def person_of(profile: dict[str, Any], spread: bool) -> str:
    """The pages of one exemplar: a portrait facing the text, or beside the name."""
    person, story = profile["person"], profile["story"]
    portrait = f'<img src="{person["portrait"]["file"]}" alt="">' if person["portrait"] else ""
    honours = "".join(
        f'<div class="honour"><span>{say(row["date"])}</span><b>{say(row["title"])}</b>{say(row["level"])}</div>'
        for row in story["honours"]
    )
    words = (
        f'<p class="small">{say("　".join(person["unit"]))}</p>'
        f'<h2 id="{person["slug"]}">{say(person["name"]["text"])}</h2>'
        f'<p class="line">{say(person["one_line"]["text"])}</p>{honours}'
    )
    head = words if spread else f'<div class="head">{portrait}<div>{words}</div></div>'
    before = f'<section class="full">{portrait}</section>' if spread else ""
    return (
        f'{before}<section class="person{" spread" if spread else ""}">{head}'
        f'<div class="summary">{say(story["summary"])}</div>'
        f"{''.join(text_of(profile))}{after_of(profile)}</section>"
    )


def text_of(profile: dict[str, Any]) -> Iterator[str]:
    """The deeds, with a testimonial before each chapter but the first; the rest follow."""
    voices = [
        f'<div class="voice">“{say(said["quote"])}'
        f'<p class="small">{say(said["by"])}　{say(said["relation"])}</p></div>'
        for said in profile["voices"]
    ]
    number = 0
    for block in profile["deeds"]:
        if block["kind"] == "Heading":
            if number and voices:
                yield voices.pop(0)
            number += 1
            yield f"<h3><i>{number}</i>　{say(block['title'])}</h3>"
        else:
            yield block_of(block)
    yield from voices


def block_of(block: dict[str, Any]) -> str:
    if block["kind"] == "Listing":
        tag = "ol" if block["ordered"] else "ul"
        items = "".join(f"<li>{''.join(map(block_of, item))}</li>" for item in block["items"])
        return f"<{tag}>{items}</{tag}>"
    if block["kind"] == "Quote":
        return f"<blockquote>{''.join(map(block_of, block['blocks']))}</blockquote>"
    return f"<p>{''.join(map(words_of, block.get('inlines', ())))}</p>"


def words_of(piece: dict[str, Any]) -> str:
    inside = "".join(map(words_of, piece["inlines"])) if "inlines" in piece else say(piece.get("text", ""))
    tag = {"Strong": "b", "Emphasis": "i"}.get(piece["kind"])
    if piece["kind"] == "Link":
        return f'<a href="{say(piece["href"])}">{inside}</a>'
    return f"<{tag}>{inside}</{tag}>" if tag else inside


def after_of(profile: dict[str, Any]) -> str:
    """Timeline, the way to the permanent address, and their own words."""
    address = profile["person"]["address"]
    moments = "<br>".join(f"{say(one['date'])}　{say(one['text'])}" for one in profile["story"]["timeline"])
    side = address["side"]
    code = f'<svg viewBox="0 0 {side} {side}"><path d="{address["path"]}"/></svg>{say(address["shown"])}'
    rows = (("成长足迹", moments), ("扫码读全文", code), ("", say(profile["remarks"]["text"])))
    return "".join(
        f'<div class="after"><b>{label}</b><div>{words}</div></div>' for label, words in rows if words
    )


def weasyprint(folder: Path) -> dict[str, float]:
    """WeasyPrint's side, from the HTML to the PDF."""
    from weasyprint import HTML

    start = (time.perf_counter(), time.process_time())
    return timed(
        folder / "weasyprint.pdf", start, HTML(filename=folder / "html" / "book.html").write_pdf() or b""
    )


if __name__ == "__main__":
    sys.exit(main())
