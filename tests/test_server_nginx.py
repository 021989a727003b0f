"""deploy/server/nginx with the nginx of Debian: headers, what lies compressed, what isn't there, and switches."""

from __future__ import annotations

import asyncio
import gzip
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest
from nginx_case import get, nginx
from release_case import content, publish, website

from generator import releases
from generator.engine.parallel import Workers

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)


@pytest.fixture(scope="module")
def dest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with everything, and one address that is gone."""
    folder = tmp_path_factory.mktemp("served")
    made = content(folder / "public", website(0))
    with Workers(1) as workers:
        made = releases.compressed(made, folder / "store", workers)
    dest = folder / "dest"
    with releases.held(releases.Folder(dest), 5, lambda holder: None) as destination:
        releases.publish(destination, made, keep=2)
    (dest / "gone.map").write_text("~/exemplars/gu-ren(/|$) 1;\n")
    return dest


@pytest.mark.parametrize("under", ["", "/honour"])
def test_headers_compression_and_what_is_not_there(dest: Path, tmp_path: Path, under: str) -> None:
    files = website(0)
    photo = next(path for path in files if path.endswith(".webp"))
    with nginx(tmp_path / "nginx", dest, under=under, brotli=True) as port:
        status, headers, body = get(port, f"{under}/")
        assert (status, body) == (200, files["index.html"])
        assert headers["content-security-policy"] == POLICY
        assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
        assert "camera=()" in headers["permissions-policy"]
        assert headers["content-type"] == "text/html; charset=utf-8"
        assert headers["cache-control"] == "public, max-age=60, must-revalidate"

        _, headers, body = get(port, f"{under}/index.html", Accept_Encoding="gzip")
        assert headers["content-encoding"] == "gzip" and gzip.decompress(body) == files["index.html"]
        assert "accept-encoding" in headers["vary"].lower()
        _, headers, body = get(port, f"{under}/index.html", Accept_Encoding="gzip, br")
        assert headers["content-encoding"] == "br" and brotli.decompress(body) == files["index.html"]

        status, headers, body = get(port, f"{under}/{photo}")
        assert (status, body) == (200, files[photo])
        assert headers["cache-control"] == "public, max-age=31536000, immutable"
        _, headers, _ = get(port, f"{under}/kiosk/index.html")
        assert headers["cache-control"] == "no-cache" and "blob:" in headers["content-security-policy"]
        _, headers, _ = get(port, f"{under}/bulletins/li-na.pdf")
        assert "content-security-policy" not in headers and headers["x-content-type-options"] == "nosniff"

        for missing in (
            "nothing/",
            "photo-0123456789ab.webp",
            "exemplars/",
            ".git/config",
        ):
            status, headers, body = get(port, f"{under}/{missing}")
            assert status in (400, 403, 404) and "cache-control" not in headers, missing
            assert b"<a href" not in body and b"li-na" not in body
        for outside in (
            f"{under}/../history.json",
            f"{under}../history.json",
            f"{under}/%2e%2e/history.json",
        ):
            assert b"shown" not in get(port, outside)[2]
        status, _, body = get(port, f"{under}/nothing/")
        assert (status, body) == (404, files["404.html"])
        for gone in (
            "exemplars/gu-ren/",
            "exemplars/gu-ren/index.html",
            "exemplars/gu-ren/photo-0123456789ab.webp",
        ):
            status, headers, body = get(port, f"{under}/{gone}")
            assert status == 410 and b"gu-ren" not in body
            assert headers["x-content-type-options"] == "nosniff"
        status, headers, _ = get(port, f"{under}/exemplars/li-na")
        assert status == 301 and headers["location"] == f"{under}/exemplars/li-na/"
        if under:
            assert get(port, "/")[2] == b"other" and get(port, under)[0] == 301


def test_a_page_that_was_published_anew_is_never_taken_for_the_old_one(tmp_path: Path) -> None:
    """Same size, same second."""
    dest, built = tmp_path / "dest", tmp_path / "public"
    publish(dest, built, website(1))
    with nginx(tmp_path / "nginx", dest) as port:
        _, headers, _ = get(port, "/index.html")
        publish(dest, built, website(2))
        seen = {"If_None_Match": headers["etag"], "If_Modified_Since": headers["last-modified"]}
        status, _, body = get(port, "/index.html", **seen)
        assert (status, body) == (200, website(2)["index.html"])
        _, headers, _ = get(port, "/robots.txt")
        assert get(port, "/robots.txt", If_None_Match=headers["etag"])[0] == 304


def test_what_a_page_of_the_release_before_asks_for_is_there_unless_somebody_left(tmp_path: Path) -> None:
    dest, built = tmp_path / "dest", tmp_path / "public"
    old = website(0)
    publish(dest, built, old)
    asked = [path for path in old if "-" in path.rpartition("/")[2] and not path.endswith((".pdf", ".html"))]
    with nginx(tmp_path / "nginx", dest) as port:
        publish(dest, built, website(1))
        assert {get(port, f"/{path}")[0] for path in asked} == {200}
        publish(dest, built, website(2, slugs=("li-na", "wang-fang")))
        assert {get(port, f"/{path}")[0] for path in asked} == {404}
        assert not (dest / "lately").exists()


def test_no_page_fails_or_is_mixed_while_releases_switch(tmp_path: Path) -> None:
    switching(tmp_path, connections=60, switches=5)


@pytest.mark.soak
def test_a_thousand_connections_and_twenty_switches(tmp_path: Path) -> None:
    switching(tmp_path, connections=1000, switches=20)


def switching(folder: Path, connections: int, switches: int) -> None:
    """Everybody opens a page and then all that it names, over a connection of their own, again and again."""
    dest, built = folder / "dest", folder / "public"
    publish(dest, built, website(0))
    done, faults, shown = threading.Event(), [], set[int]()

    def publisher() -> None:
        try:
            for version in range(1, switches + 1):
                publish(dest, built, website(version))
                until = time.monotonic() + 20
                while version not in shown and time.monotonic() < until:
                    time.sleep(0.01)  # somebody comes before the next switch, however busy the machine is
        except Exception as fault:
            faults.append(repr(fault))
        finally:
            done.set()

    with nginx(folder / "nginx", dest) as port:
        thread = threading.Thread(target=publisher)
        thread.start()
        # In a thread of its own: a browser of another test may keep this one's loop busy.
        with ThreadPoolExecutor(1) as pool:
            seen = pool.submit(lambda: asyncio.run(_visits(port, connections, done, shown))).result()
        thread.join()
    assert faults == []
    assert len(seen) >= connections
    assert set(seen) >= set(range(1, switches + 1))  # they did come while it switched


async def _visits(port: int, connections: int, done: threading.Event, shown: set[int]) -> list[int]:
    async def visitor() -> list[int]:
        seen = []
        last = False
        while not last:
            last = done.is_set()  # once more after the last switch
            seen.append(await _visit(port))
            shown.add(seen[-1])
        return seen

    found = await asyncio.gather(*(visitor() for _ in range(connections)))
    return [version for one in found for version in one]


async def _visit(port: int) -> int:
    """One page with everything on it, each byte of one release; its version."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        status, body = await _ask(reader, writer, "/index.html")
        assert status == 200
        told = re.search(rb"<title>(\d+)<", body)
        assert told is not None
        version = int(told[1])
        files = website(version)
        assert body == files["index.html"]
        for link in re.findall(rb'href="/([^"]+)"', body):
            status, body = await _ask(reader, writer, f"/{link.decode()}")
            assert status == 200, f"{link!r} of version {version}"
            assert body == files[link.decode()]
        return version
    finally:
        writer.close()
        await writer.wait_closed()


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> tuple[int, bytes]:
    writer.write(f"GET {path} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    length = re.search(r"(?i)content-length: (\d+)", head)
    assert length is not None, head
    return int(head.split()[1]), await reader.readexactly(int(length[1]))
