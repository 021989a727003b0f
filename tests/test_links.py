"""Every address of every page leads somewhere: in the files, to the letter, and through a server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Serve
from site_case import broken_links, output, pages_of


@pytest.mark.parametrize(
    ("site", "base", "root"),
    [
        ("demonstration", "https://honour.jcgy.example/", "/"),
        ("preview", "https://honour.jcgy.example/", "/"),
        ("tiny", "https://honour.example/zone/", "/zone/"),
        ("english", "https://honour.example/zone/", "/zone/"),
        (
            "stress",
            "https://honour.example/a-rather-long-sub-path-of-the-intranet/zone/",
            "/a-rather-long-sub-path-of-the-intranet/zone/",
        ),
    ],
)
def test_every_address_leads_to_a_file_and_a_place_in_it(
    request: pytest.FixtureRequest, site: str, base: str, root: str
) -> None:
    """Case and all, so that it works from a folder on Windows and from a server on Linux."""
    broken, abroad = broken_links(request.getfixturevalue(site), base, root)
    assert broken == []
    # The addresses and mailboxes that site.yaml gives for feedback are the only way out.
    assert {address.partition(":")[0] for address in abroad} <= {"mailto", "tel", "https"}
    outside = {address for address in abroad if address.startswith("https:")}
    assert outside <= {
        "https://oa.jcgy.example/tuijian",
        "https://oa.public-utilities.jiangcheng.example/workflows/nomination/2026/new?form=individual-or-collective",
        *(address for address in outside if address.startswith("https://wiki.public-utilities.")),
    }


def test_the_search_for_broken_links_finds_them(tmp_path: Path) -> None:
    written = ("B.html", "#no", "b.html#no", "/b.html", "b.html#yes")
    (tmp_path / "a.html").write_text("".join(f'<a href="{address}">x</a>' for address in written), "utf-8")
    (tmp_path / "b.html").write_text('<p id="yes">', "utf-8")
    broken, abroad = broken_links(tmp_path, "https://honour.example/")
    assert len(broken) == 4
    assert abroad == set()


def test_linkinator_finds_no_broken_link_under_a_sub_path(
    node: str, gates: Path, demonstration: Path, serve: Serve
) -> None:
    start = serve(demonstration)
    origin = start.removesuffix("/zone/")
    done = output(
        node,
        gates / "node_modules" / "linkinator" / "build" / "src" / "cli.js",
        start,
        "--recurse",
        "--concurrency",
        "20",
        "--format",
        "json",
        "--skip",
        f"^(?!{origin})",  # other hosts, the permanent addresses among them, can't be asked from here
    )
    found = json.loads(done.stdout)
    states: dict[str, list[str]] = {}
    for link in found["links"]:
        states.setdefault(link["state"], []).append(f"{link.get('parent')} → {link['url']}")
    assert states.get("BROKEN", []) == []
    assert found["passed"], done.stdout
    visited = {link.partition(" → ")[2].partition("#")[0] for link in states["OK"]}
    pages = {start + path for path in pages_of(demonstration)} - {start + "404.html"}
    assert {page.removesuffix("/index.html") for page in pages} <= {
        v.removesuffix("/index.html").removesuffix("/") for v in visited
    }
