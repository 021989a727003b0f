"""Whatever an editor writes is data: hostile texts in every field, in a real browser, and honest ones unharmed."""

from __future__ import annotations

import csv
import io
import json
import re
import threading
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from conftest import Once, Serve
from hostile_case import Tripwire, hostile_site, slug_of, words_of
from kiosk_case import MORNING, Kiosk
from payloads import ACTS, CODES, payloads
from playwright.sync_api import Browser, BrowserContext
from site_builder import build, record, settings, site_of, write
from site_case import files_of, read_page, shapes_of

from generator.commands.desk import Desk
from generator.preview import Audience, Server

EVERYTHING = payloads()
EACH = 8  # payloads in one field of one record
SAMPLE = EVERYTHING[:48]
PART = 200  # payloads of one site of the full figure: together they are no longer than a field may be
ENDED = "[data-search-results][aria-busy=false]"
EDITIONS = ("website", "kiosk")


def make(folder: Path, part: Sequence[str], **changes: Any) -> Path:
    """The website and the kiosk of a hostile site: a folder."""
    built = build(write(folder, hostile_site(part, EACH, **changes)), editions=EDITIONS)
    assert built.report is not None and built.report.complete
    assert not [problem for problem in built.problems if problem.is_error], built.problems
    return folder / "public"


@pytest.fixture(scope="module")
def sample(once: Once) -> Path:
    return once("hostile", lambda folder: make(folder, SAMPLE)) / "public"


def test_there_are_more_than_a_thousand_shapes() -> None:
    assert len(set(EVERYTHING)) == len(EVERYTHING) > 2500
    # Without what they do, they still differ: these are shapes, not one shape with many contents.
    assert (
        len({re.sub(r"[a-z.]+\(.*pwned.*?\)|window\.pwned=1", "", payload) for payload in EVERYTHING}) > 2000
    )


# --- in the browser --------------------------------------------------------------------------------


@pytest.fixture(params=["under our policy", "without any policy"])
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """With the pages' own policy nothing may even be tried; without one, nothing may come through either."""
    made = browser.new_context(
        bypass_csp=request.param == "without any policy",
        viewport={"width": 1366, "height": 900},
        has_touch=True,
        reduced_motion="reduce",
        timezone_id="Asia/Shanghai",
    )
    yield made
    made.close()


def test_the_tripwire_hears(browser: Browser, tmp_path: Path, serve: Serve) -> None:
    """Payloads in a page that escapes nothing, and one that its policy stops: else silence would prove nothing."""
    policy = "<meta http-equiv=Content-Security-Policy content=\"script-src 'self'\">"
    stopped = f"{policy}<img src=x onerror=alert(1)><a href='javascript:1'>x</a>"
    for number, act in enumerate(ACTS):
        (tmp_path / f"{number}.html").write_text(f'<!DOCTYPE html><img src=x onerror="{act}">', "utf-8")
    (tmp_path / "strict.html").write_text(stopped, "utf-8")
    (tmp_path / "404.html").write_text("x", "utf-8")
    context = browser.new_context()
    wire = Tripwire(context)
    sounds = ("alert", "console", "global", "request", "event", "request", "request")
    for number in (*range(len(ACTS)), "strict"):
        wire.where = f"act {number}"
        page = context.new_page()  # one act leads away, and would cut the next one off
        page.goto(f"{serve(tmp_path)}{number}.html", wait_until="commit")
        loud = number == "strict" or number < len(sounds)
        for _ in range(50 if loud else 1):  # five seconds, if it must be
            page.wait_for_timeout(100)
            if any(heard.startswith(f"{wire.where}: ") for heard in wire.tripped):
                break
        if number != "strict":
            page.close()
    wire.look(page)
    heard = "\n".join(wire.tripped)
    for number, sound in enumerate(sounds):
        assert f"act {number}: {sound}" in heard, heard
    for sound in ("policy script-src", "img onerror=", "a href=javascript:1"):
        assert f"act strict: {sound}" in heard, heard
    context.close()


def tripped_by(
    context: BrowserContext, pages: Iterable[str], address: str, asked: Sequence[str]
) -> list[str]:
    """What is heard on `pages`, on the search that is asked for the payloads `asked`, the filters and the kiosk."""
    wire, page = Tripwire(context), context.new_page()
    for wire.where in sorted(path for path in pages if not path.startswith("kiosk/")):
        page.goto(address + wire.where, wait_until="load")
        wire.look(page)
    for wire.where in words_of(asked):
        page.goto(f"{address}search/index.html?q={quote(wire.where)}", wait_until="load")
        page.wait_for_selector(ENDED, state="attached")
        wire.look(page)
    for wire.where in (
        "#category=shown&unit=constructor",
        "#level=level&category=constructor&year=2023",
        *CODES[:3],
    ):
        page.goto("about:blank")
        page.goto(f"{address}exemplars/index.html{wire.where}", wait_until="load")
        page.wait_for_timeout(50)
        wire.look(page)
    page.close()
    through_the_kiosk(context, wire, f"{address}kiosk/index.html")
    return wire.tripped


def through_the_kiosk(context: BrowserContext, wire: Tripwire, address: str) -> None:
    """The loop with what comes between people, the wall, its keys, and everybody's page, one after the other."""

    def press(selector: str) -> None:  # by script: no layout is made for names of 600 characters
        kiosk.soon(f"document.querySelector({json.dumps(selector)})")
        kiosk.page.evaluate(f"document.querySelector({json.dumps(selector)}).click()")

    wire.where = "kiosk loop"
    kiosk = Kiosk(context.new_page(), address, MORNING)
    for _ in range(8):
        kiosk.wait(30, 10)
        wire.look(kiosk.page)
    assert len(set(kiosk.seen)) > 3
    wire.where = "kiosk wall"
    kiosk.wake()
    for key in ("[data-key-of]", "[data-key-of]:nth-child(3)"):
        press(key)
        kiosk.settle()
        wire.look(kiosk.page)
    press('[data-of="back"]')
    kiosk.until_state("attract")
    kiosk.wake()
    press(".card[data-slug]")
    kiosk.until_state("exemplar")
    for _ in range(5):
        kiosk.page.locator(".page .name").wait_for()
        wire.where = f"kiosk {kiosk.slug}"
        kiosk.settle()
        wire.look(kiosk.page)
        press('[data-of="scan"]')
        press('[data-of="after"]')
    assert kiosk.failures == []
    kiosk.page.close()


def test_no_payload_runs_and_none_is_tried(context: BrowserContext, sample: Path, serve: Serve) -> None:
    everybody = {f"exemplars/{slug_of(number)}/index.html" for number in range(6)}
    assert everybody <= files_of(sample)
    assert tripped_by(context, everybody | {*shapes_of(sample)}, serve(sample), SAMPLE[:4]) == []


@pytest.mark.soak
@pytest.mark.parametrize("first", range(0, len(EVERYTHING), PART))
def test_every_payload_in_every_field(
    context: BrowserContext, tmp_path: Path, serve: Serve, first: int
) -> None:
    part = EVERYTHING[first : first + PART]
    public = make(tmp_path, part)
    pages = [path for path in files_of(public) if path.endswith(".html")]
    assert tripped_by(context, pages, serve(public), part[:8]) == []


def test_a_hostile_key_or_name_is_only_told(browser: Browser, tmp_path: Path) -> None:
    """Problems name what was written: in the page of the preview they stay text."""
    server = Server(tmp_path, 0, Audience())
    (tmp_path / "index.html").write_text(
        "<!DOCTYPE html><html><head><title>x</title></head><body></body></html>"
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    part = [payload for payload in EVERYTHING[:200] if "\n" not in payload][:60]
    site = write(tmp_path / "site", site_of(li_na=record(**dict.fromkeys(part, "x"), photo=part[0])))
    found = Desk(site).as_data(build(site).problems)
    assert len(found) >= 60
    context = browser.new_context()
    try:
        wire, page = Tripwire(context), context.new_page()
        page.goto(server.address)
        server.audience.tell({"reload": False, "problems": found, "heading": part[1]})
        page.wait_for_selector("#honour-problems")
        told = page.locator("#honour-problems").text_content() or ""
        assert all(payload[:20] in told for payload in part if payload == payload.strip())
        assert page.locator("#honour-problems *:not(p, span, strong, button)").count() == 0
        assert wire.tripped == []
    finally:
        context.close()
        server.shutdown()
        server.server_close()


# --- files for machines ----------------------------------------------------------------------------


def test_files_for_machines_are_whole_and_say_what_was_written(sample: Path) -> None:
    records = json.loads((sample / "exemplars.json").read_text("utf-8"))["exemplars"]
    names = {one["slug"]: one["name"] for one in records}
    assert {slug_of(number) for number in range(6)} == names.keys()
    for slug, name in names.items():
        assert any(payload.strip() in name for payload in SAMPLE)
        page = read_page(sample, f"exemplars/{slug}/index.html")
        (found,) = re.findall(
            r'<script type="application/ld\+json">(.*?)</script>',
            (sample / page.path).read_text("utf-8"),
            re.DOTALL,
        )
        assert json.loads(found)["mainEntity"]["name"] == name
        assert name in " ".join("".join(page.all_text).split()) or " ".join(name.split()) in " ".join(
            page.text.split()
        )
    feed = ElementTree.parse(sample / "feed.xml").getroot()
    atom = "{http://www.w3.org/2005/Atom}"
    told = [entry.findtext(f"{atom}title") or "" for entry in feed.iter(f"{atom}entry")]
    assert told and all(any(payload.strip() in title for payload in SAMPLE) for title in told)
    ElementTree.parse(sample / "sitemap.xml")
    for script in (sample / "data/people.js", *(sample / "search").glob("*.js")):
        assert "</" not in script.read_text("utf-8") and "<!" not in script.read_text("utf-8")


def test_no_spreadsheet_runs_a_cell(tmp_path: Path) -> None:
    formulas = [code for code in CODES if code[0] in "=+-@"] + ["\t=1+1", " =1+1", "＝1+1", "'=1+1"]
    files = hostile_site([*formulas, *SAMPLE[:4]], EACH)
    built = build(write(tmp_path, files))
    assert built.report is not None
    (sheet,) = (tmp_path / "public").rglob("*.csv")
    rows = list(csv.reader(io.StringIO(sheet.read_text("utf-8-sig"))))
    assert any(formulas[0] in cell for row in rows for cell in row)
    assert [
        cell for row in rows for cell in row if cell.lstrip()[:1] in ("=", "+", "-", "@", "＝", "\t")
    ] == []


# --- honest texts ----------------------------------------------------------------------------------

HONEST = (
    "5 < 7 且 7 > 5，R&D 与 A&B；AT&amp;T 照写",
    "《平凡的世界》〈上〉「引」『重』【注】",
    "家人👨\u200d👩\u200d👧\u200d👦 旗🇨🇳 肤色👍🏽 心❤️",
    "العربية مع English ו עברית",
    "می\u200cخواهم क्\u200dष",
    "龘𠮷𬭎 é e\u0301 ﬁ ½ № ㎡ ™",
    "`反引号` 'x' \"y\" “z” \\ / 100% #1 {大括号} $5 ~",
)


def test_honest_texts_survive_unharmed(browser: Browser, tmp_path: Path, serve: Serve) -> None:
    """Markup, quotation marks, emoji, right to left, joiners that spell: as typed, wherever it stands."""
    quoted = [{"quote": text, "by": "王敏", "consent": True} for text in HONEST]
    body = "\n\n".join(text.replace("\\", "\\\\").replace("`", "\\`") for text in HONEST)
    body = body.replace("&amp;", "&amp;amp;")
    one = {
        "summary": HONEST[0], "remarks": HONEST[3], "spirit": HONEST[4], "testimonials": quoted,
        "practices": [{"title": text, "text": text} for text in HONEST],
    }  # fmt: skip
    files = site_of(
        **{f"p{n}": record(body, name=f"名{text}", one_line=text, **one) for n, text in enumerate(HONEST)}
    )
    built = build(
        write(tmp_path, files | {"site.yaml": settings(title=HONEST[0][:12], slogans=list(HONEST))})
    )
    assert built.report is not None and built.report.complete
    public = tmp_path / "public"
    names = {
        one["slug"]: one["name"]
        for one in json.loads((public / "exemplars.json").read_text("utf-8"))["exemplars"]
    }
    page = browser.new_page()
    try:
        for number, text in enumerate(HONEST):
            assert names[f"p{number}"] == f"名{text}"
            page.goto(f"{serve(public)}exemplars/p{number}/index.html")
            assert page.locator("h1").text_content() == f"名{text}"
            whole = page.locator("main").text_content() or ""
            deeds = page.locator(".prose").all_text_contents()
            for other in HONEST:
                assert other in whole and any(other in prose for prose in deeds), other
            page.goto(f"{serve(public)}search/index.html?q={quote(text[:8])}")
            page.wait_for_selector(ENDED, state="attached")
            assert f"名{text}" in (page.locator("[data-search-results]").text_content() or ""), text
    finally:
        page.close()
