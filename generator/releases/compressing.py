"""`.gz` and `.br` beside text, for servers that send them as they lie (nginx's gzip_static and brotli_static).

Bytes depend on the text and on the libraries' versions alone. What was compressed once is kept in the store's
folder; a kept file counts only if it unpacks to the very text."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from hashlib import sha256
from os import getpid
from pathlib import Path
from typing import NamedTuple

import brotli

from generator.engine import seal
from generator.engine.parallel import Progress, Workers
from generator.engine.seal import Entry
from generator.problems import GeneratorError, Place, error
from generator.releases.content import Content

FOLDER = "compressed"
_TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".csv")
_LEAST = 256  # bytes; below, a packet is a packet
_KIOSK = "kiosk/"  # has a seal of its own, which names what the kiosk's edition made and no more


class Way(NamedTuple):
    """A way to compress, and back. Measured in docs/performance.md."""

    pack: Callable[[bytes], bytes]
    unpack: Callable[[bytes], bytes]
    version: str


WAYS = {
    ".gz": Way(
        partial(gzip.compress, compresslevel=9, mtime=0), gzip.decompress, f"9-{zlib.ZLIB_RUNTIME_VERSION}"
    ),
    ".br": Way(
        partial(brotli.compress, mode=brotli.MODE_TEXT, quality=7),
        brotli.decompress,
        f"7-{brotli.__version__}",
    ),
}


class Task(NamedTuple):
    """One file to be compressed in every way: where it lies, what it must hold, where to keep the results."""

    source: str
    sha256: str
    folder: str


def compressed(content: Content, store: Path, workers: Workers, progress: Progress | None = None) -> Content:
    """The content with what compresses beside it. `store` is the site's folder `.honour`. What is kept of files
    that are no more goes. Raises GeneratorError `release-changed`, OSError."""
    folder = store / FOLDER
    texts = [
        entry
        for entry in content.seal.files
        if entry.path.endswith(_TEXT) and entry.size >= _LEAST and not entry.path.startswith(_KIOSK)
    ]
    for digest in {entry.sha256[:2] for entry in texts}:
        (folder / digest).mkdir(parents=True, exist_ok=True)
    tasks = [Task(str(content.sources[entry.path]), entry.sha256, str(folder)) for entry in texts]
    sources, entries, used = dict(content.sources), list(content.seal.files), set()
    for entry, found in zip(texts, workers.run(compress, tasks, progress=progress), strict=True):
        for suffix, size, digest in found:
            place = _kept(folder, entry.sha256, suffix)
            used.add(place)
            path = entry.path + suffix
            if size and path not in content.sources:
                entries.append(Entry(path, size, digest))
                sources[path] = place
    for place in folder.glob("*/*"):
        if place not in used:
            place.unlink(missing_ok=True)
    said = content.seal
    told = seal.sealed(entries, date=said.date, preview=said.preview, complete=said.complete)
    return replace(content, seal=told, sources=sources)


def compress(task: Task) -> list[tuple[str, int, str]]:
    """Suffix, size and SHA-256 of each result; size 0 for one that is no smaller than the text."""
    return list(_results(task))


def _results(task: Task) -> Iterator[tuple[str, int, str]]:
    text = b""
    for suffix, way in WAYS.items():
        place = _kept(Path(task.folder), task.sha256, suffix)
        data = _read(place, task.sha256, way)
        if data is None:
            text = text or _text(task)
            data = way.pack(text)
            if len(data) >= len(text):
                data = b""
            beside = place.with_name(f"{place.name}.{getpid()}.tmp")
            beside.write_bytes(data)
            beside.replace(place)
        yield suffix, len(data), sha256(data).hexdigest()


def _text(task: Task) -> bytes:
    data = Path(task.source).read_bytes()
    if sha256(data).hexdigest() != task.sha256:
        raise GeneratorError([error(Place(task.source), "release-changed", path=task.source)])
    return data


def _read(place: Path, digest: str, way: Way) -> bytes | None:
    """What is kept; None if there is nothing, or it doesn't unpack to the text of this digest."""
    try:
        data = place.read_bytes()
        whole = not data or sha256(way.unpack(data)).hexdigest() == digest
    except (OSError, EOFError, zlib.error, brotli.error):
        return None
    return data if whole else None


def _kept(folder: Path, digest: str, suffix: str) -> Path:
    return folder / digest[:2] / f"{digest}-{WAYS[suffix].version}{suffix}"
