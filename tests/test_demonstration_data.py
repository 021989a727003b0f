"""What the demonstration site says to machines: JSON, scripts, Atom, site map, JSON-LD, CSV and the manifest."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from published_case import SHOWN, records
from site_case import DAY, files_of, pages_of

BASE = "https://honour.jcgy.example/"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_exemplars_json_has_the_shape_that_is_promised(demonstration: Path) -> None:
    told = json.loads((demonstration / "exemplars.json").read_bytes())
    assert list(told) == ["exemplars"]
    assert {row["slug"] for row in told["exemplars"]} == {exemplar.slug for exemplar in SHOWN}
    shape: dict[str, type] = {
        "slug": str,
        "name": str,
        "pinyin": str,
        "collective": bool,
        "url": str,
        "one_line": str,
        "unit": list,
        "post": str,
        "year": int,
        "categories": list,
        "levels": list,
    }
    for row in told["exemplars"]:
        assert {key: type(value) for key, value in row.items()} == shape
        assert row["url"] == f"{BASE}exemplars/{row['slug']}/"
        assert row["name"] == records()[row["slug"]].name


def test_the_data_of_the_filters_leads_to_pages_and_pictures(demonstration: Path) -> None:
    script = (demonstration / "data" / "people.js").read_text("utf-8")
    rows: list[dict[str, Any]] = json.loads(
        script.removeprefix("window.HONOUR_PEOPLE=").rstrip().removesuffix(";")
    )
    assert len(rows) == len(SHOWN)
    files = files_of(demonstration)
    assert {row["url"] for row in rows} <= files
    assert {row["img"] for row in rows if "img" in row} <= files


def test_the_feed_is_atom_and_its_ids_are_the_permanent_addresses(demonstration: Path) -> None:
    feed = ElementTree.parse(demonstration / "feed.xml").getroot()
    stamp = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
    assert feed.tag == f"{ATOM}feed"
    for required in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{required}") is not None, required
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"{BASE}feed.xml"
    entries = feed.findall(f"{ATOM}entry")
    assert 20 <= len(entries) <= 30
    ids = [entry.findtext(f"{ATOM}id") or "" for entry in entries]
    assert len(ids) == len(set(ids))
    assert set(ids) <= {f"{BASE}exemplars/{exemplar.slug}/" for exemplar in SHOWN}
    for entry in (feed, *entries):
        assert stamp.fullmatch(entry.findtext(f"{ATOM}updated") or "")
        assert entry.findtext(f"{ATOM}title")
    assert feed.findtext(f"{ATOM}updated") == max(entry.findtext(f"{ATOM}updated") or "" for entry in entries)
    assert all(entry.findtext(f"{ATOM}summary") for entry in entries)


def test_the_site_map_names_every_page_once(demonstration: Path) -> None:
    site_map = ElementTree.parse(demonstration / "sitemap.xml").getroot()
    assert site_map.tag == f"{SITEMAP}urlset"
    named = [url.findtext(f"{SITEMAP}loc") or "" for url in site_map]
    pages = {BASE + path.removesuffix("index.html") for path in pages_of(demonstration) if path != "404.html"}
    assert len(named) == len(set(named))
    assert set(named) == pages
    assert f"Sitemap: {BASE}sitemap.xml" in (demonstration / "robots.txt").read_text("utf-8").splitlines()


def test_every_exemplar_tells_search_engines_who_it_is(demonstration: Path) -> None:
    for exemplar in SHOWN:
        html = (demonstration / "exemplars" / exemplar.slug / "index.html").read_text("utf-8")
        (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
        told = json.loads(found)
        assert told["@type"] == "ProfilePage"
        assert told["url"] == f"{BASE}exemplars/{exemplar.slug}/"
        assert told["mainEntity"]["@type"] == ("Organization" if exemplar.kind == "collective" else "Person")
        assert told["mainEntity"]["name"] == exemplar.name


def test_the_spreadsheet_has_a_row_for_everybody_shown(demonstration: Path) -> None:
    data = (demonstration / "statistics" / "honours.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == len(SHOWN) + 1
    assert {len(row) for row in rows} == {len(rows[0])}


def test_the_manifest_lists_every_other_file_with_its_digest(demonstration: Path) -> None:
    manifest = json.loads((demonstration / "manifest.json").read_bytes())
    assert manifest["date"] == DAY and manifest["preview"] is False and manifest["complete"] is True
    listed = {entry["path"]: (entry["size"], entry["sha256"]) for entry in manifest["files"]}
    found = {}
    for path in files_of(demonstration) - {"manifest.json"}:
        data = (demonstration / path).read_bytes()
        found[path] = (len(data), hashlib.sha256(data).hexdigest())
    assert listed == found
