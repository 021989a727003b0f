"""The same sources give the same bytes: on another path, for another user, with any number of processes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from site_builder import DAY, Files, document, environment, jpeg, record, settings, site_of, write
from site_case import copy_demonstration

from generator.editions import EDITIONS

HERE = {"TZ": "UTC", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
THERE = {"TZ": "Pacific/Kiritimati", "LANG": "zh_CN.GBK", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4242"}


def office() -> Files:
    files = site_of(
        li_na=record(
            photo={"file": "photo.jpg", "alt": "李娜"},
            citation="灯留到最后一个人。",
            pledge={"promise": "不让一个人白跑。", "kept": "全年零投诉。"},
        ),
        wang_jie=record(name="王杰", year=2024, kind="collective"),
    )
    files["site.yaml"] = settings(slogans=["记得住别人的难处"])
    files["exemplars/li-na/photo.jpg"] = jpeg(1800, 2400)
    files["content/bulletins/2026-03.md"] = document(
        {"title": "三月", "number": "1", "date": "2026-03-01", "exemplars": ["li-na"]}, "编者按。\n"
    )
    return files


def build_as(
    site: Path, surroundings: dict[str, str], *, umask: int, jobs: int, editions: str, user: str = ""
) -> str:
    """Build in a process of its own, of `user` if one is named: the manifest's id."""
    words = [sys.executable, "-m", "generator", "--site", ".", "build", "--date", str(DAY), "--json"]
    words += ["--jobs", str(jobs), "--editions", editions]
    if user:
        subprocess.run(["chown", "-R", user, str(site)], check=True)
        words = ["setpriv", f"--reuid={user}", "--clear-groups", *words]
    done = subprocess.run(
        words, cwd=site, env=environment(**surroundings, HOME=str(site)),
        umask=umask if os.name == "posix" else -1, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr.decode()
    told = json.loads(done.stdout)
    assert told["failed"] == [] and told["made"], [problem["message"] for problem in told["problems"]]
    said = json.loads((site / "public" / "manifest.json").read_bytes())
    assert said["complete"] is True
    return str(said["id"])


def another_user() -> str:
    """Somebody else whom root can be; "" for those who are not root, or whose files nobody else may read."""
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("setpriv") is None:
        return ""
    reads = ["setpriv", "--reuid=nobody", "--clear-groups", sys.executable, "-c", "import generator"]
    tried = subprocess.run(reads, env=environment(), cwd="/", capture_output=True, check=False)
    return "nobody" if tried.returncode == 0 else ""


@contextmanager
def anywhere() -> Iterator[Path]:
    """A folder that every user may enter, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="honour-anywhere-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def both(here: Path, there: Path, editions: str) -> None:
    one = build_as(here, HERE, umask=0o022, jobs=1, editions=editions)
    other = build_as(there, THERE, umask=0o077, jobs=3, editions=editions, user=another_user())
    assert one == other


def test_every_edition_has_the_same_bytes_anywhere() -> None:
    files = office()
    with anywhere() as base:
        here, there = base / "a", base / "一个 别的" / "b"
        for folder, order in ((here, list(files)), (there, list(files)[::-1])):
            folder.mkdir(parents=True)
            write(folder, {name: files[name] for name in order})
        both(here, there, ",".join(EDITIONS))


@pytest.mark.soak
def test_the_demonstration_has_the_same_bytes_anywhere() -> None:
    with anywhere() as base:
        here = copy_demonstration(base / "a")
        both(here, copy_demonstration(base / "一个 别的" / "b"), ",".join(EDITIONS))
