"""A build in a process of its own, to be killed: `killed_build.py SITE VERSION JOBS`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from engine_case import Note, build

from generator.engine.target import Files, Target

PAGES = 200


def page(view: Note, files: Files) -> bytes:
    """Some ten kilobytes, each telling its version, in four milliseconds: enough for two workers."""
    time.sleep(0.004)
    return whole(view.text)


def whole(text: str) -> bytes:
    return f"{text}\n".encode() * 800


def plan(version: int) -> list[Target]:
    """Every page of this version; some pages come and go with the versions, and a fifth never changes."""
    return [
        Target(
            f"{n % 7}/page-{n}/index.html", page, Note(f"page {n} of {version if n % 5 else 'all versions'}")
        )
        for n in range(PAGES)
        if (n + version) % 11
    ]


def main(site: Path, version: int, jobs: int) -> None:
    (site / "started").touch()
    build(site, plan(version), jobs=jobs)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
