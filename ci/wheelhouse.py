#!/usr/bin/env python3
"""Makes a wheel house, from which a machine without internet installs honour: `ci/wheelhouse.py DIR [PIP WORDS…]`.

Run it where there is internet, from a checkout. DIR then holds every wheel of requirements.lock, its bytes those of
the lock's hashes, honour's own wheel, made by the tools of build.lock, and requirements.txt with the hashes of
exactly these. On the other machine:

    pip install --no-index --find-links DIR --require-hashes -r DIR/requirements.txt

Further words go to `pip download`, for machines of another kind:
`--python-version 3.11 --platform manylinux_2_28_x86_64`, or `--platform win_amd64`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "ci" / "requirements.lock"
BUILD_LOCK = ROOT / "ci" / "build.lock"
CONDITION = re.compile(r"(?m)^([\w.-]+)==\S+ (;.*?) \\$")
BIRTH = "1580601600"  # 2020-02-02: what hatchling dates files by if nobody says otherwise


def main() -> int:
    """0 if the wheel house is whole."""
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        print(__doc__)
        return 2
    house = Path(sys.argv[1])
    house.mkdir(parents=True, exist_ok=True)
    for old in house.glob("*.whl"):
        old.unlink()
    lock = LOCK.read_text(encoding="ascii")
    binary = ("--require-hashes", "--only-binary", ":all:")
    with tempfile.TemporaryDirectory() as folder:
        wanted, tools = Path(folder, "wanted.txt"), Path(folder, "tools")
        wanted.write_text(unconditional(lock), encoding="ascii")
        pip("download", "--dest", house, *binary, "--no-deps", "-r", wanted, *sys.argv[2:])
        pip("install", "--target", tools, *binary, "-r", BUILD_LOCK)
        os.environ |= {"PYTHONPATH": str(tools), "SOURCE_DATE_EPOCH": BIRTH}
        pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", house, ROOT)
    conditions = dict(CONDITION.findall(lock))
    lines = sorted(line_of(wheel, conditions) for wheel in house.glob("*.whl"))
    (house / "requirements.txt").write_text("\n".join(lines) + "\n", encoding="ascii", newline="\n")
    print(f"{len(lines)} wheels in {house}")
    return 0


def unconditional(lock: str) -> str:
    """The lock without "on Windows only": pip asks that of the machine it runs on, not of the one to install on."""
    return CONDITION.sub(lambda found: found[0].replace(f" {found[2]}", ""), lock)


def line_of(wheel: Path, conditions: dict[str, str]) -> str:
    """`name==version ; condition --hash=…` of a wheel, by its file's name (PEP 427)."""
    name, version = wheel.name.split("-")[:2]
    name = name.replace("_", "-").lower()
    only = f" {conditions[name]}" if name in conditions else ""
    return f"{name}=={version}{only} --hash=sha256:{sha256(wheel.read_bytes()).hexdigest()}"


def pip(*words: object) -> None:
    """Run pip; end here if it fails."""
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *map(str, words)]
    if code := subprocess.run(command, check=False).returncode:
        sys.exit(code)


if __name__ == "__main__":
    sys.exit(main())
