"""A small web server on this machine alone, set up as an office would set up its own."""

from __future__ import annotations

from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class SiteHandler(SimpleHTTPRequestHandler):
    """Files of a folder under a sub-path, and the site's 404 page for everything else, as a server is set up."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 10  # seconds that an idle connection may keep its thread

    def __init__(self, *arguments: object, under: str, policy: str, directory: str) -> None:
        self.under, self.policy = under, policy
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]  # three from socketserver

    def translate_path(self, path: str) -> str:
        inside = path.removeprefix(self.under) if path.startswith(self.under) else "nothing-here"
        return super().translate_path("/" + inside)

    def end_headers(self) -> None:
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html").read_bytes()
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *arguments: object) -> None:
        """Servers of tests are silent."""


class SiteServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # the link checker knocks twenty times at once

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that leaves a page hangs up in the middle of a picture."""
