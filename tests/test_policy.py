"""Every page brings its own strict policy, and nothing on it needs a looser one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Serve
from playwright.sync_api import Browser
from site_case import HtmlPage, files_of, on_file, read_page, shapes_of

PAGES = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
# Pictures of the kiosk come as scripts that are checked, and are shown from memory.
KIOSK = "default-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'"
FETCHING = re.compile(r"@import|url\(\s*['\"]?(?:https?:)?//|\bimport\(|\beval\(|new Function\b")
LOADING = {"script": "src", "img": "src", "source": "srcset", "link": "href"}


@pytest.fixture(params=["demonstration", "preview", "english", "lobby"])
def site(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


def test_every_page_has_its_policy_before_it_loads_anything(site: Path) -> None:
    pages = [path for path in files_of(site) if path.endswith(".html")]
    expected = KIOSK if site.name == "kiosk" else PAGES
    for path in pages:
        page = read_page(site, path)
        (policy,) = (
            e for e in page.find("meta") if e.attributes.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy.attributes["content"] == expected, path
        loading = [e for e in page.elements if e.tag in LOADING]
        assert loading and page.elements.index(policy) < page.elements.index(loading[0]), path
        assert policy.parents == ("html", "head"), path
    special = {"404.html", "search/index.html"} if site.name != "kiosk" else {"index.html"}
    assert special <= {*pages}


def test_no_policy_is_loose() -> None:
    for policy in (PAGES, KIOSK):
        assert not re.search(r"unsafe|\*|https?:|data:", policy)
        assert "base-uri 'none'" in policy and "form-action 'none'" in policy


def strange(page: HtmlPage) -> list[str]:
    """What the policy would stop: code and styles in the page, and whatever comes from elsewhere."""
    found = []
    for element in page.elements:
        keys = element.attributes
        found += [
            f"{element}" for key in keys if key.startswith("on") or key in ("style", "srcdoc", "background")
        ]
        if element.tag in ("style", "base", "iframe", "object", "embed") or "action" in keys:
            found.append(f"{element}")
        if element.tag == "script" and "src" not in keys and keys.get("type") != "application/ld+json":
            found.append(f"{element}")
        address = keys.get(LOADING.get(element.tag, ""), "")
        own = element.tag != "link" or keys["rel"] not in ("canonical", "alternate")
        if own and re.match(r"[a-z][a-z0-9+.-]*:|//", address, re.IGNORECASE):
            found.append(f"{element}")
    return found


def test_nothing_on_a_page_needs_a_looser_policy(site: Path) -> None:
    for path in files_of(site):
        if path.endswith(".html"):
            assert strange(read_page(site, path)) == [], path


def test_that_would_be_seen() -> None:
    for html in (
        "<p style='color:red'>",
        "<a onclick=x>",
        "<style>",
        "<script>x</script>",
        "<script src='//cdn.example/x.js'>",
        "<img src='https://a.example/b.png'>",
        "<link rel=stylesheet href=http://a.example/c.css>",
        "<iframe>",
        "<form action=x>",
    ):
        page = HtmlPage("x")
        page.feed(html)
        assert strange(page), html


def test_styles_and_scripts_fetch_nothing_from_elsewhere(site: Path) -> None:
    for path in files_of(site):
        if path.endswith((".css", ".js")):
            text = (site / path).read_text("utf-8")
            assert not re.search(
                r"@import|url\(\s*['\"]?(?:https?:)?//|\bimport\(|\beval\(|new Function\b", text
            ), path


@pytest.mark.parametrize("way", ["file", "http"])
def test_browsers_have_nothing_against_our_pages(
    browser: Browser, demonstration: Path, serve: Serve, way: str
) -> None:
    """From a folder as well as from a server: styles, scripts and pictures come, and nothing is refused."""
    root = demonstration.as_uri() + "/" if way == "file" else serve(demonstration)
    context = browser.new_context()
    context.add_init_script(
        "window.refused = 0; addEventListener('securitypolicyviolation', () => { refused++; });"
    )
    page = context.new_page()
    try:
        for path in on_file(shapes_of(demonstration)):
            page.goto(root + path, wait_until="load")
            assert page.evaluate("refused") == 0, path
            assert page.evaluate("typeof people === 'object' && document.styleSheets.length === 1"), path
            assert page.evaluate(
                "Array.from(document.images).every((one) => !one.complete || one.naturalWidth)"
            ), path
        page.goto(root + "search/index.html", wait_until="load")
        page.evaluate("document.body.innerHTML = '<img src=x onerror=1>'")  # and it does watch
        page.wait_for_timeout(200)
        assert page.evaluate("refused") > 0
    finally:
        context.close()
