"""Whatever happens to a publisher, `current` is one whole verified release, the old or the new."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from mirror_case import Files
from release_case import SLUGS, check_whole, content, publish, website

from generator import releases
from generator.problems import GeneratorError


def publisher(dest: Path, version: int, size: int = 4000) -> subprocess.Popen[str]:
    program = Path(__file__).with_name("killed_publish.py")
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    return subprocess.Popen(
        [sys.executable, program, dest, str(version), str(size)],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        text=True,
    )


def ids(folder: Path, versions: int, size: int = 4000) -> dict[str, Files]:
    sites = [website(n, SLUGS, size) for n in range(versions)]
    return {content(folder / "ids", files).seal.id: files for files in sites}


def killing(folder: Path, kills: int, seed: int) -> int:
    """Kill this many; how many of them were still at work."""
    chance, dest = random.Random(seed), folder / "dest"
    known = ids(folder, 6)
    order, at_work, before = list(known), 0, ""
    longest = 0.25  # seconds that a publish of these takes; learned from this very machine
    for _ in range(kills):
        version = chance.randrange(len(order))
        with publisher(dest, version) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0, longest))
            process.kill()
            killed = process.wait() < 0
            at_work += killed
            longest *= 1.15 if killed else 0.8
        now = check_whole(dest, known)
        assert now in (before, order[version])
        before = now
    # The next one finds the lock of the dead, and everything is as if nothing had been.
    assert publish(dest, folder / "last", website(0)) == order[0]
    assert check_whole(dest, known) == order[0]
    left = {path.name for path in dest.iterdir()} - {"lately"}
    assert {name for name in left if not name.startswith(".honour-lock-")} == {
        "current",
        "releases",
        "history.json",
    }
    return at_work


def test_killed_at_any_moment(tmp_path: Path) -> None:
    assert killing(tmp_path, kills=12, seed=5) >= 1


@pytest.mark.soak
def test_killed_two_hundred_times(tmp_path: Path) -> None:
    assert killing(tmp_path, kills=200, seed=505) > 30


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A file system of its own. Fails where nothing may be mounted: as root on Linux it may."""
    folder.mkdir()
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder], capture_output=True
    )
    if done.returncode:
        pytest.skip(f"nothing may be mounted here: {done.stderr.decode()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def filling(folder: Path, rounds: int, seed: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """Publish with this or that much room left on the disk; how often it was not enough."""
    monkeypatch.setattr("generator.releases.staging._SPARE", -1 << 40)  # not asked before, but met on the way
    chance, refused, before = random.Random(seed), 0, ""
    known = ids(folder, 6, 40_000)
    order = list(known)
    with small_disk(folder / "disk", 1200) as disk:
        dest = disk / "dest"
        for _ in range(rounds):
            version, ballast = chance.randrange(len(order)), disk / "ballast"
            free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
            ballast.write_bytes(bytes(max(0, free - chance.randrange(0, 260_000))))
            try:
                publish(dest, folder / "built", website(version, SLUGS, 40_000), keep=2)
            except GeneratorError as fault:
                refused += 1
                assert {problem.code for problem in fault.problems} <= {"release-write", "release-space"}
            ballast.unlink()
            now = check_whole(dest, known)
            assert now in (before, order[version])
            before = now
        assert publish(dest, folder / "built", website(0, SLUGS, 40_000), keep=2) == order[0]
    return refused


def test_the_disk_fills_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert filling(tmp_path, rounds=15, seed=3, monkeypatch=monkeypatch) > 2


@pytest.mark.soak
def test_the_disk_fills_up_fifty_times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert filling(tmp_path, rounds=200, seed=33, monkeypatch=monkeypatch) >= 50


def test_a_disk_that_is_too_small_is_told_before_anything_is_written(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 600) as disk:
        with pytest.raises(GeneratorError) as refused:
            publish(disk / "dest", tmp_path / "built", website(0))
        assert [problem.code for problem in refused.value.problems] == ["release-space"]
        assert {path.name for path in (disk / "dest").iterdir()} == {"releases"}


def test_two_publishers_at_once_one_waits(tmp_path: Path) -> None:
    """Four processes to one folder: each is done whole, one after the other."""
    dest, known = tmp_path / "dest", ids(tmp_path, 4)
    processes = [publisher(dest, version) for version in range(4)]
    for process in processes:
        told, _ = process.communicate()
        assert (process.returncode, told) == (0, ".\n")
    assert check_whole(dest, known) in known


def test_whoever_holds_the_lock_is_named_and_a_dead_one_gives_way(tmp_path: Path) -> None:
    dest = tmp_path / "dest"
    publish(dest, tmp_path / "built", website(0))
    with (
        releases.held(releases.Folder(dest), 1, lambda holder: None),
        pytest.raises(GeneratorError) as refused,
        releases.held(releases.Folder(dest), 0.1, lambda holder: None),
    ):
        pass
    found = dict(refused.value.problems[0].found)
    assert refused.value.problems[0].code == "release-locked" and found["pid"] == str(os.getpid())
    process = subprocess.Popen(["sleep", "0"])
    process.wait()
    lock = dest / ".honour-lock"
    lock.write_text(_lock_of(process.pid))
    with releases.held(releases.Folder(dest), 0, lambda holder: None):
        pass


def test_a_dead_holder_on_another_machine_gives_way_when_it_gives_no_sign(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from generator.releases import lease

    (tmp_path / ".honour-lock").write_text(_lock_of(1, machine="elsewhere"))
    told: list[lease.Holder] = []
    post = lease.FilePost(tmp_path)
    with pytest.raises(lease.HeldError):
        lease.take(post, 0.2, told.append, dead=30)
    assert [holder.host for holder in told] == ["web02"]
    taken = lease.take(post, 10, told.append, dead=0.6)
    assert taken.is_ours
    taken.give_back()
    assert list(tmp_path.iterdir()) == []


def test_a_holder_who_gives_signs_keeps_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from generator.releases import lease

    monkeypatch.setattr(lease, "BEAT", 0.1)
    monkeypatch.setattr(lease, "_is_gone", lambda holder: False)
    held = lease.take(lease.FilePost(tmp_path), 0, lambda holder: None)
    with pytest.raises(lease.HeldError):
        lease.take(lease.FilePost(tmp_path), 2.5, lambda holder: None, dead=1)
    held.give_back()


def test_whoever_lost_the_lock_does_not_switch(tmp_path: Path) -> None:
    dest, built = tmp_path / "dest", tmp_path / "built"
    first = publish(dest, built, website(0))
    with releases.held(releases.Folder(dest), 1, lambda holder: None) as destination:
        (dest / ".honour-lock").write_text(_lock_of(1, machine="elsewhere"))
        with pytest.raises(GeneratorError) as refused:
            releases.publish(destination, content(built, website(1)), keep=2)
    assert [problem.code for problem in refused.value.problems] == ["release-lock-lost"]
    assert (dest / "current").resolve().name == first
    assert "web02" in (dest / ".honour-lock").read_text()


def _lock_of(pid: int, machine: str = "") -> str:
    from dataclasses import replace

    from generator.releases import lease

    mine = lease.here()
    return replace(mine, pid=pid, host="web02", machine=machine or mine.machine).to_bytes().decode()
