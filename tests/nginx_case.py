"""A real nginx with the configurations of deploy/server/nginx, on a free port."""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from site_case import ROOT
from sshd_case import free_port

BROTLI = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"
CONFIGURATIONS = ROOT / "deploy" / "server" / "nginx"


@contextmanager
def nginx(folder: Path, dest: Path, *, under: str = "", brotli: bool = False) -> Iterator[int]:
    """Its port. The configurations are taken as they are, but for the folder, the port and what is commented."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    assert Path(program).exists(), "nginx is missing (Debian: nginx-light)"
    folder.mkdir()
    port = free_port()
    for file in CONFIGURATIONS.glob("*.conf"):
        text = file.read_text("utf-8").replace("/srv/honour", str(dest))
        text = text.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("    listen [::]:80;\n", "")
        if brotli:
            text = text.replace("# brotli_static on;", "brotli_static on;")
        (folder / file.name).write_text(text, "utf-8")
    served = (
        f"server {{ listen 127.0.0.1:{port}; location / {{ return 200 other; }} "
        f"include {folder}/honour-subpath.conf; }}"
        if under
        else f"include {folder}/honour.conf;"
    )
    modules = f"load_module {BROTLI};" if brotli else ""
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{modules}{user}daemon off; worker_processes 2; worker_rlimit_nofile 8192; pid {folder}/pid; "
        f"error_log {folder}/error.log;\nevents {{ worker_connections 2048; }}\nhttp {{ access_log off; "
        f"include /etc/nginx/mime.types; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; "
        f"fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;\n"
        f"include {folder}/honour-maps.conf;\n{served} }}\n"
    )
    process = subprocess.Popen(
        [program, "-p", folder, "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + 10
        while True:
            try:
                get(port, "/")
                break
            except OSError:
                log = folder / "error.log"
                assert process.poll() is None and time.monotonic() < until, log.read_text()
                time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


def get(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers with small letters, body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): v for name, v in headers.items()})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()
