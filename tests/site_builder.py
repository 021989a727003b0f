"""Whole small sites as plain data, written into a folder, built in this process or by the command."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from generator import building
from generator.building import Built, Wish

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 3, 2)

# A site as its files: path with `/` → bytes.
Files = dict[str, bytes]

# No review and no consent is asked for, so that a record is published as soon as it says 通过.
SETTINGS: dict[str, Any] = {
    "title": "荣誉专区",
    "organisation": "江城公用事业集团",
    "base_url": "https://honour.example.cn/",
    "units": [{"name": "水务集团", "units": ["营业所", "抢修班"]}, {"name": "公交集团", "staff": 900}],
    "categories": [{"key": "fuwu", "title": "服务群众", "intro": "记得住别人的难处。"}, "技术创新"],
    "levels": ["省级", "市级"],
    "review": {"stages": []},
    "consent": {"required": False},
    "editions": ["website"],  # most tests are about it alone, and a sheet takes as long as a hundred pages
}
RECORD: dict[str, Any] = {
    "name": "李娜",
    "kind": "individual",
    "unit": "水务集团/营业所",
    "categories": ["服务群众"],
    "status": "approved",
    "one_line": "她把窗口的灯留到最后一个人。",
    "honours": [{"title": "先进典型", "level": "市级", "date": "2025-12-20"}],
}
BODY = "## 窗口\n\n凌晨四点，她在窗口等最后一位用户。\n"


def as_yaml(values: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False, width=1000)


def settings(**changes: Any) -> bytes:
    """site.yaml: SETTINGS with `changes`; None leaves a key out."""
    return as_yaml({k: v for k, v in (SETTINGS | changes).items() if v is not None}).encode()


def document(values: Mapping[str, Any], body: str = "") -> bytes:
    """A Markdown file with its front matter."""
    return f"---\n{as_yaml(values)}---\n{body}".encode()


def record(body: str = BODY, **changes: Any) -> bytes:
    """index.md: RECORD with `changes`; None leaves a key out."""
    return document({k: v for k, v in (RECORD | changes).items() if v is not None}, body)


def jpeg(width: int = 480, height: int = 640, colour: str = "#a3151b", **save: Any) -> bytes:
    """A photo of one colour."""
    return picture(Image.new("RGB", (width, height), colour), "JPEG", **save)


def picture(image: Image.Image, kind: str, **save: Any) -> bytes:
    data = io.BytesIO()
    image.save(data, kind, **save)
    return data.getvalue()


def site_of(**records: bytes) -> Files:
    """A site of these records, `li_na` standing for exemplars/li-na."""
    files = {f"exemplars/{slug.replace('_', '-')}/index.md": data for slug, data in records.items()}
    return {"site.yaml": settings(), **files}


def write(folder: Path, files: Files) -> Path:
    """Bring the sources in `folder` to `files`, leaving alone what already holds its bytes."""
    own = {".honour", "public", "preview"}
    for path in sorted(folder.rglob("*"), reverse=True):
        name = path.relative_to(folder).as_posix()
        if name.split("/")[0] in own:
            continue
        if path.is_file() and name not in files:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    for name, data in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return folder


def build(
    site: Path,
    *,
    day: date | None = DAY,
    jobs: int = 1,
    editions: tuple[str, ...] = ("website",),
    **wish: Any,
) -> Built:
    """A build in this process."""
    return building.build(Wish(site, day, jobs=jobs, editions=editions, **wish), lambda name: None)


def clean_build(site: Path, **wish: Any) -> Built:
    """A build that must have no error."""
    built = build(site, **wish)
    assert not [problem for problem in built.problems if problem.is_error], built.problems
    assert built.report is not None and built.report.complete
    return built


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`, by its path with `/`."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def environment(**changes: str) -> dict[str, str]:
    """This process's environment with the checkout importable and `changes`."""
    paths = os.pathsep.join([str(ROOT), *(path for path in sys.path if path)])
    return {**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1", **changes}


def honour(
    *words: object, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The command itself, in a process of its own and without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *map(str, words)],
        cwd=cwd,
        env=dict(env or environment()),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
