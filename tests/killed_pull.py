"""Pulls that end before each of their own steps, in processes of their own: `killed_pull.py WORK`.

A step is whatever the system is asked to do to a file. Prints how many steps a pull has."""

from __future__ import annotations

import os
import shutil
import sys
from itertools import count
from pathlib import Path

from mirror_case import Files, check_whole, kiosk, publish, shown, tree, versions

from generator.mirror import open_source, pull

STEPS = {
    "open", "os.rename", "os.link", "os.symlink", "os.remove", "os.rmdir", "os.mkdir", "os.utime",
    "os.truncate", "shutil.rmtree",
}  # fmt: skip


def killed_before(step: int, source: Path, dest: Path, keep: int) -> bool:
    """Whether a pull got as far as its step number `step`, where its process ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    steps = count()

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event in STEPS and str(dest) in str(arguments[0]) and next(steps) == step:
            os._exit(9)

    sys.addaudithook(watch)
    try:
        pull(open_source(str(source)), dest, keep=keep)
    except BaseException:
        os._exit(1)
    os._exit(0)


def main(work: Path) -> None:
    """From version 0 to 1 with version 0 damaged or not, and with one version kept or two."""
    files = [kiosk(n, people=3, size=40) for n in range(3)]
    possible = {publish(work / f"source-{n}", data): data for n, data in enumerate(files)}
    ids = list(possible)
    total = 0
    for keep in (1, 2):
        before = work / "before"
        for n in (0, 1):
            pull(open_source(str(work / f"source-{n}")), before, keep=2)
        for step in count():
            dest = work / "dest"
            shutil.copytree(before, dest, symlinks=True)
            killed = killed_before(step, work / "source-2", dest, keep)
            assert check_whole(dest, possible) in ids[1:], step
            again = pull(open_source(str(work / "source-2")), dest, keep=keep)
            assert again.id == ids[2] == shown(dest).resolve().name, step
            assert check_whole(dest, possible) == ids[2], step
            assert versions(dest) == sorted(ids[-keep:]), step
            left = {path.name for path in dest.iterdir()}
            assert left == {"current", "versions", "pulled.json", ".honour-lock"}, (step, left)
            shutil.rmtree(dest)
            if not killed:
                break
            total += 1
        shutil.rmtree(before)
    print(total + mending(work, possible))


def mending(work: Path, possible: dict[str, Files]) -> int:
    """The shown version has two damaged files. Killed on the way, the others are as they were."""
    source, dest = work / "source-1", work / "mended"
    (name,) = (name for name, files in possible.items() if files == kiosk(1, people=3, size=40))
    for step in count():
        shutil.rmtree(dest, ignore_errors=True)
        pull(open_source(str(source)), dest)
        here = shown(dest)
        harmed = {"index.html", next(path for path in possible[name] if path.startswith("photos/"))}
        for path in harmed:
            (here / path).write_bytes(b"x")
        killed = killed_before(step, source, dest, 2)
        found = tree(here)
        for path, data in possible[name].items():
            assert found[path] == data or (path in harmed and found[path] == b"x"), (step, path)
        pull(open_source(str(source)), dest)
        assert check_whole(dest, possible) == name, step
        if not killed:
            return step
    raise AssertionError


if __name__ == "__main__":
    main(Path(sys.argv[1]))
