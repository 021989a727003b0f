"""Live preview: the site on this computer alone, rebuilt and reloaded whenever a file changes."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

HOST = "127.0.0.1"
OWN = "/__honour/"
# Editors save in several steps; a build begins when the last of them is this old.
SETTLE = 0.15  # seconds

_LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")
_IGNORED = (".git", ".honour", "public", "preview", "__pycache__", ".venv", "node_modules")


class Changes(FileSystemEventHandler):
    """Files that changed under the site, leaving out what builds and Git write."""

    def __init__(self, site: Path, out: Path) -> None:
        self._site = site
        self._out = out.resolve()
        self._dirty = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in ("opened", "closed_no_write"):
            return
        for name in (event.src_path, event.dest_path):
            if name and self._matters(Path(str(name))):
                self._dirty.set()

    def wait(self, timeout: float) -> bool:
        """True once something changed and came to rest; False when `timeout` seconds pass without."""
        if not self._dirty.wait(timeout):
            return False
        while self._dirty.is_set():
            self._dirty.clear()
            threading.Event().wait(SETTLE)
        return True

    def _matters(self, path: Path) -> bool:
        if path.is_relative_to(self._out):
            return False
        inside = path.relative_to(self._site).parts if path.is_relative_to(self._site) else path.parts
        return not (inside and inside[0] in _IGNORED) and not path.name.startswith((".", "~"))


class Audience:
    """The open pages, told of every build."""

    def __init__(self) -> None:
        self._pages: list[queue.SimpleQueue[str]] = []
        self._lock = threading.Lock()
        self._last = json.dumps({"problems": []})

    def tell(self, news: dict[str, Any]) -> None:
        """Send `news` to every open page; pages opened later get it without the order to reload."""
        with self._lock:
            self._last = json.dumps({**news, "reload": False}, ensure_ascii=False)
            for page in self._pages:
                page.put(json.dumps(news, ensure_ascii=False))

    def join(self) -> queue.SimpleQueue[str]:
        page: queue.SimpleQueue[str] = queue.SimpleQueue()
        with self._lock:
            page.put(self._last)
            self._pages.append(page)
        return page

    def leave(self, page: queue.SimpleQueue[str]) -> None:
        with self._lock:
            self._pages.remove(page)


class Server(ThreadingHTTPServer):
    """Serves one output folder to this computer; `port` 0 takes a free one."""

    daemon_threads = True

    def __init__(self, out: Path, port: int, audience: Audience) -> None:
        self.out = out
        self.audience = audience
        super().__init__((HOST, port), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up, or asks for a page that a build takes away at that moment, is nobody's news."""

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.server_address[1]}/"


class _Handler(SimpleHTTPRequestHandler):
    server: Server
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".webp": "image/webp",
        ".js": "text/javascript",
        ".css": "text/css",
        ".html": "text/html; charset=utf-8",
        ".xml": "application/xml",
        ".csv": "text/csv; charset=utf-8",
    }

    def __init__(self, *arguments: Any) -> None:
        server: Server = arguments[2]
        super().__init__(*arguments, directory=str(server.out))

    def do_GET(self) -> None:
        if not self._is_local():
            self.send_error(HTTPStatus.FORBIDDEN)
        elif self.path.startswith(OWN):
            self._own(urlsplit(self.path).path.removeprefix(OWN))
        elif self._leads_on():
            super().do_GET()  # which sends /a on to /a/
        else:
            self._answer()

    def do_HEAD(self) -> None:
        self.do_GET()

    def _is_local(self) -> bool:
        """A foreign page must not read the preview by giving its own name for this address (DNS rebinding), nor
        one that another program serves on this computer: name and port must both be ours."""
        ours = {f"{name}:{self.server.server_address[1]}" for name in _LOCAL_NAMES}
        if self.server.server_address[1] == 80:
            ours |= {*_LOCAL_NAMES}
        hosts, origin = self.headers.get_all("Host", []), self.headers.get("Origin")
        return (
            len(hosts) == 1
            and hosts[0] in ours
            and (origin is None or origin.removeprefix("http://") in ours)
        )

    def _leads_on(self) -> bool:
        """Whether a folder is asked for without its slash."""
        path = Path(self.translate_path(self.path))
        return not urlsplit(self.path).path.endswith("/") and self._is_ours(path) and path.is_dir()

    def _is_ours(self, path: Path) -> bool:
        """Whether `path` really lies in the output folder, under names that a build gives: no link leads out, and
        nothing hidden, such as a file half written, is shown."""
        try:
            real, out = path.resolve(strict=True), self.server.out.resolve()
        except (OSError, ValueError):  # it isn't there; its name holds a NUL
            return False
        return real.is_relative_to(out) and not any(part[0] == "." for part in real.relative_to(out).parts)

    def _answer(self) -> None:
        """The file that is asked for; the site's 404 page if there is none. Folders are never listed, and what is
        no plain file, such as a pipe, is never opened."""
        path = Path(self.translate_path(self.path))
        if urlsplit(self.path).path.endswith("/"):
            path /= "index.html"
        missing = self.server.out / "404.html"
        if self._is_ours(path) and path.is_file():
            if path.suffix == ".html":
                self._send_page(HTTPStatus.OK, path)
            else:
                self._send(HTTPStatus.OK, self.guess_type(path), path.read_bytes())
        elif self._is_ours(missing) and missing.is_file():
            self._send_page(HTTPStatus.NOT_FOUND, missing)
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _send_page(self, status: HTTPStatus, path: Path) -> None:
        """The page with the reloading script, which the file on disk never holds."""
        html = path.read_bytes()
        script = f'<script src="{OWN}reload.js" defer></script></head>'.encode()
        self._send(status, "text/html; charset=utf-8", html.replace(b"</head>", script, 1))

    def _own(self, name: str) -> None:
        if name == "reload.js":
            script = resources.files("generator") / "reload.js"
            self._send(HTTPStatus.OK, "text/javascript; charset=utf-8", script.read_bytes())
        elif name == "events" and self.command == "GET":
            self._stream()
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _stream(self) -> None:
        """Server-sent events: one for each build, a comment every few seconds to notice closed pages."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        page = self.server.audience.join()
        try:
            while True:
                try:
                    self.wfile.write(f"data: {page.get(timeout=5)}\n\n".encode())
                except queue.Empty:
                    self.wfile.write(b": still here\n\n")
                self.wfile.flush()
        except OSError:
            pass
        finally:
            self.server.audience.leave(page)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        # A page of the internet, open in the same browser, could otherwise load data/people.js as its script.
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base class names it so
        """Requests are nobody's news."""


def watch(site: Path, out: Path, rebuild: Callable[[], None], stop: threading.Event) -> None:
    """Call `rebuild` after every change below `site`, and once a minute in case the day has changed."""
    changes = Changes(site, out)
    observer = Observer()
    observer.schedule(changes, str(site), recursive=True)
    observer.start()
    try:
        waited = 0.0
        while not stop.is_set():
            if changes.wait(0.5) or (waited := waited + 0.5) >= 60:
                rebuild()
                waited = 0.0
    finally:
        observer.stop()
        observer.join()
