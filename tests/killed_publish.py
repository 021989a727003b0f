"""Publishes one version to a folder, in a process of its own: `killed_publish.py DEST VERSION`.

Writes a dot when it begins to stage, for whoever means to kill it."""

from __future__ import annotations

import sys
from pathlib import Path

from release_case import SLUGS, content, website

from generator import releases
from generator.problems import GeneratorError


def main() -> int:
    dest, version = Path(sys.argv[1]), int(sys.argv[2])
    size = int(sys.argv[3]) if len(sys.argv) > 3 else 4000
    built = dest.with_name(f"{dest.name}-built-{version}")
    made = content(built, website(version, SLUGS, size))
    print(".", flush=True)
    try:
        with releases.held(releases.Folder(dest), 10, lambda holder: None) as destination:
            releases.publish(destination, made, keep=3)
    except GeneratorError as refused:
        print(*(problem.code for problem in refused.problems), flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
