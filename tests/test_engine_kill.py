"""A build killed at any moment leaves whole files, and the next build completes it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from engine_case import build, tree
from killed_build import PAGES, plan, whole

from generator.engine import seal


def kill_a_build(site: Path, version: int, jobs: int, after: float) -> bool:
    """Kill a build `after` seconds from its start; False if it was done by then."""
    (site / "started").unlink(missing_ok=True)
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    program = Path(__file__).with_name("killed_build.py")
    with subprocess.Popen(
        [sys.executable, str(program), str(site), str(version), str(jobs)],
        env={**os.environ, "PYTHONPATH": paths},
    ) as process:
        deadline = time.monotonic() + 20
        while not (site / "started").exists():
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.002)
        time.sleep(after)
        process.kill()
        return process.wait() != 0


def check_whole(out: Path, version: int) -> None:
    """Every file is the whole page of some version up to now, and the seal knows it for ours."""
    found = seal.read(str(out)) if out.exists() else None
    ours = {entry.path for entry in found.files} if found is not None else set()
    possible = {
        f"{n % 7}/page-{n}/index.html": {
            whole(f"page {n} of {past if n % 5 else 'all versions'}") for past in range(version + 1)
        }
        for n in range(PAGES)
    }
    for name, data in tree(out).items():
        if name != "manifest.json" and not Path(name).name.startswith(".honour-"):
            assert data in possible[name], name
            assert name in ours, name


def killing(site: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    killed = 0
    for version in range(kills):
        killed += kill_a_build(site, version, jobs=1 + version % 2, after=chance.uniform(0, 0.9))
        time.sleep(0.05)  # for the workers to notice
        check_whole(site / "public", version)
        if chance.random() < 0.2:
            (site / ".honour" / "store.sqlite").unlink(missing_ok=True)
    assert killed > kills / 2
    report = build(site, plan(kills))
    assert report.complete
    clean = site / "clean"
    clean.mkdir()
    build(clean, plan(kills))
    assert tree(site / "public") == tree(clean / "public")


def test_killed_builds_are_completed(tmp_path: Path) -> None:
    killing(tmp_path, kills=12, seed=2)


@pytest.mark.soak
def test_two_hundred_killed_builds_are_completed(tmp_path: Path) -> None:
    killing(tmp_path, kills=200, seed=3)
