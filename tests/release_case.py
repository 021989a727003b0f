"""Built folders to be published, without a site, and what a destination must hold."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from mirror_case import Files
from mirror_case import publish as build

from generator import releases
from generator.engine import seal
from generator.releases import Content

DATE = "2026-11-22"
SLUGS = ("li-na", "wang-fang", "zhao-gang")


def mark(data: bytes) -> str:
    return sha256(data).hexdigest()[:12]


def website(version: int, slugs: tuple[str, ...] = SLUGS, size: int = 4000) -> Files:
    """A small website. Its style, its script and every picture change with the version, and so do their names."""
    style, script = b"/* %d */" % version * 20, b"// %d\n" % version * 20
    files: Files = {f"assets/honour-{mark(style)}.css": style, f"assets/honour-{mark(script)}.js": script}
    links = [*files]
    for slug in slugs:
        photo = b"%s %d " % (slug.encode(), version) * (size // 12)
        path = f"exemplars/{slug}/photo-{mark(photo)}-640.webp"
        files[path] = photo
        files[f"exemplars/{slug}/index.html"] = page(version, [*links, path])
        files[f"bulletins/{slug}.pdf"] = b"%%PDF %s" % slug.encode() * 100
    return files | {
        "index.html": page(version, [path for path in files if not path.endswith((".pdf", ".html"))]),
        "404.html": b"<!doctype html><title>404</title>",
        "robots.txt": b"User-agent: *\n",
        "kiosk/index.html": b"<!doctype html>kiosk",
    }


def page(version: int, links: list[str]) -> bytes:
    """A page that names its version and everything that belongs to it."""
    asked = "".join(f'<link href="/{link}">' for link in links)
    return f"<!doctype html><title>{version}</title>{asked}{'<p>text</p>' * 40}".encode()


def content(folder: Path, files: Mapping[str, bytes]) -> Content:
    build(folder, files, date=DATE)
    return releases.content_of(folder)


def publish(dest: Path, folder: Path, files: Mapping[str, bytes], keep: int = 3) -> str:
    """Publish these files to a folder; the id."""
    with releases.held(releases.Folder(dest), 20, lambda holder: None) as destination:
        return releases.publish(destination, content(folder, files), keep=keep).id


def check_whole(dest: Path, possible: Mapping[str, Files]) -> str:
    """`current` and every release are one of the `possible`, byte for byte; the id of the current one, or ""."""
    for folder in (dest / "releases").iterdir() if (dest / "releases").exists() else ():
        said = seal.read(str(folder))
        assert said is not None and said.complete and said.id == folder.name, folder
        found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        del found["manifest.json"]
        assert found == possible[folder.name], folder
    if not (dest / "current").is_symlink():
        return ""
    shown = (dest / "current").resolve()
    assert shown.parent == (dest / "releases").resolve() and shown.name in possible
    return shown.name
