#!/usr/bin/env python3
"""Asks the search the same questions as Pagefind in one run: what is found, what is loaded, how long it takes.

    python benchmarks/bench_search.py SITE [--pagefind PROGRAM …] [--queries 200] [--firsts 25]

SITE is a site of this program (make_corpus.py 1000 --out SITE). Its index is planned and made as a build does.
Pagefind gets a page for each exemplar with the very same texts, pinyin and initials written out; PROGRAM is its
binary (`pip install 'pagefind[extended]'`, or npm's @pagefind/linux-x64/bin/pagefind), several may be given.

Truth is a plain comparison of texts. "First" is a fresh browser with nothing driving it, whose page asks one
question and has the first eight results with their texts; the figures are medians, nine of ten and greatest of
--firsts of them, in kilobytes as a server sends them with gzip, the script counted. Prints a Markdown table. Needs
the extra `test` and Chromium."""

from __future__ import annotations

import argparse
import gzip
import html
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from generator.engine.parallel import Workers
from generator.engine.store import Store
from generator.engine.target import Files
from generator.exhibits import Exhibits
from generator.loading import load
from generator.model import Scope
from generator.pinyin import plain_letters
from generator.renditions import Renditions
from generator.search import plan_index
from generator.search.people import people_of
from generator.search.plain import honours_of, plain_of
from generator.views import SearchPerson

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 11, 22)
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
STRICT = "default-src 'self'"
WASM = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"

OURS = """
([query, all]) => new Promise((resolve, reject) => {
  const began = performance.now();
  window.engine = window.engine || new HonourSearch("./");
  const have = (failed, results) => failed ? reject(failed)
    : resolve([results.map((each) => each.person.slug), performance.now() - began]);
  engine.query(query, {}, (failed, found) => failed ? reject(failed) : found.next(all ? 1e6 : 8, have));
})
"""
PAGEFIND = """
async ([query, all]) => {
  const began = performance.now();
  window.engine = window.engine || await import("./pagefind/pagefind.js");
  await engine.init();
  const { results } = await engine.search(query);
  const data = await Promise.all((all ? results : results.slice(0, 8)).map((each) => each.data()));
  return [data.map((each) => each.url.replace(/.*[/]([^/]+)[.]html$/, "$1")), performance.now() - began];
}
"""
# Long enough after the browser's own beginning.
FIRST = """
const query = new URLSearchParams(location.search).get("q");
setTimeout(() => ask([query, false]).then(([, ms]) => fetch("told?" + ms), () => fetch("told?")), 2500);
"""


@dataclass
class Contender:
    """A search to be measured: a folder with a page, and what to evaluate on it."""

    name: str
    folder: Path
    ask: str
    policy: str = STRICT
    figures: dict[str, str] = field(default_factory=dict)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path)
    parser.add_argument("--pagefind", type=Path, nargs="*", default=[], metavar="PROGRAM")
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--firsts", type=int, default=40)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, browser() as chromium:
        people, contenders = prepared(options.site, options.pagefind, Path(temporary))
        queries = questions(people, options.queries)
        for contender in contenders:
            measure(chromium, contender, people, queries, options.firsts)
    rows = {"": {key: key for key in contenders[0].figures}} | {one.name: one.figures for one in contenders}
    print(f"\n{len(people)} records, {len(queries)} questions\n")
    for number, key in enumerate(["", *rows[""]]):
        cells = [key, *(one.figures.get(key, one.name) for one in contenders)]
        print("| " + " | ".join(cells) + " |")
        if not number:
            print("|" + "---|" * len(cells))


# --- the two indexes -------------------------------------------------------------------------------


def prepared(site: Path, programs: list[Path], out: Path) -> tuple[tuple[SearchPerson, ...], list[Contender]]:
    """Everybody of the site, our own index and one of each Pagefind."""
    with Store(site, "bench") as store, Workers(os.cpu_count() or 1) as workers:
        loaded = load(site, store, workers, today=lambda settings: DAY)
        assert loaded.catalogue is not None, loaded.problems
        exhibits = Exhibits(loaded.catalogue, Scope.WEB, Renditions())
        people = people_of(exhibits)
        for target in plan_index(exhibits).targets:
            file = out / "ours" / target.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(target.recipe(target.view, Files(target.files)))
    scripts = sorted((ROOT / "themes/honour/search").glob("1*.js"))  # without that of the page
    (out / "ours/engine.js").write_text("\n".join(script.read_text("utf-8") for script in scripts), "utf-8")
    page(out / "ours", '<script src="engine.js"></script>', OURS)
    contenders = [Contender("ours", out / "ours", OURS)]
    for program in programs:
        folder = out / f"pagefind-{len(contenders)}"
        (folder / "p").mkdir(parents=True)
        for person in people:
            (folder / "p" / f"{person.slug}.html").write_text(plain_page(person), "utf-8")
        subprocess.run([program, "--site", folder, "--quiet"], check=True)
        version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
        page(folder, "", PAGEFIND)
        contenders.append(Contender(version.strip().replace("pagefind", "Pagefind"), folder, PAGEFIND))
    return people, contenders


def page(folder: Path, head: str, ask: str) -> None:
    """index.html, which does nothing, and first.html, which asks the question in its address by itself."""
    (folder / "icon.svg").touch()
    (folder / "first.js").write_text(f"const ask = {ask.strip()};\n{FIRST}", "utf-8")
    alone = '<script type="module" src="first.js"></script>'
    for name, scripts in (("index.html", head), ("first.html", head + alone)):
        icon = '<link rel="icon" href="icon.svg">'
        text = f'<!DOCTYPE html>\n<html lang="zh-CN"><meta charset="utf-8"><title>x</title>{icon}{scripts}</html>\n'
        (folder / name).write_text(text, "utf-8")


def plain_page(person: SearchPerson) -> str:
    """All that our own index has of somebody, as a page to be indexed."""
    lines = "".join(
        f"<p>{html.escape(line)}</p>" for text in texts(person) for line in text.split("\n") if line
    )
    spelled = f"<p>{''.join(syllables(person))}</p><p>{initials(person)}</p>"
    head = f'<meta charset="utf-8"><title>{html.escape(person.text.name)}</title>'
    return f'<!DOCTYPE html><html lang="zh-CN"><head>{head}</head><body>{lines}{spelled}</body></html>'


def texts(person: SearchPerson) -> Iterator[str]:
    said = person.text
    yield from (said.name, "".join(said.unit), said.post, *said.categories, *honours_of(said), said.one_line)
    yield plain_of(said.story.html)
    for voice in said.voices:
        yield from (voice.quote, voice.by, voice.unit, voice.relation)


def syllables(person: SearchPerson) -> list[str]:
    return [plain_letters(syllable) for word in person.words for syllable in word]


def initials(person: SearchPerson) -> str:
    return "".join(syllable[0] for syllable in syllables(person))


# --- questions and answers -------------------------------------------------------------------------


def questions(people: tuple[SearchPerson, ...], number: int) -> list[str]:
    """Names and parts of them, two to four characters of deeds, units and honours, pinyin and initials."""
    chance = Random(11)
    found: dict[str, None] = {}
    while len(found) < number:
        person, kind = chance.choice(people), len(found) % 10
        name, deeds = person.text.name, plain_of(person.text.story.html)
        if kind == 0:
            query = name
        elif kind == 1:
            query = name[chance.randint(0, 1) :][:2]
        elif kind == 2:
            query = chance.choice([*person.text.categories, *honours_of(person.text), *person.text.unit])
        elif kind == 3:
            query = "".join(syllables(person))
        elif kind == 4:
            query = "".join(syllables(person))[: chance.randint(4, 7)]
        elif kind == 5:
            query = initials(person)
        else:
            at = chance.randrange(len(deeds) - 4)
            query = deeds[at : at + chance.randint(2, 4)]
        if query.isalnum() and len(query) > 1:
            found[query] = None
    return list(found)


def truth(people: tuple[SearchPerson, ...], query: str) -> set[str]:
    """Whose texts have the query in them, or whose name begins to be read so."""
    wanted = {person.slug for person in people if any(query in text for text in texts(person))}
    if query.isascii():
        read = {p.slug: ("".join(syllables(p)), initials(p)) for p in people}
        wanted |= {slug for slug, both in read.items() if any(one.startswith(query) for one in both)}
    return wanted


# --- measuring -------------------------------------------------------------------------------------


def measure(
    chromium: Browser,
    contender: Contender,
    people: tuple[SearchPerson, ...],
    queries: list[str],
    firsts: int,
) -> None:
    """Fill the figures of one contender."""
    told = contender.figures
    contender.policy = STRICT if answers(chromium, contender, STRICT) else WASM
    with served(contender.folder, contender.policy) as (address, sent):
        firsts_of = queries[:: max(1, len(queries) // firsts)][:firsts]
        sizes, times = zip(*(first(address, query, sent) for query in firsts_of), strict=True)
        right = wrong = missed = 0
        share: list[float] = []
        with opened(chromium, address) as warm:
            warm.goto(address)
            for query in queries:
                found, wanted = set(warm.evaluate(contender.ask, [query, True])[0]), truth(people, query)
                right += len(found & wanted)
                wrong += len(found - wanted)
                missed += len(wanted - found)
                share.append(len(found & wanted) / len(wanted))
    told["recall"] = f"{100 * right / (right + missed):.1f} %"
    told["precision"] = f"{100 * right / max(right + wrong, 1):.1f} %"
    told["questions answered in full"] = f"{sum(one == 1 for one in share)} of {len(share)}"
    told["KB (gz) for load and first question: median, nine of ten, greatest"] = spread(
        [s / 1000 for s in sizes]
    )
    told["ms to the first answer: median, nine of ten, greatest"] = spread(times)
    told["from file://"] = "works" if from_folder(chromium, contender) else "blocked"
    told["policy"] = contender.policy.replace("default-src 'self'; script-src 'self' ", "")
    found = (file.relative_to(contender.folder) for file in contender.folder.rglob("*") if file.is_file())
    told["files of the index"] = str(sum(file.parts[0] in ("search", "pagefind") for file in found))
    print(json.dumps({contender.name: told}, ensure_ascii=False), file=sys.stderr)


def spread(several: Sequence[float]) -> str:
    ordered = sorted(several)
    return f"{statistics.median(ordered):.0f}, {ordered[int(len(ordered) * 0.9)]:.0f}, {ordered[-1]:.0f}"


def first(address: str, query: str, sent: list[tuple[str, int]]) -> tuple[int, float]:
    """Bytes and milliseconds of the first question to a browser that has a profile of its own and no driver, whose
    looking on would cost each file some milliseconds."""
    sent.clear()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        program = [chromium_program(), *OPTIONS, "--headless", "--no-first-run", f"--user-data-dir={profile}"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        alone = subprocess.Popen([*program, f"{address}first.html?q={quote(query)}"], **quiet)
        try:
            told = until(lambda: next((path for path, _ in sent if "told?" in path), None))
        finally:
            alone.terminate()
            alone.wait()
    own = ("first.js", "first.html", "icon.svg", "told")
    size = sum(size for path, size in sent if path.partition("?")[0].rpartition("/")[2] not in own)
    return size, float(told.partition("?")[2])


def until(look: Callable[[], str | None]) -> str:
    for _ in range(600):
        if found := look():
            return found
        time.sleep(0.05)
    raise TimeoutError("no answer within half a minute")


def answers(chromium: Browser, contender: Contender, policy: str) -> bool:
    """Whether it works at all under `policy`."""
    with served(contender.folder, policy) as (address, _), opened(chromium, address) as tried:
        tried.goto(address)
        return asked(tried, contender)


def from_folder(chromium: Browser, contender: Contender) -> bool:
    address = (contender.folder / "index.html").as_uri()
    with opened(chromium, address) as tried:
        tried.goto(address)
        return asked(tried, contender)


def asked(tried: Page, contender: Contender) -> bool:
    try:
        tried.evaluate(contender.ask, ["安全", False])
    except Exception:
        return False
    return True


def chromium_program() -> str:
    named = os.environ.get("HONOUR_CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("google-chrome") or "chrome"


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_program(), args=OPTIONS)
        yield started
        started.close()


@contextmanager
def opened(chromium: Browser, address: str) -> Iterator[Page]:
    """A page of a fresh profile. A file's folder has no cache to begin with."""
    context = chromium.new_context()
    fresh = context.new_page()
    fresh.set_default_timeout(60_000)
    yield fresh
    context.close()


class _Handler(SimpleHTTPRequestHandler):
    """Files with gzip, as an office's server sends them, each kept packed after its first asking."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(
        self, *given: Any, policy: str, sent: list[tuple[str, int]], packed: dict[str, bytes], **more: Any
    ) -> None:
        self.policy, self.sent, self.packed = policy, sent, packed
        super().__init__(*given, **more)

    def do_GET(self) -> None:
        path = self.translate_path(self.path)
        if "/told?" in self.path:
            self.sent.append((self.path, 0))
            self.send_response(204)
            self.end_headers()
            return
        file = Path(path, "index.html") if Path(path).is_dir() else Path(path)
        if not file.is_file():
            self.send_error(404)
            return
        if path not in self.packed:
            self.packed[path] = gzip.compress(file.read_bytes(), 6)
        body = self.packed[path]
        self.sent.append((self.path, len(body)))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", self.policy)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        """Requests are counted, not told."""


@contextmanager
def served(folder: Path, policy: str) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """The address of `folder` on a server, and what it has sent."""
    sent: list[tuple[str, int]] = []
    packed: dict[str, bytes] = {}
    handler = partial(_Handler, directory=str(folder), policy=policy, sent=sent, packed=packed)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/", sent
    server.shutdown()
    server.server_close()


if __name__ == "__main__":
    main()
