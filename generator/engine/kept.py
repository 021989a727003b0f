"""Bytes that were dear to make, kept by the key of their target."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from generator.engine.target import digest_bytes

_HEAD = b"honour kept 2 "


class Kept:
    """A folder of such bytes, `ab/ab12…` for the key ab12…. Any number of processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fetch(self, key: str) -> bytes | None:
        """The bytes of `key`; None if they aren't there or aren't whole. Marks them as used."""
        file = self._file(key)
        try:
            head, _, data = file.read_bytes().partition(b"\n")
            if head != _head(key, data):
                _drop(file)
                return None
            os.utime(file)
        except OSError:
            return None
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep `data`. A disk that takes no more is no failure: the bytes are made again next time."""
        file = self._file(key)
        beside = file.with_name(f"{file.name}.{os.getpid()}.tmp")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(_head(key, data) + b"\n" + data)
            beside.replace(file)
        except OSError:
            _drop(beside)

    def trim(self, budget: int) -> None:
        """Delete the longest unused until no more than `budget` bytes are kept."""
        files = []
        for file in self._folder.glob("*/*"):
            try:
                stat = file.stat()
            except OSError:
                continue
            files.append((stat.st_mtime_ns, stat.st_size, file))
        total = sum(size for _, size, _ in files)
        for _, size, file in sorted(files):
            if total <= budget:
                break
            total -= size
            _drop(file)

    def _file(self, key: str) -> Path:
        return self._folder / key[:2] / key


def _head(key: str, data: bytes) -> bytes:
    """Imagine a disk mended after a crash, each file whole and under another's name: the key belongs to the
    seal."""
    return _HEAD + digest_bytes(key.encode() + b"\n" + data).encode()


def _drop(file: Path) -> None:
    """On Windows a file that another process reads stays; it goes some other time."""
    with suppress(OSError):
        file.unlink(missing_ok=True)
