"""Published kiosks as plain folders, what a copy of one must be, and a web server that can be made to fail."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from generator.engine import seal
from generator.engine.seal import Entry

DATE = "2026-11-22"
Files = dict[str, bytes]


def kiosk(version: int = 0, people: int = 8, size: int = 3000) -> Files:
    """A small kiosk: a page, its version, and a picture of each person; one comes and one goes with a version."""
    shown = [n for n in range(people + version) if n >= version]
    pictures = {f"photos/person-{n}-{sha256(b'%d' % n).hexdigest()[:8]}.webp": b"%04d" % n for n in shown}
    return {
        "index.html": f"<!doctype html>{version}".encode(),
        "version.js": f'HONOUR_KIOSK_VERSION({{id: "{version}"}})'.encode(),
        "pull.sh": b"#!/bin/sh\n",
        "start.sh": b"#!/bin/sh\n",
        "start.bat": b"@echo off\r\n",
        "start.desktop": b"[Desktop Entry]\n",
        "README.txt": "说明\r\n".encode("utf-8-sig"),
        **{name: start * (size // 4) for name, start in pictures.items()},
    }


def publish(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    preview: bool = False,
    complete: bool = True,
    date: str = DATE,
) -> str:
    """Bring a folder to `files` and seal it; the seal's id."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.rglob("*"):
        if path.is_file() and path.relative_to(folder).as_posix() not in files:
            path.unlink()
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    entries = [Entry(name, len(data), sha256(data).hexdigest()) for name, data in files.items()]
    said = seal.sealed(entries, date=date, preview=preview, complete=complete)
    seal.write(str(folder), said)
    return said.id


def reseal(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Make the manifest say something else, in the form that it is always written in."""
    file = folder / "manifest.json"
    said = json.loads(file.read_bytes())
    change(said)
    head = json.dumps({key: value for key, value in said.items() if key != "files"}, ensure_ascii=False)
    lines = ",\n".join(json.dumps(line, ensure_ascii=False) for line in said.get("files", ()))
    files = f', "files": [\n{lines}\n]' if "files" in said else ""
    file.write_bytes(f"{head[:-1]}{files}}}\n".encode())


def tree(folder: Path) -> Files:
    """Every file below a folder, but for its seal."""
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    found.pop("manifest.json", None)
    return found


def shown(dest: Path) -> Path:
    """The folder of the version that is shown."""
    pointer = dest / "current.txt"
    if pointer.exists():
        return dest / "versions" / pointer.read_text("ascii").strip()
    return dest / "current"


def versions(dest: Path) -> list[str]:
    return sorted(path.name for path in (dest / "versions").iterdir())


def check_whole(dest: Path, possible: Mapping[str, Files]) -> str:
    """`current` is one of the `possible` versions, by id, byte for byte, and so is all that has a name; its id."""
    for name in versions(dest):
        folder = dest / "versions" / name
        assert tree(folder) == possible[name], name
        said = seal.read(str(folder))
        assert said is not None and said.complete and said.id == name
    current = shown(dest).resolve()
    assert current.parent == (dest / "versions").resolve() and current.name in possible
    return current.name


class Server(ThreadingHTTPServer):
    """Serves a folder below /kiosk/. `trouble` may answer a request in its own way and say True."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.asked: list[str] = []
        self.trouble: Callable[[_Handler, str, bytes], bool] = lambda handler, path, data: False

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/kiosk/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever hangs up is meant to."""


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        path = unquote(self.path).removeprefix("/kiosk/")
        self.server.asked.append(path)
        file = self.server.folder / path
        data = file.read_bytes() if file.is_file() else b""
        if self.server.trouble(self, path, data):
            return
        if not file.is_file():
            self.send_error(404)
            return
        self.answer(data)

    def answer(self, data: bytes, length: int | None = None) -> None:
        """200 with `data`, promising `length` bytes."""
        self.send_response(200)
        self.send_header("Content-Length", str(len(data) if length is None else length))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *arguments: object) -> None:
        """Servers of tests are silent."""


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    server = Server(folder)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
