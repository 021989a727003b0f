#!/usr/bin/env python3
"""Times `honour build` of a whole site: cold, with nothing to do, and after one edit; medians and ratios.

    python benchmarks/bench_site.py SITE [--hugo HUGO_SITE] [--rounds 3] [--jobs N]

SITE is copied first. With --hugo, the same exemplars as a Hugo site (Hugo 0.168 on the PATH) are built cold and
after one edit in the same run, for a ratio that a noisy machine doesn't spoil."""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DAY = "2026-11-22"


def main() -> None:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path)
    parser.add_argument("--hugo", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = honour(options.site, Path(folder), options.rounds, options.jobs)
        if options.hugo:
            found |= hugo(options.hugo, Path(folder), options.rounds)
            found["cold_ratio_hugo"] = round(found["cold"] / found["hugo_cold"], 2)
            found["edit_ratio_hugo"] = round(found["edit"] / found["hugo_edit"], 2)
    found["edit_to_cold"] = round(found["edit"] / found["cold"], 3)
    print(json.dumps(found))


def honour(site: Path, folder: Path, rounds: int, jobs: int) -> dict[str, float]:
    """Median seconds of a cold build, of one with nothing to do and of one after an edit of one body."""
    copy = folder / "site"
    shutil.copytree(
        site, copy, ignore=shutil.ignore_patterns(".honour", "public", "preview", ".git", ".venv")
    )
    command = [sys.executable, "-m", "generator", "--site", copy, "build", "--date", DAY, "--jobs", str(jobs)]
    cold, idle, edit = [], [], []
    for _ in range(rounds):
        for made in (".honour", "public"):
            shutil.rmtree(copy / made, ignore_errors=True)
        cold.append(seconds(command))
        time.sleep(2.1)  # until the store trusts file times
        idle.append(seconds(command))
    records = sorted(copy.glob("exemplars/*/index.md"))
    for number in range(rounds):
        record = records[len(records) * (number + 1) // (rounds + 2)]
        record.write_text(record.read_text("utf-8") + "\n补记一句。\n", "utf-8")
        edit.append(seconds(command))
    return {"records": len(records), **medians(cold=cold, idle=idle, edit=edit)}


def hugo(site: Path, folder: Path, rounds: int) -> dict[str, float]:
    """The same for Hugo, which keeps no state between runs."""
    copy = folder / "hugo"
    shutil.copytree(site, copy)
    cold, edit = [], []
    records = sorted(copy.glob("content/exemplars/*/index.md"))
    for number in range(rounds):
        cold.append(seconds(["hugo", "--quiet", "-s", copy, "-d", folder / f"cold{number}"]))
        record = records[len(records) * (number + 1) // (rounds + 2)]
        record.write_text(record.read_text("utf-8") + "\n补记一句。\n", "utf-8")
        edit.append(seconds(["hugo", "--quiet", "-s", copy, "-d", folder / f"cold{number}"]))
    return medians(hugo_cold=cold, hugo_edit=edit)


def seconds(command: list[object]) -> float:
    """Wall time of one run; the output of the program is of no interest unless it fails."""
    start = time.perf_counter()
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    return time.perf_counter() - start


def medians(**times: list[float]) -> dict[str, float]:
    return {name: round(statistics.median(several), 2) for name, several in times.items()}


if __name__ == "__main__":
    main()
