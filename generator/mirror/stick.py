"""A published kiosk is put on a stick: a folder that starts with a double click and asks nothing of any network."""

from __future__ import annotations

import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.engine.durable import move, settle, write
from generator.mirror.filling import Filling, Progress
from generator.mirror.pull import ask, check_apart, not_written
from generator.mirror.source import Source
from generator.problems import GeneratorError, Place, error

KIOSK = "kiosk"
# What stands beside the kiosk's folder, and which of its files it is.
BESIDE = {
    "start.bat": "start.bat",
    "启动展示屏.bat": "start.bat",
    "start.sh": "start.sh",
    "启动展示屏.desktop": "start.desktop",
    "使用说明.txt": "README.txt",
}


@dataclass(frozen=True, slots=True)
class Exported:
    """The version that lies in the folder now; `size` in bytes."""

    id: str
    date: str
    files: int
    size: int


def export(source: Source, dest: Path, *, progress: Progress | None = None) -> Exported:
    """Bring what `source` shows to the folder `dest`, which is absent, empty, or an export from before.

    Raises GeneratorError; an export from before is then still whole."""
    check_apart(source, dest)
    wanted = ask(source)
    lacking = sorted(set(BESIDE.values()) - {entry.path for entry in wanted.files})
    if lacking:
        raise GeneratorError([error(Place(source.name), "export-starter", path="、".join(lacking))])
    kiosk, new, old = dest / KIOSK, dest / ".honour-new", dest / ".honour-old"
    ours = {KIOSK, new.name, old.name, *BESIDE}
    try:
        strangers = dest.exists() and {path.name for path in dest.iterdir()} - ours - _SYSTEM
        if strangers:
            raise GeneratorError([error(Place(str(dest)), "export-not-empty", path=min(strangers))])
        dest.mkdir(parents=True, exist_ok=True)
        if old.exists() and not kiosk.exists():  # the stick was pulled out between two names
            move(old, kiosk)
        for leftover in (new, old):
            shutil.rmtree(leftover, ignore_errors=True)
        try:
            Filling(source, new, [kiosk], progress).fill(wanted)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        if kiosk.exists():
            move(kiosk, old)
        move(new, kiosk)
        for name, starter in BESIDE.items():
            write(dest / name, [(kiosk / starter).read_bytes()])
        if sys.platform != "win32":
            for name in ("start.sh", "启动展示屏.desktop"):
                with suppress(OSError):  # FAT knows no such thing, and needs none
                    (dest / name).chmod(0o755)
        settle(dest)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as cause:
        raise not_written(dest, cause) from cause
    return Exported(wanted.id, wanted.date, len(wanted.files), wanted.size)


# What systems put on a stick by themselves.
_SYSTEM = {
    "System Volume Information",
    "$RECYCLE.BIN",
    "lost+found",
    ".Trashes",
    ".fseventsd",
    ".Spotlight-V100",
}
