"""The live preview: this computer only, pages that reload, problems told in the page."""

from __future__ import annotations

import gc
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from site_builder import BODY, DAY, environment, record, settings, site_of, write

from generator import cli
from generator.commands.desk import Desk
from generator.commands.serve import serve
from generator.preview import Audience, Changes, Server, watch

SCRIPT = b"/__honour/reload.js"
PAGE = b"<!DOCTYPE html><html><head><title>x</title></head><body>page</body></html>"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server over a folder of four files, with a secret beside it."""
    out = tmp_path / "out"
    files = {
        "index.html": PAGE,
        "404.html": PAGE.replace(b"page", b"nothing"),
        "a/index.html": PAGE,
        "a/b.webp": b"x",
    }
    out.mkdir()
    write(out, files)
    (tmp_path / "secret.txt").write_text("secret")
    running = Server(out, 0, Audience())
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()
    thread.join(5)


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """Status, body and headers of the answer; a header given as "" is not sent."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    connection.putrequest(method, path, skip_host=True)
    sent = {"Host": f"127.0.0.1:{server.server_address[1]}", **headers}
    for name, value in sent.items():
        if value:
            connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    try:
        return answer.status, answer.read(), {name.title(): value for name, value in answer.getheaders()}
    finally:
        connection.close()


def test_a_page_reloads_only_as_served(server: Server) -> None:
    for path in ("/", "/index.html", "/a/", "/a/index.html", "/?q=1"):
        status, body, headers = ask(server, path)
        assert (status, body.count(SCRIPT)) == (200, 1), path
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["Cache-Control"] == "no-store"
    assert SCRIPT not in (server.out / "index.html").read_bytes()


def test_other_files_are_served_as_they_are(server: Server) -> None:
    status, body, headers = ask(server, "/a/b.webp")
    assert (status, body, headers["Content-Type"]) == (200, b"x", "image/webp")
    assert ask(server, "/a")[0] == 301


def test_what_is_not_there_is_the_sites_own_404_page(server: Server) -> None:
    for path in ("/none", "/a/none.html", "/%00", "/a/b.webp/c"):
        status, body, _ = ask(server, path)
        assert status == 404 and b"nothing" in body, path
    assert ask(server, "/__honour/other")[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/a/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/a/..\\..\\secret.txt",
    ],
)
def test_nothing_outside_the_output_is_served(server: Server, path: str) -> None:
    status, body, _ = ask(server, path)
    assert status == 404 and b"secret" not in body


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "path",
    [
        "/link.txt",
        "/linked/secret.txt",
        "/linked/",
        "/linked",
        "/.hidden",
        "/.honour/store",
        "/a/.honour-7.tmp",
        "/pipe",
        "/pipe/",
    ],
)
def test_links_out_hidden_files_and_pipes_are_not_there(server: Server, path: str, method: str) -> None:
    secret = server.out.parent / "secret.txt"
    (secret.parent / "index.html").write_bytes(PAGE.replace(b"page", b"secret"))
    (server.out / "link.txt").symlink_to(secret)
    (server.out / "linked").symlink_to(secret.parent)
    os.mkfifo(server.out / "pipe")
    write(server.out, dict.fromkeys((".hidden", ".honour/store", "a/.honour-7.tmp"), b"secret"))
    status, body, _ = ask(server, path, method)
    assert status == 404 and b"secret" not in body


def test_a_404_page_that_is_a_link_out_is_not_shown(server: Server) -> None:
    (server.out / "404.html").unlink()
    (server.out / "404.html").symlink_to(server.out.parent / "secret.txt")
    status, body, _ = ask(server, "/none")
    assert status == 404 and b"secret" not in body


def _without_date(answer: tuple[int, bytes, dict[str, str]]) -> tuple[int, bytes, dict[str, str]]:
    status, body, headers = answer
    return status, body, {name: value for name, value in headers.items() if name != "Date"}


def test_a_head_is_a_get_without_its_body(server: Server) -> None:
    for path in ("/", "/a/b.webp", "/none", "/__honour/reload.js"):
        status, _, headers = ask(server, path)
        assert _without_date(ask(server, path, "HEAD")) == _without_date((status, b"", headers))
    assert ask(server, "/__honour/events", "HEAD")[0] == 404


def test_a_folder_is_never_listed(server: Server) -> None:
    write(server.out, {"assets/style.css": b"x", "404.html": PAGE})
    status, body, _ = ask(server, "/assets/")
    assert status == 404 and b"style.css" not in body


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("headers", "welcome"),
    [
        ({}, True),
        ({"Host": "localhost:{port}"}, True),
        ({"Host": "[::1]:{port}"}, True),
        ({"Host": "localhost"}, False),
        ({"Host": "127.0.0.1:1"}, False),
        ({"Host": "localhost:{port}.evil.example"}, False),
        ({"Host": "evil.example:{port}"}, False),
        ({"Host": "evil.example"}, False),
        ({"Host": "evil.example:8000"}, False),
        ({"Host": ""}, False),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://127.0.0.1:1"}, False),  # another program's page on this computer
        ({"Origin": "https://127.0.0.1:{port}"}, False),
        ({"Origin": "http://127.0.0.1:{port}"}, True),
    ],
)
def test_foreign_pages_can_not_read_the_preview(
    server: Server, method: str, headers: dict[str, str], welcome: bool
) -> None:
    sent = {name: value.format(port=server.server_address[1]) for name, value in headers.items()}
    for path in ("/", "/a", "/a/b.webp", "/none", "/__honour/reload.js"):
        status, _, _ = ask(server, path, method, **sent)
        assert (status != 403) is welcome, path
    if not welcome:  # what is built is heard by our own pages alone
        assert ask(server, "/__honour/events", method, **sent)[0] == 403


def test_two_names_for_one_host_are_refused(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    connection.putrequest("GET", "/", skip_host=True)
    connection.putheader("Host", f"127.0.0.1:{server.server_address[1]}")
    connection.putheader("Host", "evil.example")
    connection.endheaders()
    assert connection.getresponse().status == 403
    connection.close()


def test_it_listens_to_this_computer_alone(server: Server) -> None:
    assert server.socket.getsockname()[0] == "127.0.0.1"


def test_other_sites_can_not_embed_what_is_previewed(server: Server) -> None:
    for path in ("/", "/a/b.webp"):
        assert ask(server, path)[2]["Cross-Origin-Resource-Policy"] == "same-origin"


def test_open_pages_hear_of_every_build(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    connection.request("GET", "/__honour/events")
    stream = connection.getresponse()
    assert stream.headers["Content-Type"] == "text/event-stream"

    def heard() -> Any:
        while not (line := stream.readline()).startswith(b"data: "):
            pass
        return json.loads(line.removeprefix(b"data: "))

    assert heard() == {"problems": []}
    server.audience.tell({"reload": True, "problems": [{"message": "错"}]})
    assert heard() == {"reload": True, "problems": [{"message": "错"}]}
    late = server.audience.join()  # opened after the build: it shows the problem but doesn't reload
    assert json.loads(late.get_nowait()) == {"reload": False, "problems": [{"message": "错"}]}
    connection.close()


# --- watching --------------------------------------------------------------------------------------


def test_what_builds_write_starts_no_build(tmp_path: Path) -> None:
    changes = Changes(tmp_path, tmp_path / "elsewhere" / "out")
    ignored = ("public/index.html", "preview/a", ".honour/store.sqlite", ".git/index", "elsewhere/out/x")
    matter = ("site.yaml", "exemplars/li-na/index.md", "content/about.md", "themes/mine/styles/a.css")
    for name in (*ignored, "exemplars/li-na/~$index.md", "exemplars/li-na/.index.md.honour-tmp"):
        assert not changes._matters(tmp_path / name), name
    for name in matter:
        assert changes._matters(tmp_path / name), name


def test_a_change_is_heard_once_it_rests(tmp_path: Path) -> None:
    built, stop = [], threading.Event()
    thread = threading.Thread(
        target=watch, args=(tmp_path, tmp_path / "public", lambda: built.append(time.monotonic()), stop)
    )
    thread.start()
    time.sleep(0.5)
    try:
        for n in range(5):  # an editor saves in several steps
            (tmp_path / "site.yaml").write_text(str(n))
            time.sleep(0.02)
        wait_until(lambda: bool(built))
        time.sleep(0.8)
        assert len(built) == 1
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()


def wait_until(done: Any, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


# --- the command -----------------------------------------------------------------------------------


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A site, and the address under which `honour serve --preview` shows it."""
    site = write(tmp_path, site_of(li_na=record(status="cultivating")) | {"site.yaml": settings(party=True)})
    words = ["--site", str(site), "serve", "--preview", "--port", "0", "--date", str(DAY)]
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", *words],
        env=environment(),
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    try:
        line = ""
        while "http://" not in line:
            line = process.stdout.readline()
            assert line, "the server ended"
        yield site, re.findall(r"http://[\d.:]+/", line)[0]
        if os.name == "posix":  # Windows sends Ctrl-C to everybody at the console, to these tests too
            process.send_signal(signal.SIGINT)
            rest, _ = process.communicate(timeout=20)
            assert "预览结束。" in rest and process.returncode == 0
    finally:
        process.kill()
        process.communicate()


def test_an_edit_reloads_the_open_page_and_a_mistake_shows_in_it(
    serving: tuple[Path, str], browser: Browser
) -> None:
    site, address = serving
    file = site / "exemplars/li-na/index.md"
    page = browser.new_page()
    page.set_default_timeout(30_000)
    try:
        page.goto(f"{address}exemplars/li-na/")
        expect(page.get_by_text("凌晨四点")).to_be_visible()
        assert page.locator("#honour-problems").count() == 0
        file.write_bytes(record(BODY.replace("凌晨四点", "凌晨五点"), status="cultivating"))
        expect(page.get_by_text("凌晨五点")).to_be_visible(timeout=20_000)
        file.write_bytes(record(status="cultivating").replace(b"unit: ", "unit：".encode()))
        expect(page.locator("#honour-problems")).to_contain_text(
            "exemplars/li-na/index.md:4:5", timeout=20_000
        )
        expect(page.locator("#honour-problems")).to_contain_text("“unit”后面是中文冒号")
        file.write_bytes(record(status="cultivating"))
        expect(page.get_by_text("凌晨四点")).to_be_visible(timeout=20_000)
        expect(page.locator("#honour-problems")).to_have_count(0)
    finally:
        page.close()


def test_the_terminal_hears_of_a_problem_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not again with every build: once a minute one looks whether the day has changed."""
    site = write(tmp_path, site_of(li_na=record()) | {"site.yaml": settings(base_url=None)})
    shown: list[int] = []

    def three_builds(site: Path, out: Path, rebuild: Any, stop: threading.Event) -> None:
        for _ in range(3):
            rebuild()
        write(site, {**site_of(li_na=record(unit="x")), "site.yaml": settings()})
        rebuild()
        raise KeyboardInterrupt

    monkeypatch.setattr("generator.commands.serve.watch", three_builds)
    monkeypatch.setattr(Desk, "show", lambda self, problems: shown.append(len(problems)))
    assert serve(Desk(site), 0, DAY, preview=False, editions="website") == 0
    assert shown == [1, 1]


def test_a_preview_searches_for_rubbish_as_no_other_command_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stays for days, and its process began as that of any command."""
    site = write(tmp_path, site_of(li_na=record()))
    seen: list[bool] = []
    monkeypatch.setattr("generator.commands.serve.watch", lambda *given: seen.append(gc.isenabled()))
    monkeypatch.setattr("generator.cli.outcome", lambda: seen.append(gc.isenabled()) or 0)
    monkeypatch.setattr("os._exit", lambda code: None)
    try:
        cli.main()
        assert serve(Desk(site), 0, DAY, preview=False, editions="website") == 0
    finally:
        gc.enable()
    assert seen == [False, True]


def test_a_port_in_use_is_named(tmp_path: Path, server: Server) -> None:
    (tmp_path / "site").mkdir()
    site = write(tmp_path / "site", site_of(li_na=record()))
    port = server.server_address[1]
    ran = subprocess.run(
        [sys.executable, "-m", "generator", "--site", str(site), "serve", "--port", str(port)],
        env=environment(), capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 1 and f"端口 {port} 用不了" in ran.stderr and "Traceback" not in ran.stderr
