"""The checkers of the trade over built sites: HTML, links, CSS, JavaScript, and what every page must have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from site_case import files_of, output, pages_of, read_page

MOST_SCRIPT = 20_000  # bytes, all that the pages share
CANARY = "<!DOCTYPE html><html><head><title>x</title></head><body><img src=a></p></body></html>"

# Newer than Chromium 78, and nothing a parser would notice.
NEW_CALLS = re.compile(
    r"\.(replaceAll|at|findLast|findLastIndex|replaceChildren|toSorted|toReversed|groupBy|checkVisibility)\("
    r"|\b(Object\.(hasOwn|groupBy)|Promise\.any|structuredClone|AggregateError|WeakRef|Intl\.Segmenter)\b"
)


# --- HTML ------------------------------------------------------------------------------------------


def vnu(java: str, gates: Path, paths: Iterable[Path], *options: str) -> list[dict[str, Any]]:
    """Every message, errors and warnings, of the Nu HTML checker; but to it no file is `'self'` of a page in a
    folder, so whether pages keep to their own policy is asked of browsers (test_policy.py, test_hostile.py)."""
    jar = gates / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = output(
        java, "-Xss4m", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", *options, *paths
    )
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return [one for one in messages if "violates Content Security Policy" not in one["message"]]


def test_every_page_is_valid_html(
    java: str, gates: Path, demonstration: Path, preview: Path, tiny: Path, stress: Path, tmp_path: Path
) -> None:
    canary = tmp_path / "canary.html"
    canary.write_text(CANARY, "utf-8")
    sites = (demonstration, preview, tiny, stress)
    found = vnu(
        java,
        gates,
        [
            canary,
            *(site / page for site in sites for page in sorted(files_of(site)) if page.endswith(".html")),
        ],
    )
    own = [message for message in found if not message["url"].endswith("canary.html")]
    assert own == []
    assert len(found) >= 3  # what is wrong with the canary: the run looked


def test_every_page_of_the_english_interface_is_valid_html(java: str, gates: Path, english: Path) -> None:
    # The interface is English and the records stay Chinese: what language the words are is not the page's fault.
    assert vnu(java, gates, [english], "--no-langdetect", "--skip-non-html") == []


def test_every_page_has_what_a_page_must_have(demonstration: Path, english: Path) -> None:
    for folder, language in ((demonstration, "zh-CN"), (english, "en")):
        for path in pages_of(folder):
            page = read_page(folder, path)
            assert [e.attributes["lang"] for e in page.find("html")] == [language], path
            assert len(list(page.find("h1", hidden=False))) == 1, path
            assert len(list(page.find("title"))) == 1, path
            assert len(list(page.find("main"))) == 1, path
            assert len(page.ids) == len(set(page.ids)), path
            assert (">示例<" in (folder / path).read_text("utf-8")) == (folder == demonstration), path


def test_pages_of_one_list_have_titles_of_their_own(demonstration: Path) -> None:
    folders: dict[str, list[str]] = {}
    for path in pages_of(demonstration):
        found = re.search("<title>(.+?)</title>", (demonstration / path).read_text("utf-8"))
        assert found, path
        folders.setdefault(path.rpartition("/")[0], []).append(found[1])
    assert any(len(titles) > 1 for titles in folders.values())
    assert [titles for titles in folders.values() if len(titles) > len(set(titles))] == []


def test_an_old_address_says_where_it_leads(demonstration: Path) -> None:
    moved = sorted(
        {path for path in files_of(demonstration) if path.endswith(".html")} - set(pages_of(demonstration))
    )
    assert moved
    for path in moved:
        page = read_page(demonstration, path)
        (link,) = page.find("a")
        (refresh,) = (e for e in page.find("meta") if e.attributes.get("http-equiv") == "refresh")
        assert refresh.attributes["content"] == f"0; url={link.attributes['href']}", path
        name = re.search(r"<h1[^>]*>(.+)的页面换了地址</h1>", (demonstration / path).read_text("utf-8"))
        assert name and f">{name[1]}</a>" in (demonstration / path).read_text("utf-8"), path


def test_every_picture_has_its_size_and_its_widths(demonstration: Path, tiny: Path) -> None:
    """The small portraits of list rows are one file for every screen: test_gates_browser says it is wide enough."""
    for folder in (demonstration, tiny):
        pictures = [(path, e) for path in pages_of(folder) for e in read_page(folder, path).find("img")]
        assert len(pictures) > 10
        for path, picture in pictures:
            given = picture.attributes
            assert int(given["width"]) > 0 and int(given["height"]) > 0, f"{path} {picture}"
            assert "alt" in given, f"{path} {picture}"
            assert "picture" in picture.parents or picture.parents[-2] == "li", f"{path} {picture}"
        sources = [(path, e) for path in pages_of(folder) for e in read_page(folder, path).find("source")]
        assert len(sources) == sum("picture" in picture.parents for _, picture in pictures)
        for path, source in sources:
            assert source.attributes["sizes"], f"{path} {source}"
            assert re.fullmatch(r"(\S+ \d+w(, )?)+", source.attributes["srcset"]), f"{path} {source}"


def test_nothing_on_a_page_needs_a_loose_security_policy(demonstration: Path, preview: Path) -> None:
    """No style attributes, no handlers, no scripts in the page but the data of search engines."""
    for folder in (demonstration, preview):
        for path in pages_of(folder):
            for element in read_page(folder, path).elements:
                handlers = [name for name in element.attributes if name.startswith("on") or name == "style"]
                assert not handlers, f"{path} {element}"
                assert element.tag != "style", f"{path} {element}"
                if element.tag == "script" and "src" not in element.attributes:
                    assert element.attributes["type"] == "application/ld+json", f"{path} {element}"


# --- CSS and JavaScript ----------------------------------------------------------------------------


NEWER_STYLES = (
    "a { aspect-ratio: 3 / 4 }",
    "a { inset: 0 }",
    "a { width: clamp(1px, 2vw, 3px) }",
    "a:has(b) { color: red }",
    "a:focus-visible { color: red }",
    "a { height: 100dvh }",
    "a { & b { color: red } }",
    "@container (width > 1px) { a { color: red } }",
    "@media (width >= 720px) { a { color: red } }",
    "a { overflow: clip }",
    "a { colour: red }",
)


def stylelint(node: str, gates: Path, sheets: Iterable[Path]) -> dict[str, list[str]]:
    """What the linter has against each sheet, by its file name."""
    linter = gates / "node_modules" / "stylelint" / "bin" / "stylelint.mjs"
    done = output(node, linter, "--config", gates / "stylelint.config.mjs", "--formatter", "json", *sheets)
    told = json.loads(done.stdout or done.stderr)
    return {
        Path(sheet["source"]).name: [f"{w['line']}:{w['column']} {w['text']}" for w in sheet["warnings"]]
        for sheet in told
    }


def test_the_stylesheet_is_one_that_chromium_78_reads(
    node: str, gates: Path, demonstration: Path, tmp_path: Path
) -> None:
    (sheet,) = (demonstration / "assets").glob("*.css")
    newer = [tmp_path / f"{number}.css" for number in range(len(NEWER_STYLES))]
    for file, rule in zip(newer, NEWER_STYLES, strict=True):
        file.write_text(rule + "\n", "utf-8")
    found = stylelint(node, gates, [sheet, *newer])
    assert found.pop(sheet.name) == []
    assert [rule for file, rule in zip(newer, NEWER_STYLES, strict=True) if not found[file.name]] == []


def test_there_is_one_small_script_and_the_data(node: str, gates: Path, demonstration: Path) -> None:
    search, script = sorted(
        (demonstration / "assets").glob("*.js"), key=lambda file: "-search-" not in file.name
    )
    assert script.stat().st_size <= MOST_SCRIPT
    index = {path for path in files_of(demonstration) if path.startswith("search/") and path.endswith(".js")}
    assert {path for path in files_of(demonstration) if path.endswith(".js")} - index == {
        f"assets/{script.name}",
        f"assets/{search.name}",
        "data/people.js",
    }
    for path in pages_of(demonstration):
        scripts = [e for e in read_page(demonstration, path).find("script") if "src" in e.attributes]
        assert len(scripts) == (2 if path == "search/index.html" else 1), path
        assert all("type" not in one.attributes and "defer" in one.attributes for one in scripts), path


def test_chromium_78_reads_the_script_and_the_data(
    node: str, gates: Path, demonstration: Path, tmp_path: Path
) -> None:
    scripts = [*(demonstration / "assets").glob("*.js"), demonstration / "data" / "people.js"]
    assert output(node, gates / "parse.mjs", *scripts).stdout == ""
    for script in scripts:
        assert not NEW_CALLS.findall(script.read_text("utf-8")), script
    newer = tmp_path / "newer.js"
    newer.write_text("window.a?.b ?? 1;", "utf-8")
    assert "newer.js" in output(node, gates / "parse.mjs", newer).stdout
