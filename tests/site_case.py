"""Whole sites: copied, built by the command itself, and their pages read as a browser would."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
SITES = Path(__file__).parent / "sites"
DAY = "2026-11-22"  # of every build here; the demonstration's notice has two working days left

# Elements that hold no content and have no end tag.
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def copy_demonstration(to: Path) -> Path:
    """The demonstration site, without what a build left beside it. Returns `to`."""
    to.mkdir(parents=True)
    shutil.copy2(ROOT / "site.yaml", to)
    for folder in ("exemplars", "content"):
        shutil.copytree(ROOT / folder, to / folder)
    return to


def copy_site(name: str, to: Path, **settings: str) -> Path:
    """The site tests/sites/`name`; `settings` replace whole lines of its site.yaml. Returns `to`."""
    shutil.copytree(SITES / name, to)
    file = to / "site.yaml"
    text = file.read_text("utf-8")
    for key, value in settings.items():
        text, changed = re.subn(rf"(?m)^{key}:.*$", f"{key}: {value}", text)
        assert changed == 1, key
    file.write_text(text, "utf-8", newline="\n")
    return to


def output(*command: object) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, whatever its exit code."""
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, encoding="utf-8")


def run(site: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """`honour --site SITE WORDS…` in a process of its own."""
    return output(sys.executable, "-m", "generator", "--site", site, *words)


def build(site: Path, out: Path, *options: str, day: str = DAY, editions: str = "website") -> dict[str, Any]:
    """Build `editions` of `site` into `out`; what `--json` told. Problems of the site are the caller's to judge;
    a file that could not be made is a failure."""
    done = run(site, "build", "--out", out, "--date", day, "--editions", editions, "--json", *options)
    assert done.returncode in (0, 1), done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["failed"] in (0, []), told
    return told


# --- what was built --------------------------------------------------------------------------------


def files_of(folder: Path) -> frozenset[str]:
    """Every file below `folder`, as paths with `/` and the case they have on disk."""
    return frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def pages_of(folder: Path) -> list[str]:
    """Every HTML page that is not the redirect of an old address."""
    pages = sorted(path for path in files_of(folder) if path.endswith(".html"))
    return [path for path in pages if 'http-equiv="refresh"' not in (folder / path).read_text("utf-8")]


def shapes_of(folder: Path) -> list[str]:
    """The shortest and the longest page of each shape of address: every template, sparse and full."""
    shapes: dict[tuple[str, int, bool], list[str]] = {}
    for path in pages_of(folder):
        parts = PurePosixPath(path).parts
        shapes.setdefault((parts[0], len(parts), parts[-1] == "index.html"), []).append(path)
    chosen: dict[str, None] = {}
    for several in shapes.values():
        by_size = sorted(several, key=lambda path: ((folder / path).stat().st_size, path))
        chosen |= {by_size[0]: None, by_size[-1]: None}
    return list(chosen)


def on_file(pages: list[str]) -> list[str]:
    """Those that can be opened from a folder: the 404 page leads from the root of its server."""
    return [path for path in pages if path != "404.html"]


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    line: int
    parents: tuple[str, ...]

    def __str__(self) -> str:
        return f"line {self.line}: <{self.tag} {self.attributes}>"


@dataclass
class HtmlPage(HTMLParser):
    """One page: its elements, what a visitor reads (without <template>), and everything in it (with)."""

    path: str
    elements: list[Element] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    all_text: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []

    def __hash__(self) -> int:
        return hash(self.path)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append(Element(tag, given, self.getpos()[0], tuple(self._open)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.all_text.append(data)
        if not {"template", "script", "style", "head"} & set(self._open):
            self.read.append(data)

    def find(self, tag: str, *, hidden: bool = True) -> Iterator[Element]:
        """Elements of this name; without `hidden`, those in a <template> are left out."""
        for element in self.elements:
            if element.tag == tag and (hidden or "template" not in element.parents):
                yield element

    @property
    def ids(self) -> list[str]:
        return [
            e.attributes["id"] for e in self.elements if "id" in e.attributes and "template" not in e.parents
        ]

    @property
    def text(self) -> str:
        return "".join(self.read)

    def references(self) -> Iterator[tuple[Element, str]]:
        """Every address that the page names, as written."""
        for element in self.elements:
            for name, value in element.attributes.items():
                if name in ("href", "src", "poster", "action", "data-people"):
                    yield element, value
                elif name == "srcset":
                    for one in value.split(","):
                        yield element, one.split()[0]
                elif name == "content" and element.attributes.get("property") in ("og:image", "og:url"):
                    yield element, value


def read_page(folder: Path, path: str) -> HtmlPage:
    page = HtmlPage(path)
    page.feed((folder / path).read_text("utf-8"))
    page.close()
    return page


def broken_links(folder: Path, base_url: str, root: str = "/") -> tuple[list[str], set[str]]:
    """Addresses that lead to no file (case-exact) or to no id, and the addresses of other hosts.

    Relative ones must work from file://, hence name a file; `base_url` stands for the folder. The 404 page
    alone may begin with `root`, for a server shows it at any depth."""
    files = files_of(folder)
    pages = {path: read_page(folder, path) for path in files if path.endswith(".html")}
    ids = {path: set(page.ids) for path, page in pages.items()}
    broken, abroad = [], set()
    for path, page in pages.items():
        for element, written in page.references():
            target, fragment = _target(path, written, base_url, root)
            if target is None:
                abroad.add(written)
            elif target not in files:
                broken.append(f"{path} {element}: {written} leads to no file")
            elif fragment and fragment not in ids.get(target, ()):
                broken.append(f"{path} {element}: {written} leads to no id")
    return broken, abroad


def _target(page: str, written: str, base_url: str, root: str) -> tuple[str | None, str]:
    """The file that an address on `page` means, None for another host's, and the fragment."""
    permanent = bool(base_url) and written.startswith(base_url)
    if page == "404.html" and written.startswith(root):
        permanent, written = False, "/" + written.removeprefix(root)
    parts = urlsplit(written.removeprefix(base_url) if permanent else written)
    if parts.scheme or parts.netloc:
        return None, ""
    path, fragment = unquote(parts.path), unquote(parts.fragment)
    if permanent and (not path or path.endswith("/")):
        path += "index.html"
    if permanent or (page == "404.html" and path.startswith("/")):
        return path.lstrip("/"), fragment
    if not path:
        return page, fragment
    return normpath((PurePosixPath(page).parent / path).as_posix()), fragment
